// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {IEligibility} from "./interfaces/IEligibility.sol";
import {IStakeVault} from "./interfaces/IStakeVault.sol";

/// @title Holds one refundable stake per identity, and calls the staked ones eligible.
/// @dev Invariants:
/// - `totalStaked` is the sum of `stakeOf` over all identities;
/// - the vault's balance covers `totalStaked`, and equals it unless somebody sends it tokens unasked;
/// - a sponsor gets back exactly what it staked, once.
///
/// State is written before the token is called. The guard is needed besides: `stakeFor` compares balances around its
/// transfer, and a token that called back into `stakeFor` could let one delivery count for two stakes.
contract StakeVault is IStakeVault, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @dev `unlocksAt` is a timestamp in seconds.
    struct Deposit {
        address sponsor;
        uint96 unlocksAt;
    }

    IERC20 private immutable _token;

    /// @inheritdoc IStakeVault
    uint256 public immutable stake;

    /// @inheritdoc IStakeVault
    uint256 public immutable lockSeconds;

    /// @inheritdoc IStakeVault
    uint256 public totalStaked;

    mapping(address who => Deposit) private _deposits;

    /// @param token_ The ERC-20 staked.
    /// @param stake_ Base units of one stake.
    /// @param lockSeconds_ Seconds a stake stays locked, at most 2^64 - 1.
    constructor(address token_, uint256 stake_, uint256 lockSeconds_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        if (lockSeconds_ > type(uint64).max) revert InvalidLock(lockSeconds_);
        _token = IERC20(token_);
        stake = stake_;
        lockSeconds = lockSeconds_;
    }

    /// @inheritdoc IStakeVault
    function stakeFor(address who) external nonReentrant {
        Deposit storage deposit = _deposits[who];
        if (deposit.sponsor != address(0)) revert AlreadyStaked(who, deposit.sponsor);

        deposit.sponsor = msg.sender;
        // A timestamp and a lock are each below 2^64, so their sum is below 2^96.
        deposit.unlocksAt = uint96(block.timestamp + lockSeconds);
        totalStaked += stake;
        emit Staked(who, msg.sender, stake);

        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(msg.sender, address(this), stake);
        uint256 received = _token.balanceOf(address(this)) - before;
        if (received < stake) revert StakeShort(stake, received);
    }

    /// @inheritdoc IStakeVault
    function withdraw(address who) external nonReentrant {
        Deposit memory deposit = _deposits[who];
        if (deposit.sponsor == address(0)) revert NotStaked(who);
        if (deposit.sponsor != msg.sender) revert NotSponsor(who, msg.sender, deposit.sponsor);
        if (block.timestamp < deposit.unlocksAt) revert StakeLocked(who, deposit.unlocksAt);

        delete _deposits[who];
        totalStaked -= stake;
        emit Withdrawn(who, msg.sender, stake);

        _token.safeTransfer(msg.sender, stake);
    }

    /// @inheritdoc IEligibility
    function isEligible(address who) external view returns (bool) {
        return _deposits[who].sponsor != address(0);
    }

    /// @inheritdoc IStakeVault
    function stakeOf(address who) external view returns (uint256) {
        return _deposits[who].sponsor == address(0) ? 0 : stake;
    }

    /// @inheritdoc IStakeVault
    function sponsorOf(address who) external view returns (address) {
        return _deposits[who].sponsor;
    }

    /// @inheritdoc IStakeVault
    function unlocksAt(address who) external view returns (uint256) {
        return _deposits[who].unlocksAt;
    }

    /// @inheritdoc IStakeVault
    function token() external view returns (address) {
        return address(_token);
    }
}
