// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {PullPayments} from "../tokens/PullPayments.sol";
import {IListingStake} from "./interfaces/IListingStake.sol";

/// @title A stake behind each listing of a data set, which a challenger may put to the proof.
/// @dev Invariants:
/// - the balance covers `totalAtStake` and `totalOwed` together, and equals their sum unless somebody sends it tokens
///   unasked;
/// - a stake and a bond are paid out whole, to the unit: whatever is slashed goes to the challenger and the treasury;
/// - a stake is reclaimed only after the unbonding, and never while a challenge is open;
/// - a data set against which a challenge was upheld is never eligible again.
///
/// The deployer is the first admin, and names arbiters.
contract ListingStake is AccessControl, PullPayments, IListingStake {
    uint256 private constant BPS = 10_000;

    /// @notice Who judges challenges: `keccak256("ARBITER_ROLE")`.
    bytes32 public constant ARBITER_ROLE = keccak256("ARBITER_ROLE");

    /// @dev `unlistedAt`, `challengedAt`: timestamps in seconds, zero if not. The seller is zero unless a stake lies here.
    struct Listing {
        address seller;
        uint64 unlistedAt;
        address challenger;
        uint64 challengedAt;
        bool barred;
    }

    IERC721 private immutable _registry;
    uint256 private immutable _stake;
    uint256 private immutable _bond;
    uint256 private immutable _unbondingSeconds;
    uint256 private immutable _verdictSeconds;
    uint256 private immutable _slashBps;
    uint256 private immutable _challengerBps;
    address private immutable _treasury;
    address private immutable _stakeToken;

    /// @inheritdoc IListingStake
    uint256 public totalAtStake;

    mapping(uint256 dataSet => Listing) private _listings;

    /// @param config_ How listings are staked and judged.
    constructor(Config memory config_) PullPayments(config_.token) {
        if (config_.registry.code.length == 0) revert InvalidRegistry(config_.registry);
        if (config_.unbondingSeconds > type(uint64).max) revert InvalidLength(config_.unbondingSeconds);
        if (config_.verdictSeconds > type(uint64).max) revert InvalidLength(config_.verdictSeconds);
        if (config_.slashBps > BPS) revert InvalidShare(config_.slashBps);
        if (config_.challengerBps > BPS) revert InvalidShare(config_.challengerBps);
        if (config_.treasury == address(0)) revert InvalidTreasury(config_.treasury);
        _registry = IERC721(config_.registry);
        _stakeToken = config_.token;
        _stake = config_.stake;
        _bond = config_.bond;
        _unbondingSeconds = config_.unbondingSeconds;
        _verdictSeconds = config_.verdictSeconds;
        _slashBps = config_.slashBps;
        _challengerBps = config_.challengerBps;
        _treasury = config_.treasury;
        _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);
    }

    /// @inheritdoc IListingStake
    function list(uint256 dataSet) external nonReentrant {
        address owner = _registry.ownerOf(dataSet);
        if (owner != msg.sender) revert NotOwner(dataSet, msg.sender, owner);
        Listing storage entry = _listings[dataSet];
        if (entry.barred) revert Barred(dataSet);
        if (entry.seller != address(0)) revert AlreadyListed(dataSet, entry.seller);

        entry.seller = msg.sender;
        totalAtStake += _stake;
        emit Listed(dataSet, msg.sender, _stake);

        _collect(msg.sender, _stake);
    }

    /// @inheritdoc IListingStake
    function unlist(uint256 dataSet) external {
        Listing storage entry = _sold(dataSet);
        if (entry.unlistedAt != 0) revert AlreadyUnlisted(dataSet, entry.unlistedAt);

        entry.unlistedAt = uint64(block.timestamp);
        emit Unlisted(dataSet, block.timestamp + _unbondingSeconds);
    }

    /// @inheritdoc IListingStake
    function reclaim(uint256 dataSet) external {
        Listing storage entry = _sold(dataSet);
        if (entry.unlistedAt == 0) revert NotUnlisted(dataSet);
        if (entry.challenger != address(0)) revert AlreadyChallenged(dataSet, entry.challenger);
        uint256 from = entry.unlistedAt + _unbondingSeconds;
        if (block.timestamp < from) revert StakeUnbonding(dataSet, from);

        delete _listings[dataSet];
        totalAtStake -= _stake;
        emit Reclaimed(dataSet, msg.sender, _stake);

        _credit(msg.sender, _stake);
    }

    /// @inheritdoc IListingStake
    function challenge(uint256 dataSet, bytes32 reason) external nonReentrant {
        Listing storage entry = _listings[dataSet];
        if (entry.seller == address(0)) revert NotListed(dataSet);
        if (entry.challenger != address(0)) revert AlreadyChallenged(dataSet, entry.challenger);

        entry.challenger = msg.sender;
        entry.challengedAt = uint64(block.timestamp);
        totalAtStake += _bond;
        emit Challenged(dataSet, msg.sender, _bond, reason);

        _collect(msg.sender, _bond);
    }

    /// @inheritdoc IListingStake
    function resolve(uint256 dataSet, bool upheld) external onlyRole(ARBITER_ROLE) {
        Listing storage entry = _listings[dataSet];
        address challenger = _closeChallenge(dataSet, entry);
        address seller = entry.seller;
        if (!upheld) {
            emit Dismissed(dataSet, seller, challenger, msg.sender, _bond);
            _credit(seller, _bond);
            return;
        }
        uint256 lost = _mulDivDown(_stake, _slashBps);
        uint256 toChallenger = _mulDivDown(lost, _challengerBps);
        entry.seller = address(0);
        entry.unlistedAt = 0;
        entry.barred = true;
        totalAtStake -= _stake;
        emit Upheld(dataSet, seller, challenger, msg.sender, toChallenger, lost - toChallenger);

        _credit(challenger, _bond + toChallenger);
        _credit(_treasury, lost - toChallenger);
        _credit(seller, _stake - lost);
    }

    /// @inheritdoc IListingStake
    function expire(uint256 dataSet) external {
        Listing storage entry = _listings[dataSet];
        uint256 from = entry.challengedAt + _verdictSeconds;
        if (entry.challenger != address(0) && block.timestamp < from) revert VerdictPending(dataSet, from);
        address challenger = _closeChallenge(dataSet, entry);
        emit Expired(dataSet, _bond);

        _credit(challenger, _bond);
    }

    /// @inheritdoc IListingStake
    function isListed(uint256 dataSet) external view returns (bool) {
        Listing storage entry = _listings[dataSet];
        return entry.seller != address(0) && entry.unlistedAt == 0 && entry.challenger == address(0);
    }

    /// @inheritdoc IListingStake
    function isBarred(uint256 dataSet) external view returns (bool) {
        return _listings[dataSet].barred;
    }

    /// @inheritdoc IListingStake
    function sellerOf(uint256 dataSet) external view returns (address) {
        return _listings[dataSet].seller;
    }

    /// @inheritdoc IListingStake
    function challengerOf(uint256 dataSet) external view returns (address) {
        return _listings[dataSet].challenger;
    }

    /// @inheritdoc IListingStake
    function expiresAt(uint256 dataSet) external view returns (uint256) {
        Listing storage entry = _listings[dataSet];
        return entry.challenger == address(0) ? 0 : entry.challengedAt + _verdictSeconds;
    }

    /// @inheritdoc IListingStake
    function reclaimableAt(uint256 dataSet) external view returns (uint256) {
        uint256 unlistedAt = _listings[dataSet].unlistedAt;
        return unlistedAt == 0 ? 0 : unlistedAt + _unbondingSeconds;
    }

    /// @inheritdoc IListingStake
    function config() external view returns (Config memory) {
        return Config({
            registry: address(_registry),
            token: _stakeToken,
            stake: _stake,
            bond: _bond,
            unbondingSeconds: _unbondingSeconds,
            verdictSeconds: _verdictSeconds,
            slashBps: _slashBps,
            challengerBps: _challengerBps,
            treasury: _treasury
        });
    }

    /// @dev Ends the open challenge; its bond is no longer at stake and must be credited to somebody.
    function _closeChallenge(uint256 dataSet, Listing storage entry) private returns (address challenger) {
        challenger = entry.challenger;
        if (challenger == address(0)) revert NotChallenged(dataSet);
        entry.challenger = address(0);
        entry.challengedAt = 0;
        totalAtStake -= _bond;
    }

    /// @dev The caller's listing of that data set.
    function _sold(uint256 dataSet) private view returns (Listing storage entry) {
        entry = _listings[dataSet];
        if (entry.seller == address(0)) revert NotListed(dataSet);
        if (entry.seller != msg.sender) revert NotSeller(dataSet, msg.sender, entry.seller);
    }

    /// @dev That share of `amount`, rounded down.
    function _mulDivDown(uint256 amount, uint256 bps) private pure returns (uint256) {
        return Math.mulDiv(amount, bps, BPS);
    }
}
