// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {VolumeFarming} from "./VolumeFarming.sol";
import {IVolumeFarming} from "./interfaces/IVolumeFarming.sol";

/// @dev Beside the farm it keeps, week by week, each stake that counts, and pays every finished week by the definition
/// of the three bounds, in loops.
contract VolumeFarmingHandler is Handler {
    uint256 private constant ASSETS = 2;
    uint256 private constant BUDGET = 1_000_003;

    DataToken public immutable token = new DataToken("Data", "DATA");
    VolumeFarming public immutable farm;

    mapping(address who => uint256) public earned;
    mapping(address who => uint256) public staked;
    uint256 public bounded;
    uint256 public weeks_;

    mapping(uint256 asset => mapping(address who => uint256)) private _counts;
    mapping(uint256 asset => mapping(address who => uint256)) private _later;
    mapping(uint256 asset => uint256) private _volume;

    constructor() {
        farm = new VolumeFarming(
            address(token),
            IVolumeFarming.Config({
                firstWeek: 9,
                budget: BUDGET,
                yieldBound: 0.1e18,
                published: false,
                fixedMultiplier: 0.3e18
            })
        );
        farm.grantRecorder(address(this));
        token.grantMinter(address(farm));
        address vault = farm.vault();
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), 1e30);
            vm.prank(actor(i));
            token.approve(vault, type(uint256).max);
        }
    }

    function stake(uint256 seed, uint256 asset, uint256 amount) external {
        asset = asset % ASSETS;
        amount = _bound(amount, 1, 1e9);
        vm.prank(actor(seed));
        farm.stake(asset, amount);
        _later[asset][actor(seed)] += amount;
        staked[actor(seed)] += amount;
    }

    function unstake(uint256 seed, uint256 asset, uint256 amount) external {
        asset = asset % ASSETS;
        address who = actor(seed);
        uint256 held = farm.stakeOf(asset, who);
        if (held == 0) return;
        amount = _bound(amount, 1, held);
        vm.prank(who);
        farm.unstake(asset, amount);
        uint256 latest = amount < _later[asset][who] ? amount : _later[asset][who];
        _later[asset][who] -= latest;
        _counts[asset][who] -= amount - latest;
        staked[who] -= amount;
    }

    function record(uint256 asset, uint256 amount) external {
        asset = asset % ASSETS;
        amount = _bound(amount, 1, 1e8);
        farm.recordVolume(asset, amount);
        _volume[asset] += amount;
    }

    function claim(uint256 seed, uint256 asset) external {
        asset = asset % ASSETS;
        uint256 owed = farm.claimable(asset, actor(seed));
        if (owed == 0) return;
        vm.prank(actor(seed));
        vm.assertEq(farm.claim(asset), owed, "claim pays what claimable says");
    }

    function pass(uint256 count) external {
        count = _bound(count, 1, 3);
        _closeWeek();
        weeks_ += count;
        _pass(count * 1 weeks);
    }

    function due(address who) external view returns (uint256) {
        return farm.claimable(0, who) + farm.claimable(1, who);
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }

    function _closeWeek() private {
        uint256 all = _volume[0] + _volume[1];
        for (uint256 asset = 0; asset < ASSETS; ++asset) {
            uint256 total;
            for (uint256 i = 0; i < ACTORS; ++i) total += _counts[asset][actor(i)];
            uint256 reward = all == 0 ? 0 : BUDGET * _volume[asset] / all;
            uint256 bound = _volume[asset] * 3 / 10;
            if (bound < reward) reward = bound;
            if (total > 0) bounded += reward;
            for (uint256 i = 0; i < ACTORS; ++i) {
                address who = actor(i);
                uint256 share = total == 0 ? 0 : reward * _counts[asset][who] / total;
                uint256 most = _counts[asset][who] / 10;
                earned[who] += share < most ? share : most;
                _counts[asset][who] += _later[asset][who];
                _later[asset][who] = 0;
            }
            _volume[asset] = 0;
        }
    }
}

contract VolumeFarmingInvariants is InvariantBase {
    VolumeFarmingHandler private _handler;

    function setUp() external {
        _handler = new VolumeFarmingHandler();
        _aimAt(
            address(_handler),
            [
                VolumeFarmingHandler.stake.selector,
                VolumeFarmingHandler.unstake.selector,
                VolumeFarmingHandler.record.selector
            ]
        );
        _aimAt(
            address(_handler),
            [
                VolumeFarmingHandler.claim.selector,
                VolumeFarmingHandler.pass.selector,
                VolumeFarmingHandler.record.selector
            ]
        );
    }

    function invariant_WhatIsPaidAndOwedIsWithinBudgetAndVolume() external view {
        uint256 sum = _handler.farm().totalPaid();
        for (uint256 i = 0; i < _handler.actors(); ++i) sum += _handler.due(_handler.actor(i));
        vm.assertLe(sum, _handler.bounded());
    }

    function invariant_EveryoneEarnsTheLeastOfTheBoundsEachWeek() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            uint256 got = _handler.token().balanceOf(who) + _handler.staked(who) + _handler.due(who) - 1e30;
            uint256 earned = _handler.earned(who);
            // The definition rounds each week and asset down, the farm each settlement.
            vm.assertLe(got, earned + 2 * _handler.weeks_() + 2);
            vm.assertLe(earned, got + 130);
        }
    }

    function invariant_StakesLieInTheVault() external view {
        uint256 staked;
        for (uint256 i = 0; i < _handler.actors(); ++i) staked += _handler.staked(_handler.actor(i));
        vm.assertEq(_handler.token().balanceOf(_handler.farm().vault()), staked);
        vm.assertEq(_handler.token().balanceOf(address(_handler.farm())), 0);
    }
}
