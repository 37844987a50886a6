// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {QualityPool} from "./QualityPool.sol";

/// @dev Beside the pool it keeps what each account earned by the plain definition: every payment shared by a loop over
/// all accounts, in units of 10^-36 base unit, with the weights it keeps itself.
contract WeightedPoolHandler is Handler {
    uint256 public constant EMISSION = 1_000_003;
    uint256 private constant SCALE = 1e36;

    DataToken public immutable token = new DataToken("Data", "DATA");
    QualityPool public immutable pool = new QualityPool(address(token), EMISSION, 30 days, 0.5e18);

    mapping(address who => uint256) public earnedScaled;
    mapping(address who => uint256) public weight;
    mapping(address who => uint256) public touches;
    uint256 public totalWeight;
    uint256 public shared;
    uint256 private _waiting;

    constructor() {
        token.grantMinter(address(pool));
        pool.grantScorer(address(this));
        token.approve(address(pool), type(uint256).max);
    }

    function contribute(uint256 seed, uint256 records) external {
        records = _bound(records, 1, 1e9);
        address who = actor(seed);
        vm.prank(who);
        pool.contribute(bytes32(seed), records);
        _share();
        _weigh(who, 0, records * 0.5e18);
    }

    function remove(uint256 seed) external {
        uint256 count = pool.contributions();
        if (count == 0) return;
        uint256 contribution = seed % count;
        if (pool.recordsOf(contribution) == 0) return;
        uint256 old = pool.contributionWeight(contribution);
        address who = pool.contributorOf(contribution);
        vm.prank(who);
        pool.remove(contribution);
        _share();
        _weigh(who, old, 0);
    }

    function score(uint256 seed, uint256 quality) external {
        uint256 count = pool.contributions();
        if (count == 0) return;
        uint256 contribution = seed % count;
        uint256 records = pool.recordsOf(contribution);
        if (records == 0) return;
        quality = _bound(quality, 0, 1e18);
        uint256 old = pool.contributionWeight(contribution);
        pool.score(contribution, quality);
        _share();
        _weigh(pool.contributorOf(contribution), old, records * quality);
    }

    function fund(uint256 amount) external {
        amount = _bound(amount, 0, 1e24);
        token.mint(address(this), amount);
        pool.fund(amount);
        _waiting += amount;
        _share();
    }

    function donate(uint256 amount) external {
        amount = _bound(amount, 0, 1e24);
        token.mint(address(pool), amount);
        _waiting += amount;
        pool.distribute();
        _share();
    }

    function claim(uint256 seed) external {
        address who = actor(seed);
        uint256 due = pool.claimable(who);
        if (due == 0) return;
        vm.prank(who);
        vm.assertEq(pool.claim(), due, "claim pays what claimable says");
        touches[who] += 1;
        _share();
    }

    function pass(uint256 elapsed) external {
        elapsed = _bound(elapsed, 1, 3 days);
        uint256 end = pool.emissionEnd();
        uint256 from = _now < end ? _now : end;
        _pass(elapsed);
        uint256 until = _now < end ? _now : end;
        if (totalWeight > 0) _waiting += (until - from) * EMISSION;
        pool.distribute();
        _share();
    }

    /// @dev What everybody was paid and is owed.
    function paidAndOwed(address who) public view returns (uint256) {
        return token.balanceOf(who) + pool.claimable(who);
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }

    function _share() private {
        if (totalWeight == 0 || _waiting == 0) return;
        for (uint256 i = 0; i < ACTORS; ++i) {
            earnedScaled[actor(i)] += _waiting * SCALE / totalWeight * weight[actor(i)];
        }
        shared += _waiting;
        _waiting = 0;
    }

    function _weigh(address who, uint256 old, uint256 now_) private {
        weight[who] = weight[who] - old + now_;
        totalWeight = totalWeight - old + now_;
        touches[who] += 1;
        // What waited for a first weight is now shared.
        pool.distribute();
        _share();
    }
}

contract WeightedPoolInvariants is InvariantBase {
    WeightedPoolHandler private _handler;

    function setUp() external {
        _handler = new WeightedPoolHandler();
        _aimAt(
            address(_handler),
            [
                WeightedPoolHandler.contribute.selector,
                WeightedPoolHandler.remove.selector,
                WeightedPoolHandler.score.selector
            ]
        );
        _aimAt(
            address(_handler),
            [
                WeightedPoolHandler.fund.selector,
                WeightedPoolHandler.donate.selector,
                WeightedPoolHandler.claim.selector
            ]
        );
        _aimAt(
            address(_handler),
            [WeightedPoolHandler.pass.selector, WeightedPoolHandler.pass.selector, WeightedPoolHandler.fund.selector]
        );
    }

    function invariant_ThePoolHoldsWhatItOwes() external view {
        uint256 owed;
        for (uint256 i = 0; i < _handler.actors(); ++i) owed += _handler.pool().claimable(_handler.actor(i));
        vm.assertLe(owed, _handler.token().balanceOf(address(_handler.pool())));
        uint256 unpaid = _handler.pool().totalDistributed() - _handler.pool().totalPaid();
        vm.assertLe(unpaid, _handler.token().balanceOf(address(_handler.pool())));
    }

    function invariant_WhatComesInIsShared() external view {
        vm.assertEq(_handler.pool().totalDistributed(), _handler.shared());
    }

    function invariant_WeightsAddUp() external view {
        uint256 sum;
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            vm.assertEq(_handler.pool().weightOf(who), _handler.weight(who));
            sum += _handler.weight(who);
        }
        vm.assertEq(_handler.pool().totalWeight(), sum);
    }

    function invariant_EveryoneGetsTheirShareOfEachPayment() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            uint256 got = _handler.paidAndOwed(who);
            uint256 earned = _handler.earnedScaled(who) / 1e36;
            // Each settlement rounds down once; the plain definition rounds each payment down by less than one unit in all.
            vm.assertLe(got, earned + 1);
            vm.assertLe(earned, got + _handler.touches(who) + 1);
        }
    }
}
