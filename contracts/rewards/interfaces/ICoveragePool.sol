// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A reward per epoch, shared by what each supplier covers: each record's value in equal parts among its suppliers.
/// @dev In the game in which a coalition is worth the records that any of its members supplies, this is each supplier's
/// Shapley value, exactly: of a record that n supply, whoever comes first in a random order brings it, and each of the n
/// is as likely to. The reward of an epoch is the value of all records together, each record the same part of it. Amounts
/// are base units of the token, times are seconds, epochs are counted from zero.
///
/// Against replication (Agarwal, Dahleh, Sarkar, "A marketplace for data", 2019, section 4.3), a supplier's value can be
/// multiplied by e^(-lambda x sum of similarities): a similarity to another supplier is the share of one's own records
/// that the other supplies too, from 0 to 1, and 1 for a clone.
/// @dev Warning: records are hashes. Whether there is data behind one, and whether it is worth anything, nobody checks
/// here: made-up records are nobody else's, and earn whole parts.
interface ICoveragePool {
    /// @notice `who` supplied `count` more records in `epoch`.
    event Supplied(address indexed who, uint256 indexed epoch, uint256 count);

    /// @notice `who` was paid `amount` base units for `epoch`.
    event RewardClaimed(address indexed who, uint256 indexed epoch, uint256 amount);

    /// @notice Records are given in strictly ascending order: `record` does not follow `previous`.
    error NotAscending(bytes32 previous, bytes32 record);

    /// @notice A call names at least one record.
    error NoRecords();

    /// @notice An account supplies at most `most` records in an epoch, and this would be `count`.
    error TooManyRecords(uint256 count, uint256 most);

    /// @notice `who` has supplied `record` in `epoch` already.
    error AlreadySupplied(address who, uint256 epoch, bytes32 record);

    /// @notice `who` did not supply `record` in `epoch`.
    error NotSupplied(address who, uint256 epoch, bytes32 record);

    /// @notice All `supplied` records of `who` must be named at once, and `named` were.
    error RecordsMissing(address who, uint256 epoch, uint256 named, uint256 supplied);

    /// @notice `epoch` is not over.
    error EpochRuns(uint256 epoch);

    /// @notice `who` was paid for `epoch` already.
    error AlreadyClaimed(address who, uint256 epoch);

    /// @notice An epoch must last at least one second.
    error InvalidEpochLength(uint256 epochLength);

    /// @notice A reward must be below 2^112 base units.
    error InvalidReward(uint256 rewardPerEpoch);

    /// @notice A lambda is at most 100 (10^20 in WAD).
    error InvalidLambda(uint256 lambda);

    /// @notice A reward token must be a contract.
    error InvalidToken(address token);

    /// @notice Says that the caller supplies these records in the current epoch.
    /// @param records Hashes, strictly ascending; at most 256 for an account in an epoch.
    function supply(bytes32[] calldata records) external;

    /// @notice Pays the caller its part of a finished epoch, once.
    /// @param epoch Its number.
    /// @param records All that the caller supplied in it, strictly ascending.
    /// @return amount Base units paid; may be zero.
    function claim(uint256 epoch, bytes32[] calldata records) external returns (uint256 amount);

    /// @notice What `claim` would pay `who` for a finished epoch, or what it would if a running one ended now.
    /// @param who Whose part.
    /// @param epoch Its number.
    /// @param records All that `who` supplied in it, strictly ascending.
    /// @return amount Base units; zero if it was paid.
    function claimable(address who, uint256 epoch, bytes32[] calldata records) external view returns (uint256 amount);

    /// @notice How many accounts supplied `record` in `epoch`.
    function suppliersOf(uint256 epoch, bytes32 record) external view returns (uint256);

    /// @notice How many different records were supplied in `epoch`.
    function coverage(uint256 epoch) external view returns (uint256);

    /// @notice How many records `who` supplied in `epoch`.
    function suppliedBy(uint256 epoch, address who) external view returns (uint256);

    /// @notice Whether `who` was paid for `epoch`.
    function hasClaimed(uint256 epoch, address who) external view returns (bool);

    /// @notice The epoch that runs.
    function currentEpoch() external view returns (uint256);

    /// @notice Base units paid by all claims so far.
    function totalPaid() external view returns (uint256);

    /// @notice Base units that all records of an epoch are worth together.
    function rewardPerEpoch() external view returns (uint256);

    /// @notice Seconds an epoch lasts.
    function epochLength() external view returns (uint256);

    /// @notice How much similarity costs, in WAD; zero: nothing.
    function lambda() external view returns (uint256);

    /// @notice Timestamp at which epoch zero began: the deployment.
    function start() external view returns (uint256);

    /// @notice The token paid; the pool must be one of its minters before the first claim.
    function token() external view returns (address);
}
