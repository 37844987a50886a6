// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A constant-product pair: two tokens, shares of the pool, and swaps that keep x * y from falling.
/// @dev Functions and events are shaped as those of the published Uniswap v2 pair, so that one behaviour, metric or
/// router works with either. The shares are an ERC-20, the pair itself. Amounts are base units.
/// @dev Warning: tokens are sent first and the function called after, in one transaction of a contract such as
/// {PairRouter}. What lies in the pair beyond its reserves belongs to whoever calls next.
interface IConstantProductPair is IERC20 {
    /// @notice `sender` added `amount0` and `amount1`.
    event Mint(address indexed sender, uint256 amount0, uint256 amount1);

    /// @notice `sender` gave up shares, for which `amount0` and `amount1` went to `to`.
    event Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to);

    /// @notice `sender` swapped what came in for what went out to `to`.
    event Swap(
        address indexed sender,
        uint256 amount0In,
        uint256 amount1In,
        uint256 amount0Out,
        uint256 amount1Out,
        address indexed to
    );

    /// @notice The reserves are now these.
    event Sync(uint112 reserve0, uint112 reserve1);

    /// @notice A pair is of two different tokens.
    error IdenticalTokens(address token);

    /// @notice Each token of a pair must be a contract.
    error InvalidToken(address token);

    /// @notice The first deposit is worth `root` (the root of the product), and must be worth more than `minimum`.
    error FirstDepositTooSmall(uint256 root, uint256 minimum);

    /// @notice The deposit of `amount0` and `amount1` is worth no share.
    error NoSharesMinted(uint256 amount0, uint256 amount1);

    /// @notice The shares given up are worth `amount0` and `amount1`, and each must be positive.
    error NothingForShares(uint256 amount0, uint256 amount1);

    /// @notice Nothing was asked for.
    error NoOutput();

    /// @notice `amountOut` was asked for of a token of which the reserve is `reserve`; it must be less.
    error ReserveExceeded(uint256 amountOut, uint256 reserve);

    /// @notice Nothing came in.
    error NoInput();

    /// @notice Less the fee on what came in, the product of the reserves, times 10^6, would fall from `required` to
    /// `product`.
    error ProductFell(uint256 product, uint256 required);

    /// @notice What a swap gives cannot go to one of the pair's tokens.
    error InvalidRecipient(address to);

    /// @notice A balance must be below 2^112.
    error ReserveOverflow(uint256 balance0, uint256 balance1);

    /// @notice Calls back to the recipient within a swap are not offered; `data` must be empty.
    error CallbackUnsupported();

    /// @notice Gives shares for what was sent to the pair beyond its reserves.
    /// @param to Who receives the shares.
    /// @return liquidity Shares given: the least of what each token is worth; the first time the root of the product less
    /// 1,000 shares, which nobody can ever withdraw.
    /// @dev Warning: what exceeds the ratio of the reserves is given away to all shares.
    function mint(address to) external returns (uint256 liquidity);

    /// @notice Gives tokens for the shares that were sent to the pair.
    /// @param to Who receives the tokens.
    /// @return amount0 Base units of `token0`, rounded down.
    /// @return amount1 Base units of `token1`, rounded down.
    function burn(address to) external returns (uint256 amount0, uint256 amount1);

    /// @notice Gives the amounts asked for, if what was sent to the pair pays for them with a fee of 0.3 %.
    /// @param amount0Out Base units of `token0`.
    /// @param amount1Out Base units of `token1`.
    /// @param to Who receives them.
    /// @param data Must be empty.
    /// @dev Warning: whoever asks for less than was paid for gives the rest to all shares.
    function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external;

    /// @notice Sends what lies in the pair beyond its reserves to `to`.
    /// @param to Who receives it.
    function skim(address to) external;

    /// @notice Takes the balances as reserves, for all shares.
    function sync() external;

    /// @notice The reserves, and when they last changed.
    /// @return reserve0 Base units of `token0`.
    /// @return reserve1 Base units of `token1`.
    /// @return blockTimestampLast Timestamp in seconds, modulo 2^32.
    function getReserves() external view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast);

    /// @notice The token of the lower address.
    function token0() external view returns (address);

    /// @notice The token of the higher address.
    function token1() external view returns (address);
}
