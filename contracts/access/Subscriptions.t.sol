// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {DataSetRegistry} from "../rights/DataSetRegistry.sol";
import {IDataSetRegistry} from "../rights/interfaces/IDataSetRegistry.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {IPullPayments} from "../tokens/interfaces/IPullPayments.sol";
import {Subscriptions} from "./Subscriptions.sol";
import {ISubscriptions} from "./interfaces/ISubscriptions.sol";

contract SubscriptionsTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    uint256 private constant PRICE = 1_000;
    uint256 private constant PERIOD = 300;
    uint256 private constant FEE = 1_000;
    address private constant TREASURY = address(0x7EA5);

    DataToken private _token;
    DataSetRegistry private _registry;
    Subscriptions private _subscriptions;

    /// Alice owns data set 0; Bob subscribes. Plan 0 is refundable, plan 1 is not.
    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _registry = new DataSetRegistry("Data sets", "SETS", 0);
        _subscriptions = _deploy(address(_token));
        vm.prank(ALICE);
        _registry.register(bytes32("x"), 0, 0, IDataSetRegistry.Licence(bytes32("terms"), 0, ""));
        _open(_subscriptions, PRICE, PERIOD, true);
        _open(_subscriptions, PRICE, PERIOD, false);
        _fund(_token, _subscriptions, BOB, 1_000_000);
    }

    function test_ItSaysHowItWasMade() external view {
        vm.assertEq(_subscriptions.token(), address(_token));
        vm.assertEq(_subscriptions.registry(), address(_registry));
        vm.assertEq(_subscriptions.treasury(), TREASURY);
        vm.assertEq(_subscriptions.feeBps(), FEE);
        vm.assertEq(_subscriptions.plans(), 2);
    }

    function test_ItRefusesWhatCannotWork() external {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.InvalidRegistry.selector, ALICE));
        new Subscriptions(ALICE, address(_token), TREASURY, 0);
        vm.expectRevert(abi.encodeWithSelector(IPullPayments.InvalidToken.selector, ALICE));
        new Subscriptions(address(_registry), ALICE, TREASURY, 0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.InvalidTreasury.selector, address(0)));
        new Subscriptions(address(_registry), address(_token), address(0), 0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.InvalidFee.selector, 10_001));
        new Subscriptions(address(_registry), address(_token), TREASURY, 10_001);
        new Subscriptions(address(_registry), address(_token), TREASURY, 10_000);
    }

    function test_AnOwnerOpensAPlan() external {
        vm.expectEmit(address(_subscriptions));
        emit ISubscriptions.PlanOpened(2, 0, ALICE, 7, 9, true);
        vm.assertEq(_open(_subscriptions, 7, 9, true), 2);
        ISubscriptions.Plan memory plan = _subscriptions.planOf(2);
        vm.assertEq(plan.dataSet, 0);
        vm.assertEq(plan.seller, ALICE);
        vm.assertEq(plan.price, 7);
        vm.assertEq(plan.period, 9);
        vm.assertTrue(plan.refundable);
        vm.assertFalse(plan.closed);
        vm.assertFalse(_subscriptions.planOf(1).refundable);
    }

    function test_PlansThatMeanNothingAreRefused() external {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.NotOwner.selector, 0, BOB, ALICE));
        vm.prank(BOB);
        _subscriptions.open(0, 1, 1, true);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.InvalidPrice.selector, 1 << 128));
        _open(_subscriptions, 1 << 128, 1, true);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.InvalidPeriod.selector, 0));
        _open(_subscriptions, 1, 0, true);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.InvalidPeriod.selector, 1 << 32));
        _open(_subscriptions, 1, 1 << 32, true);
        _open(_subscriptions, (1 << 128) - 1, (1 << 32) - 1, true);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.UnknownPlan.selector, 3));
        _subscriptions.planOf(3);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.UnknownPlan.selector, 3));
        _subscribe(BOB, 3, 1);
    }

    function test_APaymentBuysWholePeriods() external {
        vm.assertFalse(_subscriptions.isActive(0, BOB));
        vm.expectEmit(address(_subscriptions));
        emit ISubscriptions.Subscribed(0, BOB, 2 * PRICE, START + 2 * PERIOD);
        vm.assertEq(_subscribe(BOB, 0, 2), START + 2 * PERIOD);
        vm.assertTrue(_subscriptions.isActive(0, BOB));
        vm.assertFalse(_subscriptions.isActive(1, BOB));
        vm.assertEq(_subscriptions.totalUnearned(), 2 * PRICE);
        vm.assertEq(_subscriptions.totalOwed(), 0);
        vm.assertEq(_token.balanceOf(address(_subscriptions)), 2 * PRICE);
        vm.warp(START + 2 * PERIOD - 1);
        vm.assertTrue(_subscriptions.isActive(0, BOB));
        vm.warp(START + 2 * PERIOD);
        vm.assertFalse(_subscriptions.isActive(0, BOB));
    }

    function test_APaymentIsForOneToAThousandPeriods() external {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.InvalidPeriods.selector, 0));
        _subscribe(BOB, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.InvalidPeriods.selector, 1_001));
        _subscribe(BOB, 0, 1_001);
        _subscribe(BOB, 0, 1_000);
    }

    function test_ARenewalBeginsWhereTheOtherEnds() external {
        _subscribe(BOB, 0, 1);
        vm.warp(START + 100);
        vm.assertEq(_subscribe(BOB, 0, 2), START + 3 * PERIOD);
        vm.assertEq(_subscriptions.subscriptionOf(0, BOB).from, START);
        // After a gap it begins anew, and the old one is earned.
        vm.warp(START + 10 * PERIOD);
        vm.assertEq(_subscribe(BOB, 0, 1), START + 11 * PERIOD);
        vm.assertEq(_subscriptions.subscriptionOf(0, BOB).from, START + 10 * PERIOD);
        vm.assertEq(_subscriptions.subscriptionOf(0, BOB).credited, 0);
        vm.assertEq(_subscriptions.owedTo(ALICE), 2_700);
        vm.assertEq(_subscriptions.owedTo(TREASURY), 300);
        vm.assertEq(_subscriptions.totalUnearned(), PRICE);
    }

    /// In the second in which it ends a subscription has ended: what is paid then begins anew, and the old one is earned.
    function test_ARenewalInTheLastSecondBeginsAnew() external {
        _subscribe(BOB, 0, 1);
        vm.warp(START + PERIOD);
        vm.expectEmit(address(_subscriptions));
        emit ISubscriptions.Earned(0, BOB, PRICE, 100);
        vm.assertEq(_subscribe(BOB, 0, 1), START + 2 * PERIOD);
        vm.assertEq(_subscriptions.subscriptionOf(0, BOB).from, START + PERIOD);
        vm.assertEq(_subscriptions.subscriptionOf(0, BOB).credited, 0);
    }

    /// One payment of 1,000 for 300 seconds: 100 seconds are worth 333, 200 are 666; a tenth is the fee.
    function test_ASellerEarnsByTheSecond() external {
        _subscribe(BOB, 0, 1);
        vm.warp(START + 100);
        vm.expectEmit(address(_subscriptions));
        emit ISubscriptions.Earned(0, BOB, 333, 33);
        vm.assertEq(_subscriptions.settle(0, BOB), 333);
        vm.assertEq(_subscriptions.settle(0, BOB), 0);
        vm.warp(START + 200);
        vm.assertEq(_subscriptions.settle(0, BOB), 333);
        vm.assertEq(_subscriptions.owedTo(TREASURY), 66);
        vm.assertEq(_subscriptions.owedTo(ALICE), 600);
        vm.warp(START + 10 * PERIOD);
        vm.assertEq(_subscriptions.settle(0, BOB), 334);
        vm.assertEq(_subscriptions.owedTo(TREASURY), 100);
        vm.assertEq(_subscriptions.owedTo(ALICE), 900);
        vm.assertEq(_subscriptions.totalUnearned(), 0);
    }

    function test_WhereNothingIsEarnedNothingIsSaid() external {
        _subscribe(BOB, 0, 1);
        vm.warp(START + 100);
        _subscriptions.settle(0, BOB);
        vm.recordLogs();
        _subscriptions.settle(0, BOB);
        _subscriptions.settle(0, CAROL);
        vm.assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_NothingIsEarnedOfWhatIsNotThere() external {
        vm.assertEq(_subscriptions.settle(0, CAROL), 0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.UnknownPlan.selector, 9));
        _subscriptions.settle(9, CAROL);
        vm.assertEq(_subscriptions.refundOf(9, CAROL), 0);
        vm.assertEq(_subscriptions.refundOf(0, CAROL), 0);
    }

    /// 200 of 300 seconds are left: 666 of 1,000, rounded down; the seller's side gets the unit between.
    function test_WhoCancelsIsOwedTheTimeThatIsLeft() external {
        _subscribe(BOB, 0, 1);
        vm.warp(START + 100);
        vm.assertEq(_subscriptions.refundOf(0, BOB), 666);
        vm.expectEmit(address(_subscriptions));
        emit ISubscriptions.Cancelled(0, BOB, 666);
        vm.prank(BOB);
        vm.assertEq(_subscriptions.cancel(0), 666);
        vm.assertFalse(_subscriptions.isActive(0, BOB));
        vm.assertEq(_subscriptions.owedTo(BOB), 666);
        vm.assertEq(_subscriptions.owedTo(TREASURY), 33);
        vm.assertEq(_subscriptions.owedTo(ALICE), 301);
        vm.assertEq(_subscriptions.totalUnearned(), 0);
        vm.assertEq(_subscriptions.refundOf(0, BOB), 0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.NotSubscribed.selector, 0, BOB));
        vm.prank(BOB);
        _subscriptions.cancel(0);
        _subscribe(BOB, 0, 1);
        vm.assertEq(_subscriptions.subscriptionOf(0, BOB).from, START + 100);
    }

    function test_ASubscriptionThatEndedIsNotCancelled() external {
        _subscribe(BOB, 0, 1);
        vm.warp(START + PERIOD);
        vm.assertEq(_subscriptions.refundOf(0, BOB), 0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.NotSubscribed.selector, 0, BOB));
        vm.prank(BOB);
        _subscriptions.cancel(0);
    }

    function test_APlanWithoutRefundIsEarnedAtOnce() external {
        vm.expectEmit(address(_subscriptions));
        emit ISubscriptions.Earned(1, BOB, 3 * PRICE, 300);
        _subscribe(BOB, 1, 3);
        vm.assertEq(_subscriptions.owedTo(ALICE), 2_700);
        vm.assertEq(_subscriptions.owedTo(TREASURY), 300);
        vm.assertEq(_subscriptions.totalUnearned(), 0);
        vm.assertEq(_subscriptions.refundOf(1, BOB), 0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.NotRefundable.selector, 1));
        vm.prank(BOB);
        _subscriptions.cancel(1);
        _subscribe(BOB, 1, 1);
        vm.assertEq(_subscriptions.owedTo(ALICE), 3_600);
        vm.assertEq(_subscriptions.subscriptionOf(1, BOB).paidUntil, START + 4 * PERIOD);
        vm.assertEq(_subscriptions.settle(1, BOB), 0);
    }

    function test_AClosedPlanTakesNoPaymentsAndRunsOn() external {
        _subscribe(BOB, 0, 2);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.NotSeller.selector, 0, BOB, ALICE));
        vm.prank(BOB);
        _subscriptions.close(0);
        vm.expectEmit(address(_subscriptions));
        emit ISubscriptions.PlanClosed(0);
        vm.prank(ALICE);
        _subscriptions.close(0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.PlanUnavailable.selector, 0));
        vm.prank(ALICE);
        _subscriptions.close(0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.PlanUnavailable.selector, 0));
        _subscribe(BOB, 0, 1);
        vm.assertTrue(_subscriptions.isActive(0, BOB));
        vm.warp(START + PERIOD);
        vm.prank(BOB);
        vm.assertEq(_subscriptions.cancel(0), PRICE);
    }

    function test_APlanEndsWithOwnership() external {
        vm.prank(ALICE);
        _registry.transferFrom(ALICE, CAROL, 0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.PlanUnavailable.selector, 0));
        _subscribe(BOB, 0, 1);
    }

    function test_ASubscriberWithoutTokensGetsNothing() external {
        vm.prank(CAROL);
        _token.approve(address(_subscriptions), PRICE);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, CAROL, 0, PRICE));
        _subscribe(CAROL, 0, 1);
        vm.assertFalse(_subscriptions.isActive(0, CAROL));
    }

    function test_HostileTokensAreRefused() external {
        FalseToken lying = new FalseToken();
        Subscriptions subscriptions = _deploy(address(lying));
        _open(subscriptions, PRICE, PERIOD, true);
        _fund(lying, subscriptions, BOB, PRICE);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(lying)));
        vm.prank(BOB);
        subscriptions.subscribe(0, 1);

        FeeToken taking = new FeeToken(50);
        subscriptions = _deploy(address(taking));
        _open(subscriptions, PRICE, PERIOD, true);
        _fund(taking, subscriptions, BOB, PRICE);
        vm.expectRevert(abi.encodeWithSelector(IPullPayments.PaymentShort.selector, PRICE, PRICE - 5));
        vm.prank(BOB);
        subscriptions.subscribe(0, 1);
        vm.assertEq(subscriptions.totalUnearned(), 0);
    }

    function test_ATokenThatCallsBackPaysOnce() external {
        ReentrantToken token = new ReentrantToken();
        Subscriptions subscriptions = _deploy(address(token));
        _open(subscriptions, PRICE, PERIOD, true);
        _fund(token, subscriptions, address(token), 10 * PRICE);
        token.arm(address(subscriptions), abi.encodeCall(ISubscriptions.subscribe, (0, 1)));
        token.act(address(subscriptions), abi.encodeCall(ISubscriptions.subscribe, (0, 1)));
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.assertEq(token.balanceOf(address(subscriptions)), subscriptions.totalUnearned());
        // In the middle of a payment it is subscribed and may cancel: what it is owed it has paid when the payment ends.
        token.arm(address(subscriptions), abi.encodeCall(ISubscriptions.cancel, (0)));
        token.act(address(subscriptions), abi.encodeCall(ISubscriptions.subscribe, (0, 1)));
        vm.assertTrue(token.succeeded());
        vm.assertEq(subscriptions.owedTo(address(token)), 2 * PRICE);
        vm.assertEq(token.balanceOf(address(subscriptions)), subscriptions.totalOwed());
    }

    /// Settling in between changes nothing: seller and treasury end with what one settlement at the end gives them.
    function testFuzz_HowOftenItIsSettledChangesNothing(
        uint256 price,
        uint256 period,
        uint256 periods,
        uint256 first,
        uint256 second
    ) external {
        price = _bound(price, 0, type(uint128).max);
        period = _bound(period, 1, type(uint32).max);
        periods = _bound(periods, 1, 1_000);
        second = _bound(second, 0, 2 * period * periods);
        first = _bound(first, 0, second);
        uint256 plan = _open(_subscriptions, price, period, true);
        _fund(_token, _subscriptions, BOB, price * periods);
        _fund(_token, _subscriptions, CAROL, price * periods);
        _subscribe(BOB, plan, periods);
        _subscribe(CAROL, plan, periods);
        vm.warp(START + first);
        _subscriptions.settle(plan, BOB);
        vm.warp(START + second);
        _subscriptions.settle(plan, BOB);
        uint256 seller = _subscriptions.owedTo(ALICE);
        uint256 fees = _subscriptions.owedTo(TREASURY);

        uint256 elapsed = second < period * periods ? second : period * periods;
        vm.assertEq(seller + fees, price * elapsed / period);
        vm.assertEq(fees, seller == 0 && fees == 0 ? 0 : (seller + fees) * FEE / 10_000);
        _subscriptions.settle(plan, CAROL);
        vm.assertEq(_subscriptions.owedTo(ALICE), 2 * seller);
        vm.assertEq(_subscriptions.owedTo(TREASURY), 2 * fees);
    }

    /// What was paid comes back to the unused second, and the rest is the seller's and the treasury's, to the unit.
    function testFuzz_ACancellationSplitsWhatWasPaid(
        uint256 price,
        uint256 period,
        uint256 periods,
        uint256 elapsed,
        uint256 settledAt
    ) external {
        price = _bound(price, 0, type(uint128).max);
        period = _bound(period, 1, type(uint32).max);
        periods = _bound(periods, 1, 1_000);
        elapsed = _bound(elapsed, 0, period * periods - 1);
        settledAt = _bound(settledAt, 0, elapsed);
        uint256 plan = _open(_subscriptions, price, period, true);
        _fund(_token, _subscriptions, BOB, price * periods);
        _subscribe(BOB, plan, periods);
        vm.warp(START + settledAt);
        _subscriptions.settle(plan, BOB);
        vm.warp(START + elapsed);
        vm.prank(BOB);
        uint256 refund = _subscriptions.cancel(plan);

        vm.assertEq(refund, price * (period * periods - elapsed) / period);
        uint256 earned = price * periods - refund;
        vm.assertEq(_subscriptions.owedTo(TREASURY), earned * FEE / 10_000);
        vm.assertEq(_subscriptions.owedTo(ALICE), earned - earned * FEE / 10_000);
        vm.assertEq(_subscriptions.totalUnearned(), 0);
    }

    function _deploy(address token) private returns (Subscriptions) {
        return new Subscriptions(address(_registry), token, TREASURY, FEE);
    }

    function _open(Subscriptions subscriptions, uint256 price, uint256 period, bool refundable)
        private
        returns (uint256)
    {
        vm.prank(ALICE);
        return subscriptions.open(0, price, period, refundable);
    }

    function _fund(DataToken token, Subscriptions subscriptions, address who, uint256 amount) private {
        token.mint(who, amount);
        vm.prank(who);
        token.approve(address(subscriptions), type(uint256).max);
    }

    function _subscribe(address who, uint256 plan, uint256 periods) private returns (uint256) {
        vm.prank(who);
        return _subscriptions.subscribe(plan, periods);
    }
}
