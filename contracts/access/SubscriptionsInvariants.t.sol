// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataSetRegistry} from "../rights/DataSetRegistry.sol";
import {IDataSetRegistry} from "../rights/interfaces/IDataSetRegistry.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {Subscriptions} from "./Subscriptions.sol";

/// @dev Two plans, one refundable; five subscribers pay, let lapse, cancel and are settled at random. It keeps what
/// each paid and was paid back, and how long each should have access.
contract SubscriptionsHandler is Handler {
    uint256 public constant FUNDS = 1e30;
    uint256 public constant PLANS = 2;
    uint256 private constant PRICE = 1_000_003;
    uint256 private constant PERIOD = 7 days;
    address public constant SELLER = address(0x5E11);
    address public constant TREASURY = address(0x7EA5);

    DataToken public immutable token = new DataToken("Data", "DATA");
    DataSetRegistry public immutable registry = new DataSetRegistry("Data sets", "SETS", 0);
    Subscriptions public immutable subscriptions;

    mapping(uint256 plan => mapping(address who => uint256)) public until;
    mapping(uint256 plan => uint256) public paid;
    mapping(address who => uint256) public spent;
    mapping(address who => uint256) public refunded;

    constructor() {
        subscriptions = new Subscriptions(address(registry), address(token), TREASURY, 777);
        vm.prank(SELLER);
        registry.register(bytes32("x"), 0, 0, IDataSetRegistry.Licence(bytes32("terms"), 0, ""));
        for (uint256 plan = 0; plan < PLANS; ++plan) {
            vm.prank(SELLER);
            subscriptions.open(0, PRICE, PERIOD, plan == 0);
        }
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), FUNDS);
            vm.prank(actor(i));
            token.approve(address(subscriptions), type(uint256).max);
        }
    }

    function subscribe(uint256 seed, uint256 plan, uint256 periods) external {
        plan %= PLANS;
        periods = _bound(periods, 1, 4);
        address who = actor(seed);
        uint256 begins = until[plan][who] > _now ? until[plan][who] : _now;
        vm.prank(who);
        subscriptions.subscribe(plan, periods);
        until[plan][who] = begins + periods * PERIOD;
        paid[plan] += periods * PRICE;
        spent[who] += periods * PRICE;
    }

    function cancel(uint256 seed) external {
        address who = actor(seed);
        if (until[0][who] <= _now) return;
        uint256 refund = (until[0][who] - _now) * PRICE / PERIOD;
        vm.assertEq(subscriptions.refundOf(0, who), refund, "refund");
        vm.prank(who);
        vm.assertEq(subscriptions.cancel(0), refund, "refunded");
        until[0][who] = _now;
        refunded[who] += refund;
    }

    function passAndSettle(uint256 seed, uint256 elapsed) external {
        _pass(_bound(elapsed, 1, 3 days));
        subscriptions.settle(seed % PLANS, actor(seed));
        if (seed % 3 == 0 && subscriptions.owedTo(SELLER) > 0) {
            vm.prank(SELLER);
            subscriptions.withdraw();
        }
    }

    /// @dev What runs out of the refundable plan after now, rounded up.
    function left() external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) {
            uint256 end = until[0][actor(i)];
            if (end > _now) sum += ((end - _now) * PRICE + PERIOD - 1) / PERIOD;
        }
    }

    function active(uint256 plan, address who) external view returns (bool) {
        return until[plan][who] > _now;
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract SubscriptionsInvariants is InvariantBase {
    SubscriptionsHandler private _handler;
    Subscriptions private _subscriptions;

    function setUp() external {
        _handler = new SubscriptionsHandler();
        _subscriptions = _handler.subscriptions();
        _aimAt(
            address(_handler),
            [
                SubscriptionsHandler.subscribe.selector,
                SubscriptionsHandler.cancel.selector,
                SubscriptionsHandler.passAndSettle.selector
            ]
        );
    }

    function invariant_WhatWasPaidInIsOwedOrUnearned() external view {
        vm.assertEq(
            _handler.token().balanceOf(address(_subscriptions)),
            _subscriptions.totalOwed() + _subscriptions.totalUnearned()
        );
    }

    /// Unearned is never less than the time that is left, so that everybody may cancel at once.
    function invariant_EveryRefundIsCovered() external view {
        vm.assertLe(_handler.left(), _subscriptions.totalUnearned());
        uint256 refunds;
        for (uint256 i = 0; i < _handler.actors(); ++i) refunds += _subscriptions.refundOf(0, _handler.actor(i));
        vm.assertLe(refunds, _subscriptions.totalUnearned());
    }

    function invariant_AccessIsWhatWasPaidFor() external view {
        for (uint256 plan = 0; plan < _handler.PLANS(); ++plan) {
            for (uint256 i = 0; i < _handler.actors(); ++i) {
                address who = _handler.actor(i);
                vm.assertTrue(_subscriptions.isActive(plan, who) == _handler.active(plan, who));
            }
        }
    }

    function invariant_NobodyPaysOrGetsBackAnythingElse() external view {
        uint256 owed;
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            vm.assertEq(_subscriptions.owedTo(who), _handler.refunded(who));
            vm.assertEq(_handler.token().balanceOf(who) + _handler.spent(who), _handler.FUNDS());
            owed += _handler.refunded(who);
        }
        address seller = _handler.SELLER();
        uint256 earned = _subscriptions.owedTo(seller) + _handler.token().balanceOf(seller)
            + _subscriptions.owedTo(_handler.TREASURY());
        vm.assertEq(earned + owed + _subscriptions.totalUnearned(), _handler.paid(0) + _handler.paid(1));
    }
}
