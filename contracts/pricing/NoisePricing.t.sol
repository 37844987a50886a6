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
import {NoisePricing} from "./NoisePricing.sol";
import {INoisePricing} from "./interfaces/INoisePricing.sol";

/// @dev Alice sells, Bob buys.
contract NoisePricingTest is TestBase {
    DataToken private _token;
    NoisePricing private _inverse;
    NoisePricing private _square;
    NoisePricing private _root;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _inverse = _shop(_token, INoisePricing.Rule.Inverse, 100e18);
        _square = _shop(_token, INoisePricing.Rule.InverseSquare, 100e18);
        _root = _shop(_token, INoisePricing.Rule.InverseRoot, 100e18);
    }

    function test_ItSaysHowItWasMade() external {
        vm.assertEq(_square.token(), address(_token));
        vm.assertEq(uint256(_square.rule()), uint256(INoisePricing.Rule.InverseSquare));
        vm.assertEq(_square.unitPrice(), 100e18);
        vm.assertEq(_square.seller(), ALICE);
        vm.assertEq(_square.leastVariance(), 1e9);
        vm.expectRevert(abi.encodeWithSelector(INoisePricing.InvalidToken.selector, BOB));
        new NoisePricing(BOB, INoisePricing.Rule.Inverse, 1, ALICE);
        vm.expectRevert(abi.encodeWithSelector(INoisePricing.InvalidPrice.selector, 0));
        new NoisePricing(address(_token), INoisePricing.Rule.Inverse, 0, ALICE);
        vm.expectRevert(abi.encodeWithSelector(INoisePricing.InvalidPrice.selector, 1 << 112));
        new NoisePricing(address(_token), INoisePricing.Rule.Inverse, 1 << 112, ALICE);
        vm.expectRevert(abi.encodeWithSelector(INoisePricing.InvalidSeller.selector, address(0)));
        new NoisePricing(address(_token), INoisePricing.Rule.Inverse, 1, address(0));
    }

    /// Source: the three rules by definition, at v = 1, 4 and 1/4.
    function test_PricesFollowTheirRule() external view {
        vm.assertEq(_inverse.priceOf(1e18), 100e18);
        vm.assertEq(_inverse.priceOf(4e18), 25e18);
        vm.assertEq(_inverse.priceOf(0.25e18), 400e18);
        vm.assertEq(_square.priceOf(1e18), 100e18);
        vm.assertEq(_square.priceOf(4e18), 6.25e18);
        vm.assertEq(_square.priceOf(0.25e18), 1600e18);
        vm.assertEq(_root.priceOf(1e18), 100e18);
        vm.assertEq(_root.priceOf(4e18), 50e18);
        vm.assertEq(_root.priceOf(0.25e18), 200e18);
        // c / 3, rounded up
        vm.assertEq(_inverse.priceOf(3e18), 33333333333333333334);
    }

    function test_VariancesHaveBounds() external {
        vm.expectRevert(abi.encodeWithSelector(INoisePricing.InvalidVariance.selector, 1e9 - 1, 1e9));
        _inverse.priceOf(1e9 - 1);
        vm.expectRevert(abi.encodeWithSelector(INoisePricing.InvalidVariance.selector, 1e36 + 1, 1e9));
        _inverse.priceOf(1e36 + 1);
        vm.assertEq(_inverse.priceOf(1e36), 100);
        vm.assertEq(_square.priceOf(1e36), 1);
        vm.assertEq(_square.priceOf(1e9), 100e36);
    }

    function test_AnAnswerIsPaidFor() external {
        vm.expectEmit(address(_inverse));
        emit INoisePricing.Answered(0, BOB, 4e18, 25e18);
        vm.assertEq(_buy(_inverse, 4e18, 25e18), 0);
        vm.assertEq(_buy(_inverse, 2e18, 60e18), 1);
        vm.assertEq(_inverse.answers(), 2);
        vm.assertEq(_inverse.varianceOf(0), 4e18);
        vm.assertEq(_inverse.buyerOf(1), BOB);
        vm.assertEq(_inverse.buyerOf(2), address(0));
        vm.assertEq(_inverse.revenue(), 75e18);
        vm.assertEq(_inverse.withdraw(), 75e18);
        vm.assertEq(_token.balanceOf(ALICE), 75e18);
        vm.assertEq(_inverse.credit(), 0);
        vm.assertEq(_inverse.revenue(), 75e18);
        vm.expectRevert(INoisePricing.NothingToWithdraw.selector);
        _inverse.withdraw();
        vm.expectRevert(abi.encodeWithSelector(INoisePricing.PriceExceeded.selector, 1e18, 100e18, 99e18));
        _buy(_inverse, 1e18, 99e18);
    }

    /// Source: domain, section 9: four answers of variance 4 v make one of v, and cost c / v against c / v under the
    /// first rule, a quarter of it under the second.
    function test_OnlyTheSquareIsBrokenByAveraging() external view {
        vm.assertEq(4 * _inverse.priceOf(4e18), _inverse.priceOf(1e18));
        vm.assertEq(4 * _square.priceOf(4e18), _square.priceOf(1e18) / 4);
        vm.assertEq(4 * _root.priceOf(4e18), 2 * _root.priceOf(1e18));
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        NoisePricing shop = _shop(token, INoisePricing.Rule.Inverse, 100);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _buy(shop, 1e18, 100);
    }

    function test_ATokenThatTakesAFeeIsRefused() external {
        FeeToken token = new FeeToken(100);
        NoisePricing shop = _shop(token, INoisePricing.Rule.Inverse, 100);
        // What lies there already is no payment.
        token.mint(address(shop), 1000);
        vm.expectRevert(abi.encodeWithSelector(INoisePricing.PaymentShort.selector, 100, 99));
        _buy(shop, 1e18, 100);
        vm.assertEq(shop.answers(), 0);
    }

    function test_ATokenThatCallsBackGetsNothingMore() external {
        ReentrantToken token = new ReentrantToken();
        NoisePricing shop = _shop(token, INoisePricing.Rule.Inverse, 100);
        token.arm(address(shop), abi.encodeCall(NoisePricing.withdraw, ()));
        _buy(shop, 1e18, 100);
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        token.arm(address(shop), abi.encodeCall(NoisePricing.withdraw, ()));
        vm.assertEq(shop.withdraw(), 100);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.balanceOf(ALICE), 100);
    }

    /// A law of the first and third rule: averaging never saves a base unit.
    function testFuzz_AveragingNeverPays(uint256 variance, uint256 copies, uint256 unit) external {
        copies = _bound(copies, 1, 1000);
        variance = _bound(variance, 1e9, 1e36 / copies);
        unit = _bound(unit, 1, (1 << 112) - 1);
        NoisePricing inverse = _shop(_token, INoisePricing.Rule.Inverse, unit);
        vm.assertLe(inverse.priceOf(variance), copies * inverse.priceOf(copies * variance));
        NoisePricing root = _shop(_token, INoisePricing.Rule.InverseRoot, unit);
        vm.assertLe(root.priceOf(variance), copies * root.priceOf(copies * variance));
    }

    /// Expected number: m answers of m v cost 1/m of one of v under the second rule, but for rounding up.
    function testFuzz_AveragingPaysUnderTheSquare(uint256 variance, uint256 copies) external view {
        copies = _bound(copies, 2, 100);
        variance = _bound(variance, 1e12, 1e20);
        uint256 many = copies * _square.priceOf(copies * variance);
        uint256 one = _square.priceOf(variance);
        vm.assertLe(one / copies, many);
        vm.assertLe(many, one / copies + copies + 1);
    }

    /// A law: more noise never costs more.
    function testFuzz_PricesFallWithTheVariance(uint256 a, uint256 b) external view {
        a = _bound(a, 1e9, 1e36);
        b = _bound(b, a, 1e36);
        vm.assertLe(_inverse.priceOf(b), _inverse.priceOf(a));
        vm.assertLe(_square.priceOf(b), _square.priceOf(a));
        vm.assertLe(_root.priceOf(b), _root.priceOf(a));
    }

    function _shop(DataToken token, INoisePricing.Rule rule, uint256 unit) private returns (NoisePricing shop) {
        shop = new NoisePricing(address(token), rule, unit, ALICE);
        token.mint(BOB, 1000e18);
        vm.prank(BOB);
        token.approve(address(shop), type(uint256).max);
    }

    function _buy(NoisePricing shop, uint256 variance, uint256 most) private returns (uint256) {
        vm.prank(BOB);
        return shop.buy(variance, most);
    }
}

