// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {SealedBidAuction} from "./SealedBidAuction.sol";
import {ISealedBidAuction} from "./interfaces/ISealedBidAuction.sol";

/// @dev Opens auctions, and moves the latest of them through its phases with random bids, some of them not revealed.
contract SealedBidAuctionHandler is Handler {
    uint256 public constant BOND = 7;

    DataToken public immutable token = new DataToken("Data", "DATA");
    SealedBidAuction public immutable house = new SealedBidAuction(address(token));

    mapping(uint256 auction => mapping(address bidder => uint256)) private _bids;
    mapping(uint256 auction => uint256) public unrevealed;

    constructor() {
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), 1e30);
            vm.prank(actor(i));
            token.approve(address(house), type(uint256).max);
        }
        _open(0);
    }

    function commit(uint256 seed, uint256 amount) external {
        uint256 auction = latest();
        address who = actor(seed);
        if (_now >= house.commitEnd(auction) || _bids[auction][who] != 0) return;
        amount = _bound(amount, 1, 1e20);
        _bids[auction][who] = amount;
        bytes32 hidden = house.commitmentOf(auction, who, amount, bytes32(0));
        vm.prank(who);
        house.commit(auction, hidden);
        unrevealed[auction] += 1;
    }

    function reveal(uint256 seed) external {
        uint256 auction = latest();
        address who = actor(seed);
        if (_now < house.commitEnd(auction) || _now >= house.revealEnd(auction)) return;
        if (house.commitmentBy(auction, who) == bytes32(0)) return;
        vm.prank(who);
        house.reveal(auction, _bids[auction][who], bytes32(0));
        unrevealed[auction] -= 1;
    }

    function pass(uint256 seed) external {
        _pass(_bound(seed, 1, 30));
        uint256 auction = latest();
        if (_now < house.revealEnd(auction)) return;
        if (seed % 3 != 0) house.settle(auction);
        _open(seed);
    }

    function settle(uint256 seed) external {
        uint256 auction = seed % house.auctions();
        if (_now < house.revealEnd(auction) || house.isSettled(auction)) return;
        house.settle(auction);
    }

    function withdraw(uint256 seed) external {
        if (house.creditOf(actor(seed)) > 0) house.withdraw(actor(seed));
    }

    function latest() public view returns (uint256) {
        return house.auctions() - 1;
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }

    function _open(uint256 seed) private {
        vm.prank(actor(seed));
        house.open(
            bytes32(seed),
            seed % 2 == 0 ? ISealedBidAuction.Rule.SecondPrice : ISealedBidAuction.Rule.FirstPrice,
            seed % 1e20,
            BOND,
            60,
            60
        );
    }
}

contract SealedBidAuctionInvariants is InvariantBase {
    SealedBidAuctionHandler private _handler;

    function setUp() external {
        _handler = new SealedBidAuctionHandler();
        _aimAt(
            address(_handler),
            [
                SealedBidAuctionHandler.commit.selector,
                SealedBidAuctionHandler.reveal.selector,
                SealedBidAuctionHandler.pass.selector
            ]
        );
        _aimAt(
            address(_handler),
            [
                SealedBidAuctionHandler.reveal.selector,
                SealedBidAuctionHandler.settle.selector,
                SealedBidAuctionHandler.withdraw.selector
            ]
        );
    }

    function invariant_TheHouseHoldsExactlyCreditsBondsAndLeadingBids() external view {
        SealedBidAuction house = _handler.house();
        uint256 held;
        for (uint256 i = 0; i < _handler.actors(); ++i) held += house.creditOf(_handler.actor(i));
        for (uint256 auction = 0; auction < house.auctions(); ++auction) {
            if (house.isSettled(auction)) continue;
            held += house.highestBid(auction) + _handler.unrevealed(auction) * _handler.BOND();
        }
        vm.assertEq(_handler.token().balanceOf(address(house)), held);
        vm.assertEq(house.creditOf(address(0)), 0);
    }

    function invariant_NobodyPaysMoreThanItBid() external view {
        SealedBidAuction house = _handler.house();
        for (uint256 auction = 0; auction < house.auctions(); ++auction) {
            vm.assertLe(house.priceOf(auction), house.highestBid(auction));
        }
    }
}
