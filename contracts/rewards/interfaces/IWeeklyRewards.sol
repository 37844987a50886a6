// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A weekly issue shared by a fleet of vehicles, by contribution points.
/// @dev Weeks are counted from zero, seven days each, from `start`. Amounts are base units of the token (10^-18 token),
/// times are seconds. A vehicle that connects in a week has these points of that week:
/// - connection: by its kind, published as 6,000 or 3,000;
/// - streak: 0, 1,000, 2,000 or 3,000 from 1, 4, 21 or 36 weeks of streak (this week included);
/// - lock: 1,000, 2,000 or 3,000 while 500, 1,500 or 4,000 tokens or more are locked for it.
/// It earns floor(limit of the week x its points / points of all), once the week is over.
/// @dev Warning: nobody checks that a vehicle exists. One operator may register as many as it can pay for; the identity
/// stake and the streak are all that stands against it, and that is what this contract is for.
interface IWeeklyRewards {
    /// @dev How a fleet is paid; fixed at deployment.
    struct Config {
        /// @dev Base units issued in each of the first 52 weeks, below 2^112. Published: 1,105,000 tokens.
        uint256 firstWeekLimit;
        /// @dev Points a week for being connected, by kind of vehicle, each below 2^24. Published: 6,000 and 3,000.
        uint256[] connectionPoints;
        /// @dev Whether streaks are worth points.
        bool streaks;
        /// @dev Base units staked for each vehicle; zero: none.
        uint256 identityStake;
        /// @dev Seconds after registration before which no vehicle retires, below 2^64.
        uint256 stakeLock;
    }

    /// @notice `owner` registered `vehicle` of kind `kind` and staked `stake` base units for it.
    event Registered(uint256 indexed vehicle, address indexed owner, uint256 kind, uint256 stake);

    /// @notice `vehicle` connected in `week` and has `points` of it.
    event Connected(uint256 indexed vehicle, uint256 indexed week, uint256 points);

    /// @notice `amount` base units more were locked for `vehicle`: `total` in all, until the timestamp `endsAt`.
    event Locked(uint256 indexed vehicle, uint256 amount, uint256 total, uint256 endsAt);

    /// @notice `amount` base units locked for `vehicle` went back to `owner`.
    event Unlocked(uint256 indexed vehicle, address indexed owner, uint256 amount);

    /// @notice `owner` was paid `amount` base units for `vehicle`.
    event RewardClaimed(uint256 indexed vehicle, address indexed owner, uint256 amount);

    /// @notice `vehicle` left for good; `refund` base units, stake and lock, went back to `owner`.
    event Retired(uint256 indexed vehicle, address indexed owner, uint256 refund);

    /// @notice No vehicle has that number.
    error UnknownVehicle(uint256 vehicle);

    /// @notice There is no such kind; kinds are numbered from zero, and there are `kinds`.
    error UnknownKind(uint256 kind, uint256 kinds);

    /// @notice Only `owner` may act for `vehicle`, and the caller is `caller`.
    error NotOwner(uint256 vehicle, address caller, address owner);

    /// @notice `vehicle` is retired.
    error VehicleRetired(uint256 vehicle);

    /// @notice `vehicle` has connected in `week` already.
    error AlreadyConnected(uint256 vehicle, uint256 week);

    /// @notice Nothing is issued in `week`, nor after it.
    error IssueEnded(uint256 week);

    /// @notice Nothing is owed for `vehicle` over finished weeks.
    error NothingToClaim(uint256 vehicle);

    /// @notice A lock of `total` base units is below the least, `least`.
    error LockTooSmall(uint256 vehicle, uint256 total, uint256 least);

    /// @notice Nothing is locked for `vehicle`.
    error NothingLocked(uint256 vehicle);

    /// @notice What `vehicle` holds is locked until the timestamp `unlocksAt`.
    error VehicleLocked(uint256 vehicle, uint256 unlocksAt);

    /// @notice A first week's limit must be below 2^112 base units.
    error InvalidLimit(uint256 firstWeekLimit);

    /// @notice A fleet needs at least one kind of vehicle.
    error NoKinds();

    /// @notice The connection points of `kind` must be below 2^24.
    error InvalidPoints(uint256 kind, uint256 points);

    /// @notice A stake lock must be below 2^64 seconds.
    error InvalidStakeLock(uint256 stakeLock);

    /// @notice Registers a vehicle of the caller, and stakes `identityStake` for it from the caller.
    /// @param kind Which of the kinds in `connectionPoints`.
    /// @return vehicle Its number: they are counted from zero.
    /// @dev Warning: the approval needed is the vault's, not this contract's.
    function register(uint256 kind) external returns (uint256 vehicle);

