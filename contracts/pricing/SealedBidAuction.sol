// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ISealedBidAuction} from "./interfaces/ISealedBidAuction.sol";

/// @title Runs sealed-bid auctions by commitment and revelation, at the first or the second price.
/// @dev Invariants:
/// - the house holds what it has credited and not paid, the bonds of bids not revealed, and the leading bids, at least;
/// - the winner pays at most its bid and at least the reserve; under the second price, what the winner pays does not
///   depend on its own bid;
/// - every bond goes back to its bidder or, if it did not reveal in time, to the seller;
/// - the work per call does not grow with bidders: only the highest two bids are kept.
///
/// A bid is paid for when it leads, not when it is committed to: a bidder that cannot pay cannot reveal, and loses its
/// bond. A token that takes a fee on transfers is refused.
contract SealedBidAuction is ISealedBidAuction, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @dev `highest` is zero while nobody leads. `second` is the highest bid but one, zero if none. `unrevealed`: how
    /// many commitments were not revealed.
    struct Auction {
        address seller;
        uint40 commitEnd;
        uint40 revealEnd;
        Rule rule;
        bool settled;
        address leader;
        uint96 unrevealed;
        uint128 reserve;
        uint128 bond;
        uint128 highest;
        uint128 second;
    }

    IERC20 private immutable _token;

    /// @inheritdoc ISealedBidAuction
    uint256 public auctions;

    /// @inheritdoc ISealedBidAuction
    mapping(address who => uint256) public creditOf;

    /// @inheritdoc ISealedBidAuction
    mapping(uint256 auction => mapping(address bidder => bytes32)) public commitmentBy;

    mapping(uint256 auction => mapping(address bidder => bool)) private _committed;
    mapping(uint256 auction => Auction) private _auctions;

    /// @param token_ The ERC-20 bid with.
    constructor(address token_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        _token = IERC20(token_);
    }

    /// @inheritdoc ISealedBidAuction
    function open(
        bytes32 item,
        Rule rule,
        uint256 reserve,
        uint256 bond,
        uint256 commitLength,
        uint256 revealLength
    ) external returns (uint256 auction) {
        if (commitLength == 0 || revealLength == 0 || commitLength >= 1 << 39 || revealLength >= 1 << 39) {
            revert InvalidPhases(commitLength, revealLength);
        }
        if (reserve >= 1 << 128 || bond >= 1 << 128) revert InvalidTerms(reserve, bond);
        auction = auctions++;
        Auction storage entry = _auctions[auction];
        entry.seller = msg.sender;
        entry.rule = rule;
        // All four were compared just now; a timestamp is far below 2^39.
        entry.commitEnd = uint40(block.timestamp + commitLength);
        entry.revealEnd = uint40(block.timestamp + commitLength + revealLength);
        entry.reserve = uint128(reserve);
        entry.bond = uint128(bond);
        emit Opened(auction, msg.sender, item, rule, reserve, bond, entry.commitEnd, entry.revealEnd);
    }

    /// @inheritdoc ISealedBidAuction
    function commit(uint256 auction, bytes32 commitment) external nonReentrant {
        Auction storage entry = _existing(auction);
        if (block.timestamp >= entry.commitEnd) revert CommitPhaseOver(auction, entry.commitEnd);
        if (_committed[auction][msg.sender]) revert AlreadyCommitted(auction, msg.sender);
        _committed[auction][msg.sender] = true;
        commitmentBy[auction][msg.sender] = commitment;
        entry.unrevealed += 1;
        emit Committed(auction, msg.sender, commitment);
        _take(entry.bond);
    }

    /// @inheritdoc ISealedBidAuction
    function reveal(uint256 auction, uint256 amount, bytes32 salt) external nonReentrant {
        Auction storage entry = _existing(auction);
        if (block.timestamp < entry.commitEnd || block.timestamp >= entry.revealEnd) {
            revert NotRevealPhase(auction, entry.commitEnd, entry.revealEnd);
        }
        bytes32 committed = commitmentBy[auction][msg.sender];
        bytes32 revealed = commitmentOf(auction, msg.sender, amount, salt);
        if (committed != revealed) revert CommitmentMismatch(msg.sender, committed, revealed);
        if (amount == 0 || amount >= 1 << 128) revert InvalidBid(amount);

        commitmentBy[auction][msg.sender] = bytes32(0);
        entry.unrevealed -= 1;
        creditOf[msg.sender] += entry.bond;
        emit Revealed(auction, msg.sender, amount);

        if (amount < entry.reserve) return;
        // Compared just now: a bid is below 2^128.
        if (amount > entry.highest) {
            creditOf[entry.leader] += entry.highest;
            entry.second = entry.highest;
            entry.highest = uint128(amount);
            entry.leader = msg.sender;
            _take(amount);
        } else if (amount > entry.second) {
            entry.second = uint128(amount);
        }
    }

    /// @inheritdoc ISealedBidAuction
    function settle(uint256 auction) external nonReentrant {
        Auction storage entry = _existing(auction);
        if (block.timestamp < entry.revealEnd) revert RevealPhaseRuns(auction, entry.revealEnd);
        if (entry.settled) revert AlreadySettled(auction);
        entry.settled = true;
        uint256 price = priceOf(auction);
        uint256 forfeited = uint256(entry.unrevealed) * entry.bond;
        creditOf[entry.seller] += price + forfeited;
        creditOf[entry.leader] += entry.highest - price;
        emit Settled(auction, entry.leader, price, forfeited);
    }

    /// @inheritdoc ISealedBidAuction
    function withdraw(address who) external nonReentrant returns (uint256 amount) {
        amount = creditOf[who];
        if (amount == 0) revert NothingToWithdraw(who);
        creditOf[who] = 0;
        emit Withdrawn(who, amount);
        _token.safeTransfer(who, amount);
    }

    /// @inheritdoc ISealedBidAuction
    function leaderOf(uint256 auction) external view returns (address) {
        return _auctions[auction].leader;
    }

    /// @inheritdoc ISealedBidAuction
    function highestBid(uint256 auction) external view returns (uint256) {
        return _auctions[auction].highest;
    }

    /// @inheritdoc ISealedBidAuction
    function commitEnd(uint256 auction) external view returns (uint256) {
        return _auctions[auction].commitEnd;
    }

    /// @inheritdoc ISealedBidAuction
    function revealEnd(uint256 auction) external view returns (uint256) {
        return _auctions[auction].revealEnd;
    }

    /// @inheritdoc ISealedBidAuction
    function sellerOf(uint256 auction) external view returns (address) {
        return _auctions[auction].seller;
    }

    /// @inheritdoc ISealedBidAuction
    function isSettled(uint256 auction) external view returns (bool) {
        return _auctions[auction].settled;
    }

    /// @inheritdoc ISealedBidAuction
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc ISealedBidAuction
    function priceOf(uint256 auction) public view returns (uint256) {
        Auction storage entry = _auctions[auction];
        if (entry.highest == 0 || entry.rule == Rule.FirstPrice) return entry.highest;
        return Math.max(entry.second, entry.reserve);
    }

    /// @inheritdoc ISealedBidAuction
    function commitmentOf(uint256 auction, address bidder, uint256 amount, bytes32 salt)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(auction, bidder, amount, salt));
    }

    function _existing(uint256 auction) private view returns (Auction storage) {
        if (auction >= auctions) revert UnknownAuction(auction, auctions);
        return _auctions[auction];
    }

    /// @dev Takes so much of the caller, to the base unit.
    function _take(uint256 amount) private {
        if (amount == 0) return;
        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = _token.balanceOf(address(this)) - before;
        if (received < amount) revert PaymentShort(amount, received);
    }
}
