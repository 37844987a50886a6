// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {BondingCurve} from "./BondingCurve.sol";
import {FixedPoint} from "./FixedPoint.sol";
import {IBondingCurve} from "./interfaces/IBondingCurve.sol";

/// @dev The test owns the curves and begins them with 100 of reserve and 1,000 of token; Alice trades.
contract BondingCurveTest is TestBase {
    DataToken private _usd;
    BondingCurve private _curve;

    function setUp() external {
        _usd = new DataToken("Dollar", "USD");
        _curve = _open(_usd, 100e18, 1000e18, 500_000);
    }

    function test_ItSaysHowItWasMade() external view {
        vm.assertEq(_curve.reserveToken(), address(_usd));
        vm.assertEq(_curve.weightPpm(), 500_000);
        vm.assertEq(_curve.reserve(), 100e18);
        vm.assertEq(_curve.totalSupply(), 1000e18);
        vm.assertEq(_curve.balanceOf(address(this)), 1000e18);
        vm.assertEq(_curve.name(), "Copies");
        // 100 / (1,000 x 0.5)
        vm.assertEq(_curve.price(), 0.2e18);
    }

    function test_ItRefusesWhatCannotWork() external {
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.InvalidToken.selector, ALICE));
        new BondingCurve("Copies", "COPY", ALICE, 500_000);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.InvalidWeight.selector, 9_999));
        new BondingCurve("Copies", "COPY", address(_usd), 9_999);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.InvalidWeight.selector, 1_000_001));
        new BondingCurve("Copies", "COPY", address(_usd), 1_000_001);
        vm.expectRevert(IBondingCurve.AlreadyOpen.selector);
        _curve.open(1, 1);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, ALICE));
        vm.prank(ALICE);
        _curve.open(1, 1);

        BondingCurve fresh = new BondingCurve("Copies", "COPY", address(_usd), 500_000);
        vm.expectRevert(IBondingCurve.NotOpen.selector);
        fresh.tokensFor(1);
        vm.expectRevert(IBondingCurve.NotOpen.selector);
        fresh.price();
        _usd.mint(address(this), 1 << 100);
        _usd.approve(address(fresh), type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.InvalidSize.selector, 0, 1));
        fresh.open(0, 1);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.InvalidSize.selector, 1, 0));
        fresh.open(1, 0);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.InvalidSize.selector, 1 << 100, 1));
        fresh.open(1 << 100, 1);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.InvalidSize.selector, 1, 1 << 100));
        fresh.open(1, 1 << 100);
    }

    /// Source: domain, O26: 1000 (sqrt(1.2) - 1) = 95.4451150103322269..., computed with 60 digits.
    function test_TwentyOnAHundredIssue95AndABit() external {
        uint256 expected = 95_445_115_010_332_226_914;
        vm.assertLe(_curve.tokensFor(20e18), expected);
        vm.assertLe(expected, _curve.tokensFor(20e18) + 1);
        vm.expectEmit(address(_curve));
        emit IBondingCurve.Bought(ALICE, 20e18, expected - 1);
        uint256 tokens = _buy(20e18);
        vm.assertEq(_curve.reserve(), 120e18);
        vm.assertEq(_curve.totalSupply(), 1000e18 + tokens);
        uint256 refund = _curve.refundFor(tokens);
        vm.expectEmit(address(_curve));
        emit IBondingCurve.Sold(ALICE, tokens, refund);
        vm.assertEq(_sell(tokens), refund);
        vm.assertLe(refund, 20e18);
        vm.assertLe(20e18, refund + 3);
        vm.assertEq(_usd.balanceOf(address(_curve)), _curve.reserve());
    }

    function test_ADepositForSoMuchIssuesIt() external {
        uint256 deposit = _curve.depositFor(50e18);
        vm.assertLe(50e18, _buy(deposit) + 2);
        // R ((1 + t/S)^2 - 1) = 100 (1.05^2 - 1)
        vm.assertLe(10.25e18, deposit);
        vm.assertLe(deposit, 10.25e18 + 2);
    }

    function test_SoMuchIsBoughtForWhatItCosts() external {
        uint256 deposit = _curve.depositFor(50e18);
        vm.expectEmit(address(_curve));
        emit IBondingCurve.Bought(ALICE, deposit, 50e18);
        vm.prank(ALICE);
        vm.assertEq(_curve.buyExact(50e18, deposit), deposit);
        vm.assertEq(_curve.balanceOf(ALICE), 50e18);
        vm.assertEq(_curve.reserve(), 100e18 + deposit);
        uint256 dearer = _curve.depositFor(50e18);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.DepositExceeded.selector, 50e18, dearer, deposit));
        vm.prank(ALICE);
        _curve.buyExact(50e18, deposit);
        uint256 nothing = _curve.depositFor(0);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.DepositExceeded.selector, 0, nothing, 1e18));
        vm.prank(ALICE);
        _curve.buyExact(0, 1e18);
    }

    /// Where the exact answer is a whole number the error of the powers shows: it is counted against the caller.
    function test_AtFullWeightThePriceStands() external {
        BondingCurve curve = _open(_usd, 100e18, 1000e18, 1_000_000);
        vm.assertEq(curve.price(), 0.1e18);
        vm.assertEq(curve.tokensFor(1e18), 10e18 - 1);
        vm.assertEq(curve.refundFor(10e18), 1e18 - 1);
        vm.assertEq(curve.depositFor(10e18), 1e18 + 1);
    }

    /// R ((1 + t/S)^2 - 1) and R (1 - (1 - t/S)^2), at a size at which an error of the powers is worth base units.
    function test_ALargeCurveIsAsExact() external {
        BondingCurve curve = _open(_usd, 1e29, 1e29, 500_000);
        vm.assertLe(2.1e28, curve.depositFor(1e28));
        vm.assertLe(curve.depositFor(1e28), 2.1e28 + 1);
        vm.assertLe(curve.refundFor(1e28), 1.9e28);
        vm.assertLe(1.9e28 - 1, curve.refundFor(1e28));
    }

    function test_ACurveOfOneTokenIsOpen() external {
        BondingCurve curve = _open(_usd, 1, 1, 500_000);
        vm.expectRevert(IBondingCurve.AlreadyOpen.selector);
        curve.open(1, 1);
    }

    function test_LimitsAreKept() external {
        uint256 tokens = _curve.tokensFor(20e18);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.TokensShort.selector, 20e18, tokens, tokens + 1));
        vm.prank(ALICE);
        _curve.buy(20e18, tokens + 1);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.TokensShort.selector, 0, 0, 0));
        vm.prank(ALICE);
        _curve.buy(0, 0);
        vm.prank(ALICE);
        vm.assertEq(_curve.buy(20e18, tokens), tokens);
        uint256 refund = _curve.refundFor(tokens);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.RefundShort.selector, tokens, refund, refund + 1));
        vm.prank(ALICE);
        _curve.sell(tokens, refund + 1);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.RefundShort.selector, 0, 0, 0));
        vm.prank(ALICE);
        _curve.sell(0, 0);
        uint256 supply = _curve.totalSupply();
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.SupplyExceeded.selector, supply, supply));
        _curve.sell(supply, 0);
        vm.prank(ALICE);
        vm.assertEq(_curve.sell(tokens, refund), refund);
    }

    function test_ACurveGrowsTo2To100AndNoFurther() external {
        BondingCurve curve = _open(_usd, 1e20, 1e20, 1_000_000);
        _usd.mint(address(this), 1 << 101);
        _usd.approve(address(curve), type(uint256).max);
        uint256 size = 1e20 + (1 << 100);
        uint256 tokens = curve.tokensFor(1 << 100);
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.InvalidSize.selector, size, 1e20 + tokens));
        curve.buy(1 << 100, 0);
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        BondingCurve curve = new BondingCurve("Copies", "COPY", address(token), 500_000);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        curve.open(1, 1);
    }

    function test_AFeeOnTransferBuysForWhatArrived() external {
        FeeToken token = new FeeToken(100);
        BondingCurve curve = _open(token, 100e18, 1000e18, 500_000);
        vm.assertEq(curve.reserve(), 99e18);
        uint256 expected = curve.tokensFor(9.9e18);
        vm.prank(ALICE);
        vm.assertEq(curve.buy(10e18, 0), expected);
        vm.assertEq(curve.reserve(), 108.9e18);
        vm.assertEq(token.balanceOf(address(curve)), 108.9e18);
    }

    function test_AFeeOnTransferDoesNotBuySoMuch() external {
        FeeToken token = new FeeToken(100);
        BondingCurve curve = _open(token, 100e18, 1000e18, 500_000);
        uint256 deposit = curve.depositFor(1e18);
        uint256 arrives = deposit - (deposit * 100 + 9_999) / 10_000;
        vm.expectRevert(abi.encodeWithSelector(IBondingCurve.DepositShort.selector, deposit, arrives));
        vm.prank(ALICE);
        curve.buyExact(1e18, 1e18);
    }

    function test_ATokenThatCallsBackFindsTheCurveClosed() external {
        ReentrantToken token = new ReentrantToken();
        BondingCurve curve = _open(token, 100e18, 1000e18, 500_000);
        token.arm(address(curve), abi.encodeCall(BondingCurve.sell, (1, 0)));
        vm.prank(ALICE);
        curve.buy(1e18, 0);
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        token.arm(address(curve), abi.encodeCall(BondingCurve.buy, (1, 0)));
        vm.prank(ALICE);
        curve.sell(1e18, 0);
        vm.assertEq(token.calls(), 2);
        vm.assertFalse(token.succeeded());
    }

    /// A law: what is bought in two parts is what is bought at once, but for dust, and never more.
    function testFuzz_ThePathDoesNotMatter(uint256 r, uint256 s, uint256 weight, uint256 a, uint256 b) external {
        r = _bound(r, 1e12, 1e26);
        s = _bound(s, 1e12, 1e26);
        weight = _bound(weight, 10_000, 1_000_000);
        a = _bound(a, r / 1e6, r);
        b = _bound(b, r / 1e6, r);
        BondingCurve once = _open(_usd, r, s, weight);
        BondingCurve twice = _open(_usd, r, s, weight);
        _usd.mint(address(this), 1e28);
        _usd.approve(address(once), type(uint256).max);
        _usd.approve(address(twice), type(uint256).max);
        uint256 whole = once.tokensFor(a + b);
        uint256 first = twice.tokensFor(a);
        if (first == 0) return;
        twice.buy(a, 0);
        uint256 parts = first + twice.tokensFor(b);
        vm.assertLe(parts, whole + 2);
        vm.assertLe(whole, parts + 4);
    }

    /// A law: buying and selling back never gains, and loses dust only: a unit of token's worth and two base units.
    function testFuzz_ARoundTripGainsNothing(uint256 r, uint256 s, uint256 weight, uint256 deposit) external {
        r = _bound(r, 1e6, 1e29);
        s = _bound(s, 1e6, 1e29);
        weight = _bound(weight, 10_000, 1_000_000);
        deposit = _bound(deposit, 1, r);
        BondingCurve curve = _open(_usd, r, s, weight);
        _usd.mint(address(this), deposit);
        _usd.approve(address(curve), deposit);
        uint256 tokens = curve.tokensFor(deposit);
        if (tokens == 0 || s + tokens >= 1 << 100) return;
        curve.buy(deposit, 0);
        uint256 refund = curve.refundFor(tokens);
        vm.assertLe(refund, deposit);
        vm.assertLe(deposit, refund + 3 * curve.price() / 1e18 + 4);
    }

    function _open(DataToken token, uint256 r, uint256 s, uint256 weight) private returns (BondingCurve curve) {
        curve = new BondingCurve("Copies", "COPY", address(token), weight);
        token.mint(address(this), r);
        token.approve(address(curve), r);
        curve.open(r, s);
        token.mint(ALICE, 1000e18);
        vm.prank(ALICE);
        token.approve(address(curve), type(uint256).max);
    }

    function _buy(uint256 deposit) private returns (uint256) {
        vm.prank(ALICE);
        return _curve.buy(deposit, 0);
    }

    function _sell(uint256 tokens) private returns (uint256) {
        vm.prank(ALICE);
        return _curve.sell(tokens, 0);
    }
}