    /// @notice Connects the caller's vehicle in the current week; once a week, in the first 364 weeks.
    /// @param vehicle Its number.
    function connect(uint256 vehicle) external;

    /// @notice Locks `amount` more for the caller's vehicle and starts the term of the level that the whole reaches: 180,
    /// 365 or 730 days from 500, 1,500 or 4,000 tokens.
    /// @param vehicle Its number.
    /// @param amount Base units; zero starts the term anew with what is there.
    /// @dev Warning: the term starts anew for all that is locked, and points end with it. A lock counts from the next
    /// `connect` on.
    function lock(uint256 vehicle, uint256 amount) external;

    /// @notice Gives back all that is locked for the caller's vehicle, once the term is over.
    /// @param vehicle Its number.
    function unlock(uint256 vehicle) external;

    /// @notice Pays the caller all that is owed for its vehicle over finished weeks, or reverts with {NothingToClaim}.
    /// @param vehicle Its number; it may be retired.
    /// @return amount Base units paid.
    function claim(uint256 vehicle) external returns (uint256 amount);

    /// @notice Ends the caller's vehicle and gives back its stake and what is locked for it; earnings stay claimable.
    /// @param vehicle Its number.
    /// @dev Warning: if the stake lock is shorter than a week, one stake serves several vehicles in the same week, one
    /// after the other.
    function retire(uint256 vehicle) external;

    /// @notice What `claim` would pay for `vehicle` now, in base units; the running week is not in it.
    function claimable(uint256 vehicle) external view returns (uint256);

    /// @notice The points that `vehicle` would have of the current week if it connected now, or has if it did.
    /// @dev Warning: for a retired vehicle, or after the issue has ended, this is what the rules give and not what can
    /// be had.
    function pointsNow(uint256 vehicle) external view returns (uint256);

    /// @notice Whether `vehicle` connected in `week`.
    /// @dev Warning: one week is remembered per vehicle, its latest: for earlier ones the answer is false.
    function hasConnected(uint256 vehicle, uint256 week) external view returns (bool);

    /// @notice The streak of `vehicle`, in weeks, less what the weeks missed since have cost. The running week counts
    /// once it is connected, and never as missed.
    function streakOf(uint256 vehicle) external view returns (uint256);

    /// @notice Base units locked for `vehicle`, its stake not included, whether the term runs or is over.
    function lockedFor(uint256 vehicle) external view returns (uint256);

    /// @notice Timestamp at which the lock of `vehicle` ends; zero if it never had one.
    function lockEndsAt(uint256 vehicle) external view returns (uint256);

    /// @notice Timestamp from which `vehicle` may retire.
    function unlocksAt(uint256 vehicle) external view returns (uint256);

    /// @notice Who registered `vehicle`; zero if nobody. It stays after retirement.
    function ownerOf(uint256 vehicle) external view returns (address);

    /// @notice Whether `vehicle` has retired.
    function isRetired(uint256 vehicle) external view returns (bool);

    /// @notice How many vehicles were ever registered.
    function vehicles() external view returns (uint256);

    /// @notice How many of them have retired.
    function retiredVehicles() external view returns (uint256);

    /// @notice The points of all vehicles that connected in `week`. Grows while the week runs.
    function pointsOf(uint256 week) external view returns (uint256);

    /// @notice How many vehicles connected in `week`. Grows while the week runs.
    function connectionsIn(uint256 week) external view returns (uint256);

    /// @notice Base units issued in `week`; zero from week 364 on.
    function weekLimit(uint256 week) external view returns (uint256);

    /// @notice The week that is running, counted from zero.
    function currentWeek() external view returns (uint256);

    /// @notice Base units paid by all claims so far.
    function totalPaid() external view returns (uint256);

    /// @notice Points a week for a connected vehicle of `kind`.
    function connectionPoints(uint256 kind) external view returns (uint256);

    /// @notice How many kinds of vehicle there are.
    function kinds() external view returns (uint256);

    /// @notice Base units issued in each of the first 52 weeks.
    function firstWeekLimit() external view returns (uint256);

    /// @notice Whether streaks are worth points.
    function streaks() external view returns (bool);

    /// @notice Base units staked for each vehicle.
    function identityStake() external view returns (uint256);

    /// @notice Seconds after registration before which no vehicle retires.
    function stakeLock() external view returns (uint256);

    /// @notice Timestamp at which week zero began: the deployment.
    function start() external view returns (uint256);

    /// @notice The token paid, staked and locked; this contract must be one of its minters before the first claim.
    function token() external view returns (address);

    /// @notice The {IIdentityVault} where stakes and locks lie; it is what owners approve.
    function vault() external view returns (address);
}
