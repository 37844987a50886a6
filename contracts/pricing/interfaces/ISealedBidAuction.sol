// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Sealed-bid auctions of one thing each: bidders commit to a bid, reveal it, and the highest wins.
/// @dev Amounts are base units of the token, times are seconds. An auction has two phases: until `commitEnd` bidders
/// commit to a hash and pay a bond; from then until `revealEnd` they reveal, and the highest bid so far is held here.
/// The winner pays its own bid ({Rule.FirstPrice}) or the highest of the other bids and the reserve
/// ({Rule.SecondPrice}; Vickrey, 1961). Refunds are credited, and paid when asked for.
///
/// The bond: whoever reveals is credited it in full, winner or not. Whoever does not reveal in time forfeits it to the
/// seller. It is what makes silence cost something: without it a bidder could commit to many bids and reveal the one
/// that suits it.
/// @dev Warning: bids are hidden, bidders are not. The bond is the same for all, so it tells nothing of a bid. Of two
/// equal bids the one revealed first wins.
interface ISealedBidAuction {
    /// @dev What the winner pays.
    enum Rule {
        FirstPrice,
        SecondPrice
    }

    /// @notice `seller` opened `auction` of the thing of that hash.
    event Opened(
        uint256 indexed auction,
        address indexed seller,
        bytes32 item,
        Rule rule,
        uint256 reserve,
        uint256 bond,
        uint256 commitEnd,
        uint256 revealEnd
    );

    /// @notice `bidder` committed to a bid in `auction`.
    event Committed(uint256 indexed auction, address indexed bidder, bytes32 commitment);

    /// @notice `bidder` revealed a bid of `amount` in `auction`.
    event Revealed(uint256 indexed auction, address indexed bidder, uint256 amount);

    /// @notice `auction` ended: `winner` (zero: nobody) pays `price`; the seller was credited it and `forfeited` of bonds.
    event Settled(uint256 indexed auction, address indexed winner, uint256 price, uint256 forfeited);

    /// @notice `who` was paid `amount`.
    event Withdrawn(address indexed who, uint256 amount);

    /// @notice There is no such auction; they are numbered from zero, and there are `auctions`.
    error UnknownAuction(uint256 auction, uint256 auctions);

    /// @notice A phase lasts at least one second and both end before 2^40.
    error InvalidPhases(uint256 commitLength, uint256 revealLength);

    /// @notice A reserve and a bond are below 2^128.
    error InvalidTerms(uint256 reserve, uint256 bond);

    /// @notice Commitments to `auction` ended at the timestamp `commitEnd`.
    error CommitPhaseOver(uint256 auction, uint256 commitEnd);

    /// @notice Bids in `auction` are revealed from the timestamp `commitEnd` and before `revealEnd`.
    error NotRevealPhase(uint256 auction, uint256 commitEnd, uint256 revealEnd);

    /// @notice `auction` is settled from the timestamp `revealEnd` on.
    error RevealPhaseRuns(uint256 auction, uint256 revealEnd);

    /// @notice `bidder` has committed to `auction` already.
    error AlreadyCommitted(uint256 auction, address bidder);

    /// @notice The commitment of `bidder` is `committed`, and what was revealed hashes to `revealed`.
    error CommitmentMismatch(address bidder, bytes32 committed, bytes32 revealed);

    /// @notice A bid is positive and below 2^128.
    error InvalidBid(uint256 amount);

    /// @notice `auction` was settled already.
    error AlreadySettled(uint256 auction);

    /// @notice The token delivered `received` base units where `expected` were asked for.
    error PaymentShort(uint256 expected, uint256 received);

    /// @notice Nothing is credited to `who`.
    error NothingToWithdraw(address who);

    /// @notice The token bid with must be a contract.
    error InvalidToken(address token);

    /// @notice Opens an auction; the caller is its seller.
    /// @param item Hash of what is sold; only recorded in the event.
    /// @param rule What the winner pays.
    /// @param reserve Base units below which nobody wins.
    /// @param bond Base units each bidder pays to commit.
    /// @param commitLength Seconds in which bids are committed to.
    /// @param revealLength Seconds thereafter in which they are revealed.
    /// @return auction Its number: they are counted from zero.
    function open(
        bytes32 item,
        Rule rule,
        uint256 reserve,
        uint256 bond,
        uint256 commitLength,
        uint256 revealLength
    ) external returns (uint256 auction);

    /// @notice Commits the caller to a bid, once, and takes the bond.
    /// @param auction Its number.
    /// @param commitment `commitmentOf(auction, caller, amount, salt)`; not zero.
    function commit(uint256 auction, bytes32 commitment) external;

    /// @notice Reveals the caller's bid and credits its bond. A bid that leads is taken from the caller, and what led
    /// before is credited to its bidder.
    /// @param auction Its number.
    /// @param amount Base units bid.
    /// @param salt What the bid was hidden with.
    function reveal(uint256 auction, uint256 amount, bytes32 salt) external;

    /// @notice Ends an auction once bids can no longer be revealed: credits the seller the price and the forfeited
    /// bonds, and the winner what it bid beyond the price. Anyone may call it.
    /// @param auction Its number.
    function settle(uint256 auction) external;

    /// @notice Pays `who` all that is credited to it. Anyone may call it, since the payment goes nowhere else.
    /// @param who Who is paid.
    /// @return amount Base units paid.
    function withdraw(address who) external returns (uint256 amount);

    /// @notice The hash that hides a bid.
    /// @param auction Its number.
    /// @param bidder Who bids: nobody can reveal somebody else's commitment as its own.
    /// @param amount Base units.
    /// @param salt 32 bytes that nobody can guess.
    function commitmentOf(uint256 auction, address bidder, uint256 amount, bytes32 salt)
        external
        pure
        returns (bytes32);

    /// @notice Who leads or won `auction`; zero: nobody.
    function leaderOf(uint256 auction) external view returns (address);

    /// @notice What the leader of `auction` pays if it ends now, in base units; zero if nobody leads.
    function priceOf(uint256 auction) external view returns (uint256);

    /// @notice The highest bid revealed in `auction` at or above the reserve, in base units.
    function highestBid(uint256 auction) external view returns (uint256);

    /// @notice Timestamp from which bids in `auction` are revealed.
    function commitEnd(uint256 auction) external view returns (uint256);

    /// @notice Timestamp from which `auction` is settled.
    function revealEnd(uint256 auction) external view returns (uint256);

    /// @notice Who sells in `auction`; zero if there is none.
    function sellerOf(uint256 auction) external view returns (address);

    /// @notice Whether `auction` was settled.
    function isSettled(uint256 auction) external view returns (bool);

    /// @notice The commitment of `bidder` in `auction`; zero if it made none, or has revealed.
    function commitmentBy(uint256 auction, address bidder) external view returns (bytes32);

    /// @notice Base units credited to `who` and not paid yet.
    function creditOf(address who) external view returns (uint256);

    /// @notice How many auctions were ever opened.
    function auctions() external view returns (uint256);

    /// @notice The token bid with.
    function token() external view returns (address);
}
