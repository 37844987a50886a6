// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {PullPayments} from "../tokens/PullPayments.sol";
import {ISubscriptions} from "./interfaces/ISubscriptions.sol";

/// @title Subscriptions to data sets: paid in advance per period, renewed by paying again, cancelled by who pays.
/// @dev Invariants:
/// - what was paid in is earned by seller and treasury, paid back, or still unearned: the balance covers `totalOwed` and
///   `totalUnearned` together, and equals their sum unless somebody sends tokens unasked;
/// - how often a subscription is settled changes neither what its seller earns nor what the treasury does;
/// - a seller never earns more of a refundable plan than the time that has passed, rounded down, and who cancels is
///   owed no more than the time that is left, rounded down: the unit between them goes to the seller.
///
/// A subscription is settled by itself: nothing here loops over subscribers.
contract Subscriptions is PullPayments, ISubscriptions {
    uint256 private constant BPS = 10_000;
    uint256 private constant MOST_PERIODS = 1_000;

    IERC721 private immutable _registry;

    /// @inheritdoc ISubscriptions
    address public immutable treasury;

    /// @inheritdoc ISubscriptions
    uint256 public immutable feeBps;

    /// @inheritdoc ISubscriptions
    uint256 public plans;

    /// @inheritdoc ISubscriptions
    uint256 public totalUnearned;

    mapping(uint256 plan => Plan) private _plans;
    mapping(uint256 plan => mapping(address subscriber => Subscription)) private _subscriptions;

    /// @param registry_ The {IDataSetRegistry} of the data sets, or any ERC-721.
    /// @param token_ The ERC-20 paid with.
    /// @param treasury_ Who is owed the fees.
    /// @param feeBps_ Basis points of what sellers earn that go to the treasury, at most 10,000.
    constructor(address registry_, address token_, address treasury_, uint256 feeBps_) PullPayments(token_) {
        if (registry_.code.length == 0) revert InvalidRegistry(registry_);
        if (treasury_ == address(0)) revert InvalidTreasury(treasury_);
        if (feeBps_ > BPS) revert InvalidFee(feeBps_);
        _registry = IERC721(registry_);
        treasury = treasury_;
        feeBps = feeBps_;
    }

    /// @inheritdoc ISubscriptions
    function open(
        uint256 dataSet,
        uint256 price,
        uint256 period,
        bool refundable
    ) external returns (uint256 plan) {
        address owner = _registry.ownerOf(dataSet);
        if (owner != msg.sender) revert NotOwner(dataSet, msg.sender, owner);
        if (price > type(uint128).max) revert InvalidPrice(price);
        if (period == 0 || period > type(uint32).max) revert InvalidPeriod(period);

        plan = plans++;
        _plans[plan] = Plan({
            dataSet: dataSet,
            seller: msg.sender,
            period: uint64(period),
            refundable: refundable,
            closed: false,
            price: uint128(price)
        });
        emit PlanOpened(plan, dataSet, msg.sender, price, period, refundable);
    }

    /// @inheritdoc ISubscriptions
    function close(uint256 plan) external {
        Plan storage terms = _known(plan);
        if (terms.seller != msg.sender) revert NotSeller(plan, msg.sender, terms.seller);
        if (terms.closed) revert PlanUnavailable(plan);

        terms.closed = true;
        emit PlanClosed(plan);
    }

    /// @inheritdoc ISubscriptions
    function subscribe(uint256 plan, uint256 periods) external nonReentrant returns (uint256 paidUntil) {
        Plan memory terms = _known(plan);
        if (terms.closed || _registry.ownerOf(terms.dataSet) != terms.seller) revert PlanUnavailable(plan);
        if (periods == 0 || periods > MOST_PERIODS) revert InvalidPeriods(periods);

        Subscription storage entry = _subscriptions[plan][msg.sender];
        uint256 begins = entry.paidUntil;
        if (begins <= block.timestamp) {
            _settle(plan, terms, msg.sender, entry);
            begins = block.timestamp;
            entry.from = uint64(begins);
            entry.credited = 0;
        }
        // Each call adds less than 2^42 seconds, and costs gas: no timestamp gets near 2^64.
        paidUntil = begins + periods * terms.period;
        entry.paidUntil = uint64(paidUntil);
        uint256 amount = periods * terms.price;
        totalUnearned += amount;
        emit Subscribed(plan, msg.sender, amount, paidUntil);
        if (!terms.refundable) _settle(plan, terms, msg.sender, entry);

        _collect(msg.sender, amount);
    }

    /// @inheritdoc ISubscriptions
    function cancel(uint256 plan) external returns (uint256 refund) {
        Plan memory terms = _known(plan);
        if (!terms.refundable) revert NotRefundable(plan);
        Subscription storage entry = _subscriptions[plan][msg.sender];
        if (entry.paidUntil <= block.timestamp) revert NotSubscribed(plan, msg.sender);

        refund = _unused(terms, entry);
        _earn(plan, terms, msg.sender, entry, _paid(terms, entry) - refund);
        delete _subscriptions[plan][msg.sender];
        totalUnearned -= refund;
        emit Cancelled(plan, msg.sender, refund);

        _credit(msg.sender, refund);
    }

    /// @inheritdoc ISubscriptions
    function settle(uint256 plan, address subscriber) external returns (uint256 amount) {
        amount = _settle(plan, _known(plan), subscriber, _subscriptions[plan][subscriber]);
    }

    /// @inheritdoc ISubscriptions
    function isActive(uint256 plan, address subscriber) external view returns (bool) {
        return block.timestamp < _subscriptions[plan][subscriber].paidUntil;
    }

    /// @inheritdoc ISubscriptions
    function refundOf(uint256 plan, address subscriber) external view returns (uint256) {
        Subscription memory entry = _subscriptions[plan][subscriber];
        Plan memory terms = _plans[plan];
        return terms.refundable && block.timestamp < entry.paidUntil ? _unused(terms, entry) : 0;
    }

    /// @inheritdoc ISubscriptions
    function planOf(uint256 plan) external view returns (Plan memory) {
        return _known(plan);
    }

    /// @inheritdoc ISubscriptions
    function subscriptionOf(uint256 plan, address subscriber) external view returns (Subscription memory) {
        return _subscriptions[plan][subscriber];
    }

    /// @inheritdoc ISubscriptions
    function registry() external view returns (address) {
        return address(_registry);
    }

    /// @dev Credits what was earned up to now.
    function _settle(uint256 plan, Plan memory terms, address subscriber, Subscription storage entry)
        private
        returns (uint256 amount)
    {
        uint256 earned = _paid(terms, entry);
        if (terms.refundable && block.timestamp < entry.paidUntil) {
            earned = _mulDivDown(terms.price, block.timestamp - entry.from, terms.period);
        }
        return _earn(plan, terms, subscriber, entry, earned);
    }

    /// @dev Credits so much that `earned` base units are credited since the subscription began.
    function _earn(uint256 plan, Plan memory terms, address subscriber, Subscription storage entry, uint256 earned)
        private
        returns (uint256 amount)
    {
        amount = earned - entry.credited;
        if (amount == 0) return 0;
        uint256 fee = _mulDivDown(earned, feeBps, BPS) - _mulDivDown(entry.credited, feeBps, BPS);
        entry.credited = earned;
        totalUnearned -= amount;
        emit Earned(plan, subscriber, amount, fee);
        _credit(treasury, fee);
        _credit(terms.seller, amount - fee);
    }

    function _known(uint256 plan) private view returns (Plan storage) {
        if (plan >= plans) revert UnknownPlan(plan);
        return _plans[plan];
    }

    /// @dev Base units paid since the subscription began: whole periods, so that nothing is rounded.
    function _paid(Plan memory terms, Subscription memory entry) private pure returns (uint256) {
        return terms.price * (uint256(entry.paidUntil - entry.from) / terms.period);
    }

    /// @dev Base units for the time that is left of a subscription that runs, rounded down.
    function _unused(Plan memory terms, Subscription memory entry) private view returns (uint256) {
        return _mulDivDown(terms.price, entry.paidUntil - block.timestamp, terms.period);
    }

    function _mulDivDown(uint256 amount, uint256 part, uint256 whole) private pure returns (uint256) {
        return Math.mulDiv(amount, part, whole);
    }
}
