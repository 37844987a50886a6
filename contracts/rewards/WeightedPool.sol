// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IDataToken} from "../tokens/interfaces/IDataToken.sol";
import {IWeightedPool} from "./interfaces/IWeightedPool.sol";

/// @title Shares what comes in among contributions, by weight; what a contribution weighs is left to the pool's rule.
/// @dev Invariants:
/// - the pool holds what it owes: its balance is at least `totalDistributed` - `totalPaid`;
/// - what is paid and owed never exceeds `totalDistributed`, and is below it by at most one base unit, and one more
///   for every time that the weight of an account changed or an account claimed, up to 10^18 records in all;
/// - the weights of all accounts add up to `totalWeight`;
/// - while nothing weighs, nothing is issued, and what arrives waits.
///
/// One accumulator holds what a unit of weight has earned so far (Batog, Boca, Johnson: "Scalable reward distribution
/// on the Ethereum blockchain", 2018), with 36 decimals and the remainder of each division carried into the next: the
/// work per call does not grow with accounts, and no dust is lost to the accumulator.
///
/// An emission is minted when anything happens and stays here until claimed: a ledger sees the issue (0 -> pool), what
/// others pay in (payer -> pool) and the payment (pool -> contributor) apart.
abstract contract WeightedPool is IWeightedPool, ReentrancyGuard {
    using SafeERC20 for IDataToken;

    /// @dev One record, in WAD.
    uint256 internal constant WAD = 1e18;

    /// @dev Decimals of what a unit of weight has earned.
    uint256 private constant SCALE = 1e36;

    /// @dev `records` is zero once the contribution is taken out.
    struct Contribution {
        address owner;
        uint40 records;
        uint128 weight;
    }

    /// @dev `paidUpTo`: the accumulator when the account was last settled. `settled`: base units.
    struct Account {
        uint256 weight;
        uint256 paidUpTo;
        uint256 settled;
    }

    IDataToken private immutable _token;

    /// @inheritdoc IWeightedPool
    uint256 public immutable emission;

    /// @inheritdoc IWeightedPool
    uint256 public immutable emissionEnd;

    /// @inheritdoc IWeightedPool
    uint256 public totalWeight;

    /// @inheritdoc IWeightedPool
    uint256 public totalDistributed;

    /// @inheritdoc IWeightedPool
    uint256 public totalPaid;

    /// @dev What a unit of weight has earned so far, in base units with 36 decimals, and what the last division left.
    uint256 private _perWeight;
    uint256 private _remainder;

    /// @dev When the emission was last issued, or passed by because nothing weighed.
    uint256 private _issuedAt;

    Contribution[] private _contributions;
    mapping(address who => Account) private _accounts;

    /// @param token_ An {IDataToken}; it must name this pool as a minter if there is an emission.
    /// @param emission_ Base units per second.
    /// @param duration Seconds from now for which they are issued.
    constructor(address token_, uint256 emission_, uint256 duration) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        _token = IDataToken(token_);
        emission = emission_;
        emissionEnd = block.timestamp + duration;
        _issuedAt = block.timestamp;
    }

    /// @inheritdoc IWeightedPool
    function contribute(bytes32 dataHash, uint256 records) external nonReentrant returns (uint256 contribution) {
        if (records == 0 || records > type(uint40).max) revert InvalidRecords(records);
        contribution = _contributions.length;
        _contributions.push(Contribution({owner: msg.sender, records: uint40(records), weight: 0}));
        uint256 weight = _initialWeight(contribution, records);
        emit Contributed(contribution, msg.sender, records, dataHash, weight);
        _reweigh(contribution, weight);
    }

    /// @inheritdoc IWeightedPool
    function remove(uint256 contribution) external nonReentrant {
        Contribution storage entry = _present(contribution);
        if (entry.owner != msg.sender) revert NotContributor(contribution, msg.sender, entry.owner);
        _reweigh(contribution, 0);
        entry.records = 0;
        emit Removed(contribution, msg.sender);
    }

    /// @inheritdoc IWeightedPool
    function fund(uint256 amount) external nonReentrant {
        _token.safeTransferFrom(msg.sender, address(this), amount);
        _distribute();
    }

    /// @inheritdoc IWeightedPool
    function distribute() external nonReentrant {
        _distribute();
    }

    /// @inheritdoc IWeightedPool
    function claim() external nonReentrant returns (uint256 amount) {
        _distribute();
        Account storage account = _accounts[msg.sender];
        _settle(account);
        amount = account.settled;
        if (amount == 0) revert NothingToClaim(msg.sender);

        account.settled = 0;
        totalPaid += amount;
        emit RewardClaimed(msg.sender, amount);

        _token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IWeightedPool
    function claimable(address who) external view returns (uint256) {
        Account storage account = _accounts[who];
        uint256 perWeight = _perWeight;
        uint256 pending = _pendingIssue() + _unshared();
        if (totalWeight > 0 && pending > 0) perWeight += (pending * SCALE + _remainder) / totalWeight;
        return account.settled + _earnedDown(account.weight, perWeight - account.paidUpTo);
    }

    /// @inheritdoc IWeightedPool
    function weightOf(address who) external view returns (uint256) {
        return _accounts[who].weight;
    }

    /// @inheritdoc IWeightedPool
    function contributions() external view returns (uint256) {
        return _contributions.length;
    }

    /// @inheritdoc IWeightedPool
    function contributorOf(uint256 contribution) external view returns (address) {
        return contribution < _contributions.length ? _contributions[contribution].owner : address(0);
    }

    /// @inheritdoc IWeightedPool
    function recordsOf(uint256 contribution) external view returns (uint256) {
        return contribution < _contributions.length ? _contributions[contribution].records : 0;
    }

    /// @inheritdoc IWeightedPool
    function contributionWeight(uint256 contribution) external view returns (uint256) {
        return contribution < _contributions.length ? _contributions[contribution].weight : 0;
    }

    /// @inheritdoc IWeightedPool
    function token() external view returns (address) {
        return address(_token);
    }

    /// @dev What a new contribution weighs, in WAD records: at most records x WAD.
    function _initialWeight(uint256 contribution, uint256 records) internal virtual returns (uint256);

    /// @dev Gives a contribution another weight, after everything so far was shared by the old ones.
    function _reweigh(uint256 contribution, uint256 weight) internal {
        _distribute();
        Contribution storage entry = _contributions[contribution];
        Account storage account = _accounts[entry.owner];
        _settle(account);
        account.weight = account.weight - entry.weight + weight;
        totalWeight = totalWeight - entry.weight + weight;
        // At most 2^40 records of 10^18 each.
        entry.weight = uint128(weight);
    }

    /// @dev The contribution of that number, unless it was taken out.
    function _present(uint256 contribution) internal view returns (Contribution storage entry) {
        if (contribution >= _contributions.length) {
            revert UnknownContribution(contribution, _contributions.length);
        }
        entry = _contributions[contribution];
        if (entry.records == 0) revert ContributionRemoved(contribution);
    }

    /// @dev Issues what is due, and shares all that lies here beyond what is owed.
    function _distribute() private {
        uint256 issue = _pendingIssue();
        _issuedAt = block.timestamp;
        if (issue > 0) _token.mint(address(this), issue);
        uint256 weight = totalWeight;
        uint256 amount = _unshared();
        if (weight == 0 || amount == 0) return;

        uint256 total = totalDistributed + amount;
        if (total >= 1 << 128) revert PoolOverflow(total);
        totalDistributed = total;
        uint256 scaled = amount * SCALE + _remainder;
        _perWeight += scaled / weight;
        _remainder = scaled % weight;
        emit Distributed(amount, weight);
    }

    /// @dev Base units to be issued for the time since this was last done; none for a time without weight.
    function _pendingIssue() private view returns (uint256) {
        if (totalWeight == 0 || emission == 0) return 0;
        uint256 until = Math.min(block.timestamp, emissionEnd);
        return Math.saturatingSub(until, _issuedAt) * emission;
    }

    /// @dev Base units that lie here and are owed to nobody yet.
    function _unshared() private view returns (uint256) {
        return Math.saturatingSub(_token.balanceOf(address(this)), totalDistributed - totalPaid);
    }

    /// @dev Moves what the account has earned into its settled balance.
    function _settle(Account storage account) private {
        account.settled += _earnedDown(account.weight, _perWeight - account.paidUpTo);
        account.paidUpTo = _perWeight;
    }

    /// @dev Weight times what a unit of it has earned: below 2^128 x 10^36, since no weight exceeds the total.
    function _earnedDown(uint256 weight, uint256 perWeight) private pure returns (uint256) {
        return weight * perWeight / SCALE;
    }
}
