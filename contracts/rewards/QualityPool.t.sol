// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {QualityPool} from "./QualityPool.sol";
import {IQualityPool} from "./interfaces/IQualityPool.sol";
import {IWeightedPool} from "./interfaces/IWeightedPool.sol";

/// @dev The test owns the pool and Carol scores. What all weighted pools share is tested in WeightedPool.t.sol.
contract QualityPoolTest is TestBase {
    bytes32 private constant DATA = keccak256("data");

    DataToken private _token;
    QualityPool private _pool;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _pool = _poolOf(0);
        _token.mint(address(this), 1e30);
        _token.approve(address(_pool), type(uint256).max);
    }

    function test_ItSaysHowItWasMade() external {
        QualityPool pool = _poolOf(0.5e18);
        vm.assertEq(pool.initialQuality(), 0.5e18);
        vm.assertEq(pool.owner(), address(this));
        vm.assertTrue(pool.isScorer(CAROL));
        vm.assertFalse(pool.isScorer(ALICE));
        vm.assertEq(pool.qualityOf(0), 0);
        vm.expectRevert(abi.encodeWithSelector(IQualityPool.InvalidQuality.selector, 1e18 + 1));
        new QualityPool(address(_token), 0, 0, 1e18 + 1);
    }

    function test_WhatIsNotScoredHasTheInitialQuality() external {
        vm.assertEq(_contribute(_pool, ALICE, 4), 0);
        vm.assertEq(_pool.weightOf(ALICE), 0);
        vm.assertEq(_pool.totalWeight(), 0);
        vm.assertFalse(_pool.isScored(0));
        QualityPool pool = _poolOf(0.5e18);
        vm.expectEmit(address(pool));
        emit IWeightedPool.Contributed(0, ALICE, 4, DATA, 2e18);
        _contribute(pool, ALICE, 4);
        vm.assertEq(pool.qualityOf(0), 0.5e18);
        vm.assertEq(pool.weightOf(ALICE), 2e18);
    }

    function test_RecordsWeighTheirQuality() external {
        _contribute(_pool, ALICE, 10);
        _contribute(_pool, BOB, 10);
        vm.expectEmit(address(_pool));
        emit IQualityPool.Scored(0, CAROL, 0.9e18);
        _score(0, 0.9e18);
        _score(1, 0.1e18);
        vm.assertTrue(_pool.isScored(0));
        vm.assertEq(_pool.qualityOf(0), 0.9e18);
        vm.assertEq(_pool.weightOf(ALICE), 9e18);
        _pool.fund(1000);
        vm.assertEq(_pool.claimable(ALICE), 900);
        vm.assertEq(_pool.claimable(BOB), 100);
    }

    function test_AScoreCountsFromThenOn() external {
        _contribute(_pool, ALICE, 1);
        _contribute(_pool, BOB, 1);
        _score(0, 1e18);
        _score(1, 1e18);
        _pool.fund(100);
        _score(1, 0);
        _pool.fund(100);
        vm.assertEq(_pool.claimable(ALICE), 150);
        vm.assertEq(_pool.claimable(BOB), 50);
        vm.assertEq(_pool.totalWeight(), 1e18);
    }

    function test_OnlyScorersScore() external {
        _contribute(_pool, ALICE, 1);
        vm.expectRevert(abi.encodeWithSelector(IQualityPool.ScorerUnauthorized.selector, ALICE));
        vm.prank(ALICE);
        _pool.score(0, 1e18);
        vm.expectEmit(address(_pool));
        emit IQualityPool.ScorerRevoked(CAROL);
        _pool.revokeScorer(CAROL);
        vm.expectRevert(abi.encodeWithSelector(IQualityPool.ScorerUnauthorized.selector, CAROL));
        _score(0, 1e18);
        vm.expectEmit(address(_pool));
        emit IQualityPool.ScorerGranted(CAROL);
        _pool.grantScorer(CAROL);
        _score(0, 1e18);
    }

    function test_OnlyTheOwnerNamesScorers() external {
        bytes memory refusal = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, ALICE);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _pool.grantScorer(ALICE);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _pool.revokeScorer(CAROL);
    }

    function test_ItScoresWhatIsThereWithinBounds() external {
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.UnknownContribution.selector, 0, 0));
        _score(0, 1);
        _contribute(_pool, ALICE, 1);
        vm.expectRevert(abi.encodeWithSelector(IQualityPool.InvalidQuality.selector, 1e18 + 1));
        _score(0, 1e18 + 1);
        vm.prank(ALICE);
        _pool.remove(0);
        vm.expectRevert(abi.encodeWithSelector(IWeightedPool.ContributionRemoved.selector, 0));
        _score(0, 1);
    }

    function test_ATokenThatCallsBackCannotScoreMeanwhile() external {
        ReentrantToken token = new ReentrantToken();
        QualityPool pool = new QualityPool(address(token), 0, 0, 1e18);
        pool.grantScorer(address(token));
        _contribute(pool, ALICE, 1);
        token.mint(address(this), 10);
        token.approve(address(pool), 10);
        token.arm(address(pool), abi.encodeCall(QualityPool.score, (0, 0)));
        pool.fund(10);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.assertEq(pool.claimable(ALICE), 10);
    }

    /// Expected numbers: weight = records x quality, and floor(amount x weight / total) each, by definition.
    function testFuzz_SharesFollowRecordsTimesQuality(uint40 a, uint40 b, uint256 p, uint256 q, uint96 amount) external {
        uint256 recordsA = _bound(a, 1, type(uint40).max);
        uint256 recordsB = _bound(b, 1, type(uint40).max);
        p = _bound(p, 1, 1e18);
        q = _bound(q, 0, 1e18);
        _contribute(_pool, ALICE, recordsA);
        _contribute(_pool, BOB, recordsB);
        _score(0, p);
        _score(1, q);
        uint256 total = recordsA * p + recordsB * q;
        vm.assertEq(_pool.totalWeight(), total);
        _token.mint(address(_pool), amount);
        uint256 share = uint256(amount) * recordsA * p / total;
        vm.assertLe(_pool.claimable(ALICE), share);
        vm.assertLe(share, _pool.claimable(ALICE) + 1);
    }

    function _poolOf(uint256 initial) private returns (QualityPool pool) {
        pool = new QualityPool(address(_token), 0, 0, initial);
        pool.grantScorer(CAROL);
    }

    function _contribute(QualityPool pool, address who, uint256 records) private returns (uint256) {
        vm.prank(who);
        return pool.contribute(DATA, records);
    }

    function _score(uint256 contribution, uint256 quality) private {
        vm.prank(CAROL);
        _pool.score(contribution, quality);
    }
}
