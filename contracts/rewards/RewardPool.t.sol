// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {StakeVault} from "../staking/StakeVault.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {IDataToken} from "../tokens/interfaces/IDataToken.sol";
import {RewardPool} from "./RewardPool.sol";
import {IRewardPool} from "./interfaces/IRewardPool.sol";

contract RewardPoolTest is TestBase {
    uint256 private constant REWARD = 1000;
    uint256 private constant EPOCH = 1 weeks;
    uint256 private constant START = 1_700_000_000;
    bytes32 private constant DATA = keccak256("data");

    DataToken private _token;
    RewardPool private _pool;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _pool = _poolOf(_token);
    }

    function test_ItSaysHowItWasMade() external view {
        vm.assertEq(_pool.token(), address(_token));
        vm.assertEq(_pool.gate(), address(0));
        vm.assertEq(_pool.rewardPerEpoch(), REWARD);
        vm.assertEq(_pool.epochLength(), EPOCH);
        vm.assertEq(_pool.start(), START);
        vm.assertEq(_pool.currentEpoch(), 0);
        vm.assertEq(_pool.lastReward(), 0);
        vm.assertEq(_pool.totalPaid(), 0);
    }

    function test_ItRefusesWhatCannotWork() external {
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.InvalidToken.selector, ALICE));
        new RewardPool(ALICE, REWARD, EPOCH, address(0));
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.InvalidEpochLength.selector, 0));
        new RewardPool(address(_token), REWARD, 0, address(0));
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.InvalidGate.selector, BOB));
        new RewardPool(address(_token), REWARD, EPOCH, BOB);
    }

    function test_AnEpochEndsWithItsLastSecond() external {
        vm.warp(START + EPOCH - 1);
        vm.assertEq(_pool.currentEpoch(), 0);
        vm.warp(START + EPOCH);
        vm.assertEq(_pool.currentEpoch(), 1);
    }

    function test_ContributeEnrolsOncePerEpoch() external {
        vm.expectEmit(address(_pool));
        emit IRewardPool.Contributed(ALICE, 0, DATA);
        _contribute(_pool, ALICE);
        vm.assertEq(_pool.contributors(0), 1);
        vm.assertTrue(_pool.hasContributed(ALICE, 0));
        vm.assertFalse(_pool.hasContributed(ALICE, 1));
        vm.assertFalse(_pool.hasContributed(BOB, 0));

        vm.expectRevert(abi.encodeWithSelector(IRewardPool.AlreadyContributed.selector, ALICE, 0));
        _contribute(_pool, ALICE);
        vm.assertEq(_pool.contributors(0), 1);

        vm.warp(START + EPOCH);
        vm.assertTrue(_pool.hasContributed(ALICE, 0));
        _contribute(_pool, ALICE);
        vm.assertTrue(_pool.hasContributed(ALICE, 1));
        vm.assertFalse(_pool.hasContributed(ALICE, 0));
        vm.assertEq(_pool.contributors(0), 1);
        vm.assertEq(_pool.contributors(1), 1);
    }

    function test_ThreeContributorsGetAThirdRoundedDown() external {
        _contribute(_pool, ALICE);
        _contribute(_pool, BOB);
        _contribute(_pool, CAROL);
        vm.assertEq(_pool.claimable(ALICE), 0);

        vm.warp(START + EPOCH);
        vm.assertEq(_pool.lastReward(), 333);
        vm.assertEq(_pool.claimable(ALICE), 333);
        vm.assertEq(_pool.claimable(address(this)), 0);
        vm.expectEmit(address(_pool));
        emit IRewardPool.RewardClaimed(ALICE, 333);
        vm.prank(ALICE);
        vm.assertEq(_pool.claim(), 333);
        vm.assertEq(_token.balanceOf(ALICE), 333);
        vm.assertEq(_pool.claimable(ALICE), 0);
        vm.assertEq(_pool.claimable(BOB), 333);
        vm.assertEq(_pool.totalPaid(), 333);
        vm.assertTrue(_pool.hasContributed(ALICE, 0));
    }

    function test_ARewardIsIssuedToThePoolAndPaidFromIt() external {
        _contribute(_pool, ALICE);
        vm.warp(START + EPOCH);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(address(0), address(_pool), REWARD);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(address(_pool), ALICE, REWARD);
        vm.prank(ALICE);
        _pool.claim();
        vm.assertEq(_token.totalSupply(), REWARD);
        vm.assertEq(_token.balanceOf(address(_pool)), 0);
    }

    function test_NothingIsPaidBeforeTheEpochEndsOrTwice() external {
        _contribute(_pool, ALICE);
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.NothingToClaim.selector, ALICE));
        vm.prank(ALICE);
        _pool.claim();

        vm.warp(START + EPOCH);
        vm.prank(ALICE);
        _pool.claim();
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.NothingToClaim.selector, ALICE));
        vm.prank(ALICE);
        _pool.claim();
    }

    function test_AShareTooSmallToCountIsNothing() external {
        RewardPool pool = new RewardPool(address(_token), 1, EPOCH, address(0));
        _contribute(pool, ALICE);
        _contribute(pool, BOB);
        vm.warp(START + EPOCH);
        vm.assertEq(pool.lastReward(), 0);
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.NothingToClaim.selector, ALICE));
        vm.prank(ALICE);
        pool.claim();
    }

    function test_SharesOfManyEpochsAddUpUnclaimed() external {
        _contribute(_pool, ALICE);
        vm.warp(START + EPOCH);
        _contribute(_pool, ALICE);
        _contribute(_pool, BOB);
        vm.assertEq(_pool.claimable(ALICE), 1000);
        vm.warp(START + 2 * EPOCH);
        _contribute(_pool, ALICE);
        vm.assertEq(_pool.claimable(ALICE), 1500);
        vm.prank(ALICE);
        vm.assertEq(_pool.claim(), 1500);
        vm.warp(START + 9 * EPOCH);
        vm.prank(ALICE);
        vm.assertEq(_pool.claim(), 1000);
        vm.prank(BOB);
        vm.assertEq(_pool.claim(), 500);
        vm.assertEq(_pool.totalPaid(), 3000);
    }

    function test_AnEmptyEpochPaysNothing() external {
        vm.warp(START + EPOCH);
        vm.assertEq(_pool.lastReward(), 0);
        _contribute(_pool, ALICE);
        vm.warp(START + 2 * EPOCH);
        vm.assertEq(_pool.lastReward(), REWARD);
        vm.assertEq(_pool.claimable(ALICE), REWARD);
        vm.warp(START + 3 * EPOCH);
        vm.assertEq(_pool.lastReward(), 0);
        vm.assertEq(_pool.claimable(ALICE), REWARD);
    }

    function test_AGateLetsOnlyTheStakedContribute() external {
        StakeVault vault = new StakeVault(address(_token), 10, EPOCH);
        RewardPool pool = new RewardPool(address(_token), REWARD, EPOCH, address(vault));
        vm.assertEq(pool.gate(), address(vault));
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.NotEligible.selector, ALICE));
        _contribute(pool, ALICE);

        _token.mint(address(this), 10);
        _token.approve(address(vault), 10);
        vault.stakeFor(ALICE);
        _contribute(pool, ALICE);
        vm.assertEq(pool.contributors(0), 1);
    }

    function test_APoolThatMayNotMintKeepsWhatItOwes() external {
        _token.revokeMinter(address(_pool));
        _contribute(_pool, ALICE);
        vm.warp(START + EPOCH);
        vm.expectRevert(abi.encodeWithSelector(IDataToken.MinterUnauthorized.selector, address(_pool)));
        vm.prank(ALICE);
        _pool.claim();
        vm.assertEq(_pool.claimable(ALICE), REWARD);
        vm.assertEq(_pool.totalPaid(), 0);
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        RewardPool pool = _poolOf(token);
        _contribute(pool, ALICE);
        vm.warp(START + EPOCH);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        vm.prank(ALICE);
        pool.claim();
        vm.assertEq(pool.claimable(ALICE), REWARD);
        vm.assertEq(token.totalSupply(), 0);
    }

    function test_AFeeOnTransferIsBorneByTheClaimer() external {
        FeeToken token = new FeeToken(100);
        RewardPool pool = _poolOf(token);
        _contribute(pool, ALICE);
        vm.warp(START + EPOCH);
        vm.prank(ALICE);
        vm.assertEq(pool.claim(), REWARD);
        vm.assertEq(token.balanceOf(ALICE), REWARD - REWARD / 100);
        vm.assertEq(token.balanceOf(address(pool)), 0);
        vm.assertEq(pool.totalPaid(), REWARD);
    }

    function test_ATokenThatCallsBackIsPaidOnce() external {
        ReentrantToken token = new ReentrantToken();
        RewardPool pool = _poolOf(token);
        token.act(address(pool), abi.encodeCall(RewardPool.contribute, (DATA)));
        vm.warp(START + EPOCH);
        token.arm(address(pool), abi.encodeCall(RewardPool.claim, ()));
        token.act(address(pool), abi.encodeCall(RewardPool.claim, ()));
        vm.assertEq(token.calls(), 1);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(IRewardPool.NothingToClaim.selector, address(token)));
        vm.assertEq(token.totalSupply(), REWARD);
        vm.assertEq(pool.totalPaid(), REWARD);
    }

    /// Expected numbers: n contributors of a pool R get floor(R / n) each, so R - n < n * floor(R / n) <= R.
    function testFuzz_AnEpochPaysItsRewardLessDust(uint256 reward, uint256 count) external {
        count = _bound(count, 1, 40);
        RewardPool pool = new RewardPool(address(_token), reward, EPOCH, address(0));
        _token.grantMinter(address(pool));
        for (uint256 i = 1; i <= count; ++i) _contribute(pool, _identity(i));
        vm.warp(START + EPOCH);

        uint256 owed;
        for (uint256 i = 1; i <= count; ++i) {
            uint256 due = pool.claimable(_identity(i));
            owed += due;
            if (i % 2 == 0 && due > 0) {
                vm.prank(_identity(i));
                pool.claim();
            }
        }
        vm.assertLe(owed, reward);
        vm.assertLt(reward - owed, count);
        vm.assertEq(pool.lastReward(), reward / count);
        vm.assertLe(pool.totalPaid(), owed);
    }

    function testFuzz_EpochsAreCountedFromTheStart(uint256 length, uint256 elapsed) external {
        length = _bound(length, 1, 3650 days);
        elapsed = _bound(elapsed, 0, 3650 days);
        RewardPool pool = new RewardPool(address(_token), REWARD, length, address(0));
        vm.warp(START + elapsed);
        uint256 epoch = pool.currentEpoch();
        vm.assertLe(epoch * length, elapsed);
        vm.assertLt(elapsed, (epoch + 1) * length);
    }

    function testFuzz_ClaimingEarlyOrLateIsTheSame(uint256 reward, uint8 joins, uint8 claims) external {
        reward = _bound(reward, 8, type(uint128).max);
        RewardPool pool = new RewardPool(address(_token), reward, EPOCH, address(0));
        _token.grantMinter(address(pool));
        // Alice claims in the epochs `claims` names and Bob once at the end; both contribute in those of `joins`.
        for (uint256 epoch = 0; epoch < 8; ++epoch) {
            vm.warp(START + epoch * EPOCH);
            if (claims & (1 << epoch) != 0 && pool.claimable(ALICE) > 0) {
                vm.prank(ALICE);
                pool.claim();
            }
            if (joins & (1 << epoch) != 0) {
                _contribute(pool, ALICE);
                _contribute(pool, BOB);
            }
        }
        vm.warp(START + 8 * EPOCH);
        vm.assertEq(_token.balanceOf(ALICE) + pool.claimable(ALICE), pool.claimable(BOB));
        vm.assertEq(pool.claimable(BOB), _ones(joins) * (reward / 2));
    }

    function _poolOf(DataToken token) private returns (RewardPool pool) {
        pool = new RewardPool(address(token), REWARD, EPOCH, address(0));
        token.grantMinter(address(pool));
    }

    function _contribute(RewardPool pool, address who) private {
        vm.prank(who);
        pool.contribute(DATA);
    }

    function _identity(uint256 number) private pure returns (address) {
        return address(uint160(0x1D0000 + number));
    }

    function _ones(uint8 bits) private pure returns (uint256 count) {
        for (uint256 i = 0; i < 8; ++i) count += (bits >> i) & 1;
    }
}
