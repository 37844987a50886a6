// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A bonding curve: a token that is issued for a deposit and taken back, at a price that follows its supply.
/// @dev Bancor's formula (Hertzog, Benartzi, Benartzi, "Bancor Protocol", 2018). With supply S, reserve R and weight F
/// (parts per million of the token's worth that lie in the reserve):
/// - a deposit d issues S ((1 + d / R)^F - 1);
/// - t tokens taken back pay R (1 - (1 - t / S)^(1 / F));
/// - the price of the next token is R / (S F).
/// The token is the curve itself. Amounts are base units of the one or the other.
/// @dev Warning: an early buyer's gain is a later one's payment. What a token is worth is what others will deposit.
interface IBondingCurve is IERC20 {
    /// @notice The curve began with `reserve` base units of reserve and `supply` of token.
    event Opened(uint256 reserve, uint256 supply);

    /// @notice `buyer` deposited `deposit` and was issued `tokens`.
    event Bought(address indexed buyer, uint256 deposit, uint256 tokens);

    /// @notice `seller` gave up `tokens` and was paid `refund`.
    event Sold(address indexed seller, uint256 tokens, uint256 refund);

    /// @notice A weight is between 10,000 and 1,000,000 parts per million.
    error InvalidWeight(uint256 weightPpm);

    /// @notice The reserve token must be a contract.
    error InvalidToken(address token);

    /// @notice A curve begins once, and began already.
    error AlreadyOpen();

    /// @notice Nothing can be bought or sold before the curve began.
    error NotOpen();

    /// @notice Reserve and supply must be positive and below 2^100 base units.
    error InvalidSize(uint256 reserve, uint256 supply);

    /// @notice The deposit of `deposit` is worth `tokens`, and at least `minTokens`, and more than nothing, was wanted.
    error TokensShort(uint256 deposit, uint256 tokens, uint256 minTokens);

    /// @notice `tokens` cost `deposit`, and at most `maxDeposit` is paid for them; or none were asked for.
    error DepositExceeded(uint256 tokens, uint256 deposit, uint256 maxDeposit);

    /// @notice The reserve token delivered `received` base units where `expected` were asked for.
    error DepositShort(uint256 expected, uint256 received);

    /// @notice `tokens` are worth `refund`, and at least `minRefund`, and more than nothing, was wanted.
    error RefundShort(uint256 tokens, uint256 refund, uint256 minRefund);

    /// @notice Of the supply of `supply`, something must stay: `tokens` are too many.
    error SupplyExceeded(uint256 tokens, uint256 supply);

    /// @notice Begins the curve: takes the reserve from the owner and issues the supply to it. Owner only, once.
    /// @param reserve Base units of the reserve token.
    /// @param supply Base units of this token.
    function open(uint256 reserve, uint256 supply) external;

    /// @notice Buys the caller tokens for a deposit.
    /// @param deposit Base units of the reserve token.
    /// @param minTokens Base units it wants at least, else {TokensShort}.
    /// @return tokens Base units issued, rounded down.
    function buy(uint256 deposit, uint256 minTokens) external returns (uint256 tokens);

    /// @notice Buys the caller so many tokens, for what they cost now.
    /// @param tokens Base units.
    /// @param maxDeposit Base units of the reserve token that the caller pays at most, else {DepositExceeded}.
    /// @return deposit Base units paid: `depositFor(tokens)`.
    /// @dev Warning: a reserve token that takes a fee on transfers is refused here with {DepositShort}, and not by {buy}.
    function buyExact(uint256 tokens, uint256 maxDeposit) external returns (uint256 deposit);

    /// @notice Takes back tokens of the caller.
    /// @param tokens Base units.
    /// @param minRefund Base units of the reserve token it wants at least, else {RefundShort}.
    /// @return refund Base units paid, rounded down.
    function sell(uint256 tokens, uint256 minRefund) external returns (uint256 refund);

    /// @notice What `buy` would issue for `deposit` now, in base units.
    function tokensFor(uint256 deposit) external view returns (uint256);

    /// @notice What `sell` would pay for `tokens` now, in base units of the reserve token.
    function refundFor(uint256 tokens) external view returns (uint256);

    /// @notice Base units of the reserve token that issue `tokens` now, rounded up: R ((1 + t / S)^(1 / F) - 1).
    function depositFor(uint256 tokens) external view returns (uint256);

    /// @notice The price of the next token, in WAD: base units of reserve per base unit of token, times 10^18.
    function price() external view returns (uint256);

    /// @notice Base units of the reserve token that back the supply.
    function reserve() external view returns (uint256);

    /// @notice Parts per million of the supply's worth that lie in the reserve.
    function weightPpm() external view returns (uint256);

    /// @notice The token deposited and paid.
    function reserveToken() external view returns (address);
}
