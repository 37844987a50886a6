// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IdentityVault} from "../staking/IdentityVault.sol";
import {IIdentityVault} from "../staking/interfaces/IIdentityVault.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {Vm} from "../test/Vm.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {VolumeFarming} from "./VolumeFarming.sol";
import {IVolumeFarming} from "./interfaces/IVolumeFarming.sol";

/// @dev The test owns the farm and records; Alice and Bob stake. Weeks run from 8, as in the published table.
contract VolumeFarmingTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    uint256 private constant NONE = type(uint256).max;

    DataToken private _token;
    VolumeFarming private _farm;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _farm = _farmOf(_token, _config(NONE));
    }

    function test_ItSaysHowItWasMade() external view {
        vm.assertEq(_farm.token(), address(_token));
        vm.assertEq(_farm.firstWeek(), 8);
        vm.assertEq(_farm.currentWeek(), 8);
        vm.assertEq(_farm.budget(), 1000e18);
        vm.assertEq(_farm.yieldBound(), 0.5e18);
        vm.assertEq(_farm.start(), START);
        vm.assertEq(_farm.multiplier(8), NONE);
        vm.assertTrue(_farm.isRecorder(address(this)));
        vm.assertEq(IdentityVault(_farm.vault()).token(), address(_token));
    }

    function test_ItRefusesWhatCannotWork() external {
        IVolumeFarming.Config memory config = _config(NONE);
        vm.expectRevert(abi.encodeWithSelector(IIdentityVault.InvalidToken.selector, ALICE));
        new VolumeFarming(ALICE, config);
        config.budget = 1 << 112;
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.InvalidBudget.selector, 1 << 112));
        new VolumeFarming(address(_token), config);
        config = _config(NONE);
        config.yieldBound = 1e18 + 1;
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.InvalidYieldBound.selector, 1e18 + 1));
        new VolumeFarming(address(_token), config);
        config = _config(1e36 + 1);
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.InvalidMultiplier.selector, 1e36 + 1));
        new VolumeFarming(address(_token), config);
        config = _config(1e36);
        config.yieldBound = 1e18;
        vm.assertEq(new VolumeFarming(address(_token), config).multiplier(8), 1e36);
    }

    /// Source: domain, O15 (df-py, dcv_multiplier.py).
    function test_TheMultiplierFollowsThePublishedTable() external {
        IVolumeFarming.Config memory config = _config(7);
        config.published = true;
        VolumeFarming farm = new VolumeFarming(address(_token), config);
        vm.assertEq(farm.multiplier(0), NONE);
        vm.assertEq(farm.multiplier(8), NONE);
        vm.assertEq(farm.multiplier(9), 1e18);
        vm.assertEq(farm.multiplier(15), 0.709e18);
        vm.assertEq(farm.multiplier(20), 0.4665e18);
        vm.assertEq(farm.multiplier(28), 0.0785e18);
        vm.assertEq(farm.multiplier(29), 0.001e18);
        vm.assertEq(farm.multiplier(1000), 0.001e18);
    }

    function test_AWeekIsSharedByVolumeAndStake() external {
        _stake(_farm, 1, ALICE, 6000e18);
        _stake(_farm, 1, BOB, 2000e18);
        _stake(_farm, 2, BOB, 100e18);
        vm.assertEq(_farm.stakedOn(1), 0);
        _week(9);
        vm.assertEq(_farm.stakedOn(1), 8000e18);
        vm.expectEmit(address(_farm));
        emit IVolumeFarming.VolumeRecorded(1, 9, 60e18);
        _farm.recordVolume(1, 60e18);
        _farm.recordVolume(1, 20e18);
        _farm.recordVolume(2, 20e18);
        vm.assertEq(_farm.volumeOf(1, 9), 80e18);
        vm.assertEq(_farm.totalVolume(9), 100e18);
        vm.assertEq(_farm.claimable(1, ALICE), 0);
        _week(10);
        // 800 on the first asset, 3 to 1; on the second the yield bound of a half of 100.
        vm.assertEq(_farm.claimable(1, ALICE), 600e18);
        vm.assertEq(_farm.claimable(1, BOB), 200e18);
        vm.assertEq(_farm.claimable(2, BOB), 50e18);
        vm.expectEmit(address(_farm));
        emit IVolumeFarming.WeekClosed(1, 9, 800e18);
        vm.expectEmit(address(_farm));
        emit IVolumeFarming.RewardClaimed(1, ALICE, 600e18);
        vm.prank(ALICE);
        vm.assertEq(_farm.claim(1), 600e18);
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.NothingToClaim.selector, 1, ALICE));
        vm.prank(ALICE);
        _farm.claim(1);
        vm.prank(BOB);
        vm.assertEq(_farm.claim(1), 200e18);
        vm.assertEq(_farm.totalPaid(), 800e18);
        vm.assertEq(_token.balanceOf(address(_farm)), 0);
    }

    /// Source: domain, O14: a volume of 10,000 that one makes alone earns m x 10,000 at most.
    function test_TheMultiplierBoundsWhatVolumeEarns() external {
        uint256[4] memory multipliers = [uint256(1e18), 0.1e18, 0.01e18, 0.001e18];
        for (uint256 i = 0; i < 4; ++i) {
            IVolumeFarming.Config memory config = _config(multipliers[i]);
            config.budget = 20_000e18;
            vm.warp(START);
            VolumeFarming farm = _farmOf(_token, config);
            _stake(farm, 1, ALICE, 100_000e18);
            _week(9);
            farm.recordVolume(1, 10_000e18);
            _week(10);
            vm.assertEq(farm.claimable(1, ALICE), multipliers[i] * 10_000);
        }
    }

    function test_AStakeCountsFromTheNextWeek() external {
        _stake(_farm, 1, ALICE, 1000e18);
        _farm.recordVolume(1, 1e18);
        _week(9);
        vm.assertEq(_farm.claimable(1, ALICE), 0);
        _farm.recordVolume(1, 1e18);
        _stake(_farm, 1, BOB, 1000e18);
        vm.assertEq(_farm.stakeOf(1, BOB), 1000e18);
        _week(10);
        vm.assertEq(_farm.claimable(1, ALICE), 500e18);
        vm.assertEq(_farm.claimable(1, BOB), 0);
        _farm.recordVolume(1, 1e18);
        _week(30);
        vm.assertEq(_farm.claimable(1, ALICE), 1000e18);
        vm.assertEq(_farm.claimable(1, BOB), 500e18);
        _farm.recordVolume(1, 1e18);
        vm.assertEq(_farm.claimable(1, BOB), 500e18);
        _week(31);
        vm.prank(BOB);
        vm.assertEq(_farm.claim(1), 1000e18);
    }

    function test_TheLeastStakeAndTheLeastVolumeEarn() external {
        IVolumeFarming.Config memory config = _config(NONE);
        config.yieldBound = 1e18;
        VolumeFarming farm = _farmOf(_token, config);
        _stake(farm, 1, ALICE, 1);
        _week(9);
        farm.recordVolume(1, 1);
        vm.assertEq(farm.stakedOn(1), 1);
        _week(10);
        vm.assertEq(farm.claimable(1, ALICE), 1);
        vm.expectEmit(address(farm));
        emit IVolumeFarming.WeekClosed(1, 9, 1);
        vm.prank(ALICE);
        vm.assertEq(farm.claim(1), 1);
    }

    /// A budget of one base unit on a stake of 10^36 is 10^-36 each, the least that is kept.
    function test_TheLeastThatAUnitOfStakeEarnsIsKept() external {
        IVolumeFarming.Config memory config = _config(NONE);
        config.budget = 1;
        VolumeFarming farm = _farmOf(_token, config);
        _token.mint(ALICE, 1e36);
        for (uint256 i = 0; i < 200; ++i) _stake(farm, 1, ALICE, 5e33);
        _week(9);
        farm.recordVolume(1, 1);
        _week(10);
        vm.expectEmit(address(farm));
        emit IVolumeFarming.WeekClosed(1, 9, 1);
        vm.prank(ALICE);
        vm.assertEq(farm.claim(1), 1);
    }

    function test_AWeekThatEarnedNothingIsClosedSilently() external {
        _stake(_farm, 1, ALICE, 100);
        _week(9);
        vm.recordLogs();
        _stake(_farm, 1, ALICE, 100);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            vm.assertFalse(logs[i].topics[0] == IVolumeFarming.WeekClosed.selector);
        }
    }

    function test_WhatIsTakenOutEarnsNothingForTheWeek() external {
        _stake(_farm, 1, ALICE, 1000e18);
        _stake(_farm, 1, BOB, 1000e18);
        _week(9);
        _farm.recordVolume(1, 1e18);
        _stake(_farm, 1, ALICE, 10e18);
        vm.expectEmit(address(_farm));
        emit IVolumeFarming.Unstaked(1, ALICE, 410e18, 9);
        vm.prank(ALICE);
        _farm.unstake(1, 410e18);
        vm.assertEq(_farm.stakedOn(1), 1600e18);
        vm.assertEq(_token.balanceOf(ALICE), 1e24 - 600e18);
        _week(10);
        // 1,000 shared 600 to 1,000, where the bound of a half is not reached.
        vm.assertEq(_farm.claimable(1, ALICE), 300e18);
        vm.assertEq(_farm.claimable(1, BOB), 500e18);
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.StakeExceeded.selector, 1, ALICE, 600e18, 601e18));
        vm.prank(ALICE);
        _farm.unstake(1, 601e18);
    }

    function test_AmountsHaveBounds() external {
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.InvalidAmount.selector, 0));
        _farm.stake(1, 0);
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.InvalidAmount.selector, 1 << 112));
        _farm.unstake(1, 1 << 112);
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.InvalidAmount.selector, 0));
        _farm.recordVolume(1, 0);
    }

    function test_OnlyRecordersRecordAndOnlyTheOwnerNamesThem() external {
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.RecorderUnauthorized.selector, ALICE));
        vm.prank(ALICE);
        _farm.recordVolume(1, 1);
        vm.expectEmit(address(_farm));
        emit IVolumeFarming.RecorderRevoked(address(this));
        _farm.revokeRecorder(address(this));
        vm.expectRevert(abi.encodeWithSelector(IVolumeFarming.RecorderUnauthorized.selector, address(this)));
        _farm.recordVolume(1, 1);
        vm.expectEmit(address(_farm));
        emit IVolumeFarming.RecorderGranted(ALICE);
        _farm.grantRecorder(ALICE);
        bytes memory refusal = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, ALICE);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _farm.grantRecorder(BOB);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _farm.revokeRecorder(ALICE);
    }

    function test_ATokenThatReturnsFalseIsNoStake() external {
        FalseToken token = new FalseToken();
        VolumeFarming farm = _farmOf(token, _config(NONE));
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _stake(farm, 1, ALICE, 1);
    }

    function test_ATokenThatTakesAFeeIsRefused() external {
        FeeToken token = new FeeToken(100);
        VolumeFarming farm = _farmOf(token, _config(NONE));
        vm.expectRevert(abi.encodeWithSelector(IIdentityVault.DepositShort.selector, 100, 99));
        _stake(farm, 1, ALICE, 100);
    }

    function test_ATokenThatCallsBackIsPaidOnce() external {
        ReentrantToken token = new ReentrantToken();
        VolumeFarming farm = _farmOf(token, _config(NONE));
        token.mint(address(token), 100);
        token.act(address(token), abi.encodeCall(token.approve, (farm.vault(), 100)));
        token.act(address(farm), abi.encodeCall(VolumeFarming.stake, (1, 100)));
        _week(9);
        farm.recordVolume(1, 1e18);
        _week(10);
        token.arm(address(farm), abi.encodeCall(VolumeFarming.claim, (1)));
        token.act(address(farm), abi.encodeCall(VolumeFarming.claim, (1)));
        vm.assertFalse(token.succeeded());
        vm.assertEq(
            token.result(), abi.encodeWithSelector(IVolumeFarming.NothingToClaim.selector, 1, address(token))
        );
        vm.assertEq(token.balanceOf(address(token)), 50);
        // Taking back twice what it has: the second finds nothing.
        token.arm(address(farm), abi.encodeCall(VolumeFarming.unstake, (1, 100)));
        token.act(address(farm), abi.encodeCall(VolumeFarming.unstake, (1, 100)));
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.balanceOf(address(token)), 150);
    }

    /// Expected numbers: the least of the three bounds, by definition.
    function testFuzz_ARewardIsTheLeastOfItsBounds(uint256 m, uint256 v, uint256 w, uint256 a, uint256 b) external {
        m = _bound(m, 0, 2e18);
        v = _bound(v, 1, 1e26);
        w = _bound(w, 1, 1e26);
        a = _bound(a, 1, 1e23);
        b = _bound(b, 1, 1e23);
        VolumeFarming farm = _farmOf(_token, _config(m));
        _stake(farm, 1, ALICE, a);
        _stake(farm, 1, BOB, b);
        _week(9);
        farm.recordVolume(1, v);
        farm.recordVolume(2, w);
        _week(10);
        uint256 due = farm.claimable(1, ALICE);
        uint256 expected = _least(1000e18 * v / (v + w) * a / (a + b), a / 2);
        expected = _least(expected, m * v / 1e18 * a / (a + b));
        vm.assertLe(due, expected);
        vm.assertLe(expected, due + 1);
        vm.assertLe(due + farm.claimable(1, BOB), m * v / 1e18);
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }

    function _config(uint256 m) private pure returns (IVolumeFarming.Config memory) {
        return IVolumeFarming.Config({
            firstWeek: 8,
            budget: 1000e18,
            yieldBound: 0.5e18,
            published: false,
            fixedMultiplier: m
        });
    }

    function _farmOf(DataToken token, IVolumeFarming.Config memory config) private returns (VolumeFarming farm) {
        farm = new VolumeFarming(address(token), config);
        farm.grantRecorder(address(this));
        token.grantMinter(address(farm));
        address vault = farm.vault();
        address[2] memory who = [ALICE, BOB];
        for (uint256 i = 0; i < 2; ++i) {
            token.mint(who[i], 1e24);
            vm.prank(who[i]);
            token.approve(vault, type(uint256).max);
        }
    }

    function _stake(VolumeFarming farm, uint256 asset, address who, uint256 amount) private {
        vm.prank(who);
        farm.stake(asset, amount);
    }

    function _week(uint256 week) private {
        vm.warp(START + (week - 8) * 1 weeks);
    }
}
