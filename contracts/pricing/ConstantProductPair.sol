// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IConstantProductPair} from "./interfaces/IConstantProductPair.sol";

/// @title Two tokens whose reserves multiply to a product that no swap lowers.
/// @dev Invariants:
/// - a swap never lowers reserve0 x reserve1, and raises it by the fee: (x + 0.997 dx) (y - dy) >= x y;
/// - a share never loses: sqrt(reserve0 x reserve1) per share falls by no deposit, withdrawal or swap;
/// - the balances cover the reserves, and equal them unless somebody sends tokens unasked;
/// - 1,000 shares of the first deposit lie where nobody can move them, so that the pool is never empty again.
///
/// Written from the formula of "Uniswap v2 Core" (Adams, Zinsmeister, Robinson, 2020, sections 3.2 to 3.4), and held
/// equal to the published pair, to the base unit, by `ConstantProductPair.test.ts`. It departs from it so: no fee to
/// the protocol, no price accumulators, no flash swaps, no permit; tokens are given at deployment, without a factory;
/// shares cannot be sent to the zero address, and the 1,000 lie at {LOCKED} instead.
contract ConstantProductPair is IConstantProductPair, ERC20, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @notice Shares of the first deposit that nobody can ever withdraw.
    uint256 public constant MINIMUM_LIQUIDITY = 1000;

    /// @notice Where those shares lie: an address of which nobody has the key.
    address public constant LOCKED = 0x000000000000000000000000000000000000dEaD;

    /// @dev The fee in thousandths of what comes in.
    uint256 private constant FEE = 3;
    uint256 private constant WHOLE = 1000;

    /// @inheritdoc IConstantProductPair
    address public immutable token0;

    /// @inheritdoc IConstantProductPair
    address public immutable token1;

    uint112 private _reserve0;
    uint112 private _reserve1;
    uint32 private _blockTimestampLast;

    /// @param tokenA One token.
    /// @param tokenB The other; the order does not matter.
    constructor(address tokenA, address tokenB) ERC20("Pool share", "SHARE") {
        if (tokenA == tokenB) revert IdenticalTokens(tokenA);
        if (tokenA.code.length == 0) revert InvalidToken(tokenA);
        if (tokenB.code.length == 0) revert InvalidToken(tokenB);
        (token0, token1) = tokenA < tokenB ? (tokenA, tokenB) : (tokenB, tokenA);
    }

    /// @inheritdoc IConstantProductPair
    function mint(address to) external nonReentrant returns (uint256 liquidity) {
        (uint256 balance0, uint256 balance1) = _balances();
        uint256 amount0 = balance0 - _reserve0;
        uint256 amount1 = balance1 - _reserve1;
        uint256 supply = totalSupply();
        if (supply == 0) {
            uint256 root = Math.sqrt(amount0 * amount1);
            if (root <= MINIMUM_LIQUIDITY) revert FirstDepositTooSmall(root, MINIMUM_LIQUIDITY);
            liquidity = root - MINIMUM_LIQUIDITY;
            _mint(LOCKED, MINIMUM_LIQUIDITY);
        } else {
            liquidity = Math.min(amount0 * supply / _reserve0, amount1 * supply / _reserve1);
            if (liquidity == 0) revert NoSharesMinted(amount0, amount1);
        }
        _mint(to, liquidity);
        _update(balance0, balance1);
        emit Mint(msg.sender, amount0, amount1);
    }

    /// @inheritdoc IConstantProductPair
    function burn(address to) external nonReentrant returns (uint256 amount0, uint256 amount1) {
        (uint256 balance0, uint256 balance1) = _balances();
        uint256 liquidity = balanceOf(address(this));
        uint256 supply = totalSupply();
        amount0 = liquidity * balance0 / supply;
        amount1 = liquidity * balance1 / supply;
        if (amount0 == 0 || amount1 == 0) revert NothingForShares(amount0, amount1);
        _burn(address(this), liquidity);
        IERC20(token0).safeTransfer(to, amount0);
        IERC20(token1).safeTransfer(to, amount1);
        (balance0, balance1) = _balances();
        _update(balance0, balance1);
        emit Burn(msg.sender, amount0, amount1, to);
    }

    /// @inheritdoc IConstantProductPair
    function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external nonReentrant {
        if (data.length > 0) revert CallbackUnsupported();
        if (amount0Out == 0 && amount1Out == 0) revert NoOutput();
        if (amount0Out >= _reserve0) revert ReserveExceeded(amount0Out, _reserve0);
        if (amount1Out >= _reserve1) revert ReserveExceeded(amount1Out, _reserve1);
        if (to == token0 || to == token1) revert InvalidRecipient(to);

        // Paid out first: what came in is then whatever the balances hold beyond what is left of the reserves.
        if (amount0Out > 0) IERC20(token0).safeTransfer(to, amount0Out);
        if (amount1Out > 0) IERC20(token1).safeTransfer(to, amount1Out);
        (uint256 balance0, uint256 balance1) = _balances();
        uint256 amount0In = Math.saturatingSub(balance0, _reserve0 - amount0Out);
        uint256 amount1In = Math.saturatingSub(balance1, _reserve1 - amount1Out);
        if (amount0In == 0 && amount1In == 0) revert NoInput();

        uint256 product = (balance0 * WHOLE - amount0In * FEE) * (balance1 * WHOLE - amount1In * FEE);
        uint256 required = uint256(_reserve0) * _reserve1 * WHOLE * WHOLE;
        if (product < required) revert ProductFell(product, required);

        _update(balance0, balance1);
        emit Swap(msg.sender, amount0In, amount1In, amount0Out, amount1Out, to);
    }

    /// @inheritdoc IConstantProductPair
    function skim(address to) external nonReentrant {
        (uint256 balance0, uint256 balance1) = _balances();
        IERC20(token0).safeTransfer(to, balance0 - _reserve0);
        IERC20(token1).safeTransfer(to, balance1 - _reserve1);
    }

    /// @inheritdoc IConstantProductPair
    function sync() external nonReentrant {
        (uint256 balance0, uint256 balance1) = _balances();
        _update(balance0, balance1);
    }

    /// @inheritdoc IConstantProductPair
    function getReserves() external view returns (uint112, uint112, uint32) {
        return (_reserve0, _reserve1, _blockTimestampLast);
    }

    /// @dev Takes the balances as reserves.
    function _update(uint256 balance0, uint256 balance1) private {
        if (balance0 > type(uint112).max || balance1 > type(uint112).max) revert ReserveOverflow(balance0, balance1);
        // Both were just compared; a timestamp is meant to be cut.
        _reserve0 = uint112(balance0);
        _reserve1 = uint112(balance1);
        _blockTimestampLast = uint32(block.timestamp);
        emit Sync(_reserve0, _reserve1);
    }

    function _balances() private view returns (uint256, uint256) {
        return (IERC20(token0).balanceOf(address(this)), IERC20(token1).balanceOf(address(this)));
    }
}
