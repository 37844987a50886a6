// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {StakeVault} from "./StakeVault.sol";
import {IStakeVault} from "./interfaces/IStakeVault.sol";

contract StakeVaultTest is TestBase {
    uint256 private constant STAKE = 50;
    uint256 private constant LOCK = 28 days;
    uint256 private constant START = 1_700_000_000;

    DataToken private _token;
    StakeVault private _vault;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _vault = new StakeVault(address(_token), STAKE, LOCK);
        _fund(_token, _vault, ALICE, 10 * STAKE);
    }

    function test_ItSaysHowItWasMade() external view {
        vm.assertEq(_vault.token(), address(_token));
        vm.assertEq(_vault.stake(), STAKE);
        vm.assertEq(_vault.lockSeconds(), LOCK);
        vm.assertEq(_vault.totalStaked(), 0);
    }

    function test_ItRefusesWhatCannotWork() external {
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.InvalidToken.selector, ALICE));
        new StakeVault(ALICE, STAKE, LOCK);
        uint256 tooLong = uint256(type(uint64).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.InvalidLock.selector, tooLong));
        new StakeVault(address(_token), STAKE, tooLong);
    }

    function test_AStakeMakesAnIdentityEligible() external {
        vm.assertFalse(_vault.isEligible(BOB));
        vm.assertEq(_vault.stakeOf(BOB), 0);
        vm.assertEq(_vault.sponsorOf(BOB), address(0));
        vm.assertEq(_vault.unlocksAt(BOB), 0);

        vm.expectEmit(address(_vault));
        emit IStakeVault.Staked(BOB, ALICE, STAKE);
        _stake(_vault, ALICE, BOB);
        vm.assertTrue(_vault.isEligible(BOB));
        vm.assertFalse(_vault.isEligible(ALICE));
        vm.assertEq(_vault.stakeOf(BOB), STAKE);
        vm.assertEq(_vault.sponsorOf(BOB), ALICE);
        vm.assertEq(_vault.unlocksAt(BOB), START + LOCK);
        vm.assertEq(_vault.totalStaked(), STAKE);
        vm.assertEq(_token.balanceOf(address(_vault)), STAKE);
        vm.assertEq(_token.balanceOf(ALICE), 9 * STAKE);
    }

    function test_AnIdentityIsStakedOnce() external {
        _stake(_vault, ALICE, BOB);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.AlreadyStaked.selector, BOB, ALICE));
        _stake(_vault, ALICE, BOB);
        vm.assertEq(_vault.totalStaked(), STAKE);
    }

    function test_ASponsorWithoutTokensStakesNothing() external {
        vm.prank(CAROL);
        _token.approve(address(_vault), STAKE);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, CAROL, 0, STAKE));
        _stake(_vault, CAROL, BOB);
        vm.assertFalse(_vault.isEligible(BOB));
        vm.assertEq(_vault.totalStaked(), 0);
    }

    function test_TheStakeComesBackWholeAfterTheLock() external {
        _stake(_vault, ALICE, BOB);
        vm.warp(START + LOCK);
        vm.expectEmit(address(_vault));
        emit IStakeVault.Withdrawn(BOB, ALICE, STAKE);
        vm.prank(ALICE);
        _vault.withdraw(BOB);
        vm.assertFalse(_vault.isEligible(BOB));
        vm.assertEq(_vault.stakeOf(BOB), 0);
        vm.assertEq(_vault.sponsorOf(BOB), address(0));
        vm.assertEq(_vault.unlocksAt(BOB), 0);
        vm.assertEq(_vault.totalStaked(), 0);
        vm.assertEq(_token.balanceOf(ALICE), 10 * STAKE);

        _stake(_vault, ALICE, BOB);
        vm.assertEq(_vault.unlocksAt(BOB), START + 2 * LOCK);
    }

    function test_WithdrawRefusesTheUnstakedTheStrangerAndTheImpatient() external {
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotStaked.selector, BOB));
        vm.prank(ALICE);
        _vault.withdraw(BOB);

        _stake(_vault, ALICE, BOB);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotSponsor.selector, BOB, BOB, ALICE));
        vm.prank(BOB);
        _vault.withdraw(BOB);

        vm.warp(START + LOCK - 1);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.StakeLocked.selector, BOB, START + LOCK));
        vm.prank(ALICE);
        _vault.withdraw(BOB);

        vm.warp(START + LOCK);
        vm.prank(ALICE);
        _vault.withdraw(BOB);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotStaked.selector, BOB));
        vm.prank(ALICE);
        _vault.withdraw(BOB);
        vm.assertEq(_token.balanceOf(address(_vault)), 0);
    }

    function test_AGiftIsNobodysStake() external {
        _stake(_vault, ALICE, BOB);
        _token.mint(address(_vault), 3);
        vm.assertEq(_vault.totalStaked(), STAKE);
        vm.warp(START + LOCK);
        vm.prank(ALICE);
        _vault.withdraw(BOB);
        vm.assertEq(_token.balanceOf(address(_vault)), 3);
    }

    function test_AStakeOfZeroMakesEligibleForFree() external {
        StakeVault vault = new StakeVault(address(_token), 0, 0);
        _stake(vault, CAROL, BOB);
        vm.assertTrue(vault.isEligible(BOB));
        vm.prank(CAROL);
        vault.withdraw(BOB);
        vm.assertFalse(vault.isEligible(BOB));
    }

    function test_ATokenThatReturnsFalseIsRefused() external {
        FalseToken token = new FalseToken();
        StakeVault vault = new StakeVault(address(token), STAKE, LOCK);
        _fund(token, vault, ALICE, STAKE);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _stake(vault, ALICE, BOB);
        vm.assertFalse(vault.isEligible(BOB));
    }

    function test_WhatLiesInTheVaultDoesNotMakeUpForAFee() external {
        FeeToken token = new FeeToken(100);
        StakeVault vault = new StakeVault(address(token), STAKE, LOCK);
        _fund(token, vault, ALICE, STAKE);
        token.mint(address(vault), STAKE);
        // One percent of 50, rounded up, is one.
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.StakeShort.selector, STAKE, STAKE - 1));
        _stake(vault, ALICE, BOB);
    }

    function test_ATokenThatCallsBackDuringAStakeIsRefused() external {
        ReentrantToken token = new ReentrantToken();
        StakeVault vault = _reentrantVault(token);
        token.arm(address(vault), abi.encodeCall(StakeVault.stakeFor, (CAROL)));
        token.act(address(vault), abi.encodeCall(StakeVault.stakeFor, (BOB)));
        vm.assertEq(token.calls(), 1);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.assertTrue(vault.isEligible(BOB));
        vm.assertFalse(vault.isEligible(CAROL));
        vm.assertEq(token.balanceOf(address(vault)), STAKE);
    }

    function test_ATokenThatCallsBackDuringAWithdrawalGetsOneStake() external {
        ReentrantToken token = new ReentrantToken();
        StakeVault vault = _reentrantVault(token);
        token.act(address(vault), abi.encodeCall(StakeVault.stakeFor, (BOB)));
        token.act(address(vault), abi.encodeCall(StakeVault.stakeFor, (CAROL)));
        token.arm(address(vault), abi.encodeCall(StakeVault.withdraw, (CAROL)));
        token.act(address(vault), abi.encodeCall(StakeVault.withdraw, (BOB)));
        vm.assertEq(token.calls(), 1);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.assertEq(token.balanceOf(address(vault)), STAKE);
        vm.assertEq(vault.totalStaked(), STAKE);
    }

    /// The fee is rounded up, so every positive fee makes every positive stake fall short.
    function testFuzz_ATokenThatTakesAFeeIsRefused(uint256 stake, uint256 feeBps) external {
        stake = _bound(stake, 1, type(uint128).max);
        feeBps = _bound(feeBps, 1, 10_000);
        FeeToken token = new FeeToken(feeBps);
        StakeVault vault = new StakeVault(address(token), stake, 0);
        _fund(token, vault, ALICE, stake);
        uint256 fee = (stake * feeBps + 9_999) / 10_000;
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.StakeShort.selector, stake, stake - fee));
        _stake(vault, ALICE, BOB);
        vm.assertEq(token.balanceOf(ALICE), stake);
        vm.assertEq(vault.totalStaked(), 0);
    }

    function testFuzz_AStakeIsLockedForExactlyItsLock(uint256 stake, uint256 lock, uint256 elapsed) external {
        lock = _bound(lock, 0, type(uint64).max);
        elapsed = _bound(elapsed, 0, type(uint64).max);
        stake = _bound(stake, 0, type(uint256).max - 10 * STAKE);
        StakeVault vault = new StakeVault(address(_token), stake, lock);
        _fund(_token, vault, BOB, stake);
        _stake(vault, BOB, CAROL);
        vm.assertEq(vault.unlocksAt(CAROL), START + lock);
        vm.warp(START + elapsed);
        if (elapsed < lock) {
            vm.expectRevert(abi.encodeWithSelector(IStakeVault.StakeLocked.selector, CAROL, START + lock));
        }
        vm.prank(BOB);
        vault.withdraw(CAROL);
        vm.assertEq(_token.balanceOf(BOB), elapsed < lock ? 0 : stake);
    }

    function _fund(DataToken token, StakeVault vault, address who, uint256 amount) private {
        token.mint(who, amount);
        vm.prank(who);
        token.approve(address(vault), amount);
    }

    /// The token itself holds tokens and is the sponsor, so that its calls back come from who may make them.
    function _reentrantVault(ReentrantToken token) private returns (StakeVault vault) {
        vault = new StakeVault(address(token), STAKE, 0);
        _fund(token, vault, address(token), 2 * STAKE);
    }

    function _stake(StakeVault vault, address sponsor, address who) private {
        vm.prank(sponsor);
        vault.stakeFor(who);
    }
}
