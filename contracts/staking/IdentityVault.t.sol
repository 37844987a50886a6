// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {IdentityVault} from "./IdentityVault.sol";
import {IIdentityVault} from "./interfaces/IIdentityVault.sol";

/// @dev The test deploys the vault, and so is its controller.
contract IdentityVaultTest is TestBase {
    DataToken private _token;
    IdentityVault private _vault;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _vault = _vaultOf(_token);
    }

    function test_ItSaysHowItWasMade() external {
        vm.assertEq(_vault.controller(), address(this));
        vm.assertEq(_vault.token(), address(_token));
        vm.assertEq(_vault.totalHeld(), 0);
        vm.expectRevert(abi.encodeWithSelector(IIdentityVault.InvalidToken.selector, ALICE));
        new IdentityVault(ALICE);
    }

    function test_OnlyTheControllerMovesDeposits() external {
        bytes memory refusal = abi.encodeWithSelector(IIdentityVault.NotController.selector, ALICE, address(this));
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _vault.deposit(0, ALICE, 1);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _vault.release(0, ALICE, 0);
    }

    function test_ADepositComesFromTheOwnerAndGoesBack() external {
        vm.expectEmit(address(_vault));
        emit IIdentityVault.Deposited(7, ALICE, 60);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(ALICE, address(_vault), 60);
        _vault.deposit(7, ALICE, 60);
        _vault.deposit(8, ALICE, 30);
        vm.assertEq(_vault.heldFor(7), 60);
        vm.assertEq(_vault.totalHeld(), 90);

        vm.expectEmit(address(_vault));
        emit IIdentityVault.Released(7, BOB, 20);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(address(_vault), BOB, 20);
        _vault.release(7, BOB, 20);
        vm.assertEq(_vault.heldFor(7), 40);
        vm.assertEq(_vault.heldFor(8), 30);
        vm.assertEq(_token.balanceOf(address(_vault)), 70);
    }

    function test_ATokenThatReturnsFalseIsNoDeposit() external {
        FalseToken token = new FalseToken();
        IdentityVault vault = _vaultOf(token);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        vault.deposit(0, ALICE, 1);
        vm.assertEq(vault.totalHeld(), 0);
    }

    function test_WhatLiesInTheVaultDoesNotMakeUpForAFee() external {
        FeeToken token = new FeeToken(100);
        IdentityVault vault = _vaultOf(token);
        token.mint(address(vault), 50);
        // One percent of 50, rounded up, is one.
        vm.expectRevert(abi.encodeWithSelector(IIdentityVault.DepositShort.selector, 50, 49));
        vault.deposit(0, ALICE, 50);
    }

    function test_ATokenThatCallsBackDepositsOnce() external {
        ReentrantToken token = new ReentrantToken();
        vm.prank(address(token));
        IdentityVault vault = new IdentityVault(address(token));
        token.mint(ALICE, 100);
        vm.prank(ALICE);
        token.approve(address(vault), 100);
        token.arm(address(vault), abi.encodeCall(IdentityVault.deposit, (1, ALICE, 50)));
        token.act(address(vault), abi.encodeCall(IdentityVault.deposit, (0, ALICE, 50)));
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        token.arm(address(vault), abi.encodeCall(IdentityVault.release, (0, ALICE, 50)));
        token.act(address(vault), abi.encodeCall(IdentityVault.release, (0, ALICE, 50)));
        vm.assertEq(token.calls(), 2);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.assertEq(token.balanceOf(ALICE), 100);
        vm.assertEq(vault.totalHeld(), 0);
    }

    /// The fee is rounded up, so every positive fee makes every positive deposit fall short.
    function testFuzz_ATokenThatTakesAFeeIsRefused(uint256 amount, uint256 feeBps) external {
        amount = _bound(amount, 1, type(uint128).max);
        feeBps = _bound(feeBps, 1, 10_000);
        FeeToken token = new FeeToken(feeBps);
        IdentityVault vault = _vaultOf(token);
        token.mint(ALICE, amount);
        uint256 fee = (amount * feeBps + 9_999) / 10_000;
        vm.expectRevert(abi.encodeWithSelector(IIdentityVault.DepositShort.selector, amount, amount - fee));
        vault.deposit(0, ALICE, amount);
    }

    function testFuzz_NoMoreGoesBackThanIsHeld(uint256 held, uint256 amount) external {
        held = _bound(held, 0, 1000);
        amount = _bound(amount, 0, 2000);
        _vault.deposit(1, ALICE, held);
        _vault.deposit(2, ALICE, 5000);
        if (amount > held) {
            vm.expectRevert(abi.encodeWithSelector(IIdentityVault.DepositExceeded.selector, 1, amount, held));
        }
        _vault.release(1, BOB, amount);
        vm.assertEq(_token.balanceOf(BOB), amount > held ? 0 : amount);
    }

    function _vaultOf(DataToken token) private returns (IdentityVault vault) {
        vault = new IdentityVault(address(token));
        token.mint(ALICE, 10_000);
        vm.prank(ALICE);
        token.approve(address(vault), type(uint256).max);
    }
}

/// @dev The handler deploys the vault, and so is its controller.
contract IdentityVaultHandler is Handler {
    uint256 public constant IDS = 4;
    uint256 public constant FUNDS = 1_000_000;

    DataToken public immutable token = new DataToken("Data", "DATA");
    IdentityVault public immutable vault = new IdentityVault(address(token));

    mapping(address who => uint256) public given;
    mapping(address who => uint256) public taken;

    constructor() {
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), FUNDS);
            vm.prank(actor(i));
            token.approve(address(vault), type(uint256).max);
        }
    }

    function deposit(uint256 id, uint256 seed, uint256 amount) external {
        amount = _bound(amount, 0, token.balanceOf(actor(seed)));
        vault.deposit(id % IDS, actor(seed), amount);
        given[actor(seed)] += amount;
    }

    function release(uint256 id, uint256 seed, uint256 amount) external {
        amount = _bound(amount, 0, vault.heldFor(id % IDS));
        vault.release(id % IDS, actor(seed), amount);
        taken[actor(seed)] += amount;
    }

    function pass(uint256 elapsed) external {
        _pass(_bound(elapsed, 1, 1 weeks));
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract IdentityVaultInvariants is InvariantBase {
    IdentityVaultHandler private _handler;

    function setUp() external {
        _handler = new IdentityVaultHandler();
        _aimAt(
            address(_handler),
            [
                IdentityVaultHandler.deposit.selector,
                IdentityVaultHandler.release.selector,
                IdentityVaultHandler.pass.selector
            ]
        );
    }

    function invariant_TheBalanceIsAllDepositsTogether() external view {
        IdentityVault vault = _handler.vault();
        uint256 sum;
        for (uint256 id = 0; id < _handler.IDS(); ++id) sum += vault.heldFor(id);
        vm.assertEq(vault.totalHeld(), sum);
        vm.assertEq(_handler.token().balanceOf(address(vault)), sum);
    }

    function invariant_NobodyGetsMoreThanWasReleased() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            uint256 balance = _handler.token().balanceOf(who);
            vm.assertEq(balance + _handler.given(who), _handler.FUNDS() + _handler.taken(who));
        }
    }
}
