// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {PostedPrice} from "./PostedPrice.sol";
import {IPostedPrice} from "./interfaces/IPostedPrice.sol";

/// @dev Alice sells, Bob buys, Carol is the treasury.
contract PostedPriceTest is TestBase {
    bytes32 private constant DATA = keccak256("data");

    DataToken private _token;
    PostedPrice private _market;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _market = _marketOf(_token, 250);
    }

    function test_ItSaysHowItWasMade() external {
        vm.assertEq(_market.token(), address(_token));
        vm.assertEq(_market.feeBps(), 250);
        vm.assertEq(_market.treasury(), CAROL);
        vm.assertEq(_market.offers(), 0);
        vm.assertFalse(_market.isOpen(0));
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.InvalidToken.selector, ALICE));
        new PostedPrice(ALICE, 0, CAROL);
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.InvalidFee.selector, 10_001));
        new PostedPrice(address(_token), 10_001, CAROL);
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.InvalidPayee.selector, address(0)));
        new PostedPrice(address(_token), 0, address(0));
    }

    function test_AnOfferIsNumberedAndOpen() external {
        vm.expectEmit(address(_market));
        emit IPostedPrice.Offered(0, ALICE, DATA, 100, BOB);
        vm.assertEq(_list(_market, 100, BOB), 0);
        vm.assertEq(_list(_market, 7, ALICE), 1);
        vm.assertEq(_market.offers(), 2);
        vm.assertEq(_market.priceOf(0), 100);
        vm.assertEq(_market.sellerOf(0), ALICE);
        vm.assertEq(_market.payeeOf(0), BOB);
        vm.assertTrue(_market.isOpen(1));
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.InvalidPayee.selector, address(_market)));
        _list(_market, 1, address(_market));
    }

    function test_AnyNumberOfCopiesIsSold() external {
        _list(_market, 101, ALICE);
        vm.expectEmit(address(_market));
        emit IPostedPrice.Sold(0, BOB, 101, 2);
        vm.assertEq(_buy(_market, 0, 101), 101);
        _buy(_market, 0, 1000);
        vm.assertEq(_market.soldOf(0), 2);
        vm.assertEq(_market.revenueOf(0), 202);
        vm.assertEq(_market.copiesOf(0, BOB), 2);
        vm.assertEq(_market.copiesOf(0, ALICE), 0);
        vm.assertEq(_market.creditOf(ALICE), 198);
        vm.assertEq(_market.creditOf(CAROL), 4);
        vm.assertEq(_token.balanceOf(BOB), 10_000 - 202);
    }

    function test_WhoIsCreditedIsPaidOnce() external {
        _list(_market, 1000, ALICE);
        _buy(_market, 0, 1000);
        vm.expectEmit(address(_market));
        emit IPostedPrice.Withdrawn(ALICE, 975);
        vm.assertEq(_market.withdraw(ALICE), 975);
        vm.assertEq(_token.balanceOf(ALICE), 975);
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.NothingToWithdraw.selector, ALICE));
        _market.withdraw(ALICE);
        vm.assertEq(_market.withdraw(CAROL), 25);
        vm.assertEq(_token.balanceOf(address(_market)), 0);
    }

    function test_ABuyerPaysNoMoreThanItsLimit() external {
        _list(_market, 100, ALICE);
        vm.expectEmit(address(_market));
        emit IPostedPrice.PriceChanged(0, 100, 120);
        vm.prank(ALICE);
        _market.setPrice(0, 120);
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.PriceExceeded.selector, 0, 120, 100));
        _buy(_market, 0, 100);
        vm.assertEq(_buy(_market, 0, 120), 120);
    }

    function test_AClosedOfferStaysClosed() external {
        _list(_market, 100, ALICE);
        vm.expectEmit(address(_market));
        emit IPostedPrice.Closed(0);
        vm.prank(ALICE);
        _market.close(0);
        vm.assertFalse(_market.isOpen(0));
        bytes memory refusal = abi.encodeWithSelector(IPostedPrice.OfferClosed.selector, 0);
        vm.expectRevert(refusal);
        _buy(_market, 0, 100);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _market.setPrice(0, 1);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _market.close(0);
    }

    function test_OnlyTheSellerChangesItsOffer() external {
        _list(_market, 100, BOB);
        bytes memory refusal = abi.encodeWithSelector(IPostedPrice.NotSeller.selector, 0, BOB, ALICE);
        vm.expectRevert(refusal);
        vm.prank(BOB);
        _market.setPrice(0, 1);
        vm.expectRevert(refusal);
        vm.prank(BOB);
        _market.close(0);
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.UnknownOffer.selector, 1, 1));
        _buy(_market, 1, 1);
    }

    function test_AFreeCopyIsACopy() external {
        _list(_market, 0, ALICE);
        vm.assertEq(_buy(_market, 0, 0), 0);
        vm.assertEq(_market.soldOf(0), 1);
        vm.assertEq(_market.creditOf(ALICE), 0);
    }

    function test_AllMayBeFee() external {
        PostedPrice market = _marketOf(_token, 10_000);
        _list(market, 50, ALICE);
        _buy(market, 0, 50);
        vm.assertEq(market.creditOf(ALICE), 0);
        vm.assertEq(market.creditOf(CAROL), 50);
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        PostedPrice market = _marketOf(token, 0);
        _list(market, 5, ALICE);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _buy(market, 0, 5);
        vm.assertEq(market.soldOf(0), 0);
    }

    function test_AFeeOnTransferIsBorneByTheSeller() external {
        FeeToken token = new FeeToken(100);
        PostedPrice market = _marketOf(token, 1000);
        _list(market, 1000, ALICE);
        vm.assertEq(_buy(market, 0, 1000), 1000);
        vm.assertEq(market.revenueOf(0), 990);
        vm.assertEq(market.creditOf(ALICE), 891);
        vm.assertEq(market.creditOf(CAROL), 99);
        market.withdraw(ALICE);
        market.withdraw(CAROL);
        vm.assertEq(token.balanceOf(address(market)), 0);
    }

    function test_ATokenThatCallsBackGetsNothingMore() external {
        ReentrantToken token = new ReentrantToken();
        PostedPrice market = _marketOf(token, 0);
        _list(market, 100, ALICE);
        _buy(market, 0, 100);
        bytes memory refusal = abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector);
        token.arm(address(market), abi.encodeCall(PostedPrice.withdraw, (ALICE)));
        _buy(market, 0, 100);
        vm.assertEq(token.result(), refusal);
        token.arm(address(market), abi.encodeCall(PostedPrice.buy, (0, 100)));
        vm.assertEq(market.withdraw(ALICE), 200);
        vm.assertEq(token.result(), refusal);
        vm.assertEq(token.calls(), 2);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.balanceOf(ALICE), 200);
    }

    /// Expected numbers: fee = floor(price x bps / 10,000), and the rest is the seller's.
    function testFuzz_APaymentIsSplitWithoutLoss(uint128 price, uint256 fee) external {
        fee = _bound(fee, 0, 10_000);
        PostedPrice market = _marketOf(_token, fee);
        _list(market, price, ALICE);
        _token.mint(BOB, price);
        _buy(market, 0, price);
        vm.assertEq(market.creditOf(CAROL), uint256(price) * fee / 10_000);
        vm.assertEq(market.creditOf(ALICE) + market.creditOf(CAROL), price);
        vm.assertEq(_token.balanceOf(address(market)), price);
    }

    function _marketOf(DataToken token, uint256 fee) private returns (PostedPrice market) {
        market = new PostedPrice(address(token), fee, CAROL);
        token.mint(BOB, 10_000);
        vm.prank(BOB);
        token.approve(address(market), type(uint256).max);
    }

    function _list(PostedPrice market, uint256 price, address payee) private returns (uint256) {
        vm.prank(ALICE);
        return market.list(DATA, price, payee);
    }

    function _buy(PostedPrice market, uint256 offer, uint256 most) private returns (uint256) {
        vm.prank(BOB);
        return market.buy(offer, most);
    }
}

