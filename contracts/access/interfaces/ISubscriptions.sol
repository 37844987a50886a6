// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPullPayments} from "../../tokens/interfaces/IPullPayments.sol";

/// @title Subscriptions to data sets: paid in advance per period, renewed by paying again, cancelled by who pays.
/// @dev Amounts are base units of the token, times and lengths seconds, the fee basis points (1/10,000). A plan is of one
/// of two kinds, fixed when it is opened:
/// - refundable: its seller earns second by second; who cancels is owed price x unused seconds / period, rounded down,
///   and the seller the rest;
/// - not refundable: its seller earns a payment at once, and there is nothing to cancel.
/// Of what a seller earns, `feeBps` go to the treasury, rounded down over all that one subscription has earned since it
/// began. What is owed is fetched with `withdraw`.
/// @dev Warning: a seller that closes a plan, or sells the data set, keeps what it earns of the subscriptions that run.
/// @dev Warning: royalties of a data set that was sold are not paid here.
interface ISubscriptions is IPullPayments {
    /// @dev What is offered. Fixed when it is opened, save `closed`.
    struct Plan {
        /// @dev The data set.
        uint256 dataSet;
        /// @dev Who opened the plan, and earns.
        address seller;
        /// @dev Seconds of a period.
        uint64 period;
        /// @dev Whether who cancels is paid back what it did not use.
        bool refundable;
        /// @dev Whether its seller takes no more payments.
        bool closed;
        /// @dev Base units a period.
        uint128 price;
    }

    /// @dev A subscription of one account to one plan.
    struct Subscription {
        /// @dev Timestamp from which it runs without a gap, in seconds.
        uint64 from;
        /// @dev Timestamp at which it ends, in seconds; zero if there never was one, or it was cancelled.
        uint64 paidUntil;
        /// @dev Base units that the seller and the treasury were credited since `from`.
        uint256 credited;
    }

    /// @notice `seller` opened `plan` for `dataSet`: `price` a period of `period` seconds.
    event PlanOpened(
        uint256 indexed plan,
        uint256 indexed dataSet,
        address indexed seller,
        uint256 price,
        uint256 period,
        bool refundable
    );

    /// @notice `plan` takes no more payments.
    event PlanClosed(uint256 indexed plan);

    /// @notice `subscriber` paid `amount` for `plan`, and has access until `paidUntil`, in seconds.
    event Subscribed(uint256 indexed plan, address indexed subscriber, uint256 amount, uint256 paidUntil);

    /// @notice `subscriber` cancelled `plan` and is owed `refund`.
    event Cancelled(uint256 indexed plan, address indexed subscriber, uint256 refund);

    /// @notice `amount` of what `subscriber` paid for `plan` was earned, of which `fee` by the treasury.
    event Earned(uint256 indexed plan, address indexed subscriber, uint256 amount, uint256 fee);

    /// @notice `caller` does not own `dataSet`; `owner` does.
    error NotOwner(uint256 dataSet, address caller, address owner);

    /// @notice `caller` did not open `plan`; `seller` did.
    error NotSeller(uint256 plan, address caller, address seller);

    /// @notice There is no plan of that number.
    error UnknownPlan(uint256 plan);

    /// @notice `plan` is closed, or its seller does not own the data set any more.
    error PlanUnavailable(uint256 plan);

    /// @notice `plan` pays nothing back.
    error NotRefundable(uint256 plan);

    /// @notice `subscriber` has no subscription to `plan` that runs.
    error NotSubscribed(uint256 plan, address subscriber);

    /// @notice A price is below 2^128 base units.
    error InvalidPrice(uint256 price);

    /// @notice A period has between 1 and 2^32 - 1 seconds.
    error InvalidPeriod(uint256 period);

    /// @notice A payment is for between 1 and 1,000 periods.
    error InvalidPeriods(uint256 periods);

    /// @notice A fee is at most 10,000 basis points.
    error InvalidFee(uint256 feeBps);

    /// @notice A registry must be a contract.
    error InvalidRegistry(address registry);

    /// @notice A treasury is an address that can fetch what it is owed.
    error InvalidTreasury(address treasury);

    /// @notice Opens a plan for a data set of the caller.
    /// @param dataSet Its number in the registry.
    /// @param price Base units a period, below 2^128; zero gives it away.
    /// @param period Seconds, 1 to 2^32 - 1.
    /// @param refundable Whether who cancels is paid back what it did not use.
    /// @return plan Its number. Numbers begin at zero.
    function open(uint256 dataSet, uint256 price, uint256 period, bool refundable) external returns (uint256 plan);

    /// @notice Takes no more payments for a plan of the caller. Final; subscriptions that run go on to their end.
    function close(uint256 plan) external;

    /// @notice Pays for the caller, who must have approved price x `periods`: begins a subscription, or renews one that
    /// runs from its end on.
    /// @param plan Its number.
    /// @param periods 1 to 1,000.
    /// @return paidUntil Timestamp at which it now ends, in seconds.
    /// @dev Warning: a token that takes a fee on transfers is refused with {IPullPayments-PaymentShort}.
    function subscribe(uint256 plan, uint256 periods) external returns (uint256 paidUntil);

    /// @notice Ends the caller's subscription to a refundable plan now, and owes it what it did not use.
    /// @param plan Its number.
    /// @return refund Base units.
    function cancel(uint256 plan) external returns (uint256 refund);

    /// @notice Credits what a subscription has earned so far. Anyone; changes nothing else.
    /// @param plan Its number.
    /// @param subscriber Whose subscription.
    /// @return amount Base units credited to seller and treasury.
    function settle(uint256 plan, address subscriber) external returns (uint256 amount);

    /// @notice Whether `subscriber` has access by `plan` now.
    function isActive(uint256 plan, address subscriber) external view returns (bool);

    /// @notice What `cancel` would owe `subscriber` now, in base units; zero where it would revert.
    function refundOf(uint256 plan, address subscriber) external view returns (uint256);

    /// @notice The plan of that number; reverts when there is none.
    function planOf(uint256 plan) external view returns (Plan memory);

    /// @notice The subscription of `subscriber` to `plan`; all zero if there is none.
    function subscriptionOf(uint256 plan, address subscriber) external view returns (Subscription memory);

    /// @notice How many plans were opened.
    function plans() external view returns (uint256);

    /// @notice Base units paid in that nobody is owed yet: to be earned, or paid back.
    function totalUnearned() external view returns (uint256);

    /// @notice Basis points of what sellers earn that go to the treasury.
    function feeBps() external view returns (uint256);

    /// @notice Who is owed the fees.
    function treasury() external view returns (address);

    /// @notice The registry of the data sets.
    function registry() external view returns (address);
}
