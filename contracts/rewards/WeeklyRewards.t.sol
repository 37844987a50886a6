// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IdentityVault} from "../staking/IdentityVault.sol";
import {IIdentityVault} from "../staking/interfaces/IIdentityVault.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {WeeklyRewards} from "./WeeklyRewards.sol";
import {WeeklyRewardsBase} from "./WeeklyRewardsBase.t.sol";
import {IWeeklyRewards} from "./interfaces/IWeeklyRewards.sol";

contract WeeklyRewardsTest is WeeklyRewardsBase {
    DataToken private _token;
    WeeklyRewards private _rewards;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _rewards = _deploy(_token, _published());
    }

    function test_ItSaysHowItWasMade() external {
        IWeeklyRewards.Config memory config = _published();
        config.streaks = false;
        config.identityStake = 50;
        config.stakeLock = 4 weeks;
        WeeklyRewards rewards = new WeeklyRewards(address(_token), config);
        vm.assertEq(rewards.token(), address(_token));
        vm.assertEq(rewards.firstWeekLimit(), FIRST);
        vm.assertEq(rewards.kinds(), 2);
        vm.assertEq(rewards.connectionPoints(HARDWARE), 6_000);
        vm.assertEq(rewards.connectionPoints(LIMITED), 3_000);
        vm.assertFalse(rewards.streaks());
        vm.assertTrue(_rewards.streaks());
        vm.assertEq(rewards.identityStake(), 50);
        vm.assertEq(rewards.stakeLock(), 4 weeks);
        vm.assertEq(rewards.start(), START);
        vm.assertEq(rewards.currentWeek(), 0);
        vm.assertEq(rewards.weekLimit(52), 939_250e18);
        vm.assertEq(IdentityVault(rewards.vault()).controller(), address(rewards));
        vm.assertEq(IdentityVault(rewards.vault()).token(), address(_token));
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.UnknownKind.selector, 2, 2));
        rewards.connectionPoints(2);
    }

    function test_ItRefusesWhatCannotWork() external {
        IWeeklyRewards.Config memory config = _published();
        vm.expectRevert(abi.encodeWithSelector(IIdentityVault.InvalidToken.selector, ALICE));
        new WeeklyRewards(ALICE, config);

        config.firstWeekLimit = 1 << 112;
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.InvalidLimit.selector, 1 << 112));
        new WeeklyRewards(address(_token), config);

        config = _published();
        config.stakeLock = 1 << 64;
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.InvalidStakeLock.selector, 1 << 64));
        new WeeklyRewards(address(_token), config);
        config.stakeLock = type(uint64).max;
        vm.assertEq(new WeeklyRewards(address(_token), config).stakeLock(), type(uint64).max);

        config = _published();
        config.connectionPoints[1] = 1 << 24;
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.InvalidPoints.selector, 1, 1 << 24));
        new WeeklyRewards(address(_token), config);
        config.connectionPoints[0] = 1 << 24;
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.InvalidPoints.selector, 0, 1 << 24));
        new WeeklyRewards(address(_token), config);
        config.connectionPoints[0] = (1 << 24) - 1;
        config.connectionPoints[1] = (1 << 24) - 1;
        vm.assertEq(new WeeklyRewards(address(_token), config).connectionPoints(1), (1 << 24) - 1);

        config.connectionPoints = new uint256[](0);
        vm.expectRevert(IWeeklyRewards.NoKinds.selector);
        new WeeklyRewards(address(_token), config);
    }

    function test_AVehicleIsNumberedAndOwned() external {
        vm.expectEmit(address(_rewards));
        emit IWeeklyRewards.Registered(0, ALICE, LIMITED, 0);
        vm.assertEq(_register(_rewards, ALICE, LIMITED), 0);
        vm.assertEq(_register(_rewards, BOB, HARDWARE), 1);
        vm.assertEq(_rewards.vehicles(), 2);
        vm.assertEq(_rewards.ownerOf(0), ALICE);
        vm.assertEq(_rewards.ownerOf(1), BOB);
        vm.assertEq(_rewards.ownerOf(2), address(0));
        vm.assertEq(_rewards.pointsNow(0), 3_000);
        vm.assertEq(_rewards.pointsNow(1), 6_000);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.UnknownKind.selector, 2, 2));
        _register(_rewards, ALICE, 2);
    }

    function test_OnlyItsOwnerActsForAVehicle() external {
        _register(_rewards, ALICE, HARDWARE);
        bytes memory refusal = abi.encodeWithSelector(IWeeklyRewards.NotOwner.selector, 0, BOB, ALICE);
        vm.expectRevert(refusal);
        _connect(_rewards, BOB, 0);
        vm.expectRevert(refusal);
        _claim(_rewards, BOB, 0);
        vm.expectRevert(refusal);
        vm.prank(BOB);
        _rewards.lock(0, 500e18);
        vm.expectRevert(refusal);
        vm.prank(BOB);
        _rewards.unlock(0);
        vm.expectRevert(refusal);
        vm.prank(BOB);
        _rewards.retire(0);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.UnknownVehicle.selector, 1));
        _connect(_rewards, ALICE, 1);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.UnknownVehicle.selector, 1));
        _rewards.unlocksAt(1);
    }

    function test_AVehicleConnectsOncePerWeek() external {
        _register(_rewards, ALICE, HARDWARE);
        vm.expectEmit(address(_rewards));
        emit IWeeklyRewards.Connected(0, 0, 6_000);
        _connect(_rewards, ALICE, 0);
        vm.assertEq(_rewards.pointsOf(0), 6_000);
        vm.assertEq(_rewards.connectionsIn(0), 1);
        vm.assertTrue(_rewards.hasConnected(0, 0));
        vm.assertFalse(_rewards.hasConnected(0, 1));
        vm.assertFalse(_rewards.hasConnected(1, 0));
        vm.assertEq(_rewards.pointsNow(0), 6_000);

        vm.warp(START + 1 weeks - 1);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.AlreadyConnected.selector, 0, 0));
        _connect(_rewards, ALICE, 0);
        _week(1);
        _connect(_rewards, ALICE, 0);
        vm.assertTrue(_rewards.hasConnected(0, 1));
        vm.assertEq(_rewards.pointsOf(1), 6_000);
        vm.assertEq(_rewards.pointsOf(0), 6_000);
    }

    /// Source: DIP-2: 9 (thousand) points of 240,000 (thousand) in a week of 1,105,000 tokens are 41.4375 tokens.
    function test_NineOf240000PointsAre41AndSevenSixteenthsTokens() external {
        IWeeklyRewards.Config memory config = _published();
        config.connectionPoints[0] = 9;
        config.connectionPoints[1] = 239_991;
        WeeklyRewards rewards = _deploy(_token, config);
        _register(rewards, ALICE, 0);
        _register(rewards, BOB, 1);
        _connect(rewards, ALICE, 0);
        _connect(rewards, BOB, 1);
        vm.assertEq(rewards.pointsOf(0), 240_000);
        _week(1);
        vm.assertEq(_claim(rewards, ALICE, 0), 41.4375e18);
        vm.assertEq(_token.balanceOf(ALICE), 41.4375e18);
        vm.assertEq(_claim(rewards, BOB, 1), FIRST - 41.4375e18);
    }

    /// Source: DIP-2 and DIP-6, amendment 1. One vehicle alone is paid everything, so what it claims is the issue.
    function test_AFleetIsPaid260264270TokensIn364Weeks() external {
        _register(_rewards, ALICE, HARDWARE);
        for (uint256 week = 0; week < 364; ++week) {
            _week(week);
            _connect(_rewards, ALICE, 0);
            if (week % 50 == 49) _claim(_rewards, ALICE, 0);
        }
        vm.assertEq(_rewards.streakOf(0), 364);
        _week(364);
        _claim(_rewards, ALICE, 0);
        vm.assertEq(_token.balanceOf(ALICE) / 1e18, 260_264_270);
        vm.assertEq(_rewards.totalPaid(), _token.totalSupply());

        vm.assertEq(_rewards.weekLimit(364), 0);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.IssueEnded.selector, 364));
        _connect(_rewards, ALICE, 0);
    }

    function test_AStreakEarnsAndMissesCost() external {
        _register(_rewards, ALICE, HARDWARE);
        for (uint256 week = 0; week < 36; ++week) {
            _week(week);
            uint256 points = week < 3 ? 6_000 : week < 20 ? 7_000 : week < 35 ? 8_000 : 9_000;
            vm.assertEq(_rewards.pointsNow(0), points);
            _connect(_rewards, ALICE, 0);
            // What the week earned, and not yet what the next one would.
            vm.assertEq(_rewards.pointsNow(0), points);
            vm.assertEq(_rewards.pointsOf(week), points);
            vm.assertEq(_rewards.streakOf(0), week + 1);
        }
        // Weeks 36 and 37 missed: nothing lost yet. The running week is not missed before it is over.
        _week(38);
        vm.assertEq(_rewards.streakOf(0), 36);
        vm.assertEq(_rewards.pointsNow(0), 9_000);
        _week(39);
        vm.assertEq(_rewards.streakOf(0), 21);
        _connect(_rewards, ALICE, 0);
        vm.assertEq(_rewards.streakOf(0), 22);
        vm.assertEq(_rewards.pointsOf(39), 8_000);
        _week(46);
        vm.assertEq(_rewards.streakOf(0), 0);
        _connect(_rewards, ALICE, 0);
        vm.assertEq(_rewards.pointsOf(46), 6_000);
    }

    function test_WithoutStreaksAWeekIsLikeAnother() external {
        IWeeklyRewards.Config memory config = _published();
        config.streaks = false;
        WeeklyRewards rewards = _deploy(_token, config);
        _register(rewards, ALICE, HARDWARE);
        for (uint256 week = 0; week < 40; ++week) {
            _week(week);
            _connect(rewards, ALICE, 0);
        }
        vm.assertEq(rewards.streakOf(0), 40);
        vm.assertEq(rewards.pointsOf(39), 6_000);
    }

    function test_ARewardIsIssuedHereAndPaidFromHere() external {
        _register(_rewards, ALICE, HARDWARE);
        _connect(_rewards, ALICE, 0);
        vm.assertEq(_rewards.claimable(0), 0);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.NothingToClaim.selector, 0));
        _claim(_rewards, ALICE, 0);

        _week(1);
        vm.assertEq(_rewards.claimable(0), FIRST);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(address(0), address(_rewards), FIRST);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(address(_rewards), ALICE, FIRST);
        vm.assertEq(_claim(_rewards, ALICE, 0), FIRST);
        vm.assertEq(_rewards.totalPaid(), FIRST);
        vm.assertEq(_token.balanceOf(address(_rewards)), 0);
        vm.expectRevert(abi.encodeWithSelector(IWeeklyRewards.NothingToClaim.selector, 0));
        _claim(_rewards, ALICE, 0);
    }

    function test_AVehicleOfNoPointsEarnsNothing() external {
        IWeeklyRewards.Config memory config = _published();
        config.connectionPoints[LIMITED] = 0;
        WeeklyRewards rewards = _deploy(_token, config);
        _register(rewards, ALICE, LIMITED);
        _connect(rewards, ALICE, 0);
        _week(1);
        vm.assertEq(rewards.claimable(0), 0);
        _connect(rewards, ALICE, 0);
        vm.assertEq(rewards.connectionsIn(1), 1);
    }

    function test_AVehicleOfOnePointEarns() external {
        IWeeklyRewards.Config memory config = _published();
        config.connectionPoints[LIMITED] = 1;
        WeeklyRewards rewards = _deploy(_token, config);
        _register(rewards, ALICE, LIMITED);
        _connect(rewards, ALICE, 0);
        _week(1);
        vm.assertEq(_claim(rewards, ALICE, 0), FIRST);
    }

    /// Expected numbers: floor(L x p / P) each, so that L - n < sum <= L.
    function testFuzz_AWeekPaysItsLimitLessDust(uint256 limit, uint256 count, uint256 seed) external {
        limit = _bound(limit, 0, type(uint112).max);
        count = _bound(count, 1, 30);
        IWeeklyRewards.Config memory config = _published();
        config.firstWeekLimit = limit;
        config.connectionPoints = new uint256[](count);
        uint256 total;
        for (uint256 i = 0; i < count; ++i) {
            config.connectionPoints[i] = 1 + uint256(keccak256(abi.encode(seed, i))) % type(uint24).max;
            total += config.connectionPoints[i];
        }
        WeeklyRewards rewards = _deploy(_token, config);
        for (uint256 i = 0; i < count; ++i) _connect(rewards, ALICE, _register(rewards, ALICE, i));
        _week(1);
        uint256 owed;
        for (uint256 i = 0; i < count; ++i) {
            vm.assertEq(rewards.claimable(i), limit * config.connectionPoints[i] / total);
            owed += rewards.claimable(i);
        }
        vm.assertEq(rewards.pointsOf(0), total);
        vm.assertLe(owed, limit);
        vm.assertLt(limit - owed, count);
    }

    function testFuzz_ClaimingEarlyOrLateIsTheSame(uint256 joins, uint256 claims) external {
        _register(_rewards, ALICE, HARDWARE);
        _register(_rewards, BOB, HARDWARE);
        // Alice claims in the weeks `claims` names and Bob once at the end; both connect in those of `joins`.
        for (uint256 week = 0; week < 60; ++week) {
            _week(week);
            if ((claims >> week) & 1 != 0 && _rewards.claimable(0) > 0) _claim(_rewards, ALICE, 0);
            if ((joins >> week) & 1 != 0) {
                _connect(_rewards, ALICE, 0);
                _connect(_rewards, BOB, 1);
            }
        }
        _week(60);
        vm.assertEq(_token.balanceOf(ALICE) + _rewards.claimable(0), _rewards.claimable(1));
    }
}
