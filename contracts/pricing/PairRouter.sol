// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IConstantProductPair} from "./interfaces/IConstantProductPair.sol";
import {IPairRouter} from "./interfaces/IPairRouter.sol";

/// @title Exact-input swaps for a caller, on any constant-product pair with a fee of 0.3 %.
/// @dev Invariants:
/// - the router never holds a token: payments go from the caller to the pair, results from the pair to the caller;
/// - it takes tokens from nobody but its caller;
/// - the caller receives at least `minOut`, and more than nothing, by its own balance, or nothing happens.
contract PairRouter is IPairRouter {
    using SafeERC20 for IERC20;

    /// @inheritdoc IPairRouter
    function buy(address pair, address token, uint256 amountIn, uint256 minOut) external returns (uint256 amountOut) {
        (address other,) = _otherOf(pair, token);
        amountOut = _swap(pair, other, amountIn, minOut);
        emit Bought(msg.sender, pair, token, amountIn, amountOut);
    }

    /// @inheritdoc IPairRouter
    function sell(address pair, address token, uint256 amountIn, uint256 minOut) external returns (uint256 amountOut) {
        amountOut = _swap(pair, token, amountIn, minOut);
        emit Sold(msg.sender, pair, token, amountIn, amountOut);
    }

    /// @inheritdoc IPairRouter
    function quote(address pair, address tokenIn, uint256 amountIn) external view returns (uint256) {
        (, bool zeroForOne) = _otherOf(pair, tokenIn);
        return _quote(pair, zeroForOne, amountIn);
    }

    /// @inheritdoc IPairRouter
    function amountOutOf(uint256 amountIn, uint256 reserveIn, uint256 reserveOut) public pure returns (uint256) {
        if (amountIn == 0 || reserveIn == 0) return 0;
        uint256 charged = amountIn * 997;
        return charged * reserveOut / (reserveIn * 1000 + charged);
    }

    function _swap(address pair, address tokenIn, uint256 amountIn, uint256 minOut) private returns (uint256 received) {
        (address tokenOut, bool zeroForOne) = _otherOf(pair, tokenIn);
        uint256 amountOut = _quote(pair, zeroForOne, amountIn);
        if (amountOut == 0 || amountOut < minOut) revert OutputShort(amountOut, minOut);

        uint256 before = IERC20(tokenOut).balanceOf(msg.sender);
        IERC20(tokenIn).safeTransferFrom(msg.sender, pair, amountIn);
        IConstantProductPair(pair).swap(zeroForOne ? 0 : amountOut, zeroForOne ? amountOut : 0, msg.sender, "");

        // Not what the pair was asked for: it may lie, and the token may take a fee.
        received = IERC20(tokenOut).balanceOf(msg.sender) - before;
        if (received == 0 || received < minOut) revert OutputShort(received, minOut);
    }

    function _quote(address pair, bool zeroForOne, uint256 amountIn) private view returns (uint256) {
        (uint256 reserve0, uint256 reserve1,) = IConstantProductPair(pair).getReserves();
        return zeroForOne ? amountOutOf(amountIn, reserve0, reserve1) : amountOutOf(amountIn, reserve1, reserve0);
    }

    /// @dev The token of `pair` that `token` is not, and whether `token` is the first.
    function _otherOf(address pair, address token) private view returns (address other, bool isFirst) {
        address token0 = IConstantProductPair(pair).token0();
        address token1 = IConstantProductPair(pair).token1();
        if (token == token0) return (token1, true);
        if (token == token1) return (token0, false);
        revert NotInPair(pair, token);
    }
}
