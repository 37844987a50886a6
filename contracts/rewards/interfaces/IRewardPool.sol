// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A pro-rata reward pool: a fixed reward per epoch, split equally among those who contributed in it.
/// @dev Epochs are counted from zero: epoch(t) = (t - start) / epochLength. Amounts are base units of the token,
/// times and lengths are seconds.
/// @dev Warning: an equal split per identity pays k identities k times. With open entry (no gate) this is the pool
/// that identity farms are made for; that is its purpose here.
interface IRewardPool {
    /// @notice `who` was enrolled in `epoch` with the data of that hash.
    event Contributed(address indexed who, uint256 indexed epoch, bytes32 dataHash);

    /// @notice `who` was paid `amount` base units.
    event RewardClaimed(address indexed who, uint256 amount);

    /// @notice `who` is enrolled in `epoch` already.
    error AlreadyContributed(address who, uint256 epoch);

    /// @notice The gate does not let `who` contribute.
    error NotEligible(address who);

    /// @notice Nothing is owed to `who` over finished epochs.
    error NothingToClaim(address who);

    /// @notice An epoch must last at least one second.
    error InvalidEpochLength(uint256 epochLength);

    /// @notice A reward token must be a contract.
    error InvalidToken(address token);

    /// @notice A gate must be a contract, or the zero address for open entry.
    error InvalidGate(address gate);

    /// @notice Enrols the caller in the current epoch.
    /// @param dataHash Hash of what is contributed; only recorded in the event.
    /// @dev Warning: the pool never judges the data. The gate is asked here and not again at `claim`.
    function contribute(bytes32 dataHash) external;

    /// @notice Pays the caller all that is owed over finished epochs, or reverts with {NothingToClaim}.
    /// @return amount Base units paid.
    function claim() external returns (uint256 amount);

    /// @notice What `claim` would pay `who` now, in base units; the running epoch is not in it.
    function claimable(address who) external view returns (uint256);

    /// @notice How many identities contributed in `epoch`. Grows while the epoch runs.
    function contributors(uint256 epoch) external view returns (uint256);

    /// @notice The epoch that is running, counted from zero.
    function currentEpoch() external view returns (uint256);

    /// @notice Whether `who` contributed in `epoch`.
    /// @dev Warning: the pool remembers one epoch per account, its latest: for earlier ones the answer is false.
    function hasContributed(address who, uint256 epoch) external view returns (bool);

    /// @notice Base units each contributor of the last finished epoch earned; zero if there was none.
    function lastReward() external view returns (uint256);

    /// @notice Base units paid by all claims so far.
    function totalPaid() external view returns (uint256);

    /// @notice Base units shared by the contributors of one epoch.
    function rewardPerEpoch() external view returns (uint256);

    /// @notice Seconds an epoch lasts.
    function epochLength() external view returns (uint256);

    /// @notice Timestamp, in seconds, at which epoch zero began: the deployment.
    function start() external view returns (uint256);

    /// @notice The token paid; the pool must be one of its minters before the first claim.
    function token() external view returns (address);

    /// @notice The {IEligibility} asked at each contribution; zero means open entry.
    function gate() external view returns (address);
}
