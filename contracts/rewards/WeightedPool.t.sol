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
import {IDataToken} from "../tokens/interfaces/IDataToken.sol";
import {ContributionPool} from "./ContributionPool.sol";
import {QualityPool} from "./QualityPool.sol";
import {WeightedPool} from "./WeightedPool.sol";
import {IWeightedPool} from "./interfaces/IWeightedPool.sol";

/// @dev The pool where every record weighs the same: what all weighted pools share.
contract WeightedPoolTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    bytes32 private constant DATA = keccak256("data");

    DataToken private _token;
    ContributionPool private _pool;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _pool = _poolOf(_token, 0, 0);
    }

    function test_ItSaysHowItWasMade() external {
        ContributionPool pool = new ContributionPool(address(_token), 7, 1 weeks);
        vm.assertEq(pool.token(), address(_token));
        vm.assertEq(pool.emission(), 7);
        vm.assertEq(pool.emissionEnd(), START + 1 weeks);
        vm.assertEq(pool.totalWeight(), 0);
        vm.assertEq(pool.contributions(), 0);
        vm.assertEq(pool.contributorOf(0), address(0));
        vm.assertEq(pool.recordsOf(0), 0);
        vm.assertEq(pool.contributionWeight(0), 0);
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.InvalidToken.selector, ALICE));
        new ContributionPool(ALICE, 0, 0);
    }

    function test_AContributionIsNumberedAndWeighsItsRecords() external {
        vm.expectEmit(address(_pool));
        emit IWeightedPool.Contributed(0, ALICE, 3, DATA, 3e18);
        vm.assertEq(_contribute(_pool, ALICE, 3), 0);
        vm.assertEq(_contribute(_pool, BOB, 1), 1);
        vm.assertEq(_contribute(_pool, ALICE, 4), 2);
        vm.assertEq(_pool.weightOf(ALICE), 7e18);
        vm.assertEq(_pool.weightOf(BOB), 1e18);
        vm.assertEq(_pool.totalWeight(), 8e18);
        vm.assertEq(_pool.contributions(), 3);
        vm.assertEq(_pool.contributorOf(1), BOB);
        vm.assertEq(_pool.recordsOf(2), 4);
        vm.assertEq(_pool.contributionWeight(2), 4e18);
    }

    function test_NoRecordsAndTooManyAreRefused() external {
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.InvalidRecords.selector, 0));
        _contribute(_pool, ALICE, 0);
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.InvalidRecords.selector, 1 << 40));
        _contribute(_pool, ALICE, 1 << 40);
        _contribute(_pool, ALICE, type(uint40).max);
        vm.assertEq(_pool.weightOf(ALICE), uint256(type(uint40).max) * 1e18);
    }

    /// Source: domain, O21: one against three shares of what is paid in are a quarter and three quarters.
    function test_OneToThreeIsAQuarterToThreeQuarters() external {
        _contribute(_pool, ALICE, 1);
        _contribute(_pool, BOB, 3);
        _fund(_pool, 1000);
        vm.assertEq(_pool.claimable(ALICE), 250);
        vm.assertEq(_pool.claimable(BOB), 750);
        vm.assertEq(_pool.totalDistributed(), 1000);
        vm.expectEmit(address(_pool));
        emit IWeightedPool.RewardClaimed(ALICE, 250);
        vm.assertEq(_claim(_pool, ALICE), 250);
        vm.assertEq(_token.balanceOf(ALICE), 250);
        vm.assertEq(_pool.claimable(ALICE), 0);
        vm.assertEq(_pool.claimable(BOB), 750);
        vm.assertEq(_pool.totalPaid(), 250);
    }

    /// Source: domain, O21: a constant emission over seven days, shared 1 to 3.
    function test_AnEmissionRunsForItsTime() external {
        ContributionPool pool = _poolOf(_token, 100, 1 weeks);
        _contribute(pool, ALICE, 1);
        _contribute(pool, BOB, 3);
        vm.warp(START + 1 days);
        vm.assertEq(pool.claimable(ALICE), 25 days);
        vm.warp(START + 4 weeks);
        vm.assertEq(pool.claimable(BOB), 75 weeks);
        vm.expectEmit(address(pool));
        emit IWeightedPool.Distributed(100 weeks, 4e18);
        vm.assertEq(_claim(pool, BOB), 75 weeks);
        vm.assertEq(_claim(pool, ALICE), 25 weeks);
        vm.assertEq(_token.totalSupply(), 100 weeks);
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.NothingToClaim.selector, ALICE));
        _claim(pool, ALICE);
    }

    function test_WhileNothingWeighsNothingIsIssued() external {
        ContributionPool pool = _poolOf(_token, 100, 1 weeks);
        vm.warp(START + 2 days);
        _contribute(pool, ALICE, 1);
        vm.assertEq(pool.claimable(ALICE), 0);
        vm.warp(START + 3 days);
        vm.assertEq(pool.claimable(ALICE), 100 days);
        vm.prank(ALICE);
        pool.remove(0);
        vm.warp(START + 6 days);
        vm.assertEq(_claim(pool, ALICE), 100 days);
        vm.assertEq(_token.totalSupply(), 100 days);
    }

    function test_WhatArrivesBeforeAnyWeightWaits() external {
        _fund(_pool, 1000);
        vm.assertEq(_pool.totalDistributed(), 0);
        vm.assertEq(_pool.claimable(ALICE), 0);
        _contribute(_pool, ALICE, 1);
        vm.assertEq(_pool.claimable(ALICE), 1000);
    }

    function test_WhatIsSentUnaskedIsShared() external {
        _contribute(_pool, ALICE, 1);
        _token.mint(address(_pool), 60);
        vm.assertEq(_pool.claimable(ALICE), 60);
        _pool.distribute();
        _contribute(_pool, BOB, 1);
        _token.mint(address(_pool), 40);
        vm.assertEq(_claim(_pool, ALICE), 80);
        vm.assertEq(_claim(_pool, BOB), 20);
    }

    function test_WhoComesLaterSharesOnlyWhatComesLater() external {
        _contribute(_pool, ALICE, 1);
        _fund(_pool, 100);
        _contribute(_pool, BOB, 1);
        vm.assertEq(_pool.claimable(BOB), 0);
        _fund(_pool, 100);
        vm.assertEq(_pool.claimable(ALICE), 150);
        vm.assertEq(_pool.claimable(BOB), 50);
    }

    function test_WhatIsTakenOutEarnsNoMore() external {
        _contribute(_pool, ALICE, 1);
        _contribute(_pool, BOB, 1);
        _fund(_pool, 100);
        vm.expectEmit(address(_pool));
        emit IWeightedPool.Removed(0, ALICE);
        vm.prank(ALICE);
        _pool.remove(0);
        _fund(_pool, 100);
        vm.assertEq(_pool.claimable(ALICE), 50);
        vm.assertEq(_pool.claimable(BOB), 150);
        vm.assertEq(_pool.recordsOf(0), 0);
        vm.assertEq(_pool.contributionWeight(0), 0);
        vm.assertEq(_pool.totalWeight(), 1e18);
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.ContributionRemoved.selector, 0));
        vm.prank(ALICE);
        _pool.remove(0);
    }

    function test_OnlyWhoContributedTakesOut() external {
        _contribute(_pool, ALICE, 1);
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.NotContributor.selector, 0, BOB, ALICE));
        vm.prank(BOB);
        _pool.remove(0);
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.UnknownContribution.selector, 1, 1));
        vm.prank(ALICE);
        _pool.remove(1);
    }

    function test_TheRemainderOfADivisionIsNotLost() external {
        for (uint160 i = 1; i <= 3; ++i) _contribute(_pool, address(i), 1);
        // A third of one base unit each, 30 times, is ten.
        for (uint256 i = 0; i < 30; ++i) _fund(_pool, 1);
        for (uint160 i = 1; i <= 3; ++i) vm.assertEq(_pool.claimable(address(i)), 10);
    }

    /// Expected numbers: a third of three single base units, of which the last is not shared yet, is one.
    function test_ClaimableCountsTheRemainderWithWhatWaits() external {
        for (uint160 i = 1; i <= 3; ++i) _contribute(_pool, address(i), 1);
        _fund(_pool, 1);
        _fund(_pool, 1);
        _token.mint(address(_pool), 1);
        vm.assertEq(_pool.claimable(address(1)), 1);
        vm.assertEq(_claim(_pool, address(1)), 1);
    }

    /// Half of four is two, less the unit that the accumulator rounds down; the remainder of that division, more than
    /// what then weighs, is no payment.
    function test_ARemainderAloneIsNotShared() external {
        _contribute(_pool, ALICE, 3);
        _contribute(_pool, BOB, 3);
        _fund(_pool, 4);
        vm.prank(BOB);
        _pool.remove(1);
        vm.assertEq(_pool.claimable(ALICE), 1);
        vm.assertEq(_claim(_pool, ALICE), 1);
    }

    /// Expected numbers: 10^36 / (2^19 x 10^18) is half a unit short of whole, so that all of one base unit rounds to
    /// none; the remainder of both payments together is whole.
    function test_TheAccumulatorHas36Decimals() external {
        _contribute(_pool, ALICE, 1 << 19);
        _fund(_pool, 1);
        vm.assertEq(_pool.claimable(ALICE), 0);
        _fund(_pool, 1);
        vm.assertEq(_pool.claimable(ALICE), 2);
    }

    function test_TheLeastWeightEarns() external {
        QualityPool pool = new QualityPool(address(_token), 0, 0, 1);
        vm.prank(ALICE);
        pool.contribute(DATA, 1);
        vm.assertEq(pool.totalWeight(), 1);
        _token.mint(address(pool), 5);
        vm.assertEq(pool.claimable(ALICE), 5);
        vm.prank(ALICE);
        vm.assertEq(pool.claim(), 5);
    }

    function test_TheLeastEmissionIsIssued() external {
        ContributionPool pool = _poolOf(_token, 1, 1 weeks);
        _contribute(pool, ALICE, 1);
        vm.warp(START + 1);
        vm.assertEq(_claim(pool, ALICE), 1);
        vm.assertEq(_token.totalSupply(), 1);
    }

    function test_APoolWithoutEmissionNeedNotMint() external {
        ContributionPool pool = new ContributionPool(address(_token), 0, 0);
        _contribute(pool, ALICE, 1);
        _fund(pool, 7);
        vm.assertEq(_claim(pool, ALICE), 7);
    }

    function test_APoolOf2To128IsRefused() external {
        _contribute(_pool, ALICE, 1);
        _fund(_pool, 1);
        _token.mint(address(this), 1 << 128);
        _token.approve(address(_pool), type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.PoolOverflow.selector, 1 << 128));
        _pool.fund((1 << 128) - 1);
        _pool.fund((1 << 128) - 2);
        vm.assertEq(_pool.claimable(ALICE), (1 << 128) - 1);
    }

    function test_FundingNeedsAnApproval() external {
        _token.mint(BOB, 5);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(_pool), 0, 5)
        );
        vm.prank(BOB);
        _pool.fund(5);
    }

    function test_APoolThatMayNotMintKeepsWhatItOwes() external {
        ContributionPool pool = _poolOf(_token, 1, 1 weeks);
        _contribute(pool, ALICE, 1);
        _token.revokeMinter(address(pool));
        vm.warp(START + 10);
        vm.expectRevert(abi.encodeWithSelector(IDataToken.MinterUnauthorized.selector, address(pool)));
        _claim(pool, ALICE);
        vm.assertEq(pool.claimable(ALICE), 10);
        _token.grantMinter(address(pool));
        vm.assertEq(_claim(pool, ALICE), 10);
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        ContributionPool pool = _poolOf(token, 1, 1 weeks);
        _contribute(pool, ALICE, 1);
        vm.warp(START + 10);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _claim(pool, ALICE);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        pool.fund(1);
        vm.assertEq(pool.claimable(ALICE), 10);
    }

    function test_AFeeOnTransferIsSharedAsWhatArrived() external {
        FeeToken token = new FeeToken(100);
        ContributionPool pool = _poolOf(token, 0, 0);
        _contribute(pool, ALICE, 1);
        _fund(pool, 1000);
        vm.assertEq(pool.totalDistributed(), 990);
        vm.assertEq(_claim(pool, ALICE), 990);
        vm.assertEq(token.balanceOf(ALICE), 980);
        vm.assertEq(token.balanceOf(address(pool)), 0);
    }

    function test_ATokenThatCallsBackIsPaidOnce() external {
        ReentrantToken token = new ReentrantToken();
        ContributionPool pool = _poolOf(token, 0, 0);
        token.act(address(pool), abi.encodeCall(WeightedPool.contribute, (DATA, 1)));
        _fund(pool, 1000);
        bytes memory claim = abi.encodeCall(WeightedPool.claim, ());
        token.arm(address(pool), claim);
        token.act(address(pool), claim);
        vm.assertEq(token.calls(), 1);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.assertEq(token.balanceOf(address(token)), 1000);
        token.mint(address(this), 10);
        token.approve(address(pool), 10);
        token.arm(address(pool), abi.encodeCall(WeightedPool.distribute, ()));
        pool.fund(10);
        vm.assertFalse(token.succeeded());
        vm.assertEq(pool.claimable(address(token)), 10);
    }

    /// Expected numbers: floor(amount x weight / total) each, by definition.
    function testFuzz_APaymentIsSharedByWeight(uint256 amount, uint256 count, uint256 seed) external {
        amount = _bound(amount, 1, type(uint128).max - 1);
        count = _bound(count, 1, 20);
        uint256 total;
        uint256[] memory records = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            records[i] = 1 + uint256(keccak256(abi.encode(seed, i))) % 1e12;
            total += records[i];
            _contribute(_pool, address(uint160(1 + i)), records[i]);
        }
        _fund(_pool, amount);
        uint256 owed;
        for (uint256 i = 0; i < count; ++i) {
            uint256 due = _pool.claimable(address(uint160(1 + i)));
            uint256 share = amount * records[i] / total;
            // The accumulator is rounded down once more: at most one base unit below the definition.
            vm.assertLe(due, share);
            vm.assertLe(share, due + 1);
            owed += due;
        }
        vm.assertLe(owed, amount);
        vm.assertLe(amount - owed, count);
    }

    function testFuzz_ClaimingEarlyOrLateIsTheSameButForDust(uint256 amount, uint8 claims) external {
        amount = _bound(amount, 1, type(uint96).max);
        _contribute(_pool, ALICE, 3);
        _contribute(_pool, BOB, 3);
        for (uint256 i = 0; i < 8; ++i) {
            _fund(_pool, amount);
            if (claims & (1 << i) != 0 && _pool.claimable(ALICE) > 0) _claim(_pool, ALICE);
        }
        uint256 early = _token.balanceOf(ALICE) + _pool.claimable(ALICE);
        uint256 late = _pool.claimable(BOB);
        vm.assertLe(early, late);
        vm.assertLe(late - early, 8);
    }

    function _poolOf(DataToken token, uint256 emission, uint256 duration) private returns (ContributionPool pool) {
        pool = new ContributionPool(address(token), emission, duration);
        token.grantMinter(address(pool));
    }

    function _contribute(ContributionPool pool, address who, uint256 records) private returns (uint256) {
        vm.prank(who);
        return pool.contribute(DATA, records);
    }

    function _claim(ContributionPool pool, address who) private returns (uint256) {
        vm.prank(who);
        return pool.claim();
    }

    function _fund(ContributionPool pool, uint256 amount) private {
        DataToken token = DataToken(pool.token());
        token.mint(address(this), amount);
        token.approve(address(pool), amount);
        pool.fund(amount);
    }
}
