// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEligibility} from "./IEligibility.sol";

/// @title Refundable stakes: an identity is eligible while a fixed stake lies here for it.
/// @dev Amounts are base units of the token, times and lengths are seconds.
/// @dev Warning: the stake costs its sponsor only the time it is locked. If the lock is shorter than an epoch of the
/// pool it gates, one stake serves several identities in the same epoch, one after the other.
/// @dev Warning: anyone may sponsor any identity, and then alone decides when its eligibility ends.
interface IStakeVault is IEligibility {
    /// @notice `sponsor` staked `amount` base units for `who`.
    event Staked(address indexed who, address indexed sponsor, uint256 amount);

    /// @notice `amount` base units staked for `who` went back to `sponsor`.
    event Withdrawn(address indexed who, address indexed sponsor, uint256 amount);

    /// @notice `who` has a stake already, put there by `sponsor`.
    error AlreadyStaked(address who, address sponsor);

    /// @notice There is no stake for `who`.
    error NotStaked(address who);

    /// @notice Only `sponsor` may withdraw the stake of `who`, and the caller is `caller`.
    error NotSponsor(address who, address caller, address sponsor);

    /// @notice The stake of `who` is locked until the timestamp `unlocksAt`, in seconds.
    error StakeLocked(address who, uint256 unlocksAt);

    /// @notice The token delivered `received` base units where `expected` were asked for.
    error StakeShort(uint256 expected, uint256 received);

    /// @notice A lock is at most 2^64 - 1 seconds.
    error InvalidLock(uint256 lockSeconds);

    /// @notice A stake token must be a contract.
    error InvalidToken(address token);

    /// @notice Stakes for `who`: takes `stake` from the caller, who becomes the sponsor and must have approved it.
    /// @param who The identity that becomes eligible.
    /// @dev Warning: a token that takes a fee on transfers is refused with {StakeShort}. One that changes balances
    /// afterwards (rebasing, fees switched on later) is not detected, and its last sponsors may wait in vain.
    function stakeFor(address who) external;

    /// @notice Returns the whole stake of `who` to its sponsor, the caller, once the lock is over.
    /// @param who The identity that stops being eligible.
    function withdraw(address who) external;

    /// @notice Base units staked for `who`: `stake` or zero.
    function stakeOf(address who) external view returns (uint256);

    /// @notice Who staked for `who`, and alone may withdraw; zero if nobody.
    function sponsorOf(address who) external view returns (address);

    /// @notice Timestamp, in seconds, from which the stake of `who` may be withdrawn; zero if there is none.
    function unlocksAt(address who) external view returns (uint256);

    /// @notice Base units of all stakes together.
    function totalStaked() external view returns (uint256);

    /// @notice Base units of one stake. May be zero: then eligibility costs gas alone.
    function stake() external view returns (uint256);

    /// @notice Seconds a stake stays locked after `stakeFor`.
    function lockSeconds() external view returns (uint256);

    /// @notice The token staked.
    function token() external view returns (address);
}
