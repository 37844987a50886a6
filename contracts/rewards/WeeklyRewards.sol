// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IdentityVault} from "../staking/IdentityVault.sol";
import {IDataToken} from "../tokens/interfaces/IDataToken.sol";
import {
    LOCK_1,
    POINTS_PER_LEVEL,
    WEEK,
    WEEKS,
    limitOfWeek,
    lockLevel,
    lockTerm,
    streakAfterMisses,
    streakLevel
} from "./WeeklyRewardsRules.sol";
import {IWeeklyRewards} from "./interfaces/IWeeklyRewards.sol";

/// @title Shares a weekly issue among the vehicles that connected, by their points.
/// @dev Invariants:
/// - what is paid and owed for a finished week of n vehicles never exceeds its limit, and is less than n base units
///   below it. That dust is never issued, nor is the limit of a week in which no vehicle has points;
/// - the limits of all 364 weeks add up to 260,264,270 tokens and a fraction, when the first is 1,105,000;
/// - a vehicle has points of a week at most once, and is paid for them at most once;
/// - stakes and locks lie in the vault, never here, and go back to the owner who put them there.
///
/// Rewards are issued as they are claimed: this contract mints to itself and transfers to the owner, so that a ledger
/// sees the issue (0 -> rewards), the payment (rewards -> owner) and deposits (owner <-> vault) apart.
///
/// A vehicle keeps a settled balance and its latest week, and every call settles at most that one week: the work per
/// call does not grow with weeks or vehicles.
///
/// Departures from the published programme: owners claim, where an oracle pushes batches; a vehicle has one
/// connection, where hardware and software may add up; a vehicle is not transferable; a lock of any amount between
/// two levels counts as the lower one.
contract WeeklyRewards is IWeeklyRewards {
    using SafeERC20 for IDataToken;

    /// @dev `connection`: points a week of its kind. `weekPoints`: points of its latest week while they are not settled,
    /// else zero. `streak`: weeks, as of its latest week. `enrolled`: its latest week plus one (zero: never). `settled`
    /// and `locked`: base units. Fits three words.
    struct Vehicle {
        address owner;
        uint24 connection;
        uint32 weekPoints;
        uint16 streak;
        uint16 enrolled;
        bool retired;
        uint128 settled;
        uint64 registeredAt;
        uint64 lockEndsAt;
        uint256 locked;
    }

    /// @dev The points of a week, and the vehicles that have them.
    struct Week {
        uint192 points;
        uint64 connections;
    }

    IDataToken private immutable _token;
    IdentityVault private immutable _vault;

    /// @inheritdoc IWeeklyRewards
    uint256 public immutable firstWeekLimit;

    /// @inheritdoc IWeeklyRewards
    bool public immutable streaks;

    /// @inheritdoc IWeeklyRewards
    uint256 public immutable identityStake;

    /// @inheritdoc IWeeklyRewards
    uint256 public immutable stakeLock;

    /// @inheritdoc IWeeklyRewards
    uint256 public immutable start;

    /// @inheritdoc IWeeklyRewards
    uint256 public totalPaid;

    /// @inheritdoc IWeeklyRewards
    uint256 public vehicles;

    /// @inheritdoc IWeeklyRewards
    uint256 public retiredVehicles;

    uint256[] private _connectionPoints;

    mapping(uint256 vehicle => Vehicle) private _vehicles;
    mapping(uint256 week => Week) private _weeks;

    /// @param token_ An {IDataToken} that will name this contract as a minter.
    /// @param config How the fleet is paid.
    constructor(address token_, Config memory config) {
        if (config.firstWeekLimit > type(uint112).max) revert InvalidLimit(config.firstWeekLimit);
        if (config.stakeLock > type(uint64).max) revert InvalidStakeLock(config.stakeLock);
        if (config.connectionPoints.length == 0) revert NoKinds();
        for (uint256 kind = 0; kind < config.connectionPoints.length; ++kind) {
            uint256 points = config.connectionPoints[kind];
            if (points > type(uint24).max) revert InvalidPoints(kind, points);
        }
        _vault = new IdentityVault(token_);
        _token = IDataToken(token_);
        _connectionPoints = config.connectionPoints;
        firstWeekLimit = config.firstWeekLimit;
        streaks = config.streaks;
        identityStake = config.identityStake;
        stakeLock = config.stakeLock;
        start = block.timestamp;
    }

    /// @inheritdoc IWeeklyRewards
    function register(uint256 kind) external returns (uint256 vehicle) {
        if (kind >= _connectionPoints.length) revert UnknownKind(kind, _connectionPoints.length);
        vehicle = vehicles++;
        Vehicle storage entry = _vehicles[vehicle];
        entry.owner = msg.sender;
        entry.connection = uint24(_connectionPoints[kind]);
        entry.registeredAt = uint64(block.timestamp);
        emit Registered(vehicle, msg.sender, kind, identityStake);

        if (identityStake > 0) _vault.deposit(vehicle, msg.sender, identityStake);
    }

    /// @inheritdoc IWeeklyRewards
    function connect(uint256 vehicle) external {
        uint256 week = currentWeek();
        if (week >= WEEKS) revert IssueEnded(week);
        Vehicle storage entry = _active(vehicle);
        if (entry.enrolled == week + 1) revert AlreadyConnected(vehicle, week);

        _settle(entry);
        uint256 streak = _streak(entry) + 1;
        uint256 points = _pointsWith(entry, streak);
        // A streak is at most 364 weeks, and so is a week plus one; the points are below 2^24 + 6,000.
        entry.streak = uint16(streak);
        entry.enrolled = uint16(week + 1);
        entry.weekPoints = uint32(points);
        _weeks[week].points += uint192(points);
        _weeks[week].connections += 1;
        emit Connected(vehicle, week, points);
    }

    /// @inheritdoc IWeeklyRewards
    function lock(uint256 vehicle, uint256 amount) external {
        Vehicle storage entry = _active(vehicle);
        uint256 total = entry.locked + amount;
        uint256 level = lockLevel(total);
        if (level == 0) revert LockTooSmall(vehicle, total, LOCK_1);

        uint256 endsAt = block.timestamp + lockTerm(level);
        entry.locked = total;
        entry.lockEndsAt = uint64(endsAt);
        emit Locked(vehicle, amount, total, endsAt);

        if (amount > 0) _vault.deposit(vehicle, msg.sender, amount);
    }

    /// @inheritdoc IWeeklyRewards
    function unlock(uint256 vehicle) external {
        Vehicle storage entry = _active(vehicle);
        uint256 amount = entry.locked;
        if (amount == 0) revert NothingLocked(vehicle);
        if (block.timestamp < entry.lockEndsAt) revert VehicleLocked(vehicle, entry.lockEndsAt);

        entry.locked = 0;
        emit Unlocked(vehicle, msg.sender, amount);

        _vault.release(vehicle, msg.sender, amount);
    }

    /// @inheritdoc IWeeklyRewards
    function claim(uint256 vehicle) external returns (uint256 amount) {
        Vehicle storage entry = _owned(vehicle);
        _settle(entry);
        amount = entry.settled;
        if (amount == 0) revert NothingToClaim(vehicle);

        entry.settled = 0;
        totalPaid += amount;
        emit RewardClaimed(vehicle, msg.sender, amount);

        _token.mint(address(this), amount);
        _token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IWeeklyRewards
    function retire(uint256 vehicle) external {
        Vehicle storage entry = _active(vehicle);
        uint256 until = _unlocksAt(entry);
        if (block.timestamp < until) revert VehicleLocked(vehicle, until);

        uint256 refund = identityStake + entry.locked;
        entry.locked = 0;
        entry.retired = true;
        retiredVehicles += 1;
        emit Retired(vehicle, msg.sender, refund);

        if (refund > 0) _vault.release(vehicle, msg.sender, refund);
    }

    /// @inheritdoc IWeeklyRewards
    function claimable(uint256 vehicle) external view returns (uint256) {
        Vehicle storage entry = _vehicles[vehicle];
        return entry.settled + _unsettled(entry);
    }

    /// @inheritdoc IWeeklyRewards
    function pointsNow(uint256 vehicle) external view returns (uint256) {
        Vehicle storage entry = _vehicles[vehicle];
        if (entry.enrolled == currentWeek() + 1) return entry.weekPoints;
        return _pointsWith(entry, _streak(entry) + 1);
    }

    /// @inheritdoc IWeeklyRewards
    function hasConnected(uint256 vehicle, uint256 week) external view returns (bool) {
        uint256 enrolled = _vehicles[vehicle].enrolled;
        return enrolled != 0 && enrolled - 1 == week;
    }

    /// @inheritdoc IWeeklyRewards
    function streakOf(uint256 vehicle) external view returns (uint256) {
        return _streak(_vehicles[vehicle]);
    }

    /// @inheritdoc IWeeklyRewards
    function lockedFor(uint256 vehicle) external view returns (uint256) {
        return _vehicles[vehicle].locked;
    }

    /// @inheritdoc IWeeklyRewards
    function lockEndsAt(uint256 vehicle) external view returns (uint256) {
        return _vehicles[vehicle].lockEndsAt;
    }

    /// @inheritdoc IWeeklyRewards
    function unlocksAt(uint256 vehicle) external view returns (uint256) {
        if (vehicle >= vehicles) revert UnknownVehicle(vehicle);
        return _unlocksAt(_vehicles[vehicle]);
    }

    /// @inheritdoc IWeeklyRewards
    function ownerOf(uint256 vehicle) external view returns (address) {
        return _vehicles[vehicle].owner;
    }

    /// @inheritdoc IWeeklyRewards
    function isRetired(uint256 vehicle) external view returns (bool) {
        return _vehicles[vehicle].retired;
    }

    /// @inheritdoc IWeeklyRewards
    function pointsOf(uint256 week) external view returns (uint256) {
        return _weeks[week].points;
    }

    /// @inheritdoc IWeeklyRewards
    function connectionsIn(uint256 week) external view returns (uint256) {
        return _weeks[week].connections;
    }

    /// @inheritdoc IWeeklyRewards
    function weekLimit(uint256 week) external view returns (uint256) {
        return limitOfWeek(firstWeekLimit, week);
    }

    /// @inheritdoc IWeeklyRewards
    function connectionPoints(uint256 kind) external view returns (uint256) {
        if (kind >= _connectionPoints.length) revert UnknownKind(kind, _connectionPoints.length);
        return _connectionPoints[kind];
    }

    /// @inheritdoc IWeeklyRewards
    function kinds() external view returns (uint256) {
        return _connectionPoints.length;
    }

    /// @inheritdoc IWeeklyRewards
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc IWeeklyRewards
    function vault() external view returns (address) {
        return address(_vault);
    }

    /// @inheritdoc IWeeklyRewards
    function currentWeek() public view returns (uint256) {
        return (block.timestamp - start) / WEEK;
    }

    /// @dev Moves the share of a finished week into the settled balance, once.
    function _settle(Vehicle storage entry) private {
        if (!_isDue(entry)) return;
        // All limits together are below 364 x 2^112.
        entry.settled += uint128(_unsettled(entry));
        entry.weekPoints = 0;
    }

    /// @dev The caller's vehicle of that number.
    function _owned(uint256 vehicle) private view returns (Vehicle storage entry) {
        entry = _vehicles[vehicle];
        if (entry.owner == address(0)) revert UnknownVehicle(vehicle);
        if (entry.owner != msg.sender) revert NotOwner(vehicle, msg.sender, entry.owner);
    }

    /// @dev The caller's vehicle of that number, not retired.
    function _active(uint256 vehicle) private view returns (Vehicle storage entry) {
        entry = _owned(vehicle);
        if (entry.retired) revert VehicleRetired(vehicle);
    }

    /// @dev Whether the latest week of the vehicle has ended and was not settled.
    function _isDue(Vehicle storage entry) private view returns (bool) {
        return entry.weekPoints > 0 && entry.enrolled <= currentWeek();
    }

    /// @dev Base units of a finished week that are not settled yet, rounded down.
    function _unsettled(Vehicle storage entry) private view returns (uint256) {
        if (!_isDue(entry)) return 0;
        uint256 week = entry.enrolled - 1;
        return limitOfWeek(firstWeekLimit, week) * entry.weekPoints / _weeks[week].points;
    }

    /// @dev The streak in weeks, less what the finished weeks since its latest have cost.
    function _streak(Vehicle storage entry) private view returns (uint256) {
        uint256 week = currentWeek();
        uint256 missed = week > entry.enrolled ? week - entry.enrolled : 0;
        return streakAfterMisses(entry.streak, missed);
    }

    /// @dev The points of a week in which the vehicle connects, with the streak that this makes.
    function _pointsWith(Vehicle storage entry, uint256 streak) private view returns (uint256 points) {
        points = entry.connection;
        if (streaks) points += POINTS_PER_LEVEL * streakLevel(streak);
        if (block.timestamp < entry.lockEndsAt) points += POINTS_PER_LEVEL * lockLevel(entry.locked);
    }

    function _unlocksAt(Vehicle storage entry) private view returns (uint256) {
        uint256 staked = entry.registeredAt + stakeLock;
        return staked > entry.lockEndsAt ? staked : entry.lockEndsAt;
    }
}
