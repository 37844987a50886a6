// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Weekly rewards for those who stake on data that is bought, with a bound by what the buying cost in fees.
/// @dev The rule is Ocean's volume data farming (df-py, reward_calculator.py): in each week, who staked s of the S on an
/// asset that was bought for V earns the least of
/// - its part of the budget: budget x V / (all volume) x s / S;
/// - a bound on its yield: s x yieldBound;
/// - a bound by volume: multiplier(week) x V x s / S.
/// Amounts and volumes are base units of the token, rates are WAD, weeks are seven days from `start`, and the number of
/// the first is `firstWeek`.
/// @dev Warning: who publishes, stakes on and buys the same data gets its money back but for the fee f on the volume.
/// It gains whenever the multiplier exceeds f. That is what the bound is for.
interface IVolumeFarming {
    /// @dev How the farm pays; fixed at deployment.
    struct Config {
        /// @dev The number of the week in which it begins, in the published count.
        uint256 firstWeek;
        /// @dev Base units shared each week, below 2^112.
        uint256 budget;
        /// @dev The most that a stake yields in a week, in WAD. Published: 0.015717, which is 125 % a year.
        uint256 yieldBound;
        /// @dev Whether the multiplier follows the published table, see {multiplier}.
        bool published;
        /// @dev The multiplier of every week if not, in WAD; 2^256 - 1 is no bound.
        uint256 fixedMultiplier;
    }

    /// @notice `who` staked `amount` more on `asset`; it counts from the week after `week`.
    event Staked(uint256 indexed asset, address indexed who, uint256 amount, uint256 week);

    /// @notice `who` took `amount` of its stake on `asset` back in `week`.
    event Unstaked(uint256 indexed asset, address indexed who, uint256 amount, uint256 week);

    /// @notice `asset` was bought for `amount` more in `week`.
    event VolumeRecorded(uint256 indexed asset, uint256 indexed week, uint256 amount);

    /// @notice Stakes on `asset` earn `rewards` base units for `week`.
    event WeekClosed(uint256 indexed asset, uint256 indexed week, uint256 rewards);

    /// @notice `who` was paid `amount` base units for its stake on `asset`.
    event RewardClaimed(uint256 indexed asset, address indexed who, uint256 amount);

    /// @notice `account` may record volume from now on.
    event RecorderGranted(address indexed account);

    /// @notice `account` may no longer record volume.
    event RecorderRevoked(address indexed account);

    /// @notice `account` may not record volume.
    error RecorderUnauthorized(address account);

    /// @notice An amount must be positive and below 2^112.
    error InvalidAmount(uint256 amount);

    /// @notice `who` has `staked` base units on `asset`, and `amount` were asked for.
    error StakeExceeded(uint256 asset, address who, uint256 staked, uint256 amount);

    /// @notice Nothing is owed to `who` for its stake on `asset`.
    error NothingToClaim(uint256 asset, address who);

    /// @notice A budget must be below 2^112 base units.
    error InvalidBudget(uint256 budget);

    /// @notice A yield bound is at most 10^18, all of the stake.
    error InvalidYieldBound(uint256 yieldBound);

    /// @notice A multiplier is at most 10^36, or 2^256 - 1 for no bound.
    error InvalidMultiplier(uint256 multiplier);

    /// @notice Stakes `amount` of the caller on an asset, from the next week on.
    /// @param asset Any number: what it means is the market's affair.
    /// @param amount Base units; the caller approves `vault()`.
    function stake(uint256 asset, uint256 amount) external;

    /// @notice Gives the caller stake back, the latest first. It earns nothing for the week that runs.
    /// @param asset Its number.
    /// @param amount Base units.
    function unstake(uint256 asset, uint256 amount) external;

    /// @notice Says that an asset was bought, this week. Recorders only.
    /// @param asset Its number.
    /// @param amount Base units paid for it.
    /// @dev Warning: nobody checks who bought.
    function recordVolume(uint256 asset, uint256 amount) external;

    /// @notice Pays the caller what its stake on an asset earned in finished weeks, or reverts with {NothingToClaim}.
    /// @param asset Its number.
    /// @return amount Base units paid.
    function claim(uint256 asset) external returns (uint256 amount);

    /// @notice Lets `account` record volume. Owner only; granting twice changes nothing.
    /// @param account Who may, usually a market or the one who reads it.
    function grantRecorder(address account) external;

    /// @notice Takes the right to record volume from `account`. Owner only; what it recorded stays.
    /// @param account Who may no longer.
    function revokeRecorder(address account) external;

    /// @notice What `claim` would pay `who` now, in base units; the running week is not in it.
    function claimable(uint256 asset, address who) external view returns (uint256);

    /// @notice The bound by volume in `week`, in WAD; 2^256 - 1 is no bound.
    /// @dev The published table (df-py, dcv_multiplier.py): no bound before week 9; 1 - 0.0485 (week - 9) in weeks 9 to
    /// 28; 0.001 after, which is the fee of the market it was made for.
    function multiplier(uint256 week) external view returns (uint256);

    /// @notice The week that runs, in the published count.
    function currentWeek() external view returns (uint256);

    /// @notice The volume of `asset` in `week`, in base units.
    function volumeOf(uint256 asset, uint256 week) external view returns (uint256);

    /// @notice The volume of all assets in `week`, in base units.
    function totalVolume(uint256 week) external view returns (uint256);

    /// @notice What `who` has staked on `asset`, in base units, whether it counts yet or not.
    function stakeOf(uint256 asset, address who) external view returns (uint256);

    /// @notice What is staked on `asset` and counts this week, in base units.
    function stakedOn(uint256 asset) external view returns (uint256);

    /// @notice Base units paid by all claims so far.
    function totalPaid() external view returns (uint256);

    /// @notice Whether `account` may record volume.
    function isRecorder(address account) external view returns (bool);

    /// @notice Base units shared each week.
    function budget() external view returns (uint256);

    /// @notice The most that a stake yields in a week, in WAD.
    function yieldBound() external view returns (uint256);

    /// @notice The number of the first week.
    function firstWeek() external view returns (uint256);

    /// @notice Timestamp at which the first week began: the deployment.
    function start() external view returns (uint256);

    /// @notice The token staked and paid; the farm must be one of its minters before the first claim.
    function token() external view returns (address);

    /// @notice The {IIdentityVault} where stakes lie; it is what stakers approve.
    function vault() external view returns (address);
}