/// @dev Actors buy and sell at random; the worth of the whole curve, R / S^(1/F), is watched.
contract BondingCurveHandler is Handler {
    DataToken public immutable usd = new DataToken("Dollar", "USD");
    BondingCurve public immutable curve = new BondingCurve("Copies", "COPY", address(usd), 333_333);

    uint256 public deposited = 1000e18;
    uint256 public refunded;

    constructor() {
        usd.mint(address(this), 1000e18);
        usd.approve(address(curve), type(uint256).max);
        curve.open(1000e18, 5000e18);
        for (uint256 i = 0; i < ACTORS; ++i) {
            usd.mint(actor(i), 1e24);
            vm.prank(actor(i));
            usd.approve(address(curve), type(uint256).max);
        }
    }

    function buy(uint256 seed, uint256 deposit) external {
        address who = actor(seed);
        deposit = _bound(deposit, 1, 1000e18);
        if (usd.balanceOf(who) < deposit || curve.tokensFor(deposit) == 0) return;
        vm.prank(who);
        curve.buy(deposit, 0);
        deposited += deposit;
    }

    function sell(uint256 seed, uint256 tokens) external {
        address who = actor(seed);
        uint256 held = curve.balanceOf(who);
        if (held == 0) return;
        tokens = _bound(tokens, 1, held);
        if (curve.refundFor(tokens) == 0) return;
        vm.prank(who);
        refunded += curve.sell(tokens, 0);
    }

    function buyExact(uint256 seed, uint256 tokens) external {
        address who = actor(seed);
        tokens = _bound(tokens, 1, 1000e18);
        uint256 deposit = curve.depositFor(tokens);
        if (usd.balanceOf(who) < deposit) return;
        vm.prank(who);
        curve.buyExact(tokens, deposit);
        deposited += deposit;
    }

    function donate(uint256 amount) external {
        usd.mint(address(curve), _bound(amount, 0, 1e18));
    }

    /// @dev R / R0 x (S0 / S)^(1/F), with 36 decimals: one at the beginning.
    function worth() external view returns (uint256) {
        uint256 power = FixedPoint.powPrecise(5000e18, curve.totalSupply(), 1_000_000, 333_333);
        return Math.mulDiv(power, curve.reserve(), 1000e18);
    }
}

contract BondingCurveInvariants is InvariantBase {
    BondingCurveHandler private _handler;

    function setUp() external {
        _handler = new BondingCurveHandler();
        _aimAt(
            address(_handler),
            [BondingCurveHandler.buy.selector, BondingCurveHandler.sell.selector, BondingCurveHandler.donate.selector]
        );
        _aimAt(
            address(_handler),
            [BondingCurveHandler.buyExact.selector, BondingCurveHandler.sell.selector, BondingCurveHandler.buy.selector]
        );
    }

    function invariant_TheReserveIsThere() external view {
        BondingCurve curve = _handler.curve();
        vm.assertEq(curve.reserve(), _handler.deposited() - _handler.refunded());
        vm.assertLe(curve.reserve(), _handler.usd().balanceOf(address(curve)));
    }

    function invariant_NoPathGains() external view {
        // The measure itself is known to one part in 10^17.
        vm.assertLe(1e36 - 1e19, _handler.worth());
        vm.assertLe(_handler.worth(), 1e36 + 1e20);
    }
}
