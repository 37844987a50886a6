// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {CoveragePool} from "./CoveragePool.sol";
import {ICoveragePool} from "./interfaces/ICoveragePool.sol";

contract CoveragePoolTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    uint256 private constant EPOCH = 1 weeks;
    uint256 private constant LN_2 = 693147180559945310;

    DataToken private _token;
    CoveragePool private _pool;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _pool = _poolOf(_token, 1000e18, 0);
    }

    function test_ItSaysHowItWasMade() external {
        CoveragePool pool = new CoveragePool(address(_token), 5, EPOCH, LN_2);
        vm.assertEq(pool.token(), address(_token));
        vm.assertEq(pool.rewardPerEpoch(), 5);
        vm.assertEq(pool.epochLength(), EPOCH);
        vm.assertEq(pool.lambda(), LN_2);
        vm.assertEq(pool.start(), START);
        vm.assertEq(pool.currentEpoch(), 0);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.InvalidToken.selector, ALICE));
        new CoveragePool(ALICE, 5, EPOCH, 0);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.InvalidReward.selector, 1 << 112));
        new CoveragePool(address(_token), 1 << 112, EPOCH, 0);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.InvalidEpochLength.selector, 0));
        new CoveragePool(address(_token), 5, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.InvalidLambda.selector, 100e18 + 1));
        new CoveragePool(address(_token), 5, EPOCH, 100e18 + 1);
        vm.assertEq(new CoveragePool(address(_token), 5, EPOCH, 100e18).lambda(), 100e18);
    }

    /// Expected numbers: of 201 k + 1 the 201st part is k and 1/201; but 10^36 / 201 is not whole, and of the largest
    /// reward what that leaves out is more than 1/201 of a base unit.
    function test_APartOfARecordHas36Decimals() external {
        uint256 reward = (1 << 112) - 1;
        reward -= (reward - 1) % 201;
        CoveragePool pool = _poolOf(_token, reward, 0);
        for (uint160 i = 1; i <= 201; ++i) _supply(pool, address(i), 1, 1);
        vm.warp(START + EPOCH);
        bytes32[] memory records = new bytes32[](1);
        records[0] = bytes32(uint256(1));
        vm.assertEq(pool.claimable(address(1), 0, records), reward / 201 - 1);
    }

    /// Source: domain, O29: Alice has two records of which Bob has one: 1 1/2 of 2 parts.
    function test_ARecordIsSharedEquallyByItsSuppliers() external {
        vm.expectEmit(address(_pool));
        emit ICoveragePool.Supplied(ALICE, 0, 2);
        _supply(_pool, ALICE, 1, 2);
        _supply(_pool, BOB, 2, 2);
        vm.assertEq(_pool.coverage(0), 2);
        vm.assertEq(_pool.suppliersOf(0, bytes32(uint256(2))), 2);
        vm.assertEq(_pool.suppliedBy(0, ALICE), 2);
        vm.warp(START + EPOCH);
        vm.expectEmit(address(_pool));
        emit ICoveragePool.RewardClaimed(ALICE, 0, 750e18);
        vm.assertEq(_claim(_pool, ALICE, 1, 2), 750e18);
        vm.assertEq(_claim(_pool, BOB, 2, 2), 250e18);
        vm.assertTrue(_pool.hasClaimed(0, ALICE));
        vm.assertEq(_token.balanceOf(ALICE), 750e18);
        vm.assertEq(_pool.totalPaid(), 1000e18);
        vm.assertEq(_pool.claimable(ALICE, 0, _records(1, 2)), 0);
    }

    /// Source: domain, O29: her clone brings Alice and itself 5/6.
    function test_ACloneGains() external {
        _supply(_pool, ALICE, 1, 2);
        _supply(_pool, CAROL, 1, 2);
        _supply(_pool, BOB, 2, 2);
        vm.warp(START + EPOCH);
        uint256 both = _claim(_pool, ALICE, 1, 2) + _claim(_pool, CAROL, 1, 2);
        vm.assertLe(both, uint256(2500e18) / 3);
        vm.assertLe(uint256(2500e18) / 3, both + 2);
    }

    /// Source: Agarwal, Dahleh, Sarkar (2019): alone .75 e^(-lambda / 2), with a clone .8333 e^(-3 lambda / 2).
    function test_WithTheRobustFactorACloneLoses() external {
        CoveragePool alone = _poolOf(_token, 1000e18, LN_2);
        CoveragePool cloned = _poolOf(_token, 1000e18, LN_2);
        _supply(alone, ALICE, 1, 2);
        _supply(alone, BOB, 2, 2);
        _supply(cloned, ALICE, 1, 2);
        _supply(cloned, CAROL, 1, 2);
        _supply(cloned, BOB, 2, 2);
        vm.warp(START + EPOCH);
        // 750 / sqrt 2 = 530.330..., and 833.3 / sqrt 8 = 294.627...
        vm.assertEq(_claim(alone, ALICE, 1, 2) / 1e15, 530_330);
        uint256 both = _claim(cloned, ALICE, 1, 2) + _claim(cloned, CAROL, 1, 2);
        vm.assertEq(both / 1e15, 294_627);
        // Bob's one record is Alice's: similarity 1.
        vm.assertEq(_claim(alone, BOB, 2, 2) / 1e15, 124_999);
    }

    /// e^(-10^-18), rounded down, is 1 - 10^-18: of 500 tokens, 500 base units.
    function test_TheLeastLambdaCountsToo() external {
        CoveragePool pool = _poolOf(_token, 1000e18, 1);
        _supply(pool, ALICE, 1, 1);
        _supply(pool, BOB, 1, 1);
        vm.warp(START + EPOCH);
        vm.assertEq(_claim(pool, ALICE, 1, 1), 500e18 - 500);
    }

    function test_EpochsAreApart() external {
        _supply(_pool, ALICE, 1, 1);
        vm.warp(START + EPOCH);
        vm.assertEq(_pool.currentEpoch(), 1);
        _supply(_pool, ALICE, 1, 1);
        vm.assertEq(_claim(_pool, ALICE, 1, 1), 1000e18);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.AlreadyClaimed.selector, ALICE, 0));
        _claim(_pool, ALICE, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.EpochRuns.selector, 1));
        vm.prank(ALICE);
        _pool.claim(1, _records(1, 1));
        vm.assertEq(_pool.claimable(ALICE, 1, _records(1, 1)), 1000e18);
    }

    function test_RecordsAreOwnOrderedAndComplete() external {
        bytes32[] memory none;
        vm.expectRevert(ICoveragePool.NoRecords.selector);
        _pool.supply(none);
        bytes32[] memory twice = new bytes32[](2);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.NotAscending.selector, bytes32(0), bytes32(0)));
        _pool.supply(twice);
        _supply(_pool, ALICE, 1, 3);
        _supply(_pool, BOB, 4, 4);
        vm.expectRevert(
            abi.encodeWithSelector(ICoveragePool.AlreadySupplied.selector, ALICE, 0, bytes32(uint256(3)))
        );
        _supply(_pool, ALICE, 3, 4);
        vm.warp(START + EPOCH);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.RecordsMissing.selector, ALICE, 0, 2, 3));
        _claim(_pool, ALICE, 1, 2);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.NotSupplied.selector, ALICE, 0, bytes32(uint256(4))));
        _claim(_pool, ALICE, 1, 4);
        vm.expectRevert(ICoveragePool.NoRecords.selector);
        vm.prank(ALICE);
        _pool.claim(0, none);
        twice[0] = bytes32(uint256(1));
        twice[1] = bytes32(uint256(1));
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.NotAscending.selector, twice[0], twice[1]));
        vm.prank(ALICE);
        _pool.claim(0, twice);
    }

    function test_256RecordsAreSuppliedAndClaimed() external {
        _supply(_pool, ALICE, 1, 200);
        vm.expectRevert(abi.encodeWithSelector(ICoveragePool.TooManyRecords.selector, 257, 256));
        _supply(_pool, ALICE, 201, 257);
        _supply(_pool, ALICE, 201, 256);
        vm.warp(START + EPOCH);
        vm.assertEq(_claim(_pool, ALICE, 1, 256), 1000e18);
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        CoveragePool pool = _poolOf(token, 10, 0);
        _supply(pool, ALICE, 1, 1);
        vm.warp(START + EPOCH);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _claim(pool, ALICE, 1, 1);
        vm.assertFalse(pool.hasClaimed(0, ALICE));
    }

    function test_AFeeOnTransferIsBorneByTheClaimer() external {
        FeeToken token = new FeeToken(100);
        CoveragePool pool = _poolOf(token, 1000, 0);
        _supply(pool, ALICE, 1, 1);
        vm.warp(START + EPOCH);
        vm.assertEq(_claim(pool, ALICE, 1, 1), 1000);
        vm.assertEq(token.balanceOf(ALICE), 990);
    }

    function test_ATokenThatCallsBackIsPaidOnce() external {
        ReentrantToken token = new ReentrantToken();
        CoveragePool pool = _poolOf(token, 1000, 0);
        token.act(address(pool), abi.encodeCall(CoveragePool.supply, (_records(1, 1))));
        vm.warp(START + EPOCH);
        bytes memory claim = abi.encodeCall(CoveragePool.claim, (0, _records(1, 1)));
        token.arm(address(pool), claim);
        token.act(address(pool), claim);
        vm.assertFalse(token.succeeded());
        vm.assertEq(
            token.result(), abi.encodeWithSelector(ICoveragePool.AlreadyClaimed.selector, address(token), 0)
        );
        vm.assertEq(token.totalSupply(), 1000);
    }

    /// A plain reference: the Shapley value by its definition, over all orders of three suppliers.
    function testFuzz_EachIsPaidItsShapleyValue(uint8 a, uint8 b, uint8 c) external {
        uint256[3] memory sets = [uint256(a), uint256(b), uint256(c)];
        address[3] memory who = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < 3; ++i) {
            if (sets[i] == 0) sets[i] = 1;
            vm.prank(who[i]);
            _pool.supply(_members(sets[i]));
        }
        uint256[3] memory marginal;
        uint8[3][6] memory orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        for (uint256 k = 0; k < 6; ++k) {
            uint256 covered;
            for (uint256 j = 0; j < 3; ++j) {
                uint256 i = orders[k][j];
                marginal[i] += _ones(sets[i] & ~covered);
                covered |= sets[i];
            }
        }
        uint256 all = _ones(sets[0] | sets[1] | sets[2]);
        vm.warp(START + EPOCH);
        uint256 sum;
        for (uint256 i = 0; i < 3; ++i) {
            uint256 due = _pool.claimable(who[i], 0, _members(sets[i]));
            uint256 expected = 1000e18 * marginal[i] / (6 * all);
            vm.assertLe(due, expected);
            vm.assertLe(expected, due + 1);
            sum += due;
        }
        vm.assertLe(sum, 1000e18);
        vm.assertLe(1000e18, sum + 3);
    }

    /// A law: with lambda = ln 2, no number of clones earns more together than their original alone.
    function testFuzz_ClonesNeverGainUnderTheRobustFactor(uint256 clones, uint8 a, uint8 b) external {
        clones = _bound(clones, 1, 12);
        uint256 own = a == 0 ? 1 : a;
        uint256 other = b == 0 ? 1 : b;
        CoveragePool alone = _poolOf(_token, 1e24, LN_2);
        CoveragePool cloned = _poolOf(_token, 1e24, LN_2);
        vm.prank(BOB);
        alone.supply(_members(other));
        vm.prank(BOB);
        cloned.supply(_members(other));
        vm.prank(ALICE);
        alone.supply(_members(own));
        for (uint160 i = 0; i <= clones; ++i) {
            vm.prank(address(0x1D0000 + i));
            cloned.supply(_members(own));
        }
        vm.warp(START + EPOCH);
        uint256 one = alone.claimable(ALICE, 0, _members(own));
        uint256 each = cloned.claimable(address(0x1D0000), 0, _members(own));
        vm.assertLe(each * (clones + 1), one);
    }

    function _poolOf(DataToken token, uint256 reward, uint256 lambda) private returns (CoveragePool pool) {
        pool = new CoveragePool(address(token), reward, EPOCH, lambda);
        token.grantMinter(address(pool));
    }

    function _supply(CoveragePool pool, address who, uint256 from, uint256 to) private {
        vm.prank(who);
        pool.supply(_records(from, to));
    }

    function _claim(CoveragePool pool, address who, uint256 from, uint256 to) private returns (uint256) {
        vm.prank(who);
        return pool.claim(0, _records(from, to));
    }

    function _records(uint256 from, uint256 to) private pure returns (bytes32[] memory records) {
        records = new bytes32[](to - from + 1);
        for (uint256 i = 0; i < records.length; ++i) records[i] = bytes32(from + i);
    }

    function _members(uint256 set) private pure returns (bytes32[] memory records) {
        records = new bytes32[](_ones(set));
        uint256 next;
        for (uint256 i = 0; i < 8; ++i) {
            if ((set >> i) & 1 != 0) records[next++] = bytes32(i);
        }
    }

    function _ones(uint256 set) private pure returns (uint256 count) {
        for (; set != 0; set >>= 1) count += set & 1;
    }
}

