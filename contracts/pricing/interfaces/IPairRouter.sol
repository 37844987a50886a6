// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Buys and sells on a constant-product pair in one call, exact amount in.
/// @dev Amounts are base units. A pair is any {IConstantProductPair} with a fee of 0.3 %: ours, or the published Uniswap
/// v2 pair. The caller approves the router for what it pays.
/// @dev Warning: there is no deadline: a call counts whenever it is mined, and `minOut` alone protects its price.
/// @dev Warning: the pair is the caller's choice and is trusted with the payment, though not with the result: less than
/// `minOut` reverts.
interface IPairRouter {
    /// @notice `trader` paid `amountIn` of the pair's other token and received `amountOut` of `token`.
    event Bought(
        address indexed trader, address indexed pair, address indexed token, uint256 amountIn, uint256 amountOut
    );

    /// @notice `trader` paid `amountIn` of `token` and received `amountOut` of the pair's other token.
    event Sold(
        address indexed trader, address indexed pair, address indexed token, uint256 amountIn, uint256 amountOut
    );

    /// @notice `amountOut` would be received, and at least `minOut`, and more than nothing, was asked for.
    error OutputShort(uint256 amountOut, uint256 minOut);

    /// @notice `token` is neither token of `pair`.
    error NotInPair(address pair, address token);

    /// @notice Buys `token` for `amountIn` of the pair's other token.
    /// @param pair Where.
    /// @param token What is bought.
    /// @param amountIn Base units of the other token, paid by the caller.
    /// @param minOut Least base units of `token` to accept.
    /// @return amountOut Base units of `token` that the caller received.
    function buy(address pair, address token, uint256 amountIn, uint256 minOut) external returns (uint256 amountOut);

    /// @notice Sells `amountIn` of `token` for the pair's other token.
    /// @param pair Where.
    /// @param token What is sold.
    /// @param amountIn Base units of `token`, paid by the caller.
    /// @param minOut Least base units of the other token to accept.
    /// @return amountOut Base units of the other token that the caller received.
    function sell(address pair, address token, uint256 amountIn, uint256 minOut) external returns (uint256 amountOut);

    /// @notice What `amountIn` of `tokenIn` would fetch on `pair` now, in base units of its other token, rounded down;
    /// zero from an empty pair.
    /// @param pair Where.
    /// @param tokenIn What is paid: `token` when selling it, the other token when buying.
    /// @param amountIn Base units of `tokenIn`, below 2^112.
    function quote(address pair, address tokenIn, uint256 amountIn) external view returns (uint256);

    /// @notice floor(997 in x reserveOut / (1000 reserveIn + 997 in)); zero if an argument is.
    /// @param amountIn Base units paid.
    /// @param reserveIn Base units of the token paid that the pair has, below 2^112.
    /// @param reserveOut Base units of the token received that the pair has, below 2^112.
    function amountOutOf(uint256 amountIn, uint256 reserveIn, uint256 reserveOut) external pure returns (uint256);
}
