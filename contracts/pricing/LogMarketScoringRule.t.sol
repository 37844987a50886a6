// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {LogMarketScoringRule} from "./LogMarketScoringRule.sol";
import {ILogMarketScoringRule} from "./interfaces/ILogMarketScoringRule.sol";

/// @dev The test sponsors a market of b = 100 and two outcomes; Carol resolves; Alice and Bob trade.
contract LogMarketScoringRuleTest is TestBase {
    DataToken private _token;
    LogMarketScoringRule private _market;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _market = _open(_token, 100e18, 2);
    }

    function test_ItSaysHowItWasMade() external {
        vm.assertEq(_market.token(), address(_token));
        vm.assertEq(_market.liquidity(), 100e18);
        vm.assertEq(_market.outcomes(), 2);
        vm.assertEq(_market.resolver(), CAROL);
        vm.assertEq(_market.sponsor(), address(this));
        vm.assertTrue(_market.isTrading());
        (bool resolved,) = _market.resolution();
        vm.assertFalse(resolved);
        vm.expectRevert(ILogMarketScoringRule.AlreadyOpen.selector);
        _market.open();
    }

    function test_ItRefusesWhatCannotWork() external {
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidToken.selector, ALICE));
        new LogMarketScoringRule(ALICE, 1, 2, CAROL);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidLiquidity.selector, 0));
        new LogMarketScoringRule(address(_token), 0, 2, CAROL);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidLiquidity.selector, 1 << 100));
        new LogMarketScoringRule(address(_token), 1 << 100, 2, CAROL);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidOutcomes.selector, 1));
        new LogMarketScoringRule(address(_token), 1, 1, CAROL);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidOutcomes.selector, 17));
        new LogMarketScoringRule(address(_token), 1, 17, CAROL);

        LogMarketScoringRule closed = new LogMarketScoringRule(address(_token), 1e18, 2, CAROL);
        vm.assertFalse(closed.isTrading());
        vm.expectRevert(ILogMarketScoringRule.NotTrading.selector);
        closed.buy(0, 1, 1);
        bytes memory unknown = abi.encodeWithSelector(ILogMarketScoringRule.UnknownOutcome.selector, 2, 2);
        vm.expectRevert(unknown);
        _market.costOf(2, 1);
        vm.expectRevert(unknown);
        _market.priceOf(2);
        vm.expectRevert(unknown);
        _market.soldOf(2);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidShares.selector, 0));
        _market.costOf(0, 0);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidShares.selector, 1 << 100));
        _market.costOf(0, 1 << 100);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidShares.selector, 1 << 100));
        _market.proceedsOf(0, 1 << 100);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.InvalidShares.selector, (1 << 100) - 10));
        this.buyAndAsk();
    }

    /// @dev 2^100 shares of an outcome, in two parts.
    function buyAndAsk() external {
        _market.buy(0, 10, 1e18);
        _market.costOf(0, (1 << 100) - 10);
    }

    /// Source: domain, O25: 100 ln((1 + e^0.5) / 2), e^0.5 / (1 + e^0.5) and 100 ln 2, computed with 50 digits.
    function test_FiftyOfAHundredCost28AndABit() external {
        vm.assertEq(_market.priceOf(0), 0.5e18);
        uint256 cost = _market.costOf(0, 50e18);
        vm.assertLe(28_092_980_362_016_137_145, cost);
        vm.assertLe(cost, 28_092_980_362_016_137_147);
        vm.expectEmit(address(_market));
        emit ILogMarketScoringRule.Bought(ALICE, 0, 50e18, cost);
        vm.assertEq(_buy(ALICE, 0, 50e18), cost);
        vm.assertEq(_market.priceOf(0), 622_459_331_201_854_564);
        vm.assertEq(_market.priceOf(1), 377_540_668_798_145_435);
        vm.assertEq(_market.soldOf(0), 50e18);
        vm.assertEq(_market.sharesOf(ALICE, 0), 50e18);
        vm.assertEq(_market.maxLoss(), 69_314_718_055_994_530_942);
    }

    function test_ARoundTripGainsNothing() external {
        uint256 cost = _buy(ALICE, 1, 30e18);
        uint256 proceeds = _market.proceedsOf(1, 30e18);
        vm.assertLe(proceeds, cost);
        vm.assertLe(cost, proceeds + 2);
        vm.expectEmit(address(_market));
        emit ILogMarketScoringRule.Sold(ALICE, 1, 30e18, proceeds);
        vm.prank(ALICE);
        vm.assertEq(_market.sell(1, 30e18, proceeds), proceeds);
        vm.assertEq(_market.priceOf(1), 0.5e18);
    }

    function test_LimitsAreKept() external {
        uint256 cost = _market.costOf(0, 1e18);
        vm.expectRevert(
            abi.encodeWithSelector(ILogMarketScoringRule.CostExceeded.selector, 1e18, cost, cost - 1)
        );
        vm.prank(ALICE);
        _market.buy(0, 1e18, cost - 1);
        vm.prank(ALICE);
        vm.assertEq(_market.buy(0, 1e18, cost), cost);
        vm.expectRevert(
            abi.encodeWithSelector(ILogMarketScoringRule.SharesExceeded.selector, ALICE, 0, 1e18, 2e18)
        );
        vm.prank(ALICE);
        _market.sell(0, 2e18, 0);
        uint256 proceeds = _market.proceedsOf(0, 1e18);
        vm.expectRevert(
            abi.encodeWithSelector(ILogMarketScoringRule.ProceedsShort.selector, 1e18, proceeds, proceeds + 1)
        );
        vm.prank(ALICE);
        _market.sell(0, 1e18, proceeds + 1);
        vm.prank(ALICE);
        vm.assertEq(_market.sell(0, 1e18, proceeds), proceeds);
    }

    /// Where a share is all but certain, C grows by one for each, less what no number here holds: the error shows.
    function test_TheErrorIsCountedAgainstWhoTrades() external {
        LogMarketScoringRule market = _open(_token, 1e28, 2);
        _token.mint(ALICE, 1e30);
        vm.prank(ALICE);
        market.buy(0, 90e28, type(uint256).max);
        vm.assertEq(market.costOf(0, 1), 2);
        vm.assertEq(market.costOf(0, 7), 8);
        vm.assertEq(market.proceedsOf(0, 7), 6);
        // b ln 2 = ...688.99458 with 60 digits, and a hundredth for the error.
        LogMarketScoringRule large = new LogMarketScoringRule(address(_token), 1e30 + 333, 2, CAROL);
        vm.assertEq(large.maxLoss(), 693_147_180_559_945_309_417_232_121_690);
    }

    function test_TheMakerLosesAtMostItsSubsidy() external {
        uint256 paid = _buy(ALICE, 0, 1500e18);
        vm.assertEq(_market.priceOf(0) / 1e12, 999_999);
        vm.expectRevert(ILogMarketScoringRule.NotResolved.selector);
        vm.prank(ALICE);
        _market.redeem();
        vm.expectRevert(ILogMarketScoringRule.NotResolved.selector);
        _market.recover();
        vm.expectEmit(address(_market));
        emit ILogMarketScoringRule.Resolved(0);
        _resolve(0);
        vm.expectEmit(address(_market));
        emit ILogMarketScoringRule.Redeemed(ALICE, 1500e18);
        vm.prank(ALICE);
        vm.assertEq(_market.redeem(), 1500e18);
        uint256 loss = 1500e18 - paid;
        vm.assertLe(loss, _market.maxLoss());
        vm.assertLe(_market.maxLoss() - loss, 0.0001e18);
        vm.assertEq(_market.recover(), _market.maxLoss() - loss);
        vm.assertEq(_token.balanceOf(address(_market)), 0);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.NothingToRedeem.selector, ALICE));
        vm.prank(ALICE);
        _market.redeem();
    }

    function test_TheSponsorGetsWhatIsLeft() external {
        _buy(ALICE, 0, 20e18);
        _buy(BOB, 1, 50e18);
        _resolve(0);
        uint256 held = _token.balanceOf(address(_market));
        vm.assertEq(_market.recover(), held - 20e18);
        vm.prank(ALICE);
        _market.redeem();
        vm.assertEq(_token.balanceOf(address(_market)), 0);
        vm.expectRevert(ILogMarketScoringRule.NotTrading.selector);
        vm.prank(BOB);
        _market.sell(1, 1, 0);
    }

    function test_OnlyTheResolverResolvesOnce() external {
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.NotResolver.selector, ALICE, CAROL));
        vm.prank(ALICE);
        _market.resolve(0);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.UnknownOutcome.selector, 2, 2));
        _resolve(2);
        _resolve(1);
        (bool resolved, uint256 outcome) = _market.resolution();
        vm.assertTrue(resolved);
        vm.assertEq(outcome, 1);
        vm.assertFalse(_market.isTrading());
        vm.expectRevert(ILogMarketScoringRule.NotTrading.selector);
        _resolve(0);
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        LogMarketScoringRule market = new LogMarketScoringRule(address(token), 1e18, 2, CAROL);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        market.open();
    }

    function test_ATokenThatTakesAFeeIsRefused() external {
        FeeToken token = new FeeToken(10_000);
        LogMarketScoringRule market = new LogMarketScoringRule(address(token), 1e18, 2, CAROL);
        uint256 subsidy = market.maxLoss();
        token.mint(address(this), subsidy);
        token.approve(address(market), subsidy);
        // What lies there already is no payment.
        token.mint(address(market), subsidy);
        vm.expectRevert(abi.encodeWithSelector(ILogMarketScoringRule.PaymentShort.selector, subsidy, 0));
        market.open();
    }

    function test_ATokenThatCallsBackGetsNothingMore() external {
        ReentrantToken token = new ReentrantToken();
        LogMarketScoringRule market = _open(token, 100e18, 2);
        bytes memory refusal = abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector);
        token.arm(address(market), abi.encodeCall(LogMarketScoringRule.sell, (0, 1, 0)));
        vm.prank(ALICE);
        market.buy(0, 1e18, 1e18);
        vm.assertEq(token.result(), refusal);
        token.arm(address(market), abi.encodeCall(LogMarketScoringRule.redeem, ()));
        vm.prank(ALICE);
        market.sell(0, 1e17, 0);
        vm.assertEq(token.result(), refusal);
        vm.assertEq(token.calls(), 2);
    }

    /// A law: bought in two parts or at once, it costs the same but for rounding up; and prices add up to one.
    function testFuzz_ThePathDoesNotMatter(uint256 b, uint256 n, uint256 x, uint256 y, uint256 seed) external {
        b = _bound(b, 1e6, 1e29);
        n = _bound(n, 2, 16);
        x = _bound(x, 1, 20 * b);
        y = _bound(y, 1, 20 * b);
        if (x + y >= 1 << 100) return;
        LogMarketScoringRule market = _open(_token, b, n);
        _token.mint(ALICE, 1e32);
        uint256 outcome = seed % n;
        uint256 whole = market.costOf(outcome, x + y);
        vm.prank(ALICE);
        uint256 parts = market.buy(outcome, x, type(uint256).max);
        parts += market.costOf(outcome, y);
        vm.assertLe(whole, parts);
        vm.assertLe(parts, whole + 2);
        uint256 sum;
        for (uint256 i = 0; i < n; ++i) sum += market.priceOf(i);
        vm.assertLe(sum, 1e18);
        vm.assertLe(1e18 - 16, sum);
    }

    /// A law: the cost lies between the price before and the price after, times the shares.
    function testFuzz_TheCostLiesBetweenThePrices(uint256 shares) external {
        shares = _bound(shares, 1e6, 900e18);
        uint256 before = _market.priceOf(0);
        uint256 cost = _buy(ALICE, 0, shares);
        vm.assertLe(shares * before / 1e18, cost);
        vm.assertLe(cost, (_market.priceOf(0) + 1) * shares / 1e18 + 2);
    }

    function _open(DataToken token, uint256 b, uint256 n) private returns (LogMarketScoringRule market) {
        market = new LogMarketScoringRule(address(token), b, n, CAROL);
        token.mint(address(this), market.maxLoss() + 1e18);
        token.approve(address(market), type(uint256).max);
        market.open();
        address[2] memory who = [ALICE, BOB];
        for (uint256 i = 0; i < 2; ++i) {
            token.mint(who[i], 10_000e18);
            vm.prank(who[i]);
            token.approve(address(market), type(uint256).max);
        }
    }

    function _buy(address who, uint256 outcome, uint256 shares) private returns (uint256) {
        vm.prank(who);
        return _market.buy(outcome, shares, type(uint256).max);
    }

    function _resolve(uint256 outcome) private {
        vm.prank(CAROL);
        _market.resolve(outcome);
    }
}

