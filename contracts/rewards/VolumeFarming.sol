// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IdentityVault} from "../staking/IdentityVault.sol";
import {IDataToken} from "../tokens/interfaces/IDataToken.sol";
import {IVolumeFarming} from "./interfaces/IVolumeFarming.sol";

/// @title Pays stakes on data by the volume of its sales, within bounds.
/// @dev Invariants:
/// - what is paid and owed for a week exceeds neither the budget nor the multiplier times the volume, and no stake earns
///   more than the bound on its yield;
/// - a stake earns nothing for the week in which it was put in, nor for one in which it was taken out;
/// - stakes lie in the vault, never here, and go back to who put them there.
///
/// All three bounds are linear in the stake, so that a week's reward is one number per unit of stake: each asset keeps
/// the sum of them, and every call closes at most one week of one asset, because a week in which nothing happened to an
/// asset earned it nothing. The work per call does not grow with stakers, assets or weeks.
///
/// Rewards are issued as they are claimed, as in {WeeklyRewards}.
///
/// Departures from the published programme: the budget is shared by volume, where df-py shares most of it by the
/// logarithm of an asset's rank among the hundred largest; a publisher's own stake counts once, where it counts twice;
/// the stake is of tokens, where it is of tokens locked for a time.
contract VolumeFarming is IVolumeFarming, Ownable {
    using SafeERC20 for IDataToken;

    uint256 private constant WAD = 1e18;
    uint256 private constant WEEK = 7 days;

    /// @dev Decimals of what a unit of stake has earned.
    uint256 private constant SCALE = 1e36;

    /// @dev The published table: its first and last bounded week, what each takes away, and what remains.
    uint256 private constant BOUNDED_FROM = 9;
    uint256 private constant BOUNDED_TO = 28;
    uint256 private constant STEP = 0.0485e18;
    uint256 private constant FLOOR = 0.001e18;

    uint256 private constant SIZE = 1 << 112;

    /// @dev `active` counts in `week`, the last week in which something happened, and `pending` from the next on.
    struct Asset {
        uint128 active;
        uint128 pending;
        uint256 week;
        uint256 perStake;
    }

    /// @dev The same of one account. `paidUpTo`: the asset's `perStake` when the account was last settled.
    struct Position {
        uint128 active;
        uint128 pending;
        uint256 week;
        uint256 paidUpTo;
        uint256 settled;
    }

    IDataToken private immutable _token;
    IdentityVault private immutable _vault;
    bool private immutable _published;
    uint256 private immutable _fixedMultiplier;

    /// @inheritdoc IVolumeFarming
    uint256 public immutable firstWeek;

    /// @inheritdoc IVolumeFarming
    uint256 public immutable budget;

    /// @inheritdoc IVolumeFarming
    uint256 public immutable yieldBound;

    /// @inheritdoc IVolumeFarming
    uint256 public immutable start;

    /// @inheritdoc IVolumeFarming
    uint256 public totalPaid;

    /// @inheritdoc IVolumeFarming
    mapping(uint256 asset => mapping(uint256 week => uint256)) public volumeOf;

    /// @inheritdoc IVolumeFarming
    mapping(uint256 week => uint256) public totalVolume;

    /// @inheritdoc IVolumeFarming
    mapping(address account => bool) public isRecorder;

    mapping(uint256 asset => Asset) private _assets;
    mapping(uint256 asset => mapping(address who => Position)) private _positions;

    /// @dev What a unit of stake had earned at the end of a week in which somebody staked.
    mapping(uint256 asset => mapping(uint256 week => uint256)) private _perStakeAt;

    /// @param token_ An {IDataToken} that will name this contract as a minter.
    /// @param config How it pays.
    constructor(address token_, Config memory config) Ownable(msg.sender) {
        if (config.budget >= SIZE) revert InvalidBudget(config.budget);
        if (config.yieldBound > WAD) revert InvalidYieldBound(config.yieldBound);
        if (config.fixedMultiplier > SCALE && config.fixedMultiplier != type(uint256).max) {
            revert InvalidMultiplier(config.fixedMultiplier);
        }
        _vault = new IdentityVault(token_);
        _token = IDataToken(token_);
        _published = config.published;
        _fixedMultiplier = config.fixedMultiplier;
        firstWeek = config.firstWeek;
        budget = config.budget;
        yieldBound = config.yieldBound;
        start = block.timestamp;
    }

    /// @inheritdoc IVolumeFarming
    function stake(uint256 asset, uint256 amount) external {
        _requireAmount(amount);
        uint256 week = currentWeek();
        Position storage position = _touch(asset, week, msg.sender);
        Asset storage entry = _assets[asset];
        // The vault holds less than 2^112 x the number of stakes.
        position.pending += uint128(amount);
        entry.pending += uint128(amount);
        emit Staked(asset, msg.sender, amount, week);
        _vault.deposit(asset, msg.sender, amount);
    }

    /// @inheritdoc IVolumeFarming
    function unstake(uint256 asset, uint256 amount) external {
        _requireAmount(amount);
        uint256 week = currentWeek();
        Position storage position = _touch(asset, week, msg.sender);
        Asset storage entry = _assets[asset];
        uint256 staked = uint256(position.active) + position.pending;
        if (amount > staked) revert StakeExceeded(asset, msg.sender, staked, amount);
        uint128 latest = uint128(Math.min(amount, position.pending));
        uint128 rest = uint128(amount - latest);
        position.pending -= latest;
        entry.pending -= latest;
        position.active -= rest;
        entry.active -= rest;
        emit Unstaked(asset, msg.sender, amount, week);
        _vault.release(asset, msg.sender, amount);
    }

    /// @inheritdoc IVolumeFarming
    function recordVolume(uint256 asset, uint256 amount) external {
        if (!isRecorder[msg.sender]) revert RecorderUnauthorized(msg.sender);
        _requireAmount(amount);
        uint256 week = currentWeek();
        _close(asset, week);
        volumeOf[asset][week] += amount;
        totalVolume[week] += amount;
        emit VolumeRecorded(asset, week, amount);
    }

    /// @inheritdoc IVolumeFarming
    function claim(uint256 asset) external returns (uint256 amount) {
        Position storage position = _touch(asset, currentWeek(), msg.sender);
        amount = position.settled;
        if (amount == 0) revert NothingToClaim(asset, msg.sender);
        position.settled = 0;
        totalPaid += amount;
        emit RewardClaimed(asset, msg.sender, amount);

        _token.mint(address(this), amount);
        _token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IVolumeFarming
    function grantRecorder(address account) external onlyOwner {
        isRecorder[account] = true;
        emit RecorderGranted(account);
    }

    /// @inheritdoc IVolumeFarming
    function revokeRecorder(address account) external onlyOwner {
        isRecorder[account] = false;
        emit RecorderRevoked(account);
    }

    /// @inheritdoc IVolumeFarming
    function claimable(uint256 asset, address who) external view returns (uint256) {
        Asset memory entry = _assets[asset];
        Position memory position = _positions[asset][who];
        uint256 week = currentWeek();
        uint256 atWeekEnd = _perStakeAt[asset][position.week];
        if (entry.week < week) {
            uint256 perStake = entry.perStake + _weekPerStake(asset, entry.week, entry.active);
            if (position.week == entry.week) atWeekEnd = perStake;
            entry.perStake = perStake;
        }
        return position.settled + _earnedDown(position, entry.perStake, atWeekEnd, week);
    }

    /// @inheritdoc IVolumeFarming
    function stakeOf(uint256 asset, address who) external view returns (uint256) {
        Position storage position = _positions[asset][who];
        return uint256(position.active) + position.pending;
    }

    /// @inheritdoc IVolumeFarming
    function stakedOn(uint256 asset) external view returns (uint256) {
        Asset storage entry = _assets[asset];
        return entry.week < currentWeek() ? uint256(entry.active) + entry.pending : entry.active;
    }

    /// @inheritdoc IVolumeFarming
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc IVolumeFarming
    function vault() external view returns (address) {
        return address(_vault);
    }

    /// @inheritdoc IVolumeFarming
    function currentWeek() public view returns (uint256) {
        return firstWeek + (block.timestamp - start) / WEEK;
    }

    /// @inheritdoc IVolumeFarming
    function multiplier(uint256 week) public view returns (uint256) {
        if (!_published) return _fixedMultiplier;
        if (week < BOUNDED_FROM) return type(uint256).max;
        if (week > BOUNDED_TO) return FLOOR;
        return WAD - STEP * (week - BOUNDED_FROM);
    }

    /// @dev Brings an asset and a position on it to `week`.
    function _touch(uint256 asset, uint256 week, address who) private returns (Position storage position) {
        _close(asset, week);
        position = _positions[asset][who];
        uint256 perStake = _assets[asset].perStake;
        position.settled += _earnedDown(position, perStake, _perStakeAt[asset][position.week], week);
        position.paidUpTo = perStake;
        if (position.week < week) {
            position.active += position.pending;
            position.pending = 0;
            position.week = week;
        }
    }

    /// @dev Closes the last week in which something happened to an asset, if it is over.
    function _close(uint256 asset, uint256 week) private {
        Asset storage entry = _assets[asset];
        uint256 last = entry.week;
        if (last >= week) return;
        uint256 earned = _weekPerStake(asset, last, entry.active);
        if (earned > 0) {
            entry.perStake += earned;
            emit WeekClosed(asset, last, earned * entry.active / SCALE);
        }
        if (entry.pending > 0) {
            _perStakeAt[asset][last] = entry.perStake;
            entry.active += entry.pending;
            entry.pending = 0;
        }
        entry.week = week;
    }

    /// @dev What a unit of stake on an asset earned in a finished week, with 36 decimals, rounded down.
    function _weekPerStake(uint256 asset, uint256 week, uint256 staked) private view returns (uint256) {
        uint256 volume = volumeOf[asset][week];
        if (volume == 0 || staked == 0) return 0;
        uint256 reward = Math.mulDiv(budget, volume, totalVolume[week]);
        uint256 bound = multiplier(week);
        if (bound != type(uint256).max) reward = Math.min(reward, Math.mulDiv(bound, volume, WAD));
        // A reward is at most the budget, below 2^112.
        return Math.min(Math.mulDiv(reward, SCALE, staked), yieldBound * (SCALE / WAD));
    }

    /// @dev What a position earned since it was settled: its stake all the time, and what was pending from the end of
    /// its week on. Base units, rounded down.
    function _earnedDown(Position memory position, uint256 perStake, uint256 atWeekEnd, uint256 week)
        private
        pure
        returns (uint256)
    {
        uint256 earned = position.active * (perStake - position.paidUpTo);
        if (position.pending > 0 && position.week < week) earned += position.pending * (perStake - atWeekEnd);
        return earned / SCALE;
    }

    function _requireAmount(uint256 amount) private pure {
        if (amount == 0 || amount >= SIZE) revert InvalidAmount(amount);
    }
}
