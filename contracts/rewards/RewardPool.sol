// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IEligibility} from "../staking/interfaces/IEligibility.sol";
import {IDataToken} from "../tokens/interfaces/IDataToken.sol";
import {IRewardPool} from "./interfaces/IRewardPool.sol";

/// @title Pays a fixed reward per epoch, split equally among the epoch's contributors.
/// @dev Invariants:
/// - claims never exceed the pool: `totalPaid` <= `rewardPerEpoch` x finished epochs;
/// - what is owed and paid for a finished epoch of n contributors is n x floor(rewardPerEpoch / n): never above
///   `rewardPerEpoch`, and less than n base units below it. That dust is never issued;
/// - an epoch without contributors pays nothing, then or later.
///
/// Rewards are issued as they are claimed: the pool mints to itself and transfers to the claimer. A ledger therefore
/// sees the issue (0 -> pool) and the payment (pool -> contributor) apart, and the pool holds nothing between claims.
///
/// An account keeps a settled balance and its latest epoch, and every call settles at most that one epoch: the work
/// per call does not grow with epochs or contributors.
contract RewardPool is IRewardPool {
    using SafeERC20 for IDataToken;

    /// @dev `enrolled` is the latest epoch contributed in, plus one (zero: never). `pending` says that the share of
    /// that epoch is not yet in `settled`, in base units.
    struct Account {
        uint256 settled;
        uint128 enrolled;
        bool pending;
    }

    IDataToken private immutable _token;
    IEligibility private immutable _gate;

    /// @inheritdoc IRewardPool
    uint256 public immutable rewardPerEpoch;

    /// @inheritdoc IRewardPool
    uint256 public immutable epochLength;

    /// @inheritdoc IRewardPool
    uint256 public immutable start;

    /// @inheritdoc IRewardPool
    uint256 public totalPaid;

    /// @inheritdoc IRewardPool
    mapping(uint256 epoch => uint256) public contributors;

    mapping(address who => Account) private _accounts;

    /// @param token_ An {IDataToken} that will name this pool as a minter.
    /// @param rewardPerEpoch_ Base units shared per epoch.
    /// @param epochLength_ Seconds per epoch, at least one.
    /// @param gate_ An {IEligibility}, or zero for open entry.
    constructor(address token_, uint256 rewardPerEpoch_, uint256 epochLength_, address gate_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        if (epochLength_ == 0) revert InvalidEpochLength(epochLength_);
        if (gate_ != address(0) && gate_.code.length == 0) revert InvalidGate(gate_);
        _token = IDataToken(token_);
        rewardPerEpoch = rewardPerEpoch_;
        epochLength = epochLength_;
        _gate = IEligibility(gate_);
        start = block.timestamp;
    }

    /// @inheritdoc IRewardPool
    function contribute(bytes32 dataHash) external {
        if (address(_gate) != address(0) && !_gate.isEligible(msg.sender)) revert NotEligible(msg.sender);

        uint256 epoch = currentEpoch();
        Account storage account = _accounts[msg.sender];
        if (account.enrolled == epoch + 1) revert AlreadyContributed(msg.sender, epoch);
        _settle(account);
        // An epoch is at most a timestamp, and timestamps are far below 2^128.
        account.enrolled = uint128(epoch + 1);
        account.pending = true;
        contributors[epoch] += 1;
        emit Contributed(msg.sender, epoch, dataHash);
    }

    /// @inheritdoc IRewardPool
    function claim() external returns (uint256 amount) {
        Account storage account = _accounts[msg.sender];
        _settle(account);
        amount = account.settled;
        if (amount == 0) revert NothingToClaim(msg.sender);

        account.settled = 0;
        totalPaid += amount;
        emit RewardClaimed(msg.sender, amount);

        _token.mint(address(this), amount);
        _token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IRewardPool
    function claimable(address who) external view returns (uint256) {
        Account storage account = _accounts[who];
        return account.settled + _unsettled(account);
    }

    /// @inheritdoc IRewardPool
    function hasContributed(address who, uint256 epoch) external view returns (bool) {
        uint256 enrolled = _accounts[who].enrolled;
        return enrolled != 0 && enrolled - 1 == epoch;
    }

    /// @inheritdoc IRewardPool
    function lastReward() external view returns (uint256) {
        uint256 epoch = currentEpoch();
        if (epoch == 0 || contributors[epoch - 1] == 0) return 0;
        return _shareDown(epoch - 1);
    }

    /// @inheritdoc IRewardPool
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc IRewardPool
    function gate() external view returns (address) {
        return address(_gate);
    }

    /// @inheritdoc IRewardPool
    function currentEpoch() public view returns (uint256) {
        return (block.timestamp - start) / epochLength;
    }

    /// @dev Moves the share of a finished epoch into the settled balance, once.
    function _settle(Account storage account) private {
        if (!_isDue(account)) return;
        account.settled += _unsettled(account);
        account.pending = false;
    }

    /// @dev Base units of a finished epoch that are not settled yet.
    function _unsettled(Account storage account) private view returns (uint256) {
        return _isDue(account) ? _shareDown(account.enrolled - 1) : 0;
    }

    /// @dev Whether the latest epoch of the account has ended and was not settled.
    function _isDue(Account storage account) private view returns (bool) {
        return account.pending && account.enrolled <= currentEpoch();
    }

    /// @dev Base units per contributor of `epoch`, rounded down; the epoch must have a contributor.
    function _shareDown(uint256 epoch) private view returns (uint256) {
        return rewardPerEpoch / contributors[epoch];
    }
}
