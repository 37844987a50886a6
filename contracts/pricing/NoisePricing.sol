// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {INoisePricing} from "./interfaces/INoisePricing.sol";

/// @title Sells noisy answers at a price that falls with the variance of the noise.
/// @dev Invariants:
/// - a price is the rule's, rounded up, and is never zero;
/// - under c / v and c / sqrt(v), m answers of variance m v cost no less than one of v, to the base unit;
/// - the contract holds what the seller was not paid yet, at least, and what buyers paid is what the seller gets.
contract NoisePricing is INoisePricing, ReentrancyGuard {
    using SafeERC20 for IERC20;

    uint256 private constant WAD = 1e18;
    uint256 private constant MOST_VARIANCE = 1e36;

    /// @dev Below it, squares of variances would lose their digits.
    uint256 private constant LEAST_VARIANCE = 1e9;

    struct Answer {
        address buyer;
        uint128 variance;
    }

    IERC20 private immutable _token;

    /// @inheritdoc INoisePricing
    Rule public immutable rule;

    /// @inheritdoc INoisePricing
    uint256 public immutable unitPrice;

    /// @inheritdoc INoisePricing
    address public immutable seller;

    /// @inheritdoc INoisePricing
    uint256 public answers;

    /// @inheritdoc INoisePricing
    uint256 public revenue;

    /// @inheritdoc INoisePricing
    uint256 public credit;

    mapping(uint256 answer => Answer) private _answers;

    /// @param token_ The ERC-20 paid with.
    /// @param rule_ How the price falls with the variance.
    /// @param unitPrice_ Base units for an answer of variance one, below 2^112.
    /// @param seller_ Who is paid.
    constructor(address token_, Rule rule_, uint256 unitPrice_, address seller_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        if (unitPrice_ == 0 || unitPrice_ >= 1 << 112) revert InvalidPrice(unitPrice_);
        if (seller_ == address(0) || seller_ == address(this)) revert InvalidSeller(seller_);
        _token = IERC20(token_);
        rule = rule_;
        unitPrice = unitPrice_;
        seller = seller_;
    }

    /// @inheritdoc INoisePricing
    function buy(uint256 variance, uint256 maxPrice) external nonReentrant returns (uint256 answer) {
        uint256 price = priceOf(variance);
        if (price > maxPrice) revert PriceExceeded(variance, price, maxPrice);
        answer = answers++;
        // A variance is at most 10^36.
        _answers[answer] = Answer({buyer: msg.sender, variance: uint128(variance)});
        revenue += price;
        credit += price;
        emit Answered(answer, msg.sender, variance, price);

        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(msg.sender, address(this), price);
        uint256 received = _token.balanceOf(address(this)) - before;
        if (received < price) revert PaymentShort(price, received);
    }

    /// @inheritdoc INoisePricing
    function withdraw() external nonReentrant returns (uint256 amount) {
        amount = credit;
        if (amount == 0) revert NothingToWithdraw();
        credit = 0;
        _token.safeTransfer(seller, amount);
    }

    /// @inheritdoc INoisePricing
    function varianceOf(uint256 answer) external view returns (uint256) {
        return _answers[answer].variance;
    }

    /// @inheritdoc INoisePricing
    function buyerOf(uint256 answer) external view returns (address) {
        return _answers[answer].buyer;
    }

    /// @inheritdoc INoisePricing
    function leastVariance() external pure returns (uint256) {
        return LEAST_VARIANCE;
    }

    /// @inheritdoc INoisePricing
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc INoisePricing
    function priceOf(uint256 variance) public view returns (uint256) {
        if (variance < LEAST_VARIANCE || variance > MOST_VARIANCE) revert InvalidVariance(variance, LEAST_VARIANCE);
        if (rule == Rule.Inverse) return Math.mulDiv(unitPrice, WAD, variance, Math.Rounding.Ceil);
        if (rule == Rule.InverseSquare) {
            return Math.mulDiv(unitPrice, WAD * WAD, variance * variance, Math.Rounding.Ceil);
        }
        // The root of a variance in WAD has nine decimals; with 18 more digits before it, 18. Rounded down, so that
        // the price is rounded up.
        return Math.mulDiv(unitPrice, WAD, Math.sqrt(variance * WAD), Math.Rounding.Ceil);
    }
}
