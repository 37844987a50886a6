// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataSetRegistry} from "../rights/DataSetRegistry.sol";
import {IDataSetRegistry} from "../rights/interfaces/IDataSetRegistry.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {ListingStake} from "./ListingStake.sol";
import {IListingStake} from "./interfaces/IListingStake.sol";

/// @dev Six data sets, which change hands; anybody challenges anything. It keeps what lies at stake by counting, and
/// what everybody was credited by the plain definition.
contract ListingStakeHandler is Handler {
    uint256 public constant STAKE = 1_000_003;
    uint256 public constant BOND = 10_007;
    uint256 public constant FUNDS = 1e15;
    uint256 public constant SETS = 6;
    uint256 private constant UNBONDING = 3 days;
    uint256 private constant VERDICT = 2 days;
    address public constant TREASURY = address(0x7EA5);

    DataToken public immutable token = new DataToken("Data", "DATA");
    DataSetRegistry public immutable registry = new DataSetRegistry("Data sets", "SETS", 0);
    ListingStake public immutable listings;

    mapping(uint256 dataSet => bool) public staked;
    mapping(uint256 dataSet => bool) public challenged;
    mapping(uint256 dataSet => bool) public barred;
    mapping(uint256 dataSet => bool) public unlisted;
    mapping(uint256 dataSet => uint256) private _since;
    mapping(uint256 dataSet => address) private _seller;
    mapping(uint256 dataSet => address) private _challenger;
    mapping(address who => uint256) public spent;
    mapping(address who => uint256) public earned;

    constructor() {
        listings = new ListingStake(
            IListingStake.Config({
                registry: address(registry),
                token: address(token),
                stake: STAKE,
                bond: BOND,
                unbondingSeconds: UNBONDING,
                verdictSeconds: VERDICT,
                slashBps: 7_777,
                challengerBps: 3_333,
                treasury: TREASURY
            })
        );
        listings.grantRole(listings.ARBITER_ROLE(), address(this));
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), FUNDS);
            vm.prank(actor(i));
            token.approve(address(listings), type(uint256).max);
        }
        for (uint256 i = 0; i < SETS; ++i) {
            vm.prank(actor(i));
            registry.register(bytes32(i + 1), 0, 0, IDataSetRegistry.Licence(bytes32(i + 1), 0, ""));
        }
    }

    function list(uint256 seed) external {
        uint256 id = seed % SETS;
        if (barred[id] || staked[id]) return;
        address owner = registry.ownerOf(id);
        vm.prank(owner);
        listings.list(id);
        staked[id] = true;
        unlisted[id] = false;
        _seller[id] = owner;
        spent[owner] += STAKE;
    }

    function unlist(uint256 seed) external {
        uint256 id = seed % SETS;
        if (!staked[id] || unlisted[id]) return;
        vm.prank(_seller[id]);
        listings.unlist(id);
        unlisted[id] = true;
        _since[id] = _now;
    }

    function reclaim(uint256 seed) external {
        uint256 id = seed % SETS;
        if (!staked[id] || !unlisted[id] || challenged[id] || _now < _since[id] + UNBONDING) return;
        vm.prank(_seller[id]);
        listings.reclaim(id);
        staked[id] = false;
        earned[_seller[id]] += STAKE;
    }

    function challenge(uint256 seed, uint256 who) external {
        uint256 id = seed % SETS;
        if (!staked[id] || challenged[id]) return;
        vm.prank(actor(who));
        listings.challenge(id, 0);
        challenged[id] = true;
        _challenger[id] = actor(who);
        spent[actor(who)] += BOND;
    }

    /// @dev Upholds one challenge in four, so that some data sets stay.
    function judge(uint256 seed, uint256 verdict) external {
        uint256 id = seed % SETS;
        if (!challenged[id]) return;
        bool upheld = verdict % 4 == 0;
        listings.resolve(id, upheld);
        challenged[id] = false;
        if (!upheld) {
            earned[_seller[id]] += BOND;
            return;
        }
        // 77.77 % and 33.33 % of 1,000,003, each rounded down.
        earned[_challenger[id]] += BOND + 259_208;
        earned[TREASURY] += 777_702 - 259_208;
        earned[_seller[id]] += STAKE - 777_702;
        staked[id] = false;
        barred[id] = true;
    }

    function passAndMove(uint256 elapsed, uint256 seed, uint256 toSeed) external {
        _pass(_bound(elapsed, 1, 4 days));
        uint256 id = seed % SETS;
        address owner = registry.ownerOf(id);
        vm.prank(owner);
        registry.transferFrom(owner, actor(toSeed), id);
        if (!challenged[id] || _now < listings.expiresAt(id)) return;
        listings.expire(id);
        challenged[id] = false;
        earned[_challenger[id]] += BOND;
    }

    function withdraw(uint256 seed) external {
        if (listings.owedTo(actor(seed)) == 0) return;
        vm.prank(actor(seed));
        listings.withdraw();
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract ListingStakeInvariants is InvariantBase {
    ListingStakeHandler private _handler;
    ListingStake private _listings;

    function setUp() external {
        _handler = new ListingStakeHandler();
        _listings = _handler.listings();
        _aimAt(
            address(_handler),
            [
                ListingStakeHandler.list.selector,
                ListingStakeHandler.unlist.selector,
                ListingStakeHandler.reclaim.selector
            ]
        );
        _aimAt(
            address(_handler),
            [
                ListingStakeHandler.challenge.selector,
                ListingStakeHandler.judge.selector,
                ListingStakeHandler.passAndMove.selector
            ]
        );
        _aimAt(
            address(_handler),
            [
                ListingStakeHandler.withdraw.selector,
                ListingStakeHandler.list.selector,
                ListingStakeHandler.challenge.selector
            ]
        );
    }

    function invariant_TheBalanceIsWhatLiesAtStakeAndWhatIsOwed() external view {
        uint256 atStake;
        for (uint256 id = 0; id < _handler.SETS(); ++id) {
            if (_handler.staked(id)) atStake += _handler.STAKE();
            if (_handler.challenged(id)) atStake += _handler.BOND();
        }
        vm.assertEq(_listings.totalAtStake(), atStake);
        vm.assertEq(_handler.token().balanceOf(address(_listings)), atStake + _listings.totalOwed());
    }

    function invariant_EverybodyGetsWhatTheRulesSay() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            vm.assertEq(
                _handler.token().balanceOf(who) + _listings.owedTo(who) + _handler.spent(who),
                _handler.FUNDS() + _handler.earned(who)
            );
        }
        address treasury = _handler.TREASURY();
        vm.assertEq(_listings.owedTo(treasury), _handler.earned(treasury));
    }

    function invariant_EligibleIsStakedListedAndUnchallenged() external view {
        for (uint256 id = 0; id < _handler.SETS(); ++id) {
            vm.assertTrue(
                _listings.isListed(id)
                    == (_handler.staked(id) && !_handler.unlisted(id) && !_handler.challenged(id))
            );
            vm.assertTrue(_listings.isBarred(id) == _handler.barred(id));
        }
    }
}
