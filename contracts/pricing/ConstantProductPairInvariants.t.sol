// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {ConstantProductPair} from "./ConstantProductPair.sol";
import {PairRouter} from "./PairRouter.sol";

/// @dev Every actor adds, withdraws, and trades through the router; and gives tokens away. The pool begins with a
/// deposit of nobody's. Amounts are small enough that k of one moment times the squared supply of another fits.
contract ConstantProductPairHandler is Handler {
    uint256 public constant FUNDS = 1e9;

    DataToken public immutable token0;
    DataToken public immutable token1;
    ConstantProductPair public immutable pair;
    PairRouter public immutable router = new PairRouter();

    constructor() {
        DataToken one = new DataToken("One", "ONE");
        DataToken two = new DataToken("Two", "TWO");
        pair = new ConstantProductPair(address(one), address(two));
        (token0, token1) = pair.token0() == address(one) ? (one, two) : (two, one);
        token0.mint(address(pair), 1e6);
        token1.mint(address(pair), 4e6);
        pair.mint(address(this));
        for (uint256 i = 0; i < ACTORS; ++i) {
            _fund(token0, actor(i));
            _fund(token1, actor(i));
        }
    }

    function add(uint256 seed, uint256 amount0, uint256 amount1) external {
        address who = actor(seed);
        (uint256 k, uint256 supply) = worth();
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        amount0 = _bound(amount0, 0, token0.balanceOf(who));
        amount1 = _bound(amount1, 0, token1.balanceOf(who));
        uint256 spare0 = token0.balanceOf(address(pair)) - reserve0 + amount0;
        uint256 spare1 = token1.balanceOf(address(pair)) - reserve1 + amount1;
        if (spare0 * supply / reserve0 == 0 || spare1 * supply / reserve1 == 0) return;
        vm.prank(who);
        token0.transfer(address(pair), amount0);
        vm.prank(who);
        token1.transfer(address(pair), amount1);
        vm.prank(who);
        pair.mint(who);
        _shareNeverLoses(k, supply);
    }

    function remove(uint256 seed, uint256 shares) external {
        address who = actor(seed);
        (uint256 k, uint256 supply) = worth();
        shares = _bound(shares, 0, pair.balanceOf(who));
        if (shares * token0.balanceOf(address(pair)) < supply || shares * token1.balanceOf(address(pair)) < supply) return;
        vm.prank(who);
        pair.transfer(address(pair), shares);
        vm.prank(who);
        pair.burn(who);
        _shareNeverLoses(k, supply);
    }

    function trade(uint256 seed, uint256 amount, bool buys) external {
        address who = actor(seed);
        (uint256 k, uint256 supply) = worth();
        DataToken paid = buys ? token1 : token0;
        amount = _bound(amount, 0, paid.balanceOf(who));
        uint256 due = router.quote(address(pair), address(paid), amount);
        if (due == 0) return;
        DataToken got = buys ? token0 : token1;
        uint256 before = got.balanceOf(who);
        vm.prank(who);
        if (buys) router.buy(address(pair), address(token0), amount, due);
        else router.sell(address(pair), address(token0), amount, due);
        vm.assertEq(got.balanceOf(who) - before, due, "a trade fetches what was quoted");
        vm.assertEq(pair.totalSupply(), supply, "a trade changes no shares");
        _shareNeverLoses(k, supply);
    }

    function giveAway(uint256 seed, uint256 amount) external {
        amount = _bound(amount, 0, token0.balanceOf(actor(seed)) / 16);
        vm.prank(actor(seed));
        token0.transfer(address(pair), amount);
    }

    function settle(uint256 seed, bool skims) external {
        (uint256 k, uint256 supply) = worth();
        if (skims) pair.skim(actor(seed));
        else pair.sync();
        _shareNeverLoses(k, supply);
    }

    function pass(uint256 elapsed) external {
        _pass(_bound(elapsed, 1, 1 weeks));
    }

    /// @dev The product of the reserves, and the shares there are.
    function worth() public view returns (uint256 k, uint256 supply) {
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        return (reserve0 * reserve1, pair.totalSupply());
    }

    /// @dev All there is of a token, wherever it can be.
    function held(DataToken token) external view returns (uint256 sum) {
        sum = token.balanceOf(address(pair));
        for (uint256 i = 0; i < ACTORS; ++i) sum += token.balanceOf(actor(i));
    }

    /// @dev All shares there are, wherever they can be.
    function allShares() external view returns (uint256 sum) {
        sum = pair.balanceOf(pair.LOCKED()) + pair.balanceOf(address(this)) + pair.balanceOf(address(pair));
        for (uint256 i = 0; i < ACTORS; ++i) sum += pair.balanceOf(actor(i));
    }

    /// @dev sqrt(k) per share has not fallen: k / supply^2, compared without division.
    function _shareNeverLoses(uint256 k, uint256 supply) private view {
        (uint256 kNow, uint256 supplyNow) = worth();
        vm.assertLe(k * supplyNow * supplyNow, kNow * supply * supply, "a share never loses");
    }

    function _fund(DataToken token, address who) private {
        token.mint(who, FUNDS);
        vm.prank(who);
        token.approve(address(router), type(uint256).max);
    }
}

contract ConstantProductPairInvariants is InvariantBase {
    ConstantProductPairHandler private _handler;
    ConstantProductPair private _pair;

    function setUp() external {
        _handler = new ConstantProductPairHandler();
        _pair = _handler.pair();
        _aimAt(
            address(_handler),
            [
                ConstantProductPairHandler.add.selector,
                ConstantProductPairHandler.remove.selector,
                ConstantProductPairHandler.trade.selector
            ]
        );
        _aimAt(
            address(_handler),
            [
                ConstantProductPairHandler.giveAway.selector,
                ConstantProductPairHandler.settle.selector,
                ConstantProductPairHandler.pass.selector
            ]
        );
    }

    function invariant_TheBalancesCoverTheReserves() external view {
        (uint256 reserve0, uint256 reserve1,) = _pair.getReserves();
        vm.assertLe(reserve0, _handler.token0().balanceOf(address(_pair)));
        vm.assertLe(reserve1, _handler.token1().balanceOf(address(_pair)));
    }

    function invariant_NothingIsLostOrMadeAndTheRouterHoldsNothing() external view {
        DataToken token0 = _handler.token0();
        DataToken token1 = _handler.token1();
        vm.assertEq(_handler.held(token0), token0.totalSupply());
        vm.assertEq(_handler.held(token1), token1.totalSupply());
        vm.assertEq(token0.balanceOf(address(_handler.router())), 0);
        vm.assertEq(token1.balanceOf(address(_handler.router())), 0);
    }

    function invariant_SharesAreTheSupplyAnd1000LieForGood() external view {
        vm.assertEq(_handler.allShares(), _pair.totalSupply());
        vm.assertEq(_pair.balanceOf(_pair.LOCKED()), 1000);
    }
}
