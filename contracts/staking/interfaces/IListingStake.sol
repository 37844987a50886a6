// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IPullPayments} from "../../tokens/interfaces/IPullPayments.sol";

/// @title A stake behind each listing of a data set, which a challenger may put to the proof.
/// @dev Amounts are base units of the token, times and lengths are seconds, shares are basis points (1/10,000).
/// A data set is eligible while it is listed, its seller has not unlisted it, and no challenge is open. A challenge
/// ends in one of three ways:
/// - upheld by an arbiter: `slashBps` of the stake are lost, of which `challengerBps` go to the challenger and the rest
///   to the treasury; the seller is owed what is left, the challenger its bond; the data set is barred for ever;
/// - dismissed by an arbiter: the seller is owed the bond, and the data set is eligible again;
/// - expired, when no arbiter has spoken within `verdictSeconds`: the challenger is owed its bond.
/// What is owed is fetched with `withdraw`.
/// @dev Warning: for the bond, anyone suspends anyone's listing until a verdict. A bond of zero makes that free.
/// @dev Warning: an arbiter may challenge, under this or another address, and judge its own challenge. The stake is as
/// safe as the arbiters are.
/// @dev Warning: the stake stays the seller's when the data set is sold, and a new owner cannot take it back.
interface IListingStake is IAccessControl, IPullPayments {
    /// @dev How listings are staked and judged; fixed at deployment.
    struct Config {
        /// @dev The {IDataSetRegistry} of the data sets, or any ERC-721.
        address registry;
        /// @dev The ERC-20 staked.
        address token;
        /// @dev Base units a seller stakes per listing; zero: none.
        uint256 stake;
        /// @dev Base units a challenger puts up; zero: none.
        uint256 bond;
        /// @dev Seconds between unlisting and reclaiming, in which a challenge is still possible; below 2^64.
        uint256 unbondingSeconds;
        /// @dev Seconds after which an unjudged challenge may be expired; below 2^64.
        uint256 verdictSeconds;
        /// @dev Basis points of the stake lost when a challenge is upheld.
        uint256 slashBps;
        /// @dev Basis points of what is lost that go to the challenger.
        uint256 challengerBps;
        /// @dev Who is owed the rest of what is lost.
        address treasury;
    }

    /// @notice `seller` listed `dataSet` and staked `amount` base units.
    event Listed(uint256 indexed dataSet, address indexed seller, uint256 amount);

    /// @notice The seller unlisted `dataSet`; its stake can be reclaimed from `reclaimableAt` on, in seconds.
    event Unlisted(uint256 indexed dataSet, uint256 reclaimableAt);

    /// @notice `seller` reclaimed the `amount` base units staked for `dataSet`.
    event Reclaimed(uint256 indexed dataSet, address indexed seller, uint256 amount);

    /// @notice `challenger` put up `bond` base units against `dataSet`, for `reason`, a hash of its evidence.
    event Challenged(uint256 indexed dataSet, address indexed challenger, uint256 bond, bytes32 reason);

    /// @notice `arbiter` upheld `challenger`'s challenge against `dataSet`: of `seller`'s stake `toChallenger` and
    /// `toTreasury` base units are lost.
    event Upheld(
        uint256 indexed dataSet,
        address indexed seller,
        address indexed challenger,
        address arbiter,
        uint256 toChallenger,
        uint256 toTreasury
    );

    /// @notice `arbiter` dismissed `challenger`'s challenge against `dataSet`: its `bond` base units go to `seller`.
    event Dismissed(
        uint256 indexed dataSet,
        address indexed seller,
        address indexed challenger,
        address arbiter,
        uint256 bond
    );

    /// @notice Nobody judged the challenge against `dataSet` in time: `bond` base units go back to the challenger.
    event Expired(uint256 indexed dataSet, uint256 bond);

    /// @notice `caller` does not own `dataSet`; `owner` does.
    error NotOwner(uint256 dataSet, address caller, address owner);

    /// @notice `caller` did not list `dataSet`; `seller` did.
    error NotSeller(uint256 dataSet, address caller, address seller);

