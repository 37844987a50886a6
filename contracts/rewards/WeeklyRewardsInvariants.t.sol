// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IdentityVault} from "../staking/IdentityVault.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {WeeklyRewards} from "./WeeklyRewards.sol";
import {IWeeklyRewards} from "./interfaces/IWeeklyRewards.sol";

/// @dev Beside the fleet it keeps every vehicle's points of every week, counted by the plain definition, from which
/// what is owed can be computed by loops.
contract WeeklyRewardsHandler is Handler {
    /// @dev A prime, so that shares are seldom whole.
    uint256 public constant FIRST = 1_000_003;
    uint256 public constant STAKE = 7e18;
    uint256 public constant FUNDS = 1_000_000e18;
    uint256 private constant MOST_VEHICLES = 8;

    DataToken public immutable token = new DataToken("Data", "DATA");
    WeeklyRewards public immutable rewards;

    mapping(uint256 week => mapping(uint256 vehicle => uint256)) private _points;
    mapping(uint256 vehicle => uint256) private _streak;
    mapping(uint256 vehicle => uint256) private _misses;
    mapping(uint256 vehicle => uint256) private _kind;
    mapping(uint256 vehicle => uint256) private _locked;
    mapping(uint256 vehicle => uint256) private _lockEnds;
    mapping(uint256 vehicle => bool) private _connectedNow;
    mapping(uint256 vehicle => uint256) private _paid;

    constructor() {
        IWeeklyRewards.Config memory config;
        config.firstWeekLimit = FIRST;
        config.connectionPoints = new uint256[](2);
        config.connectionPoints[0] = 6_000;
        config.connectionPoints[1] = 3_000;
        config.streaks = true;
        config.identityStake = STAKE;
        config.stakeLock = 3 weeks;
        rewards = new WeeklyRewards(address(token), config);
        token.grantMinter(address(rewards));
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), FUNDS);
            address spender = rewards.vault();
            vm.prank(actor(i));
            token.approve(spender, type(uint256).max);
        }
    }

    function register(uint256 seed, uint256 kind) external {
        if (rewards.vehicles() == MOST_VEHICLES) return;
        vm.prank(actor(seed));
        uint256 vehicle = rewards.register(kind % 2);
        _kind[vehicle] = kind % 2;
    }

    function connect(uint256 seed) external {
        (uint256 vehicle, bool there) = _pick(seed);
        if (!there || _connectedNow[vehicle] || finished() >= 364) return;
        uint256 streak = ++_streak[vehicle];
        uint256 points = _kind[vehicle] == 0 ? 6_000 : 3_000;
        points += 1_000 * _level(streak);
        if (_now < _lockEnds[vehicle]) {
            points += _locked[vehicle] >= 4_000e18 ? 3_000 : _locked[vehicle] >= 1_500e18 ? 2_000 : 1_000;
        }
        _points[finished()][vehicle] = points;
        _connectedNow[vehicle] = true;
        _misses[vehicle] = 0;
        vm.assertEq(rewards.pointsNow(vehicle), points, "points before connecting");
        vm.prank(rewards.ownerOf(vehicle));
        rewards.connect(vehicle);
        vm.assertEq(rewards.streakOf(vehicle), streak, "streak");
    }

    function claim(uint256 seed) external {
        if (rewards.vehicles() == 0) return;
        uint256 vehicle = seed % rewards.vehicles();
        uint256 due = rewards.claimable(vehicle);
        if (due == 0) return;
        vm.prank(rewards.ownerOf(vehicle));
        vm.assertEq(rewards.claim(vehicle), due, "claim pays what claimable says");
        _paid[vehicle] += due;
    }

    function lock(uint256 seed, uint256 amount) external {
        (uint256 vehicle, bool there) = _pick(seed);
        if (!there) return;
        amount = _bound(amount, 0, 3_000e18);
        uint256 total = _locked[vehicle] + amount;
        if (total < 500e18 || total > 10_000e18) return;
        vm.prank(rewards.ownerOf(vehicle));
        rewards.lock(vehicle, amount);
        _locked[vehicle] = total;
        _lockEnds[vehicle] = _now + (total >= 4_000e18 ? 730 days : total >= 1_500e18 ? 365 days : 180 days);
    }

    function giveBack(uint256 seed, bool forGood) external {
        (uint256 vehicle, bool there) = _pick(seed);
        if (!there || _now < _lockEnds[vehicle]) return;
        if (forGood) {
            if (_now < rewards.unlocksAt(vehicle)) return;
            vm.prank(rewards.ownerOf(vehicle));
            rewards.retire(vehicle);
        } else {
            if (_locked[vehicle] == 0) return;
            vm.prank(rewards.ownerOf(vehicle));
            rewards.unlock(vehicle);
        }
        _locked[vehicle] = 0;
    }

    function pass(uint256 elapsed) external {
        uint256 before = finished();
        _pass(_bound(elapsed, 1, 3 weeks));
        for (uint256 week = before; week < finished(); ++week) {
            for (uint256 vehicle = 0; vehicle < rewards.vehicles(); ++vehicle) _endWeek(vehicle);
        }
    }

    /// @dev How many weeks have ended, by the handler's own clock.
    function finished() public view returns (uint256) {
        return (_now - rewards.start()) / 1 weeks;
    }

    /// @dev The limit of a week, by its definition.
    function limit(uint256 week) public pure returns (uint256 sum) {
        sum = FIRST;
        for (uint256 year = 0; year < week / 52; ++year) sum = sum * 85 / 100;
    }

    /// @dev All points of a week, and how many vehicles have them.
    function totalOf(uint256 week) public view returns (uint256 points, uint256 connected) {
        for (uint256 vehicle = 0; vehicle < rewards.vehicles(); ++vehicle) {
            points += _points[week][vehicle];
            if (_points[week][vehicle] > 0) ++connected;
        }
    }

    /// @dev What `vehicle` was paid.
    function paid(uint256 vehicle) external view returns (uint256) {
        return _paid[vehicle];
    }

    /// @dev What `vehicle` earned in finished weeks, by definition.
    function earned(uint256 vehicle) external view returns (uint256 sum) {
        for (uint256 week = 0; week < finished() && week < 364; ++week) {
            (uint256 total,) = totalOf(week);
            if (total > 0) sum += limit(week) * _points[week][vehicle] / total;
        }
    }

    /// @dev What the vault should hold for `vehicle`.
    function deposited(uint256 vehicle) external view returns (uint256) {
        return _locked[vehicle] + (rewards.isRetired(vehicle) ? 0 : STAKE);
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }

    /// @dev The end of a week for a vehicle, as the published service counts it.
    function _endWeek(uint256 vehicle) private {
        if (_connectedNow[vehicle]) {
            _connectedNow[vehicle] = false;
            return;
        }
        if (++_misses[vehicle] % 3 != 0) return;
        uint256 level = _level(_streak[vehicle]);
        _streak[vehicle] = level == 3 ? 21 : level == 2 ? 4 : 0;
    }

    /// @dev A vehicle that is not retired, if there is one where the seed points.
    function _pick(uint256 seed) private view returns (uint256 vehicle, bool there) {
        if (rewards.vehicles() == 0) return (0, false);
        vehicle = seed % rewards.vehicles();
        there = !rewards.isRetired(vehicle);
    }

    function _level(uint256 streak) private pure returns (uint256) {
        return streak >= 36 ? 3 : streak >= 21 ? 2 : streak >= 4 ? 1 : 0;
    }
}

