// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {DataSetRegistry} from "../rights/DataSetRegistry.sol";
import {IDataSetRegistry} from "../rights/interfaces/IDataSetRegistry.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {IPullPayments} from "../tokens/interfaces/IPullPayments.sol";
import {ListingStake} from "./ListingStake.sol";
import {IListingStake} from "./interfaces/IListingStake.sol";

contract ListingStakeTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    uint256 private constant STAKE = 1_001;
    uint256 private constant BOND = 103;
    uint256 private constant UNBONDING = 14 days;
    uint256 private constant VERDICT = 5 days;
    uint256 private constant SLASH = 5_000;
    uint256 private constant REWARD = 3_000;
    bytes32 private constant REASON = keccak256("evidence");
    address private constant TREASURY = address(0x7EA5);
    address private constant ARBITER = address(0xA4B1);

    DataToken private _token;
    DataSetRegistry private _registry;
    ListingStake private _listings;

    /// Alice owns data set 0, Bob data set 1; Carol challenges.
    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _registry = new DataSetRegistry("Data sets", "SETS", 1_000);
        _listings = _deploy(_config(address(_token)));
        _own(ALICE, 0);
        _own(BOB, 1);
        _fund(_token, _listings, ALICE);
        _fund(_token, _listings, BOB);
        _fund(_token, _listings, CAROL);
    }

    function test_ItSaysHowItWasMade() external view {
        IListingStake.Config memory made = _listings.config();
        vm.assertEq(abi.encode(made), abi.encode(_config(address(_token))));
        vm.assertEq(_listings.token(), address(_token));
        vm.assertEq(_listings.totalAtStake(), 0);
    }

    function test_ItRefusesWhatCannotWork() external {
        IListingStake.Config memory config = _config(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IPullPayments.InvalidToken.selector, ALICE));
        new ListingStake(config);
        config = _config(address(_token));
        config.registry = ALICE;
        vm.expectRevert(abi.encodeWithSelector(IListingStake.InvalidRegistry.selector, ALICE));
        new ListingStake(config);
        config = _config(address(_token));
        config.treasury = address(0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.InvalidTreasury.selector, address(0)));
        new ListingStake(config);
        config = _config(address(_token));
        config.slashBps = 10_001;
        vm.expectRevert(abi.encodeWithSelector(IListingStake.InvalidShare.selector, 10_001));
        new ListingStake(config);
        config.slashBps = 10_000;
        config.challengerBps = 10_002;
        vm.expectRevert(abi.encodeWithSelector(IListingStake.InvalidShare.selector, 10_002));
        new ListingStake(config);
        config.challengerBps = 10_000;
        config.unbondingSeconds = 1 << 64;
        vm.expectRevert(abi.encodeWithSelector(IListingStake.InvalidLength.selector, 1 << 64));
        new ListingStake(config);
        config.unbondingSeconds = (1 << 64) - 1;
        config.verdictSeconds = (1 << 64) + 1;
        vm.expectRevert(abi.encodeWithSelector(IListingStake.InvalidLength.selector, (1 << 64) + 1));
        new ListingStake(config);
        config.verdictSeconds = (1 << 64) - 1;
        new ListingStake(config);
    }

    function test_AnOwnerListsForAStake() external {
        vm.assertFalse(_listings.isListed(0));
        vm.assertEq(_listings.sellerOf(0), address(0));
        vm.assertEq(_listings.reclaimableAt(0), 0);
        vm.assertEq(_listings.expiresAt(0), 0);
        vm.expectEmit(address(_listings));
        emit IListingStake.Listed(0, ALICE, STAKE);
        _list(ALICE, 0);
        vm.assertTrue(_listings.isListed(0));
        vm.assertFalse(_listings.isListed(1));
        vm.assertFalse(_listings.isBarred(0));
        vm.assertEq(_listings.sellerOf(0), ALICE);
        vm.assertEq(_listings.totalAtStake(), STAKE);
        vm.assertEq(_token.balanceOf(address(_listings)), STAKE);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.AlreadyListed.selector, 0, ALICE));
        _list(ALICE, 0);
    }

    function test_OnlyTheOwnerLists() external {
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotOwner.selector, 0, BOB, ALICE));
        _list(BOB, 0);
    }

    function test_AnUnlistedStakeComesBackAfterTheUnbonding() external {
        _list(ALICE, 0);
        vm.warp(START + 10);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotUnlisted.selector, 0));
        _reclaim(ALICE, 0);
        vm.expectEmit(address(_listings));
        emit IListingStake.Unlisted(0, START + 10 + UNBONDING);
        _unlist(ALICE, 0);
        vm.assertFalse(_listings.isListed(0));
        vm.assertEq(_listings.reclaimableAt(0), START + 10 + UNBONDING);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.AlreadyUnlisted.selector, 0, START + 10));
        _unlist(ALICE, 0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.AlreadyListed.selector, 0, ALICE));
        _list(ALICE, 0);

        vm.warp(START + 9 + UNBONDING);
        vm.expectRevert(
            abi.encodeWithSelector(IListingStake.StakeUnbonding.selector, 0, START + 10 + UNBONDING)
        );
        _reclaim(ALICE, 0);
        vm.warp(START + 10 + UNBONDING);
        vm.expectEmit(address(_listings));
        emit IListingStake.Reclaimed(0, ALICE, STAKE);
        _reclaim(ALICE, 0);
        vm.assertEq(_listings.totalAtStake(), 0);
        vm.assertEq(_listings.owedTo(ALICE), STAKE);
        vm.assertEq(_listings.sellerOf(0), address(0));
        vm.assertEq(_listings.reclaimableAt(0), 0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotListed.selector, 0));
        _reclaim(ALICE, 0);
        _list(ALICE, 0);
        vm.assertTrue(_listings.isListed(0));
    }

    function test_OnlyItsSellerUnlistsAndReclaims() external {
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotListed.selector, 0));
        _unlist(ALICE, 0);
        _list(ALICE, 0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotSeller.selector, 0, BOB, ALICE));
        _unlist(BOB, 0);
        _unlist(ALICE, 0);
        vm.warp(START + UNBONDING);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotSeller.selector, 0, BOB, ALICE));
        _reclaim(BOB, 0);
    }

    /// The stake stays with who put it up, also when the data set is sold.
    function test_ASaleOfTheDataSetLeavesTheStakeWithItsSeller() external {
        _list(ALICE, 0);
        vm.prank(ALICE);
        _registry.transferFrom(ALICE, BOB, 0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotSeller.selector, 0, BOB, ALICE));
        _unlist(BOB, 0);
        _unlist(ALICE, 0);
        vm.warp(START + UNBONDING);
        _reclaim(ALICE, 0);
        vm.assertEq(_listings.owedTo(ALICE), STAKE);
    }

    function test_AChallengeSuspendsAListing() external {
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotListed.selector, 0));
        _challenge(CAROL, 0);
        _list(ALICE, 0);
        _list(BOB, 1);
        vm.expectEmit(address(_listings));
        emit IListingStake.Challenged(0, CAROL, BOND, REASON);
        _challenge(CAROL, 0);
        vm.assertFalse(_listings.isListed(0));
        vm.assertTrue(_listings.isListed(1));
        vm.assertEq(_listings.challengerOf(0), CAROL);
        vm.assertEq(_listings.expiresAt(0), START + VERDICT);
        vm.assertEq(_listings.totalAtStake(), 2 * STAKE + BOND);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.AlreadyChallenged.selector, 0, CAROL));
        _challenge(BOB, 0);
    }

    /// Half of 1,001 is 500, and three tenths of that 150.
    function test_AnUpheldChallengeSlashesAndBars() external {
        _list(ALICE, 0);
        _challenge(CAROL, 0);
        vm.expectEmit(address(_listings));
        emit IListingStake.Upheld(0, ALICE, CAROL, ARBITER, 150, 350);
        _resolve(0, true);
        vm.assertEq(_listings.owedTo(CAROL), BOND + 150);
        vm.assertEq(_listings.owedTo(TREASURY), 350);
        vm.assertEq(_listings.owedTo(ALICE), 501);
        vm.assertEq(_listings.totalAtStake(), 0);
        vm.assertEq(_listings.totalOwed(), _token.balanceOf(address(_listings)));
        vm.assertTrue(_listings.isBarred(0));
        vm.assertFalse(_listings.isListed(0));
        vm.assertEq(_listings.sellerOf(0), address(0));
        vm.assertEq(_listings.challengerOf(0), address(0));
        vm.expectRevert(abi.encodeWithSelector(IListingStake.Barred.selector, 0));
        _list(ALICE, 0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotListed.selector, 0));
        _unlist(ALICE, 0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotListed.selector, 0));
        _challenge(CAROL, 0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotChallenged.selector, 0));
        _resolve(0, false);
    }

    function test_ADismissedChallengePaysTheSellerItsBond() external {
        _list(ALICE, 0);
        _challenge(CAROL, 0);
        vm.expectEmit(address(_listings));
        emit IListingStake.Dismissed(0, ALICE, CAROL, ARBITER, BOND);
        _resolve(0, false);
        vm.assertTrue(_listings.isListed(0));
        vm.assertFalse(_listings.isBarred(0));
        vm.assertEq(_listings.owedTo(ALICE), BOND);
        vm.assertEq(_listings.owedTo(CAROL), 0);
        vm.assertEq(_listings.totalAtStake(), STAKE);
        _challenge(CAROL, 0);
        vm.assertFalse(_listings.isListed(0));
    }

    function test_AnUnjudgedChallengeExpires() external {
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotChallenged.selector, 0));
        _listings.expire(0);
        _list(ALICE, 0);
        _challenge(CAROL, 0);
        vm.warp(START + VERDICT - 1);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.VerdictPending.selector, 0, START + VERDICT));
        _listings.expire(0);
        vm.warp(START + VERDICT);
        vm.expectEmit(address(_listings));
        emit IListingStake.Expired(0, BOND);
        _listings.expire(0);
        vm.assertEq(_listings.owedTo(CAROL), BOND);
        vm.assertTrue(_listings.isListed(0));
        vm.assertEq(_listings.expiresAt(0), 0);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotChallenged.selector, 0));
        _resolve(0, true);
    }

    function test_NothingExpiresThatWasNotChallenged() external {
        IListingStake.Config memory config = _config(address(_token));
        config.verdictSeconds = type(uint64).max;
        ListingStake listings = _deploy(config);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.NotChallenged.selector, 0));
        listings.expire(0);
    }

    function test_AVerdictMayComeLate() external {
        _list(ALICE, 0);
        _challenge(CAROL, 0);
        vm.warp(START + 10 * VERDICT);
        _resolve(0, true);
        vm.assertTrue(_listings.isBarred(0));
    }

    /// That is what the unbonding is for: a seller cannot leave before it can be caught.
    function test_AnUnbondingStakeCanBeChallengedAndIsHeldUntilTheVerdict() external {
        _list(ALICE, 0);
        _unlist(ALICE, 0);
        vm.warp(START + UNBONDING - 1);
        _challenge(CAROL, 0);
        vm.warp(START + UNBONDING);
        vm.expectRevert(abi.encodeWithSelector(IListingStake.AlreadyChallenged.selector, 0, CAROL));
        _reclaim(ALICE, 0);
        _resolve(0, true);
        vm.assertEq(_listings.owedTo(ALICE), 501);
        vm.assertEq(_listings.reclaimableAt(0), 0);
    }

    function test_ADismissalDoesNotRelist() external {
        _list(ALICE, 0);
        _challenge(CAROL, 0);
        _unlist(ALICE, 0);
        _resolve(0, false);
        vm.assertFalse(_listings.isListed(0));
        vm.warp(START + UNBONDING);
        _reclaim(ALICE, 0);
        vm.assertEq(_listings.owedTo(ALICE), STAKE + BOND);
    }

    function test_OnlyAnArbiterJudges() external {
        _list(ALICE, 0);
        _challenge(CAROL, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector, CAROL, _listings.ARBITER_ROLE()
            )
        );
        vm.prank(CAROL);
        _listings.resolve(0, true);
    }

    function test_StakeAndBondMayBeZero() external {
        IListingStake.Config memory config = _config(address(_token));
        config.stake = 0;
        config.bond = 0;
        ListingStake listings = _deploy(config);
        vm.prank(ALICE);
        listings.list(0);
        vm.assertTrue(listings.isListed(0));
        vm.prank(CAROL);
        listings.challenge(0, REASON);
        vm.prank(ARBITER);
        listings.resolve(0, true);
        vm.assertTrue(listings.isBarred(0));
        vm.assertEq(listings.totalOwed(), 0);
    }

    function test_ATokenThatCallsBackStakesOnce() external {
        ReentrantToken token = new ReentrantToken();
        ListingStake listings = _deploy(_config(address(token)));
        _own(address(token), 2);
        _own(address(token), 3);
        _fund(token, listings, address(token));
        token.arm(address(listings), abi.encodeCall(IListingStake.list, (3)));
        token.act(address(listings), abi.encodeCall(IListingStake.list, (2)));
        _requireRefused(token);
        vm.assertTrue(listings.isListed(2));
        vm.assertFalse(listings.isListed(3));
        token.act(address(listings), abi.encodeCall(IListingStake.list, (3)));
        token.arm(address(listings), abi.encodeCall(IListingStake.challenge, (3, REASON)));
        token.act(address(listings), abi.encodeCall(IListingStake.challenge, (2, REASON)));
        _requireRefused(token);
        vm.assertEq(token.balanceOf(address(listings)), listings.totalAtStake());
    }

    function test_ATokenThatTakesAFeeIsRefused() external {
        FeeToken token = new FeeToken(100);
        ListingStake listings = _deploy(_config(address(token)));
        _fund(token, listings, ALICE);
        vm.expectRevert(abi.encodeWithSelector(IPullPayments.PaymentShort.selector, STAKE, STAKE - 11));
        vm.prank(ALICE);
        listings.list(0);
        vm.assertEq(listings.totalAtStake(), 0);
    }

    /// Every unit of a slashed stake goes to somebody; the shares are rounded down, in favour of the seller and the
    /// treasury.
    function testFuzz_ASlashedStakeIsPaidOutWhole(
        uint256 stake,
        uint256 bond,
        uint256 slashBps,
        uint256 challengerBps
    ) external {
        stake = _bound(stake, 0, type(uint128).max);
        bond = _bound(bond, 0, type(uint128).max);
        slashBps = _bound(slashBps, 0, 10_000);
        challengerBps = _bound(challengerBps, 0, 10_000);
        IListingStake.Config memory config = _config(address(_token));
        (config.stake, config.bond, config.slashBps, config.challengerBps) = (stake, bond, slashBps, challengerBps);
        ListingStake listings = _deploy(config);
        _fund(_token, listings, ALICE, stake);
        _fund(_token, listings, CAROL, bond);
        vm.prank(ALICE);
        listings.list(0);
        vm.prank(CAROL);
        listings.challenge(0, REASON);
        vm.prank(ARBITER);
        listings.resolve(0, true);

        uint256 lost = stake * slashBps / 10_000;
        uint256 reward = lost * challengerBps / 10_000;
        vm.assertEq(listings.owedTo(CAROL), bond + reward);
        vm.assertEq(listings.owedTo(TREASURY), lost - reward);
        vm.assertEq(listings.owedTo(ALICE), stake - lost);
        vm.assertEq(listings.totalOwed(), stake + bond);
        vm.assertEq(_token.balanceOf(address(listings)), stake + bond);
    }

    function testFuzz_AStakeUnbondsForExactlyItsLength(uint256 length, uint256 elapsed) external {
        length = _bound(length, 0, type(uint64).max);
        elapsed = _bound(elapsed, 0, type(uint64).max);
        IListingStake.Config memory config = _config(address(_token));
        config.unbondingSeconds = length;
        ListingStake listings = _deploy(config);
        _fund(_token, listings, ALICE);
        vm.prank(ALICE);
        listings.list(0);
        vm.prank(ALICE);
        listings.unlist(0);
        vm.warp(START + elapsed);
        if (elapsed < length) {
            vm.expectRevert(abi.encodeWithSelector(IListingStake.StakeUnbonding.selector, 0, START + length));
        }
        vm.prank(ALICE);
        listings.reclaim(0);
        vm.assertEq(listings.owedTo(ALICE), elapsed < length ? 0 : STAKE);
    }

    function _config(address token) private view returns (IListingStake.Config memory) {
        return IListingStake.Config({
            registry: address(_registry),
            token: token,
            stake: STAKE,
            bond: BOND,
            unbondingSeconds: UNBONDING,
            verdictSeconds: VERDICT,
            slashBps: SLASH,
            challengerBps: REWARD,
            treasury: TREASURY
        });
    }

    function _deploy(IListingStake.Config memory config) private returns (ListingStake listings) {
        listings = new ListingStake(config);
        listings.grantRole(listings.ARBITER_ROLE(), ARBITER);
    }

    function _own(address owner, uint256 number) private {
        bytes32 hash = keccak256(abi.encode(number));
        vm.prank(owner);
        _registry.register(hash, hash, 0, IDataSetRegistry.Licence(hash, 0, ""));
    }

    function _fund(DataToken token, ListingStake listings, address who) private {
        _fund(token, listings, who, 10 * STAKE);
    }

    function _fund(DataToken token, ListingStake listings, address who, uint256 amount) private {
        token.mint(who, amount);
        vm.prank(who);
        token.approve(address(listings), amount);
    }

    function _requireRefused(ReentrantToken token) private view {
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
    }

    function _list(address who, uint256 dataSet) private {
        vm.prank(who);
        _listings.list(dataSet);
    }

    function _unlist(address who, uint256 dataSet) private {
        vm.prank(who);
        _listings.unlist(dataSet);
    }

    function _reclaim(address who, uint256 dataSet) private {
        vm.prank(who);
        _listings.reclaim(dataSet);
    }

    function _challenge(address who, uint256 dataSet) private {
        vm.prank(who);
        _listings.challenge(dataSet, REASON);
    }

    function _resolve(uint256 dataSet, bool upheld) private {
        vm.prank(ARBITER);
        _listings.resolve(dataSet, upheld);
    }
}
