// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC20Errors, IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {ListingStake} from "../staking/ListingStake.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {IPullPayments} from "../tokens/interfaces/IPullPayments.sol";
import {DataMarket} from "./DataMarket.sol";
import {DataMarketBase} from "./DataMarketBase.t.sol";
import {IAccessGrants} from "./interfaces/IAccessGrants.sol";
import {IDataMarket} from "./interfaces/IDataMarket.sol";

contract DataMarketTest is DataMarketBase {
    function test_ItSaysHowItWasMade() external view {
        vm.assertEq(abi.encode(_market.config()), abi.encode(_config(address(_token), address(0))));
        vm.assertEq(_market.token(), address(_token));
        vm.assertEq(_market.sales(), 0);
    }

    function test_ItRefusesPartsThatAreNone() external {
        IDataMarket.Config memory config = _config(ALICE, address(0));
        vm.expectRevert(abi.encodeWithSelector(IPullPayments.InvalidToken.selector, ALICE));
        new DataMarket(config);
        config = _config(address(_token), ALICE);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidPart.selector, ALICE));
        new DataMarket(config);
        config = _config(address(_token), address(0));
        config.registry = BOB;
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidPart.selector, BOB));
        new DataMarket(config);
        config.registry = address(_registry);
        config.grants = CAROL;
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidPart.selector, CAROL));
        new DataMarket(config);
        config.grants = address(_grants);
        config.treasury = address(0);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidTreasury.selector, address(0)));
        new DataMarket(config);
    }

    /// The registry allows royalties of 10 %, so that 90 % are left for a seller's fee.
    function test_ItRefusesFeesThatAreMoreThanThePrice() external {
        IDataMarket.Config memory config = _config(address(_token), address(0));
        config.buyerFeeBps = 10_001;
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidBuyerFee.selector, 10_001));
        new DataMarket(config);
        config.buyerFeeBps = 10_000;
        config.sellerFeeBps = 9_001;
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidSellerFee.selector, 9_001, 1_000));
        new DataMarket(config);
        config.sellerFeeBps = 9_000;
        new DataMarket(config);
    }

    function test_AnOwnerOffers() external {
        vm.assertFalse(_market.isOnSale(0));
        // One that nobody registered is not on sale either.
        vm.assertFalse(_market.isOnSale(9));
        vm.expectEmit(address(_market));
        emit IDataMarket.Offered(0, ALICE, PRICE, 5, 1 weeks);
        _offer(_market, ALICE, PRICE);
        IDataMarket.Offer memory offered = _market.offerOf(0);
        vm.assertEq(offered.seller, ALICE);
        vm.assertEq(offered.price, PRICE);
        vm.assertEq(offered.units, 5);
        vm.assertEq(offered.duration, 1 weeks);
        vm.assertTrue(_market.isOnSale(0));
        _offer(_market, ALICE, PRICE + 1);
        vm.assertEq(_market.offerOf(0).price, PRICE + 1);
    }

    function test_NobodyElseOffers() external {
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.NotOwner.selector, 0, BOB, ALICE));
        _offer(_market, BOB, PRICE);
        _offer(_market, ALICE, PRICE);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.NotOwner.selector, 0, BOB, ALICE));
        vm.prank(BOB);
        _market.withdrawOffer(0);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 9));
        _market.offer(9, 1, 1, 1);
    }

    function test_OffersThatMeanNothingAreRefused() external {
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidPrice.selector, 1 << 128));
        _terms(1 << 128, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidUnits.selector, 0));
        _terms(1, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidUnits.selector, 1 << 64));
        _terms(1, 1 << 64, 1);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidDuration.selector, 0));
        _terms(1, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.InvalidDuration.selector, 1 << 32));
        _terms(1, 1, 1 << 32);
        _terms((1 << 128) - 1, (1 << 64) - 1, (1 << 32) - 1);
    }

    /// 2 % and 3 % of 10,001 are 200 and 300, rounded down. Alice is the creator: no royalty.
    function test_ASaleIsSplitAndGivesAGrant() external {
        _offer(_market, ALICE, PRICE);
        (uint256 total, uint256 buyerFee, uint256 sellerFee, uint256 royalty) = _market.quote(0);
        vm.assertEq(total, 10_201);
        vm.assertEq(buyerFee, 200);
        vm.assertEq(sellerFee, 300);
        vm.assertEq(royalty, 0);

        vm.expectEmit(address(_market));
        emit IDataMarket.Sold(0, BOB, ALICE, 0, PRICE, 200, 300, 0);
        vm.assertEq(_buy(_market, BOB), 0);
        vm.assertEq(_market.owedTo(ALICE), 9_701);
        vm.assertEq(_market.owedTo(TREASURY), 500);
        vm.assertEq(_token.balanceOf(BOB), 1_000_000 - 10_201);
        vm.assertEq(_token.balanceOf(address(_market)), 10_201);
        IAccessGrants.Grant memory grant = _grants.grantOf(0);
        vm.assertEq(grant.dataSet, 0);
        vm.assertEq(grant.holder, BOB);
        vm.assertEq(grant.granter, address(_market));
        vm.assertEq(grant.unitsLeft, 5);
        vm.assertEq(grant.expiresAt, START + 1 weeks);
        vm.assertFalse(grant.revocable);

        vm.assertEq(_buy(_market, BOB), 1);
        vm.assertEq(_market.sales(), 2);
        vm.assertEq(_market.salesOf(0), 2);
        vm.assertEq(_market.salesOf(1), 0);
        vm.assertEq(_market.turnover(), 2 * PRICE);
        vm.assertEq(_market.feesEarned(), 1_000);
        vm.assertEq(_market.royaltiesEarned(), 0);
    }

    /// 5 % of 10,001 are 500, rounded down.
    function test_ACreatorThatSoldItsDataSetEarnsARoyalty() external {
        vm.prank(ALICE);
        _registry.transferFrom(ALICE, CAROL, 0);
        _offer(_market, CAROL, PRICE);
        (,,, uint256 royalty) = _market.quote(0);
        vm.assertEq(royalty, 500);
        vm.expectEmit(address(_market));
        emit IDataMarket.Sold(0, BOB, CAROL, 0, PRICE, 200, 300, 500);
        _buy(_market, BOB);
        vm.assertEq(_market.owedTo(ALICE), 500);
        vm.assertEq(_market.owedTo(CAROL), 9_201);
        vm.assertEq(_market.royaltiesEarned(), 500);
    }

    function test_AnOfferEndsWithOwnershipAndComesBackWithIt() external {
        _offer(_market, ALICE, PRICE);
        vm.prank(ALICE);
        _registry.transferFrom(ALICE, CAROL, 0);
        vm.assertFalse(_market.isOnSale(0));
        // The offer is remembered, and nobody is told a price that nobody can pay.
        (uint256 total, uint256 buyerFee, uint256 sellerFee, uint256 royalty) = _market.quote(0);
        vm.assertEq(total + buyerFee + sellerFee + royalty, 0);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.NotOffered.selector, 0));
        _buy(_market, BOB);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.NotOffered.selector, 0));
        vm.prank(CAROL);
        _market.withdrawOffer(0);
        vm.prank(CAROL);
        _registry.transferFrom(CAROL, ALICE, 0);
        vm.assertTrue(_market.isOnSale(0));
    }

    function test_AWithdrawnOfferIsNotSold() external {
        _offer(_market, ALICE, PRICE);
        vm.expectEmit(address(_market));
        emit IDataMarket.OfferWithdrawn(0);
        vm.prank(ALICE);
        _market.withdrawOffer(0);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.NotOffered.selector, 0));
        _buy(_market, BOB);
        (uint256 total, uint256 buyerFee, uint256 sellerFee, uint256 royalty) = _market.quote(0);
        vm.assertEq(total + buyerFee + sellerFee + royalty, 0);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.NotOffered.selector, 0));
        vm.prank(ALICE);
        _market.withdrawOffer(0);
    }

    function test_ABuyerPaysNoMoreThanItSaid() external {
        _offer(_market, ALICE, PRICE);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.TotalExceeded.selector, 0, 10_201, 10_200));
        vm.prank(BOB);
        _market.buy(0, 10_200);
        vm.prank(BOB);
        _market.buy(0, 10_201);
    }

    function test_ABuyerWithoutTokensGetsNoGrant() external {
        _offer(_market, ALICE, PRICE);
        vm.prank(CAROL);
        _token.approve(address(_market), type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, CAROL, 0, 10_201));
        _buy(_market, CAROL);
        vm.assertEq(_grants.grants(), 0);
        vm.assertEq(_market.totalOwed(), 0);
    }

    function test_APriceOfZeroGivesAccessAway() external {
        _offer(_market, ALICE, 0);
        vm.prank(CAROL);
        _market.buy(0, 0);
        vm.assertTrue(_grants.hasAccess(0, CAROL));
        vm.assertEq(_market.totalOwed(), 0);
    }

    function test_AGateMustCallADataSetListed() external {
        ListingStake stakes = _stakes();
        DataMarket market = _deploy(_config(address(_token), address(stakes)));
        _fund(_token, market, BOB, 1_000_000);
        _offer(market, ALICE, PRICE);
        vm.assertFalse(market.isOnSale(0));
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.NotListed.selector, 0));
        _buy(market, BOB);
        vm.prank(ALICE);
        stakes.list(0);
        vm.assertTrue(market.isOnSale(0));
        _buy(market, BOB);
        stakes.challenge(0, 0);
        vm.expectRevert(abi.encodeWithSelector(IDataMarket.NotListed.selector, 0));
        _buy(market, BOB);
    }

    function test_AMarketThatMayNotGrantSellsNothing() external {
        DataMarket market = new DataMarket(_config(address(_token), address(0)));
        _fund(_token, market, BOB, 1_000_000);
        _offer(market, ALICE, PRICE);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector, address(market), _grants.GRANTER_ROLE()
            )
        );
        _buy(market, BOB);
    }

    function test_ATokenThatReturnsFalseIsRefused() external {
        FalseToken token = new FalseToken();
        DataMarket market = _deploy(_config(address(token), address(0)));
        _fund(token, market, BOB, 1_000_000);
        _offer(market, ALICE, PRICE);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _buy(market, BOB);
        vm.assertEq(_grants.grants(), 0);
    }

    function test_ATokenThatTakesAFeeIsRefused() external {
        FeeToken token = new FeeToken(1);
        DataMarket market = _deploy(_config(address(token), address(0)));
        _fund(token, market, BOB, 1_000_000);
        _offer(market, ALICE, PRICE);
        vm.expectRevert(abi.encodeWithSelector(IPullPayments.PaymentShort.selector, 10_201, 10_199));
        _buy(market, BOB);
    }

    function test_ATokenThatCallsBackBuysOnce() external {
        ReentrantToken token = new ReentrantToken();
        DataMarket market = _deploy(_config(address(token), address(0)));
        _fund(token, market, address(token), 1_000_000);
        _offer(market, ALICE, PRICE);
        token.arm(address(market), abi.encodeCall(IDataMarket.buy, (0, PRICE * 2)));
        token.act(address(market), abi.encodeCall(IDataMarket.buy, (0, PRICE * 2)));
        vm.assertEq(token.calls(), 1);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        vm.assertEq(market.sales(), 1);
        vm.assertEq(token.balanceOf(address(market)), market.totalOwed());
    }

    /// What a buyer pays is what the others are owed, for every price, fee and royalty.
    function testFuzz_NothingStaysAndNothingIsMissing(
        uint256 price,
        uint256 buyerFeeBps,
        uint256 sellerFeeBps,
        uint256 royaltyBps
    ) external {
        price = _bound(price, 0, type(uint128).max);
        buyerFeeBps = _bound(buyerFeeBps, 0, 10_000);
        sellerFeeBps = _bound(sellerFeeBps, 0, 9_000);
        royaltyBps = _bound(royaltyBps, 0, 1_000);
        IDataMarket.Config memory config = _config(address(_token), address(0));
        (config.buyerFeeBps, config.sellerFeeBps) = (buyerFeeBps, sellerFeeBps);
        DataMarket market = _deploy(config);
        _own(ALICE, 77, royaltyBps);
        vm.prank(ALICE);
        _registry.transferFrom(ALICE, CAROL, 1);
        vm.prank(CAROL);
        market.offer(1, price, 1, 1);
        uint256 total = price + price * buyerFeeBps / 10_000;
        _fund(_token, market, BOB, total);
        vm.prank(BOB);
        market.buy(1, total);

        uint256 sellerFee = price * sellerFeeBps / 10_000;
        uint256 royalty = price * royaltyBps / 10_000;
        vm.assertEq(market.owedTo(TREASURY), total - price + sellerFee);
        vm.assertEq(market.owedTo(ALICE), royalty);
        vm.assertEq(market.owedTo(CAROL), price - sellerFee - royalty);
        vm.assertEq(market.totalOwed(), total);
        vm.assertEq(market.feesEarned(), total - price + sellerFee);
        vm.assertEq(market.turnover(), price);
        vm.assertEq(_token.balanceOf(address(market)), total);
    }

    function _terms(uint256 price, uint256 units, uint256 duration) private {
        vm.prank(ALICE);
        _market.offer(0, price, units, duration);
    }
}