    /// @notice `dataSet` is listed already, by `seller`.
    error AlreadyListed(uint256 dataSet, address seller);

    /// @notice `dataSet` is not listed.
    error NotListed(uint256 dataSet);

    /// @notice A challenge against `dataSet` was upheld; it is never listed again.
    error Barred(uint256 dataSet);

    /// @notice `dataSet` was unlisted at `unlistedAt`, in seconds.
    error AlreadyUnlisted(uint256 dataSet, uint256 unlistedAt);

    /// @notice `dataSet` was not unlisted.
    error NotUnlisted(uint256 dataSet);

    /// @notice The stake of `dataSet` can be reclaimed from `reclaimableAt` on, in seconds.
    error StakeUnbonding(uint256 dataSet, uint256 reclaimableAt);

    /// @notice A challenge against `dataSet` is open already, by `challenger`.
    error AlreadyChallenged(uint256 dataSet, address challenger);

    /// @notice No challenge against `dataSet` is open.
    error NotChallenged(uint256 dataSet);

    /// @notice The challenge against `dataSet` can be expired from `expiresAt` on, in seconds.
    error VerdictPending(uint256 dataSet, uint256 expiresAt);

    /// @notice `bps` basis points are more than all.
    error InvalidShare(uint256 bps);

    /// @notice A length is below 2^64 seconds.
    error InvalidLength(uint256 length);

    /// @notice A registry must be a contract.
    error InvalidRegistry(address registry);

    /// @notice A treasury is an address that can fetch what it is owed.
    error InvalidTreasury(address treasury);

    /// @notice Lists `dataSet`: takes `stake` from the caller, its owner, who must have approved it.
    /// @param dataSet Its number in the registry.
    /// @dev Warning: a token that takes a fee on transfers is refused with {IPullPayments-PaymentShort}. One that changes
    /// balances afterwards (rebasing) is not detected, and the last to fetch may wait in vain.
    function list(uint256 dataSet) external;

    /// @notice Ends the eligibility of `dataSet` and begins its unbonding. Who listed it only; final.
    function unlist(uint256 dataSet) external;

    /// @notice Owes who listed `dataSet` its whole stake, once it has unbonded and no challenge is open. That seller
    /// only; the data set may then be listed anew.
    function reclaim(uint256 dataSet) external;

    /// @notice Challenges `dataSet`: takes `bond` from the caller, who must have approved it. Anyone; possible until the
    /// stake is reclaimed.
    /// @param dataSet Its number in the registry.
    /// @param reason A hash of the evidence.
    function challenge(uint256 dataSet, bytes32 reason) external;

    /// @notice Judges the open challenge against `dataSet`. Callers with `ARBITER_ROLE` only, also when it could have
    /// been expired.
    /// @param dataSet Its number in the registry.
    /// @param upheld Whether the challenger is right.
    function resolve(uint256 dataSet, bool upheld) external;

    /// @notice Ends a challenge that nobody has judged in time. Anyone.
    function expire(uint256 dataSet) external;

    /// @notice Whether `dataSet` is listed, not unlisted, and not under challenge.
    function isListed(uint256 dataSet) external view returns (bool);

    /// @notice Whether a challenge against `dataSet` was upheld.
    function isBarred(uint256 dataSet) external view returns (bool);

    /// @notice Who listed `dataSet` and staked for it; zero if nobody, or if it was reclaimed or barred.
    function sellerOf(uint256 dataSet) external view returns (address);

    /// @notice Who has an open challenge against `dataSet`; zero if nobody.
    function challengerOf(uint256 dataSet) external view returns (address);

    /// @notice Timestamp from which the open challenge against `dataSet` can be expired, in seconds; zero if none is open.
    function expiresAt(uint256 dataSet) external view returns (uint256);

    /// @notice Timestamp from which the stake of `dataSet` can be reclaimed, in seconds; zero unless it was unlisted.
    function reclaimableAt(uint256 dataSet) external view returns (uint256);

    /// @notice Base units of all stakes and bonds that nobody is owed yet.
    function totalAtStake() external view returns (uint256);

    /// @notice How the contract was made.
    function config() external view returns (Config memory);
}
