// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {IdentityVault} from "../staking/IdentityVault.sol";
import {IIdentityVault} from "../staking/interfaces/IIdentityVault.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {IDataToken} from "../tokens/interfaces/IDataToken.sol";
import {WeeklyRewards} from "./WeeklyRewards.sol";
import {WeeklyRewardsBase} from "./WeeklyRewardsBase.t.sol";
import {IWeeklyRewards} from "./interfaces/IWeeklyRewards.sol";

/// @dev Stakes, locks, leaving, and tokens that misbehave.
contract WeeklyRewardsDepositsTest is WeeklyRewardsBase {
    DataToken private _token;
    WeeklyRewards private _rewards;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _rewards = _deploy(_token, _published());
    }

    function test_ALockIsWorthPointsWhileItRuns() external {
        _fund(_token, _rewards, ALICE, 5_000e18);
        _register(_rewards, ALICE, LIMITED);
        vm.assertEq(_rewards.lockEndsAt(0), 0);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.LockTooSmall.selector, 0, 500e18 - 1, 500e18));
        vm.prank(ALICE);
        _rewards.lock(0, 500e18 - 1);

        vm.expectEmit(address(_rewards));
        emit IWeeklyRewards.Locked(0, 500e18, 500e18, START + 180 days);
        vm.prank(ALICE);
        _rewards.lock(0, 500e18);
        vm.assertEq(_rewards.pointsNow(0), 4_000);
        vm.assertEq(_rewards.lockedFor(0), 500e18);
        vm.assertEq(_rewards.unlocksAt(0), START + 180 days);
        vm.assertEq(IdentityVault(_rewards.vault()).heldFor(0), 500e18);

        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.VehicleLocked.selector, 0, START + 180 days));
        vm.prank(ALICE);
        _rewards.unlock(0);

        // More is added: the level rises and its term starts anew.
        _week(10);
        vm.prank(ALICE);
        _rewards.lock(0, 1_000e18);
        vm.assertEq(_rewards.pointsNow(0), 5_000);
        vm.assertEq(_rewards.lockEndsAt(0), START + 10 weeks + 365 days);
        vm.prank(ALICE);
        _rewards.lock(0, 2_500e18);
        vm.assertEq(_rewards.pointsNow(0), 6_000);
        vm.assertEq(_rewards.lockEndsAt(0), START + 10 weeks + 730 days);

        vm.warp(START + 10 weeks + 730 days - 1);
        vm.assertEq(_rewards.pointsNow(0), 6_000);
        vm.warp(START + 10 weeks + 730 days);
        vm.assertEq(_rewards.pointsNow(0), 3_000);

        // With nothing added, the term starts anew.
        vm.prank(ALICE);
        _rewards.lock(0, 0);
        vm.assertEq(_rewards.pointsNow(0), 6_000);
        vm.assertEq(_token.balanceOf(ALICE), 1_000e18);
    }

    function test_ALockGoesBackWhenItsTermIsOver() external {
        _fund(_token, _rewards, ALICE, 1_500e18);
        _register(_rewards, ALICE, LIMITED);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.NothingLocked.selector, 0));
        vm.prank(ALICE);
        _rewards.unlock(0);
        vm.prank(ALICE);
        _rewards.lock(0, 1_500e18);

        vm.warp(START + 365 days);
        vm.expectEmit(address(_rewards));
        emit IWeeklyRewards.Unlocked(0, ALICE, 1_500e18);
        vm.prank(ALICE);
        _rewards.unlock(0);
        vm.assertEq(_token.balanceOf(ALICE), 1_500e18);
        vm.assertEq(_rewards.lockedFor(0), 0);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.LockTooSmall.selector, 0, 0, 500e18));
        vm.prank(ALICE);
        _rewards.lock(0, 0);
    }

    function test_AStakeGoesToTheVaultAndComesBack() external {
        WeeklyRewards rewards = _staked(_token);
        address vault = rewards.vault();
        _fund(_token, rewards, ALICE, 700e18);
        vm.expectEmit(address(rewards));
        emit IWeeklyRewards.Registered(0, ALICE, HARDWARE, 50e18);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(ALICE, vault, 50e18);
        _register(rewards, ALICE, HARDWARE);
        vm.assertEq(_token.balanceOf(vault), 50e18);
        vm.assertEq(_token.balanceOf(address(rewards)), 0);
        vm.assertEq(rewards.unlocksAt(0), START + 4 weeks);

        vm.prank(ALICE);
        rewards.lock(0, 600e18);
        vm.assertEq(IdentityVault(vault).heldFor(0), 650e18);
        vm.warp(START + 180 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.VehicleLocked.selector, 0, START + 180 days));
        vm.prank(ALICE);
        rewards.retire(0);

        vm.warp(START + 180 days);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(vault, ALICE, 650e18);
        vm.prank(ALICE);
        rewards.retire(0);
        vm.assertEq(_token.balanceOf(ALICE), 700e18);
        vm.assertTrue(rewards.isRetired(0));
        vm.assertEq(rewards.retiredVehicles(), 1);
        vm.assertEq(rewards.lockedFor(0), 0);
    }

    function test_TheLeastStakeAndTheLeastLockLieInTheVault() external {
        IWeeklyRewards.Config memory config = _published();
        config.identityStake = 1;
        WeeklyRewards rewards = _deploy(_token, config);
        IdentityVault vault = IdentityVault(rewards.vault());
        _fund(_token, rewards, ALICE, 600e18);
        _register(rewards, ALICE, HARDWARE);
        vm.assertEq(vault.heldFor(0), 1);
        vm.prank(ALICE);
        rewards.lock(0, 500e18);
        vm.prank(ALICE);
        rewards.lock(0, 1);
        vm.assertEq(rewards.lockedFor(0), 500e18 + 1);
        vm.assertEq(vault.heldFor(0), 500e18 + 2);

        _register(rewards, ALICE, HARDWARE);
        vm.prank(ALICE);
        rewards.retire(1);
        vm.assertEq(vault.heldFor(1), 0);
        vm.assertEq(_token.balanceOf(ALICE), 600e18 - 500e18 - 2);
    }

    /// A ledger sees no deposit and no release of nothing.
    function test_WhereNothingMovesTheVaultIsSilent() external {
        _fund(_token, _rewards, ALICE, 500e18);
        vm.recordLogs();
        _register(_rewards, ALICE, HARDWARE);
        vm.assertEq(vm.getRecordedLogs().length, 1);
        vm.prank(ALICE);
        _rewards.lock(0, 500e18);
        vm.getRecordedLogs();
        vm.prank(ALICE);
        _rewards.lock(0, 0);
        vm.assertEq(vm.getRecordedLogs().length, 1);
        _register(_rewards, ALICE, HARDWARE);
        vm.getRecordedLogs();
        vm.prank(ALICE);
        _rewards.retire(1);
        vm.assertEq(vm.getRecordedLogs().length, 1);
    }

    function test_AStakeIsLockedForItsLock() external {
        WeeklyRewards rewards = _staked(_token);
        _fund(_token, rewards, ALICE, 50e18);
        _register(rewards, ALICE, HARDWARE);
        vm.warp(START + 4 weeks - 1);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.VehicleLocked.selector, 0, START + 4 weeks));
        vm.prank(ALICE);
        rewards.retire(0);
        vm.warp(START + 4 weeks);
        vm.expectEmit(address(rewards));
        emit IWeeklyRewards.Retired(0, ALICE, 50e18);
        vm.prank(ALICE);
        rewards.retire(0);
    }

    function test_ARetiredVehicleOnlyClaims() external {
        _register(_rewards, ALICE, HARDWARE);
        _connect(_rewards, ALICE, 0);
        vm.prank(ALICE);
        _rewards.retire(0);
        bytes memory refusal = abi.encodeWithSelector(IWeeklyRewards.VehicleRetired.selector, 0);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _rewards.retire(0);
        _week(1);
        vm.expectRevert(refusal);
        _connect(_rewards, ALICE, 0);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _rewards.lock(0, 500e18);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _rewards.unlock(0);
        vm.assertEq(_claim(_rewards, ALICE, 0), FIRST);
    }

    function test_RewardsThatMayNotBeMintedStayOwed() external {
        _token.revokeMinter(address(_rewards));
        _register(_rewards, ALICE, HARDWARE);
        _connect(_rewards, ALICE, 0);
        _week(1);
        vm.expectRevert(abi.encodeWithSelector(IDataToken.MinterUnauthorized.selector, address(_rewards)));
        _claim(_rewards, ALICE, 0);
        vm.assertEq(_rewards.claimable(0), FIRST);
    }

    function test_ATokenThatReturnsFalseIsNoPaymentAndNoStake() external {
        FalseToken token = new FalseToken();
        WeeklyRewards rewards = _deploy(token, _published());
        _register(rewards, ALICE, HARDWARE);
        _connect(rewards, ALICE, 0);
        _week(1);
        bytes memory failure = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token));
        vm.expectRevert(failure);
        _claim(rewards, ALICE, 0);
        vm.assertEq(rewards.claimable(0), FIRST);

        WeeklyRewards staked = _staked(token);
        vm.expectRevert(failure);
        _register(staked, ALICE, HARDWARE);
        vm.assertEq(staked.vehicles(), 0);
    }

    function test_ATokenThatTakesAFeeIsNoStake() external {
        FeeToken token = new FeeToken(100);
        WeeklyRewards rewards = _staked(token);
        _fund(token, rewards, ALICE, 50e18);
        vm.expectRevert(abi.encodeWithSelector(IIdentityVault.DepositShort.selector, 50e18, 49.5e18));
        _register(rewards, ALICE, HARDWARE);
    }

    function test_ATokenThatCallsBackIsPaidOnce() external {
        ReentrantToken token = new ReentrantToken();
        WeeklyRewards rewards = _deploy(token, _published());
        token.act(address(rewards), abi.encodeCall(WeeklyRewards.register, (HARDWARE)));
        token.act(address(rewards), abi.encodeCall(WeeklyRewards.connect, (0)));
        _week(1);
        token.arm(address(rewards), abi.encodeCall(WeeklyRewards.claim, (0)));
        token.act(address(rewards), abi.encodeCall(WeeklyRewards.claim, (0)));
        vm.assertEq(token.calls(), 1);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(IWeeklyRewards.NothingToClaim.selector, 0));
        vm.assertEq(token.totalSupply(), FIRST);
    }

    function test_ATokenThatCallsBackGetsItsStakeBackOnce() external {
        ReentrantToken token = new ReentrantToken();
        WeeklyRewards rewards = _staked(token);
        _fund(token, rewards, address(token), 100e18);
        token.act(address(rewards), abi.encodeCall(WeeklyRewards.register, (HARDWARE)));
        token.arm(address(rewards), abi.encodeCall(WeeklyRewards.register, (HARDWARE)));
        token.act(address(rewards), abi.encodeCall(WeeklyRewards.register, (HARDWARE)));
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.assertEq(rewards.vehicles(), 2);

        _week(4);
        token.arm(address(rewards), abi.encodeCall(WeeklyRewards.retire, (0)));
        token.act(address(rewards), abi.encodeCall(WeeklyRewards.retire, (0)));
        vm.assertEq(token.calls(), 2);
        vm.assertEq(token.result(), abi.encodeWithSelector(IWeeklyRewards.VehicleRetired.selector, 0));
        vm.assertEq(token.balanceOf(rewards.vault()), 50e18);
        vm.assertEq(rewards.retiredVehicles(), 1);
    }

    function _staked(DataToken token) private returns (WeeklyRewards) {
        IWeeklyRewards.Config memory config = _published();
        config.identityStake = 50e18;
        config.stakeLock = 4 weeks;
        return _deploy(token, config);
    }
}