contract WeeklyRewardsInvariants is InvariantBase {
    WeeklyRewardsHandler private _handler;
    WeeklyRewards private _rewards;
    DataToken private _token;

    function setUp() external {
        _handler = new WeeklyRewardsHandler();
        _rewards = _handler.rewards();
        _token = _handler.token();
        _aimAt(
            address(_handler),
            [
                WeeklyRewardsHandler.register.selector,
                WeeklyRewardsHandler.lock.selector,
                WeeklyRewardsHandler.giveBack.selector
            ]
        );
        _aimAt(
            address(_handler),
            [
                WeeklyRewardsHandler.connect.selector,
                WeeklyRewardsHandler.claim.selector,
                WeeklyRewardsHandler.pass.selector
            ]
        );
    }

    function invariant_EveryVehicleGetsItsShareOfEachFinishedWeek() external view {
        for (uint256 vehicle = 0; vehicle < _rewards.vehicles(); ++vehicle) {
            vm.assertEq(_handler.paid(vehicle) + _rewards.claimable(vehicle), _handler.earned(vehicle));
        }
    }

    function invariant_AWeekIsPaidOutUpToItsDust() external view {
        uint256 most;
        uint256 dust;
        for (uint256 week = 0; week <= _handler.finished(); ++week) {
            (uint256 points, uint256 connected) = _handler.totalOf(week);
            vm.assertEq(_rewards.pointsOf(week), points);
            vm.assertEq(_rewards.connectionsIn(week), connected);
            if (connected == 0 || week == _handler.finished()) continue;
            vm.assertEq(_rewards.weekLimit(week), _handler.limit(week));
            most += _handler.limit(week);
            dust += connected - 1;
        }
        uint256 sum = _rewards.totalPaid();
        for (uint256 vehicle = 0; vehicle < _rewards.vehicles(); ++vehicle) sum += _rewards.claimable(vehicle);
        vm.assertLe(sum, most);
        vm.assertLe(most - sum, dust);
    }

    function invariant_WhatIsIssuedIsPaid() external view {
        vm.assertEq(_token.totalSupply(), _handler.actors() * _handler.FUNDS() + _rewards.totalPaid());
        vm.assertEq(_token.balanceOf(address(_rewards)), 0);
    }

    function invariant_TheVaultHoldsStakesAndLocks() external view {
        IdentityVault vault = IdentityVault(_rewards.vault());
        uint256 sum;
        for (uint256 vehicle = 0; vehicle < _rewards.vehicles(); ++vehicle) {
            uint256 held = vault.heldFor(vehicle);
            vm.assertEq(held, _handler.deposited(vehicle));
            sum += held;
        }
        vm.assertEq(vault.totalHeld(), sum);
        vm.assertEq(_token.balanceOf(address(vault)), sum);
    }
}
