// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {AccessGrants} from "./AccessGrants.sol";
import {IAccessGrants} from "./interfaces/IAccessGrants.sol";

contract AccessGrantsTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    uint256 private constant END = START + 30 days;
    uint256 private constant SET = 7;

    AccessGrants private _grants;

    function setUp() external {
        vm.warp(START);
        _grants = new AccessGrants();
        _grants.grantRole(_grants.GRANTER_ROLE(), CAROL);
    }

    function test_AGrantIsWhatItsGranterSaid() external {
        vm.expectEmit(address(_grants));
        emit IAccessGrants.Granted(0, SET, ALICE, CAROL, 10, END, true);
        vm.assertEq(_grant(ALICE, 10, END, true), 0);
        IAccessGrants.Grant memory grant = _grants.grantOf(0);
        vm.assertEq(grant.dataSet, SET);
        vm.assertEq(grant.holder, ALICE);
        vm.assertEq(grant.granter, CAROL);
        vm.assertEq(grant.expiresAt, END);
        vm.assertEq(grant.unitsLeft, 10);
        vm.assertTrue(grant.revocable);
        vm.assertTrue(_grants.isLive(0));
        vm.assertTrue(_grants.hasAccess(SET, ALICE));
        vm.assertFalse(_grants.hasAccess(SET, BOB));
        vm.assertFalse(_grants.hasAccess(SET + 1, ALICE));
        vm.assertEq(_grants.grants(), 1);
        vm.assertEq(_grant(ALICE, 1, END, false), 1);
        vm.assertFalse(_grants.grantOf(1).revocable);
    }

    function test_TheLatestGrantCounts() external {
        (bool found, uint256 number) = _grants.latest(SET, ALICE);
        vm.assertFalse(found);
        vm.assertEq(number, 0);
        _grant(BOB, 1, END, false);
        _grant(ALICE, 5, END, false);
        _grant(ALICE, 1, START + 1, false);
        (found, number) = _grants.latest(SET, ALICE);
        vm.assertTrue(found);
        vm.assertEq(number, 2);
        vm.warp(START + 1);
        vm.assertTrue(_grants.isLive(1));
        vm.assertFalse(_grants.hasAccess(SET, ALICE));
    }

    function test_OnlyAGranterGrants() external {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector, BOB, _grants.GRANTER_ROLE()
            )
        );
        vm.prank(BOB);
        _grants.grantAccess(SET, ALICE, 1, END, false);
    }

    function test_GrantsThatCannotBeUsedAreRefused() external {
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.InvalidHolder.selector, address(0)));
        _grant(address(0), 1, END, false);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.InvalidUnits.selector, 0));
        _grant(ALICE, 0, END, false);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.InvalidUnits.selector, uint256(1) << 64));
        _grant(ALICE, uint256(1) << 64, END, false);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.InvalidExpiry.selector, START, START));
        _grant(ALICE, 1, START, false);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.InvalidExpiry.selector, uint256(1) << 64, START));
        _grant(ALICE, 1, uint256(1) << 64, false);
        _grant(ALICE, type(uint64).max, type(uint64).max, false);
        vm.assertEq(_grants.grantOf(0).unitsLeft, type(uint64).max);
    }

    function test_TheHolderConsumes() external {
        _grant(ALICE, 10, END, false);
        vm.expectEmit(address(_grants));
        emit IAccessGrants.Consumed(0, ALICE, 4, 6);
        _consume(ALICE, 0, 4);
        vm.assertEq(_grants.grantOf(0).unitsLeft, 6);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.UnitsExceeded.selector, 0, 7, 6));
        _consume(ALICE, 0, 7);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.InvalidUnits.selector, 0));
        _consume(ALICE, 0, 0);
        _consume(ALICE, 0, 6);
        vm.assertFalse(_grants.isLive(0));
        vm.assertFalse(_grants.hasAccess(SET, ALICE));
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.UnitsExceeded.selector, 0, 1, 0));
        _consume(ALICE, 0, 1);
    }

    function test_AnOperatorConsumesWhileItMay() external {
        _grant(ALICE, 10, END, false);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NotHolder.selector, 0, BOB, ALICE));
        _consume(BOB, 0, 1);
        vm.expectEmit(address(_grants));
        emit IAccessGrants.OperatorSet(ALICE, BOB, true);
        vm.prank(ALICE);
        _grants.setOperator(BOB, true);
        vm.assertTrue(_grants.isOperator(ALICE, BOB));
        vm.assertFalse(_grants.isOperator(BOB, ALICE));
        vm.expectEmit(address(_grants));
        emit IAccessGrants.Consumed(0, BOB, 1, 9);
        _consume(BOB, 0, 1);
        vm.prank(ALICE);
        _grants.setOperator(BOB, false);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NotHolder.selector, 0, BOB, ALICE));
        _consume(BOB, 0, 1);
    }

    /// The granter gave it away: it has no right to consume.
    function test_TheGranterDoesNotConsume() external {
        _grant(ALICE, 10, END, true);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NotHolder.selector, 0, CAROL, ALICE));
        _consume(CAROL, 0, 1);
    }

    function test_AGrantEndsAtItsExpiry() external {
        _grant(ALICE, 10, END, true);
        vm.warp(END - 1);
        _consume(ALICE, 0, 1);
        vm.assertTrue(_grants.isLive(0));
        vm.warp(END);
        vm.assertFalse(_grants.isLive(0));
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.GrantExpired.selector, 0, END));
        _consume(ALICE, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.GrantExpired.selector, 0, END));
        vm.prank(CAROL);
        _grants.revoke(0);
    }

    function test_ItsGranterRevokesWhatWasMadeRevocable() external {
        _grant(ALICE, 10, END, true);
        _consume(ALICE, 0, 3);
        vm.expectEmit(address(_grants));
        emit IAccessGrants.Revoked(0, 7);
        vm.prank(CAROL);
        _grants.revoke(0);
        vm.assertFalse(_grants.isLive(0));
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.UnitsExceeded.selector, 0, 1, 0));
        _consume(ALICE, 0, 1);
    }

    function test_NobodyElseRevokesAndNothingElseIsRevoked() external {
        _grants.grantRole(_grants.GRANTER_ROLE(), BOB);
        _grant(ALICE, 10, END, true);
        _grant(ALICE, 10, END, false);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NotGranter.selector, 0, BOB, CAROL));
        vm.prank(BOB);
        _grants.revoke(0);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NotGranter.selector, 0, ALICE, CAROL));
        vm.prank(ALICE);
        _grants.revoke(0);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.NotRevocable.selector, 1));
        vm.prank(CAROL);
        _grants.revoke(1);
    }

    function test_ThereIsNoGrantThatWasNotMade() external {
        vm.assertFalse(_grants.isLive(0));
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.UnknownGrant.selector, 0));
        _grants.grantOf(0);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.UnknownGrant.selector, 0));
        _consume(ALICE, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.UnknownGrant.selector, 0));
        vm.prank(CAROL);
        _grants.revoke(0);
    }

    function testFuzz_UnitsAddUp(uint256 units, uint256 first, uint256 second) external {
        units = _bound(units, 1, type(uint64).max);
        first = _bound(first, 1, units);
        _grant(ALICE, units, END, false);
        _consume(ALICE, 0, first);
        vm.assertEq(_grants.grantOf(0).unitsLeft, units - first);
        second = _bound(second, units - first + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IAccessGrants.UnitsExceeded.selector, 0, second, units - first));
        _consume(ALICE, 0, second);
    }

    function testFuzz_AGrantLivesUntilExactlyItsExpiry(uint256 length, uint256 elapsed) external {
        length = _bound(length, 1, type(uint64).max - START);
        elapsed = _bound(elapsed, 0, type(uint64).max - START);
        _grant(ALICE, 1, START + length, false);
        vm.warp(START + elapsed);
        vm.assertTrue(_grants.isLive(0) == (elapsed < length));
        if (elapsed >= length) {
            vm.expectRevert(abi.encodeWithSelector(IAccessGrants.GrantExpired.selector, 0, START + length));
        }
        _consume(ALICE, 0, 1);
    }

    function _grant(address holder, uint256 units, uint256 expiresAt, bool revocable) private returns (uint256) {
        vm.prank(CAROL);
        return _grants.grantAccess(SET, holder, units, expiresAt, revocable);
    }

    function _consume(address by, uint256 grant, uint256 units) private {
        vm.prank(by);
        _grants.consume(grant, units);
    }
}

