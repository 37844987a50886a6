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
import {DataToken} from "./DataToken.sol";
import {PullPayments} from "./PullPayments.sol";
import {IPullPayments} from "./interfaces/IPullPayments.sol";

/// @dev The smallest contract that takes in and owes.
contract Till is PullPayments {
    constructor(address token_) PullPayments(token_) {}

    function pay(address to, uint256 amount) external nonReentrant {
        _collect(msg.sender, amount);
        _credit(to, amount);
    }
}

contract PullPaymentsTest is TestBase {
    DataToken private _token;
    Till private _till;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _till = new Till(address(_token));
        _fund(_token, _till, ALICE, 1_000);
    }

    function test_ItSaysInWhatItPays() external {
        vm.assertEq(_till.token(), address(_token));
        vm.expectRevert(abi.encodeWithSelector(IPullPayments.InvalidToken.selector, ALICE));
        new Till(ALICE);
    }

    function test_WhatIsOwedIsFetchedOnce() external {
        _pay(_till, ALICE, BOB, 30);
        _pay(_till, ALICE, BOB, 12);
        _pay(_till, ALICE, CAROL, 5);
        vm.assertEq(_till.owedTo(BOB), 42);
        vm.assertEq(_till.totalOwed(), 47);
        vm.assertEq(_token.balanceOf(address(_till)), 47);

        vm.expectEmit(address(_till));
        emit IPullPayments.Withdrawn(BOB, 42);
        vm.prank(BOB);
        vm.assertEq(_till.withdraw(), 42);
        vm.assertEq(_token.balanceOf(BOB), 42);
        vm.assertEq(_till.owedTo(BOB), 0);
        vm.assertEq(_till.owedTo(CAROL), 5);
        vm.assertEq(_till.totalOwed(), 5);

        vm.expectRevert(abi.encodeWithSelector(IPullPayments.NothingOwed.selector, BOB));
        vm.prank(BOB);
        _till.withdraw();
    }

    function test_APaymentOfNothingOwesNothingAndCallsNobody() external {
        FalseToken token = new FalseToken();
        Till till = new Till(address(token));
        till.pay(BOB, 0);
        vm.assertEq(till.owedTo(BOB), 0);
        vm.assertEq(till.totalOwed(), 0);
    }

    function test_AGiftIsOwedToNobody() external {
        _pay(_till, ALICE, BOB, 3);
        _token.mint(address(_till), 9);
        vm.prank(BOB);
        _till.withdraw();
        vm.assertEq(_token.balanceOf(address(_till)), 9);
        vm.assertEq(_till.totalOwed(), 0);
    }

    function test_ATokenThatReturnsFalseIsRefused() external {
        FalseToken token = new FalseToken();
        Till till = new Till(address(token));
        _fund(token, till, ALICE, 10);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _pay(till, ALICE, BOB, 10);
        vm.assertEq(till.totalOwed(), 0);
    }

    function test_ATokenThatCallsBackIsCountedOnce() external {
        ReentrantToken token = new ReentrantToken();
        Till till = new Till(address(token));
        _fund(token, till, address(token), 100);
        token.arm(address(till), abi.encodeCall(Till.pay, (CAROL, 10)));
        token.act(address(till), abi.encodeCall(Till.pay, (BOB, 10)));
        _requireRefused(token);
        vm.assertEq(till.owedTo(BOB), 10);
        vm.assertEq(till.owedTo(CAROL), 0);
        vm.assertEq(token.balanceOf(address(till)), 10);
    }

    function test_ATokenThatCallsBackFetchesOnce() external {
        ReentrantToken token = new ReentrantToken();
        Till till = new Till(address(token));
        _fund(token, till, address(token), 100);
        token.act(address(till), abi.encodeCall(Till.pay, (address(token), 10)));
        token.act(address(till), abi.encodeCall(Till.pay, (BOB, 10)));
        token.arm(address(till), abi.encodeCall(IPullPayments.withdraw, ()));
        token.act(address(till), abi.encodeCall(IPullPayments.withdraw, ()));
        _requireRefused(token);
        vm.assertEq(token.balanceOf(address(till)), 10);
        vm.assertEq(till.totalOwed(), 10);
    }

    /// The fee is rounded up, so every positive fee makes every positive payment fall short.
    function testFuzz_ATokenThatTakesAFeeIsRefused(uint256 amount, uint256 feeBps) external {
        amount = _bound(amount, 1, type(uint128).max);
        feeBps = _bound(feeBps, 1, 10_000);
        FeeToken token = new FeeToken(feeBps);
        Till till = new Till(address(token));
        _fund(token, till, ALICE, amount);
        // What lies there already does not make up for it.
        token.mint(address(till), amount);
        uint256 fee = (amount * feeBps + 9_999) / 10_000;
        vm.expectRevert(abi.encodeWithSelector(IPullPayments.PaymentShort.selector, amount, amount - fee));
        _pay(till, ALICE, BOB, amount);
        vm.assertEq(till.totalOwed(), 0);
    }

    function _requireRefused(ReentrantToken token) private view {
        vm.assertEq(token.calls(), 1);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
    }

    function _fund(DataToken token, Till till, address who, uint256 amount) private {
        token.mint(who, amount);
        vm.prank(who);
        token.approve(address(till), amount);
    }

    function _pay(Till till, address from, address to, uint256 amount) private {
        vm.prank(from);
        till.pay(to, amount);
    }
}

contract PullPaymentsHandler is Handler {
    uint256 public constant FUNDS = 1e30;

    DataToken public immutable token = new DataToken("Data", "DATA");
    Till public immutable till = new Till(address(token));

    mapping(address who => uint256) public credited;
    mapping(address who => uint256) public paid;
    mapping(address who => uint256) public fetched;

    constructor() {
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), FUNDS);
            vm.prank(actor(i));
            token.approve(address(till), type(uint256).max);
        }
    }

    function pay(uint256 seed, uint256 toSeed, uint256 amount) external {
        amount = _bound(amount, 0, token.balanceOf(actor(seed)));
        vm.prank(actor(seed));
        till.pay(actor(toSeed), amount);
        paid[actor(seed)] += amount;
        credited[actor(toSeed)] += amount;
    }

    function withdraw(uint256 seed) external {
        if (till.owedTo(actor(seed)) == 0) return;
        vm.prank(actor(seed));
        fetched[actor(seed)] += till.withdraw();
    }

    function pass(uint256 elapsed) external {
        _pass(_bound(elapsed, 1, 1 weeks));
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract PullPaymentsInvariants is InvariantBase {
    PullPaymentsHandler private _handler;

    function setUp() external {
        _handler = new PullPaymentsHandler();
        _aimAt(
            address(_handler),
            [
                PullPaymentsHandler.pay.selector,
                PullPaymentsHandler.withdraw.selector,
                PullPaymentsHandler.pass.selector
            ]
        );
    }

    function invariant_TheBalanceIsWhatIsOwed() external view {
        Till till = _handler.till();
        uint256 sum;
        for (uint256 i = 0; i < _handler.actors(); ++i) sum += till.owedTo(_handler.actor(i));
        vm.assertEq(till.totalOwed(), sum);
        vm.assertEq(_handler.token().balanceOf(address(till)), sum);
    }

    function invariant_EachFetchesWhatItWasCredited() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            vm.assertEq(_handler.till().owedTo(who) + _handler.fetched(who), _handler.credited(who));
            vm.assertEq(
                _handler.token().balanceOf(who) + _handler.paid(who), _handler.FUNDS() + _handler.fetched(who)
            );
        }
    }
}