contract LogMarketScoringRuleHandler is Handler {
    uint256 public constant OUTCOMES = 3;

    DataToken public immutable token = new DataToken("Data", "DATA");
    LogMarketScoringRule public immutable market =
        new LogMarketScoringRule(address(token), 100e18, OUTCOMES, address(this));

    uint256 public spent;
    uint256 public earned;

    constructor() {
        token.mint(address(this), market.maxLoss());
        token.approve(address(market), type(uint256).max);
        market.open();
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), 1e30);
            vm.prank(actor(i));
            token.approve(address(market), type(uint256).max);
        }
    }

    function buy(uint256 seed, uint256 outcome, uint256 shares) external {
        vm.prank(actor(seed));
        spent += market.buy(outcome % OUTCOMES, _bound(shares, 1, 300e18), type(uint256).max);
    }

    function sell(uint256 seed, uint256 outcome, uint256 shares) external {
        outcome = outcome % OUTCOMES;
        uint256 held = market.sharesOf(actor(seed), outcome);
        if (held == 0) return;
        vm.prank(actor(seed));
        earned += market.sell(outcome, _bound(shares, 1, held), 0);
    }

    function donate(uint64 amount) external {
        token.mint(address(market), amount);
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract LogMarketScoringRuleInvariants is InvariantBase {
    LogMarketScoringRuleHandler private _handler;

    function setUp() external {
        _handler = new LogMarketScoringRuleHandler();
        _aimAt(
            address(_handler),
            [
                LogMarketScoringRuleHandler.buy.selector,
                LogMarketScoringRuleHandler.sell.selector,
                LogMarketScoringRuleHandler.donate.selector
            ]
        );
    }

    function invariant_ItCanPayWhateverComesTrue() external view {
        LogMarketScoringRule market = _handler.market();
        // What the maker holds without gifts: the subsidy, and what was paid less what was given.
        uint256 held = market.maxLoss() + _handler.spent() - _handler.earned();
        for (uint256 i = 0; i < _handler.OUTCOMES(); ++i) vm.assertLe(market.soldOf(i), held);
        vm.assertLe(held, _handler.token().balanceOf(address(market)));
    }

    function invariant_SharesAddUp() external view {
        LogMarketScoringRule market = _handler.market();
        for (uint256 i = 0; i < _handler.OUTCOMES(); ++i) {
            uint256 sum;
            for (uint256 j = 0; j < _handler.actors(); ++j) sum += market.sharesOf(_handler.actor(j), i);
            vm.assertEq(sum, market.soldOf(i));
        }
    }
}