/// @dev Keeps what was granted, consumed and revoked of each grant.
contract AccessGrantsHandler is Handler {
    uint256 private constant MOST = 24;

    AccessGrants public immutable grants = new AccessGrants();

    mapping(uint256 grant => uint256) public granted;
    mapping(uint256 grant => uint256) public consumed;
    mapping(uint256 grant => bool) public revoked;
    mapping(uint256 grant => uint256) public endsAt;
    mapping(uint256 grant => address) public holder;

    constructor() {
        grants.grantRole(grants.GRANTER_ROLE(), address(this));
    }

    function grant(uint256 seed, uint256 units, uint256 length) external {
        if (grants.grants() == MOST) return;
        units = _bound(units, 1, 100);
        length = _bound(length, 1, 4 weeks);
        uint256 id = grants.grantAccess(seed % 3, actor(seed), units, _now + length, true);
        granted[id] = units;
        endsAt[id] = _now + length;
        holder[id] = actor(seed);
    }

    function consume(uint256 seed, uint256 units) external {
        (uint256 id, bool alive) = _pick(seed);
        if (!alive) return;
        units = _bound(units, 1, granted[id] - consumed[id]);
        vm.prank(holder[id]);
        grants.consume(id, units);
        consumed[id] += units;
    }

    function revokeOrPass(uint256 seed, uint256 elapsed) external {
        _pass(_bound(elapsed, 1, 3 days));
        (uint256 id, bool alive) = _pick(seed);
        if (!alive || seed % 4 != 0) return;
        grants.revoke(id);
        revoked[id] = true;
    }

    /// @dev By the handler's own books.
    function live(uint256 id) public view returns (bool) {
        return !revoked[id] && consumed[id] < granted[id] && _now < endsAt[id];
    }

    function _pick(uint256 seed) private view returns (uint256 id, bool alive) {
        if (grants.grants() == 0) return (0, false);
        id = seed % grants.grants();
        alive = live(id);
    }
}

contract AccessGrantsInvariants is InvariantBase {
    AccessGrantsHandler private _handler;

    function setUp() external {
        _handler = new AccessGrantsHandler();
        _aimAt(
            address(_handler),
            [
                AccessGrantsHandler.grant.selector,
                AccessGrantsHandler.consume.selector,
                AccessGrantsHandler.revokeOrPass.selector
            ]
        );
    }

    function invariant_UnitsLeftAndConsumedAreThoseGranted() external view {
        AccessGrants grants = _handler.grants();
        for (uint256 id = 0; id < grants.grants(); ++id) {
            uint256 left = grants.grantOf(id).unitsLeft;
            if (_handler.revoked(id)) vm.assertEq(left, 0);
            else vm.assertEq(left + _handler.consumed(id), _handler.granted(id));
        }
    }

    function invariant_AGrantIsLiveAsItWasMade() external view {
        AccessGrants grants = _handler.grants();
        for (uint256 id = 0; id < grants.grants(); ++id) {
            vm.assertTrue(grants.isLive(id) == _handler.live(id));
            vm.assertEq(grants.grantOf(id).expiresAt, _handler.endsAt(id));
            vm.assertEq(grants.grantOf(id).holder, _handler.holder(id));
        }
    }
}