contract NoisePricingHandler is Handler {
    DataToken public immutable token = new DataToken("Data", "DATA");
    NoisePricing public immutable shop =
        new NoisePricing(address(token), INoisePricing.Rule.InverseSquare, 1e18, address(0x5E11E5));
    uint256 public paid;
    uint256 public sold;

    constructor() {
        for (uint256 i = 0; i < ACTORS; ++i) {
            vm.prank(actor(i));
            token.approve(address(shop), type(uint256).max);
        }
    }

    function buy(uint256 seed, uint256 variance) external {
        variance = _bound(variance, 1e9, 1e36);
        uint256 price = shop.priceOf(variance);
        token.mint(actor(seed), price);
        vm.prank(actor(seed));
        shop.buy(variance, price);
        paid += price;
        sold += 1;
    }

    function withdraw() external {
        if (shop.credit() > 0) shop.withdraw();
    }

    function donate(uint128 amount) external {
        token.mint(address(shop), amount);
    }
}

contract NoisePricingInvariants is InvariantBase {
    NoisePricingHandler private _handler;

    function setUp() external {
        _handler = new NoisePricingHandler();
        _aimAt(
            address(_handler),
            [
                NoisePricingHandler.buy.selector,
                NoisePricingHandler.withdraw.selector,
                NoisePricingHandler.donate.selector
            ]
        );
    }

    function invariant_WhatBuyersPaidIsTheSellers() external view {
        NoisePricing shop = _handler.shop();
        DataToken token = _handler.token();
        vm.assertEq(shop.revenue(), _handler.paid());
        vm.assertEq(shop.answers(), _handler.sold());
        vm.assertEq(token.balanceOf(shop.seller()) + shop.credit(), _handler.paid());
        vm.assertLe(shop.credit(), token.balanceOf(address(shop)));
    }
}