/// @dev Actors supply random sets of eight records and claim for the epoch before.
contract CoveragePoolHandler is Handler {
    uint256 public constant REWARD = 1_000_003;
    DataToken public immutable token = new DataToken("Data", "DATA");
    CoveragePool public immutable pool = new CoveragePool(address(token), REWARD, 1 days, 0.3e18);
    uint256 public epochs;

    mapping(uint256 epoch => mapping(address who => uint256)) private _sets;

    constructor() {
        token.grantMinter(address(pool));
    }

    function supply(uint256 seed, uint8 set) external {
        uint256 fresh = set & ~_sets[epochs][actor(seed)];
        if (fresh == 0) return;
        vm.prank(actor(seed));
        pool.supply(_members(fresh));
        _sets[epochs][actor(seed)] |= fresh;
    }

    function claim(uint256 seed) external {
        if (epochs == 0) return;
        uint256 epoch = seed % epochs;
        uint256 set = _sets[epoch][actor(seed)];
        if (set == 0 || pool.hasClaimed(epoch, actor(seed))) return;
        uint256 due = pool.claimable(actor(seed), epoch, _members(set));
        vm.prank(actor(seed));
        vm.assertEq(pool.claim(epoch, _members(set)), due, "claim pays what claimable says");
    }

    function pass() external {
        _pass(1 days);
        epochs += 1;
    }

    /// @dev What is owed for an epoch, and how many suppliers of a record there are by the handler's own books.
    function owed(uint256 epoch) external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) {
            uint256 set = _sets[epoch][actor(i)];
            if (set != 0) sum += pool.claimable(actor(i), epoch, _members(set));
        }
    }

    function suppliers(uint256 epoch, uint256 record) external view returns (uint256 count) {
        for (uint256 i = 0; i < ACTORS; ++i) count += (_sets[epoch][actor(i)] >> record) & 1;
    }

    function _members(uint256 set) private pure returns (bytes32[] memory records) {
        uint256 count;
        for (uint256 i = 0; i < 8; ++i) count += (set >> i) & 1;
        records = new bytes32[](count);
        uint256 next;
        for (uint256 i = 0; i < 8; ++i) {
            if ((set >> i) & 1 != 0) records[next++] = bytes32(i);
        }
    }
}