/// @dev Actors sell to each other and ask for their money; everything that was paid is counted beside the market.
contract PostedPriceHandler is Handler {
    DataToken public immutable token = new DataToken("Data", "DATA");
    PostedPrice public immutable market = new PostedPrice(address(token), 333, address(0x7EA));

    uint256 public paid;
    uint256 public sold;

    constructor() {
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), 1e30);
            vm.prank(actor(i));
            token.approve(address(market), type(uint256).max);
            vm.prank(actor(i));
            market.list(bytes32(i), i, actor(i + 1));
        }
    }

    function buy(uint256 seed, uint256 offer) external {
        offer = offer % ACTORS;
        uint256 price = market.priceOf(offer);
        vm.prank(actor(seed));
        paid += market.buy(offer, price);
        sold += 1;
    }

    function reprice(uint256 offer, uint256 price) external {
        offer = offer % ACTORS;
        vm.prank(actor(offer));
        market.setPrice(offer, _bound(price, 0, 1e24));
    }

    function withdraw(uint256 seed) external {
        address payee = seed % 6 == 5 ? market.treasury() : actor(seed);
        if (market.creditOf(payee) > 0) market.withdraw(payee);
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract PostedPriceInvariants is InvariantBase {
    PostedPriceHandler private _handler;

    function setUp() external {
        _handler = new PostedPriceHandler();
        _aimAt(
            address(_handler),
            [
                PostedPriceHandler.buy.selector,
                PostedPriceHandler.reprice.selector,
                PostedPriceHandler.withdraw.selector
            ]
        );
    }

    function invariant_TheMarketHoldsExactlyWhatItHasCredited() external view {
        PostedPrice market = _handler.market();
        uint256 credit = market.creditOf(market.treasury());
        for (uint256 i = 0; i < _handler.actors(); ++i) credit += market.creditOf(_handler.actor(i));
        vm.assertEq(_handler.token().balanceOf(address(market)), credit);
    }

    function invariant_SalesAddUp() external view {
        uint256 sold;
        uint256 revenue;
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            sold += _handler.market().soldOf(i);
            revenue += _handler.market().revenueOf(i);
        }
        vm.assertEq(sold, _handler.sold());
        vm.assertEq(revenue, _handler.paid());
    }
}
