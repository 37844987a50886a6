// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A pool whose rewards are shared by the weight of what each account contributed.
/// @dev Amounts are base units of the token, weights are WAD records (10^-18 record), times are seconds. Two things
/// fill the pool: a constant emission that it issues itself, and any tokens that arrive, by {fund} or by a transfer.
/// Whatever comes in goes to the weights of that moment, in proportion.
/// @dev Warning: a weight earns from the moment it is there, and nothing for what came before. Whoever contributes
/// just before a large payment shares in it.
interface IWeightedPool {
    /// @notice `who` contributed `records` records, numbered `contribution`, with the data of that hash; they weigh
    /// `weight` WAD records.
    event Contributed(
        uint256 indexed contribution, address indexed who, uint256 records, bytes32 dataHash, uint256 weight
    );

    /// @notice `contribution` of `who` was taken out, and weighs nothing from now on.
    event Removed(uint256 indexed contribution, address indexed who);

    /// @notice `amount` base units were shared among a weight of `weight` WAD records.
    event Distributed(uint256 amount, uint256 weight);

    /// @notice `who` was paid `amount` base units.
    event RewardClaimed(address indexed who, uint256 amount);

    /// @notice A contribution has between 1 and 2^40 - 1 records.
    error InvalidRecords(uint256 records);

    /// @notice There is no such contribution; they are numbered from zero, and there are `contributions`.
    error UnknownContribution(uint256 contribution, uint256 contributions);

    /// @notice `contribution` is of `owner`, and the caller is `caller`.
    error NotContributor(uint256 contribution, address caller, address owner);

    /// @notice `contribution` was taken out.
    error ContributionRemoved(uint256 contribution);

    /// @notice Nothing is owed to `who`.
    error NothingToClaim(address who);

    /// @notice A reward token must be a contract.
    error InvalidToken(address token);

    /// @notice With this much, `total` base units would have passed through the pool; they must stay below 2^128.
    error PoolOverflow(uint256 total);

    /// @notice Adds records of the caller; they weigh what the pool's rule gives them at once.
    /// @param dataHash Hash of the data; only recorded in the event.
    /// @param records How many records the caller says it holds, 1 to 2^40 - 1.
    /// @return contribution Its number: they are counted from zero.
    /// @dev Warning: nobody checks the number of records here.
    function contribute(bytes32 dataHash, uint256 records) external returns (uint256 contribution);

    /// @notice Takes a contribution of the caller out of the pool; what it earned stays claimable.
    /// @param contribution Its number.
    function remove(uint256 contribution) external;

    /// @notice Pays `amount` of the caller into the pool, for the weights of this moment.
    /// @param amount Base units; the caller must have approved the pool.
    /// @dev Warning: while nothing weighs, the payment waits for the first weight and whoever brings it.
    function fund(uint256 amount) external;

    /// @notice Issues what is due and shares it, with what was sent here unasked, among the weights. Anyone may call it;
    /// every other call does it too.
    function distribute() external;

    /// @notice Pays the caller all that is owed to it, or reverts with {NothingToClaim}.
    /// @return amount Base units paid.
    function claim() external returns (uint256 amount);

    /// @notice What `claim` would pay `who` now, in base units.
    function claimable(address who) external view returns (uint256);

    /// @notice The weight of `who`, in WAD records.
    function weightOf(address who) external view returns (uint256);

    /// @notice The weight of all, in WAD records.
    function totalWeight() external view returns (uint256);

    /// @notice How many contributions were ever made.
    function contributions() external view returns (uint256);

    /// @notice Who made `contribution`; zero if there is none.
    function contributorOf(uint256 contribution) external view returns (address);

    /// @notice How many records `contribution` has; zero once it is taken out.
    function recordsOf(uint256 contribution) external view returns (uint256);

    /// @notice The weight of `contribution`, in WAD records; zero once it is taken out.
    function contributionWeight(uint256 contribution) external view returns (uint256);

    /// @notice Base units shared among weights so far, paid or owed.
    function totalDistributed() external view returns (uint256);

    /// @notice Base units paid by all claims so far.
    function totalPaid() external view returns (uint256);

    /// @notice Base units issued per second while there is weight.
    function emission() external view returns (uint256);

    /// @notice Timestamp, in seconds, from which nothing more is issued.
    function emissionEnd() external view returns (uint256);

    /// @notice The token paid; if there is an emission, the pool must be one of its minters.
    function token() external view returns (address);
}