contract CoveragePoolInvariants is InvariantBase {
    CoveragePoolHandler private _handler;

    function setUp() external {
        _handler = new CoveragePoolHandler();
        _aimAt(
            address(_handler),
            [CoveragePoolHandler.supply.selector, CoveragePoolHandler.claim.selector, CoveragePoolHandler.pass.selector]
        );
    }

    function invariant_NothingBeyondTheRewardsIsPaidOrOwed() external view {
        uint256 owed = _handler.pool().totalPaid();
        for (uint256 epoch = 0; epoch < _handler.epochs(); ++epoch) {
            vm.assertLe(_handler.owed(epoch), _handler.REWARD());
            owed += _handler.owed(epoch);
        }
        vm.assertLe(owed, _handler.REWARD() * _handler.epochs());
        vm.assertEq(_handler.token().totalSupply(), _handler.pool().totalPaid());
    }

    function invariant_CoverageIsTheUnion() external view {
        uint256 epoch = _handler.epochs();
        uint256 covered;
        for (uint256 i = 0; i < 8; ++i) {
            uint256 count = _handler.suppliers(epoch, i);
            vm.assertEq(_handler.pool().suppliersOf(epoch, bytes32(i)), count);
            if (count > 0) covered += 1;
        }
        vm.assertEq(_handler.pool().coverage(epoch), covered);
    }
}
