// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {FixedPoint} from "./FixedPoint.sol";
import {ILogMarketScoringRule} from "./interfaces/ILogMarketScoringRule.sol";

/// @title Makes a market in the outcomes of a question by the logarithmic market scoring rule.
/// @dev Invariants:
/// - it can always pay: what it holds is at least C(q), and C(q) is at least the shares out of any outcome;
/// - it never loses more than b ln n, which the sponsor put in;
/// - no path of purchases and sales gains anything from it alone;
/// - prices are between zero and one and add up to one, but for 16 units of 10^-18.
///
/// C(q) is computed as max q + b ln sum e^((q_i - max q) / b), so that no exponent is positive, with 36 decimals, and
/// rounded up where it is owed and down where it is given, by its error (see {FixedPoint}). Loops run over outcomes, of
/// which there are 16 at most, never over traders.
contract LogMarketScoringRule is ILogMarketScoringRule, ReentrancyGuard {
    using SafeERC20 for IERC20;

    uint256 private constant MOST_OUTCOMES = 16;

    /// @dev What b and the shares of an outcome stay below.
    uint256 private constant SIZE = 1 << 100;

    /// @dev By how much ln sum e^x may be wrong, with 36 decimals: 16 exponentials and a logarithm, and then some.
    uint256 private constant ERROR = 10_000;

    IERC20 private immutable _token;

    /// @inheritdoc ILogMarketScoringRule
    uint256 public immutable liquidity;

    /// @inheritdoc ILogMarketScoringRule
    uint256 public immutable outcomes;

    /// @inheritdoc ILogMarketScoringRule
    address public immutable resolver;

    /// @inheritdoc ILogMarketScoringRule
    address public sponsor;

    bool private _resolved;
    uint256 private _outcome;

    uint256[MOST_OUTCOMES] private _sold;
    mapping(address who => mapping(uint256 outcome => uint256)) private _shares;

    /// @param token_ The ERC-20 paid with.
    /// @param liquidity_ b, in base units.
    /// @param outcomes_ n, 2 to 16.
    /// @param resolver_ Who says which outcome came true.
    constructor(address token_, uint256 liquidity_, uint256 outcomes_, address resolver_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        if (liquidity_ == 0 || liquidity_ >= SIZE) revert InvalidLiquidity(liquidity_);
        if (outcomes_ < 2 || outcomes_ > MOST_OUTCOMES) revert InvalidOutcomes(outcomes_);
        _token = IERC20(token_);
        liquidity = liquidity_;
        outcomes = outcomes_;
        resolver = resolver_;
    }

    /// @inheritdoc ILogMarketScoringRule
    function open() external nonReentrant {
        if (sponsor != address(0)) revert AlreadyOpen();
        sponsor = msg.sender;
        uint256 subsidy = maxLoss();
        emit Opened(subsidy);
        _take(subsidy);
    }

    /// @inheritdoc ILogMarketScoringRule
    function buy(uint256 outcome, uint256 shares, uint256 maxCost) external nonReentrant returns (uint256 cost) {
        _requireTrading();
        cost = costOf(outcome, shares);
        if (cost > maxCost) revert CostExceeded(shares, cost, maxCost);
        _sold[outcome] += shares;
        _shares[msg.sender][outcome] += shares;
        emit Bought(msg.sender, outcome, shares, cost);
        _take(cost);
    }

    /// @inheritdoc ILogMarketScoringRule
    function sell(uint256 outcome, uint256 shares, uint256 minProceeds)
        external
        nonReentrant
        returns (uint256 proceeds)
    {
        _requireTrading();
        uint256 held = _shares[msg.sender][outcome];
        if (held < shares) revert SharesExceeded(msg.sender, outcome, held, shares);
        proceeds = proceedsOf(outcome, shares);
        if (proceeds < minProceeds) revert ProceedsShort(shares, proceeds, minProceeds);
        _sold[outcome] -= shares;
        _shares[msg.sender][outcome] = held - shares;
        emit Sold(msg.sender, outcome, shares, proceeds);
        _token.safeTransfer(msg.sender, proceeds);
    }

    /// @inheritdoc ILogMarketScoringRule
    function resolve(uint256 outcome) external {
        if (msg.sender != resolver) revert NotResolver(msg.sender, resolver);
        _requireTrading();
        _requireOutcome(outcome);
        _resolved = true;
        _outcome = outcome;
        emit Resolved(outcome);
    }

    /// @inheritdoc ILogMarketScoringRule
    function redeem() external nonReentrant returns (uint256 amount) {
        if (!_resolved) revert NotResolved();
        amount = _shares[msg.sender][_outcome];
        if (amount == 0) revert NothingToRedeem(msg.sender);
        _shares[msg.sender][_outcome] = 0;
        _sold[_outcome] -= amount;
        emit Redeemed(msg.sender, amount);
        _token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc ILogMarketScoringRule
    function recover() external nonReentrant returns (uint256 amount) {
        if (!_resolved) revert NotResolved();
        amount = _token.balanceOf(address(this)) - _sold[_outcome];
        _token.safeTransfer(sponsor, amount);
    }

    /// @inheritdoc ILogMarketScoringRule
    function priceOf(uint256 outcome) external view returns (uint256) {
        _requireOutcome(outcome);
        uint256[MOST_OUTCOMES] memory sold = _sold;
        uint256 most = _most(sold);
        uint256 weight = _weight(sold[outcome], most);
        return Math.mulDiv(weight, FixedPoint.WAD, _sum(sold, most));
    }

    /// @inheritdoc ILogMarketScoringRule
    function soldOf(uint256 outcome) external view returns (uint256) {
        _requireOutcome(outcome);
        return _sold[outcome];
    }

    /// @inheritdoc ILogMarketScoringRule
    function sharesOf(address who, uint256 outcome) external view returns (uint256) {
        return _shares[who][outcome];
    }

    /// @inheritdoc ILogMarketScoringRule
    function isTrading() external view returns (bool) {
        return sponsor != address(0) && !_resolved;
    }

    /// @inheritdoc ILogMarketScoringRule
    function resolution() external view returns (bool resolved, uint256 outcome) {
        return (_resolved, _outcome);
    }

    /// @inheritdoc ILogMarketScoringRule
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc ILogMarketScoringRule
    function costOf(uint256 outcome, uint256 shares) public view returns (uint256) {
        (uint256 low, uint256 high) = _costs(outcome, shares, true);
        return Math.ceilDiv(high - low, FixedPoint.PRECISE);
    }

    /// @inheritdoc ILogMarketScoringRule
    function proceedsOf(uint256 outcome, uint256 shares) public view returns (uint256) {
        (uint256 high, uint256 low) = _costs(outcome, shares, false);
        return Math.saturatingSub(high, low) / FixedPoint.PRECISE;
    }

    /// @inheritdoc ILogMarketScoringRule
    function maxLoss() public view returns (uint256) {
        uint256[MOST_OUTCOMES] memory none;
        return Math.ceilDiv(_cost(none) + ERROR * liquidity, FixedPoint.PRECISE);
    }

    /// @dev C before a trade and after it, with 36 decimals; the one that the trader pays for is raised by the error of
    /// both.
    function _costs(uint256 outcome, uint256 shares, bool buys) private view returns (uint256 before, uint256 later) {
        _requireOutcome(outcome);
        uint256[MOST_OUTCOMES] memory sold = _sold;
        before = _cost(sold);
        uint256 out = buys ? sold[outcome] + shares : Math.saturatingSub(sold[outcome], shares);
        if (shares == 0 || shares >= SIZE || out >= SIZE) revert InvalidShares(shares);
        sold[outcome] = out;
        later = _cost(sold) + 2 * ERROR * liquidity;
    }

    /// @dev C(q), with 36 decimals: below 2^101 x 10^36.
    function _cost(uint256[MOST_OUTCOMES] memory sold) private view returns (uint256) {
        uint256 most = _most(sold);
        // The sum is at least one, so its logarithm is not negative.
        int256 logarithm = FixedPoint.lnPrecise(_sum(sold, most), FixedPoint.PRECISE);
        return most * FixedPoint.PRECISE + liquidity * uint256(logarithm);
    }

    /// @dev Sum of e^((q_i - most) / b), with 36 decimals.
    function _sum(uint256[MOST_OUTCOMES] memory sold, uint256 most) private view returns (uint256 sum) {
        for (uint256 i = 0; i < outcomes; ++i) sum += _weight(sold[i], most);
    }

    /// @dev e^((q - most) / b), with 36 decimals.
    function _weight(uint256 sold, uint256 most) private view returns (uint256) {
        return FixedPoint.expPrecise(Math.mulDiv(most - sold, FixedPoint.PRECISE, liquidity), true);
    }

    function _most(uint256[MOST_OUTCOMES] memory sold) private view returns (uint256 most) {
        for (uint256 i = 0; i < outcomes; ++i) most = Math.max(most, sold[i]);
    }

    function _requireTrading() private view {
        if (sponsor == address(0) || _resolved) revert NotTrading();
    }

    function _requireOutcome(uint256 outcome) private view {
        if (outcome >= outcomes) revert UnknownOutcome(outcome, outcomes);
    }

    /// @dev Takes so much of the caller, to the base unit.
    function _take(uint256 amount) private {
        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = _token.balanceOf(address(this)) - before;
        if (received < amount) revert PaymentShort(amount, received);
    }
}
