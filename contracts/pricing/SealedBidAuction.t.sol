// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {SealedBidAuction} from "./SealedBidAuction.sol";
import {ISealedBidAuction} from "./interfaces/ISealedBidAuction.sol";

/// @dev The test sells; Alice, Bob and Carol bid.
contract SealedBidAuctionTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    bytes32 private constant SALT = keccak256("salt");
    ISealedBidAuction.Rule private constant FIRST = ISealedBidAuction.Rule.FirstPrice;
    ISealedBidAuction.Rule private constant SECOND = ISealedBidAuction.Rule.SecondPrice;

    DataToken private _token;
    SealedBidAuction private _house;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _house = _houseOf(_token);
    }

    function test_ItSaysHowAnAuctionWasOpened() external {
        vm.assertEq(_house.token(), address(_token));
        vm.expectEmit(address(_house));
        emit ISealedBidAuction.Opened(0, address(this), SALT, SECOND, 50, 10, START + 100, START + 150);
        vm.assertEq(_house.open(SALT, SECOND, 50, 10, 100, 50), 0);
        vm.assertEq(_house.auctions(), 1);
        vm.assertEq(_house.commitEnd(0), START + 100);
        vm.assertEq(_house.revealEnd(0), START + 150);
        vm.assertEq(_house.sellerOf(0), address(this));
        vm.assertEq(_house.leaderOf(0), address(0));
        vm.assertEq(_house.priceOf(0), 0);
        vm.assertEq(_house.highestBid(0), 0);
        vm.assertFalse(_house.isSettled(0));
    }

    function test_ItRefusesWhatCannotWork() external {
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidToken.selector, ALICE));
        new SealedBidAuction(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidPhases.selector, 0, 1));
        _house.open(SALT, FIRST, 0, 0, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidPhases.selector, 1, 0));
        _house.open(SALT, FIRST, 0, 0, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidPhases.selector, 1 << 39, 1));
        _house.open(SALT, FIRST, 0, 0, 1 << 39, 1);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidPhases.selector, 1, 1 << 39));
        _house.open(SALT, FIRST, 0, 0, 1, 1 << 39);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidTerms.selector, 1 << 128, 0));
        _house.open(SALT, FIRST, 1 << 128, 0, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidTerms.selector, 0, 1 << 128));
        _house.open(SALT, FIRST, 0, 1 << 128, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.UnknownAuction.selector, 0, 0));
        _house.settle(0);
    }

    function test_AtTheSecondPriceTheWinnerPaysTheNextBid() external {
        _run(SECOND, 50, [uint256(100), 80, 60]);
        vm.assertEq(_house.leaderOf(0), ALICE);
        vm.assertEq(_house.priceOf(0), 80);
        vm.expectEmit(address(_house));
        emit ISealedBidAuction.Settled(0, ALICE, 80, 0);
        _house.settle(0);
        vm.assertTrue(_house.isSettled(0));
        // Bonds of 10 came back to all; Alice gets 20 back of her bid.
        vm.assertEq(_house.creditOf(ALICE), 30);
        vm.assertEq(_house.creditOf(BOB), 10);
        vm.assertEq(_house.creditOf(CAROL), 10);
        vm.assertEq(_house.creditOf(address(this)), 80);
        vm.expectEmit(address(_house));
        emit ISealedBidAuction.Withdrawn(ALICE, 30);
        vm.assertEq(_house.withdraw(ALICE), 30);
        vm.assertEq(_token.balanceOf(ALICE), 1000 - 80);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.NothingToWithdraw.selector, ALICE));
        _house.withdraw(ALICE);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.AlreadySettled.selector, 0));
        _house.settle(0);
    }

    function test_AtTheFirstPriceTheWinnerPaysItsBid() external {
        _run(FIRST, 50, [uint256(80), 100, 60]);
        vm.assertEq(_house.highestBid(0), 100);
        _house.settle(0);
        vm.assertEq(_house.leaderOf(0), BOB);
        vm.assertEq(_house.creditOf(address(this)), 100);
        vm.assertEq(_house.creditOf(BOB), 10);
        vm.assertEq(_house.creditOf(ALICE), 90);
    }

    function test_TheOrderOfRevealingDoesNotMatter() external {
        _run(SECOND, 0, [uint256(60), 80, 100]);
        vm.assertEq(_house.priceOf(0), 80);
        vm.assertEq(_house.leaderOf(0), CAROL);
        _run(SECOND, 0, [uint256(100), 60, 80]);
        vm.assertEq(_house.priceOf(1), 80);
        _run(SECOND, 0, [uint256(60), 100, 80]);
        vm.assertEq(_house.priceOf(2), 80);
        _run(SECOND, 0, [uint256(70), 70, 60]);
        vm.assertEq(_house.priceOf(3), 70);
        vm.assertEq(_house.leaderOf(3), ALICE);
    }

    function test_TheReserveIsThePriceOfTheOnlyBidAbove() external {
        _run(SECOND, 70, [uint256(100), 60, 50]);
        vm.assertEq(_house.priceOf(0), 70);
        _run(SECOND, 101, [uint256(100), 60, 50]);
        vm.expectEmit(address(_house));
        emit ISealedBidAuction.Settled(1, address(0), 0, 0);
        _house.settle(1);
        vm.assertEq(_house.creditOf(ALICE), 20);
    }

    function test_WhoDoesNotRevealForfeitsItsBond() external {
        uint256 auction = _house.open(SALT, SECOND, 0, 10, 100, 50);
        _commit(auction, ALICE, 100);
        _commit(auction, BOB, 200);
        vm.warp(START + 100);
        _reveal(auction, ALICE, 100);
        vm.warp(START + 150);
        vm.expectRevert(
            abi.encodeWithSelector(ISealedBidAuction.NotRevealPhase.selector, auction, START + 100, START + 150)
        );
        _reveal(auction, BOB, 200);
        _house.settle(auction);
        vm.assertEq(_house.creditOf(address(this)), 10);
        vm.assertEq(_house.creditOf(ALICE), 110);
        vm.assertEq(_house.creditOf(BOB), 0);
    }

    function test_EachPhaseHasItsTime() external {
        uint256 auction = _house.open(SALT, SECOND, 0, 0, 100, 50);
        _commit(auction, ALICE, 5);
        bytes memory early =
            abi.encodeWithSelector(ISealedBidAuction.NotRevealPhase.selector, auction, START + 100, START + 150);
        vm.expectRevert(early);
        _reveal(auction, ALICE, 5);
        bytes memory twice = abi.encodeWithSelector(ISealedBidAuction.AlreadyCommitted.selector, auction, ALICE);
        vm.expectRevert(twice);
        _commitHash(auction, ALICE, SALT);
        vm.warp(START + 100);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.CommitPhaseOver.selector, auction, START + 100));
        _commitHash(auction, BOB, SALT);
        _reveal(auction, ALICE, 5);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.RevealPhaseRuns.selector, auction, START + 150));
        _house.settle(auction);
    }

    function test_OnlyTheBidCommittedToIsRevealed() external {
        uint256 auction = _house.open(SALT, SECOND, 0, 0, 100, 50);
        bytes32 hidden = _house.commitmentOf(auction, ALICE, 5, SALT);
        vm.expectEmit(address(_house));
        emit ISealedBidAuction.Committed(auction, ALICE, hidden);
        _commitHash(auction, ALICE, hidden);
        vm.assertEq(_house.commitmentBy(auction, ALICE), hidden);
        // Bob copies what Alice committed to: of no use to him.
        _commitHash(auction, BOB, hidden);
        vm.warp(START + 100);
        bytes32 other = _house.commitmentOf(auction, ALICE, 6, SALT);
        vm.expectRevert(
            abi.encodeWithSelector(ISealedBidAuction.CommitmentMismatch.selector, ALICE, hidden, other)
        );
        _reveal(auction, ALICE, 6);
        bytes32 bobs = _house.commitmentOf(auction, BOB, 5, SALT);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.CommitmentMismatch.selector, BOB, hidden, bobs));
        _reveal(auction, BOB, 5);
        vm.expectEmit(address(_house));
        emit ISealedBidAuction.Revealed(auction, ALICE, 5);
        _reveal(auction, ALICE, 5);
        bytes32 again = _house.commitmentOf(auction, ALICE, 5, SALT);
        vm.expectRevert(
            abi.encodeWithSelector(ISealedBidAuction.CommitmentMismatch.selector, ALICE, bytes32(0), again)
        );
        _reveal(auction, ALICE, 5);
    }

    function test_ABidIsPositiveAndBounded() external {
        uint256 auction = _house.open(SALT, SECOND, 0, 0, 100, 50);
        _commit(auction, ALICE, 0);
        _commit(auction, BOB, 1 << 128);
        vm.warp(START + 100);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidBid.selector, 0));
        _reveal(auction, ALICE, 0);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.InvalidBid.selector, 1 << 128));
        _reveal(auction, BOB, 1 << 128);
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        SealedBidAuction house = _houseOf(token);
        house.open(SALT, FIRST, 0, 1, 10, 10);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        vm.prank(ALICE);
        house.commit(0, SALT);
        // Without a bond the token is not asked.
        house.open(SALT, FIRST, 0, 0, 10, 10);
        vm.prank(ALICE);
        house.commit(1, SALT);
    }

    function test_ATokenThatTakesAFeeIsRefused() external {
        FeeToken token = new FeeToken(100);
        SealedBidAuction house = _houseOf(token);
        house.open(SALT, FIRST, 0, 100, 10, 10);
        // What lies there already is no payment.
        token.mint(address(house), 1000);
        vm.expectRevert(abi.encodeWithSelector(ISealedBidAuction.PaymentShort.selector, 100, 99));
        vm.prank(ALICE);
        house.commit(0, SALT);
    }

    function test_ATokenThatCallsBackGetsNothingMore() external {
        ReentrantToken token = new ReentrantToken();
        SealedBidAuction house = _houseOf(token);
        house.open(SALT, FIRST, 0, 100, 10, 10);
        bytes32 hidden = house.commitmentOf(0, ALICE, 50, SALT);
        token.arm(address(house), abi.encodeCall(SealedBidAuction.withdraw, (ALICE)));
        vm.prank(ALICE);
        house.commit(0, hidden);
        bytes memory refusal = abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector);
        vm.assertEq(token.result(), refusal);
        vm.warp(START + 10);
        token.arm(address(house), abi.encodeCall(SealedBidAuction.withdraw, (ALICE)));
        vm.prank(ALICE);
        house.reveal(0, 50, SALT);
        vm.assertEq(token.result(), refusal);
        token.arm(address(house), abi.encodeCall(SealedBidAuction.withdraw, (ALICE)));
        vm.assertEq(house.withdraw(ALICE), 100);
        vm.assertEq(token.result(), refusal);
        vm.assertEq(token.calls(), 3);
        vm.assertEq(token.balanceOf(address(house)), 50);
    }

    /// A plain reference: the highest and the second highest of the bids at or above the reserve, by sorting.
    function testFuzz_TheHighestWinsAndPaysByTheRule(uint256[3] memory bids, uint256 reserve, bool second) external {
        for (uint256 i = 0; i < 3; ++i) bids[i] = _bound(bids[i], 1, 500);
        reserve = _bound(reserve, 0, 500);
        _run(second ? SECOND : FIRST, reserve, bids);
        _house.settle(0);
        uint256 best;
        uint256 next;
        for (uint256 i = 0; i < 3; ++i) {
            if (bids[i] < reserve) continue;
            if (bids[i] > best) (best, next) = (bids[i], best);
            else if (bids[i] > next) next = bids[i];
        }
        uint256 expected = best == 0 ? 0 : !second ? best : next > reserve ? next : reserve;
        vm.assertEq(_house.priceOf(0), expected);
        vm.assertEq(_house.creditOf(address(this)), expected);
        // Nobody loses anything but the price.
        uint256 back = expected;
        address[3] memory who = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < 3; ++i) back += _token.balanceOf(who[i]) + _house.creditOf(who[i]);
        vm.assertEq(back, 3000);
        vm.assertTrue((_house.leaderOf(0) == address(0)) == (best == 0));
    }

    function _houseOf(DataToken token) private returns (SealedBidAuction house) {
        house = new SealedBidAuction(address(token));
        address[3] memory who = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < 3; ++i) {
            token.mint(who[i], 1000);
            vm.prank(who[i]);
            token.approve(address(house), type(uint256).max);
        }
    }

    /// Opens an auction with a bond of 10, in which the three bid and reveal in order, and lets it end.
    function _run(ISealedBidAuction.Rule rule, uint256 reserve, uint256[3] memory bids) private {
        uint256 auction = _house.open(SALT, rule, reserve, 10, 100, 50);
        uint256 opened = _house.commitEnd(auction) - 100;
        address[3] memory who = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < 3; ++i) _commit(auction, who[i], bids[i]);
        vm.warp(opened + 100);
        for (uint256 i = 0; i < 3; ++i) _reveal(auction, who[i], bids[i]);
        vm.warp(opened + 150);
    }

    function _commit(uint256 auction, address who, uint256 amount) private {
        _commitHash(auction, who, _house.commitmentOf(auction, who, amount, SALT));
    }

    function _commitHash(uint256 auction, address who, bytes32 commitment) private {
        vm.prank(who);
        _house.commit(auction, commitment);
    }

    function _reveal(uint256 auction, address who, uint256 amount) private {
        vm.prank(who);
        _house.reveal(auction, amount, SALT);
    }
}
