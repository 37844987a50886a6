// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataSetRegistry} from "../rights/DataSetRegistry.sol";
import {IDataSetRegistry} from "../rights/interfaces/IDataSetRegistry.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {AccessGrants} from "./AccessGrants.sol";
import {DataMarket} from "./DataMarket.sol";
import {IDataMarket} from "./interfaces/IDataMarket.sol";

/// @dev Four data sets, which change hands, are offered and bought. It keeps what everybody paid and earned.
contract DataMarketHandler is Handler {
    uint256 public constant FUNDS = 1e40;
    uint256 public constant SETS = 4;
    uint256 private constant ROYALTY = 777;
    uint256 private constant BUYER_FEE = 123;
    uint256 private constant SELLER_FEE = 456;
    address public constant TREASURY = address(0x7EA5);

    DataToken public immutable token = new DataToken("Data", "DATA");
    DataSetRegistry public immutable registry = new DataSetRegistry("Data sets", "SETS", 1_000);
    AccessGrants public immutable grants = new AccessGrants();
    DataMarket public immutable market;

    mapping(address who => uint256) public spent;
    mapping(address who => uint256) public earned;
    mapping(uint256 dataSet => address) private _offerer;
    mapping(uint256 dataSet => uint256) private _price;
    uint256 public bought;

    constructor() {
        market = new DataMarket(
            IDataMarket.Config({
                registry: address(registry),
                grants: address(grants),
                token: address(token),
                gate: address(0),
                treasury: TREASURY,
                buyerFeeBps: BUYER_FEE,
                sellerFeeBps: SELLER_FEE
            })
        );
        grants.grantRole(grants.GRANTER_ROLE(), address(market));
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), FUNDS);
            vm.prank(actor(i));
            token.approve(address(market), type(uint256).max);
        }
        for (uint256 i = 0; i < SETS; ++i) {
            vm.prank(actor(i));
            registry.register(bytes32(i + 1), 0, ROYALTY, IDataSetRegistry.Licence(bytes32(i + 1), 0, ""));
        }
    }

    function offer(uint256 seed, uint256 price) external {
        uint256 id = seed % SETS;
        price = _bound(price, 0, type(uint96).max);
        address owner = registry.ownerOf(id);
        vm.prank(owner);
        market.offer(id, price, 1, 1 days);
        _offerer[id] = owner;
        _price[id] = price;
    }

    function buy(uint256 seed, uint256 who) external {
        uint256 id = seed % SETS;
        address owner = registry.ownerOf(id);
        if (_offerer[id] != owner) return;
        uint256 price = _price[id];
        vm.prank(actor(who));
        market.buy(id, type(uint256).max);
        ++bought;
        uint256 sellerFee = price * SELLER_FEE / 10_000;
        uint256 royalty = owner == actor(id) ? 0 : price * ROYALTY / 10_000;
        spent[actor(who)] += price + price * BUYER_FEE / 10_000;
        earned[TREASURY] += price * BUYER_FEE / 10_000 + sellerFee;
        earned[actor(id)] += royalty;
        earned[owner] += price - sellerFee - royalty;
    }

    function withdrawAndMove(uint256 seed, uint256 toSeed) external {
        uint256 id = seed % SETS;
        address owner = registry.ownerOf(id);
        vm.prank(owner);
        registry.transferFrom(owner, actor(toSeed), id);
        if (market.owedTo(actor(seed)) == 0) return;
        vm.prank(actor(seed));
        market.withdraw();
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract DataMarketInvariants is InvariantBase {
    DataMarketHandler private _handler;
    DataMarket private _market;

    function setUp() external {
        _handler = new DataMarketHandler();
        _market = _handler.market();
        _aimAt(
            address(_handler),
            [
                DataMarketHandler.offer.selector,
                DataMarketHandler.buy.selector,
                DataMarketHandler.withdrawAndMove.selector
            ]
        );
    }

    function invariant_TheBalanceIsWhatIsOwed() external view {
        vm.assertEq(_handler.token().balanceOf(address(_market)), _market.totalOwed());
    }

    function invariant_EverybodyGetsWhatTheRulesSay() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            vm.assertEq(
                _handler.token().balanceOf(who) + _market.owedTo(who) + _handler.spent(who),
                _handler.FUNDS() + _handler.earned(who)
            );
        }
        vm.assertEq(_market.owedTo(_handler.TREASURY()), _handler.earned(_handler.TREASURY()));
        vm.assertEq(_market.feesEarned(), _handler.earned(_handler.TREASURY()));
    }

    function invariant_ASaleIsAGrant() external view {
        uint256 sold;
        for (uint256 id = 0; id < _handler.SETS(); ++id) sold += _market.salesOf(id);
        vm.assertEq(_market.sales(), sold);
        vm.assertEq(_handler.grants().grants(), sold);
        vm.assertEq(_handler.bought(), sold);
    }
}
