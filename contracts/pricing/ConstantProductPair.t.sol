// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {ConstantProductPair} from "./ConstantProductPair.sol";
import {IConstantProductPair} from "./interfaces/IConstantProductPair.sol";

/// @dev The test owns both tokens and is who adds, swaps and withdraws.
contract ConstantProductPairTest is TestBase {
    DataToken private _a;
    DataToken private _b;
    ConstantProductPair private _pair;

    function setUp() external {
        vm.warp(1_700_000_000);
        _a = new DataToken("A", "A");
        _b = new DataToken("B", "B");
        _pair = _pairOf(_a, _b);
        if (_pair.token0() != address(_a)) (_a, _b) = (_b, _a);
    }

    function test_ItsTokensAreInOrderHoweverGiven() external {
        ConstantProductPair other = _pairOf(_b, _a);
        vm.assertEq(other.token0(), address(_a));
        vm.assertEq(other.token1(), address(_b));
        vm.assertEq(_pair.token0(), address(_a));
        vm.assertEq(_pair.token1(), address(_b));
        vm.assertTrue(address(_a) < address(_b));
        vm.assertEq(_pair.decimals(), 18);
    }

    function test_ItRefusesWhatCannotWork() external {
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.IdenticalTokens.selector, address(_a)));
        new ConstantProductPair(address(_a), address(_a));
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.InvalidToken.selector, ALICE));
        new ConstantProductPair(ALICE, address(_a));
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.InvalidToken.selector, BOB));
        new ConstantProductPair(address(_a), BOB);
    }

    function test_TheFirstDepositIsWorthItsRootLess1000() external {
        _send(4e18, 9e18);
        vm.expectEmit(address(_pair));
        emit IERC20.Transfer(address(0), _pair.LOCKED(), 1000);
        vm.expectEmit(address(_pair));
        emit IERC20.Transfer(address(0), ALICE, 6e18 - 1000);
        vm.expectEmit(address(_pair));
        emit IConstantProductPair.Sync(4e18, 9e18);
        vm.expectEmit(address(_pair));
        emit IConstantProductPair.Mint(address(this), 4e18, 9e18);
        vm.assertEq(_pair.mint(ALICE), 6e18 - 1000);
        vm.assertEq(_pair.totalSupply(), 6e18);
        vm.assertEq(_pair.balanceOf(ALICE), 6e18 - 1000);
        _hasReserves(4e18, 9e18);
        (,, uint32 last) = _pair.getReserves();
        vm.assertEq(last, 1_700_000_000);
    }

    function test_AFirstDepositOf1000OrLessIsRefused() external {
        _send(1000, 1000);
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.FirstDepositTooSmall.selector, 1000, 1000));
        _pair.mint(ALICE);
        _send(1, 2);
        vm.assertEq(_pair.mint(ALICE), 1);
    }

    function test_ALaterDepositIsWorthTheLesserOfItsHalves() external {
        _add(1e18, 4e18);
        vm.assertEq(_add(1e18, 8e18), 2e18);
        _hasReserves(2e18, 12e18);
        vm.assertEq(_add(1e18, 3e18), 1e18);
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.NoSharesMinted.selector, 0, 0));
        _pair.mint(ALICE);
    }

    function test_SharesAreWorthTheirPartOfTheReserves() external {
        uint256 shares = _add(3e18, 3e18);
        _pair.transfer(address(_pair), shares);
        vm.expectEmit(address(_pair));
        emit IConstantProductPair.Burn(address(this), 3e18 - 1000, 3e18 - 1000, ALICE);
        (uint256 amount0, uint256 amount1) = _pair.burn(ALICE);
        vm.assertEq(amount0, 3e18 - 1000);
        vm.assertEq(amount1, 3e18 - 1000);
        vm.assertEq(_a.balanceOf(ALICE), 3e18 - 1000);
        vm.assertEq(_b.balanceOf(ALICE), 3e18 - 1000);
        vm.assertEq(_pair.totalSupply(), 1000);
        _hasReserves(1000, 1000);
    }

    function test_NoSharesAreWorthNothing() external {
        _add(1e18, 1e18);
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.NothingForShares.selector, 0, 0));
        _pair.burn(ALICE);
        // One share of a thin token: a fraction of a unit.
        ConstantProductPair thin = _pairOf(_a, _b);
        _a.mint(address(thin), 1);
        _b.mint(address(thin), 1e12);
        thin.mint(address(this));
        thin.transfer(address(thin), 1);
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.NothingForShares.selector, 0, 1e6));
        thin.burn(ALICE);
    }

    /// Source: floor(100 x 997 x 1000 / (1000 x 1000 + 100 x 997)) tokens, computed with whole numbers: O26.
    function test_OneHundredOnAThousandEachFetches90AndABit() external {
        _add(1000e18, 1000e18);
        _a.mint(address(_pair), 100e18);
        uint256 fetched = 90_661089388014913158;
        uint256 product = (uint256(1_100e21) - 300e18) * (1000e18 - fetched - 1) * 1000;
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.ProductFell.selector, product, 1e48));
        _pair.swap(0, fetched + 1, ALICE, "");
        vm.expectEmit(address(_pair));
        emit IConstantProductPair.Swap(address(this), 100e18, 0, 0, fetched, ALICE);
        _pair.swap(0, fetched, ALICE, "");
        vm.assertEq(_b.balanceOf(ALICE), fetched);
        _hasReserves(1100e18, 1000e18 - fetched);
    }

    /// 997 x 1000 + 1000 x 997 is twice 997 x 1000: exactly half of the other side may leave.
    function test_ASwapMayLeaveTheProductAsItWas() external {
        _add(997, 4000);
        _a.mint(address(_pair), 1000);
        _pair.swap(0, 2000, ALICE, "");
        _hasReserves(1997, 2000);
    }

    function test_ASwapPaysForBothSidesTogether() external {
        _add(1000e18, 1000e18);
        _send(100e18, 100e18);
        vm.expectEmit(address(_pair));
        emit IConstantProductPair.Swap(address(this), 100e18, 100e18, 99e18, 99e18, ALICE);
        _pair.swap(99e18, 99e18, ALICE, "");
        vm.assertEq(_a.balanceOf(ALICE), 99e18);
    }

    function test_ASwapRefusesWhatCannotBe() external {
        _add(1000, 4000);
        vm.expectRevert(IConstantProductPair.CallbackUnsupported.selector);
        _pair.swap(1, 0, ALICE, "x");
        vm.expectRevert(IConstantProductPair.NoOutput.selector);
        _pair.swap(0, 0, ALICE, "");
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.ReserveExceeded.selector, 1000, 1000));
        _pair.swap(1000, 0, ALICE, "");
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.ReserveExceeded.selector, 4000, 4000));
        _pair.swap(0, 4000, ALICE, "");
        vm.expectRevert(IConstantProductPair.NoInput.selector);
        _pair.swap(1, 1, ALICE, "");
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.InvalidRecipient.selector, address(_a)));
        _pair.swap(1, 0, address(_a), "");
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.InvalidRecipient.selector, address(_b)));
        _pair.swap(1, 0, address(_b), "");
    }

    function test_WhatLiesBeyondTheReservesIsSkimmedOrTaken() external {
        _add(1e18, 1e18);
        _send(5, 7);
        _pair.skim(ALICE);
        vm.assertEq(_a.balanceOf(ALICE), 5);
        vm.assertEq(_b.balanceOf(ALICE), 7);
        _send(5, 7);
        vm.expectEmit(address(_pair));
        emit IConstantProductPair.Sync(1e18 + 5, 1e18 + 7);
        _pair.sync();
        _hasReserves(1e18 + 5, 1e18 + 7);
    }

    function test_AReserveIsBelow2To112() external {
        uint256 most = type(uint112).max;
        _send(most, most);
        _pair.mint(ALICE);
        _hasReserves(most, most);
        _send(1, 0);
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.ReserveOverflow.selector, most + 1, most));
        _pair.sync();
        _pair.skim(BOB);
        _send(0, 1);
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.ReserveOverflow.selector, most, most + 1));
        _pair.sync();
    }

    function test_ATokenThatReturnsFalsePaysNobody() external {
        FalseToken token = new FalseToken();
        ConstantProductPair pair = _pairOf(token, _a);
        token.mint(address(pair), 1e18);
        _a.mint(address(pair), 1e18);
        uint256 shares = pair.mint(address(this));
        _a.mint(address(pair), 1e18);
        bytes memory failure = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token));
        bool first = pair.token0() == address(token);
        vm.expectRevert(failure);
        pair.swap(first ? 1e17 : 0, first ? 0 : 1e17, ALICE, "");
        pair.transfer(address(pair), shares);
        vm.expectRevert(failure);
        pair.burn(ALICE);
    }

    function test_ATokenThatDoesNotGoOutIsNotAsked() external {
        bool[2] memory seen;
        for (uint256 i = 0; i < 64 && !(seen[0] && seen[1]); ++i) {
            FalseToken token = new FalseToken();
            ConstantProductPair pair = _pairOf(token, _a);
            token.mint(address(pair), 1e18);
            _a.mint(address(pair), 1e18);
            pair.mint(address(this));
            token.mint(address(pair), 1e17);
            bool first = pair.token0() == address(token);
            pair.swap(first ? 0 : 1e16, first ? 1e16 : 0, ALICE, "");
            seen[first ? 0 : 1] = true;
        }
        vm.assertTrue(seen[0] && seen[1]);
    }

    function test_AFeeOnTransferIsBorneByWhoPaysAndWhoReceives() external {
        FeeToken token = new FeeToken(100);
        ConstantProductPair pair = _pairOf(token, _a);
        token.mint(address(pair), 1000e18);
        _a.mint(address(pair), 1000e18);
        pair.mint(address(this));
        token.mint(address(this), 100e18);
        token.transfer(address(pair), 100e18);
        bool first = pair.token0() == address(token);
        // What 99 fetch, and not what 100 do.
        uint256 fetched = uint256(99e18) * 997 * 1000e18 / (1000e21 + uint256(99e18) * 997);
        pair.swap(first ? 0 : fetched, first ? fetched : 0, ALICE, "");
        vm.assertEq(token.balanceOf(address(pair)), 1099e18);
        _a.mint(address(pair), 100e18);
        pair.swap(first ? 50e18 : 0, first ? 0 : 50e18, BOB, "");
        vm.assertEq(token.balanceOf(BOB), 49.5e18);
        vm.assertEq(token.balanceOf(address(pair)), 1049e18);
    }

    function test_ATokenThatCallsBackFindsThePairClosed() external {
        ReentrantToken token = new ReentrantToken();
        ConstantProductPair pair = _pairOf(token, _a);
        token.mint(address(pair), 1e18);
        _a.mint(address(pair), 1e18);
        uint256 shares = pair.mint(address(this));
        bool first = pair.token0() == address(token);
        bytes[5] memory calls = [
            abi.encodeCall(IConstantProductPair.mint, (ALICE)),
            abi.encodeCall(IConstantProductPair.burn, (ALICE)),
            abi.encodeCall(IConstantProductPair.skim, (ALICE)),
            abi.encodeCall(IConstantProductPair.sync, ()),
            abi.encodeCall(IConstantProductPair.swap, (1, 1, ALICE, ""))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            _a.mint(address(pair), 1e17);
            token.arm(address(pair), calls[i]);
            pair.swap(first ? 1e16 : 0, first ? 0 : 1e16, BOB, "");
            vm.assertEq(token.calls(), i + 1);
            vm.assertFalse(token.succeeded());
            vm.assertEq(token.result(), abi.encodeWithSelector(ReentrancyGuard.ReentrancyGuardReentrantCall.selector));
        }
        pair.transfer(address(pair), shares);
        token.arm(address(pair), calls[1]);
        pair.burn(BOB);
        vm.assertFalse(token.succeeded());
    }

    /// The fee is taken of either token that comes in.
    function test_TheOtherWayRoundTheSame() external {
        _add(1000e18, 1000e18);
        _b.mint(address(_pair), 100e18);
        uint256 fetched = 90_661089388014913158;
        uint256 product = (uint256(1_100e21) - 300e18) * (1000e18 - fetched - 1) * 1000;
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.ProductFell.selector, product, 1e48));
        _pair.swap(fetched + 1, 0, ALICE, "");
        _pair.swap(fetched, 0, ALICE, "");
        vm.assertEq(_a.balanceOf(ALICE), fetched);
    }

    /// The fee rule, written out: (1000 (x + in) - 3 in) (y - out) 1000 >= x y 10^6, and not for one unit more.
    function testFuzz_ASwapGivesTheMostTheFeeAllows(uint256 x, uint256 y, uint256 amountIn) external {
        x = _bound(x, 2000, type(uint104).max);
        y = _bound(y, 2000, type(uint104).max);
        amountIn = _bound(amountIn, 1, type(uint104).max);
        _add(x, y);
        uint256 out = amountIn * 997 * y / (x * 1000 + amountIn * 997);
        _a.mint(address(_pair), amountIn);
        uint256 paying = (x + amountIn) * 1000 - amountIn * 3;
        if (out + 1 < y) {
            uint256 product = paying * (y - out - 1) * 1000;
            vm.expectRevert(
                abi.encodeWithSelector(IConstantProductPair.ProductFell.selector, product, x * y * 1_000_000)
            );
            _pair.swap(0, out + 1, ALICE, "");
        }
        if (out == 0) return;
        vm.assertLe(x * y * 1_000_000, paying * (y - out) * 1000);
        _pair.swap(0, out, ALICE, "");
        vm.assertEq(_b.balanceOf(ALICE), out);
    }

    /// Expected numbers: the root of the product for all shares together, found by Newton's method, and its part of
    /// each reserve for a share, rounded down.
    function testFuzz_DepositAndWithdrawalNeverGain(uint256 x, uint256 y, uint256 dx, uint256 dy) external {
        x = _bound(x, 2000, type(uint96).max);
        y = _bound(y, 2000, type(uint96).max);
        dx = _bound(dx, 0, type(uint96).max);
        dy = _bound(dy, 0, type(uint96).max);
        _add(x, y);
        uint256 supply = _pair.totalSupply();
        vm.assertLe(supply * supply, x * y);
        vm.assertLt(x * y, (supply + 1) * (supply + 1));
        uint256 shares = Math.min(dx * supply / x, dy * supply / y);
        _send(dx, dy);
        if (shares == 0) {
            vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.NoSharesMinted.selector, dx, dy));
            _pair.mint(address(this));
            return;
        }
        vm.assertEq(_pair.mint(ALICE), shares);
        uint256 back0 = shares * (x + dx) / (supply + shares);
        uint256 back1 = shares * (y + dy) / (supply + shares);
        vm.prank(ALICE);
        _pair.transfer(address(_pair), shares);
        if (back0 == 0 || back1 == 0) {
            vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.NothingForShares.selector, back0, back1));
        }
        _pair.burn(ALICE);
        vm.assertLe(_a.balanceOf(ALICE), dx);
        vm.assertLe(_b.balanceOf(ALICE), dy);
        if (back0 > 0 && back1 > 0) {
            vm.assertEq(_a.balanceOf(ALICE), back0);
            vm.assertEq(_b.balanceOf(ALICE), back1);
        }
    }

    function _pairOf(DataToken one, DataToken other) private returns (ConstantProductPair) {
        return new ConstantProductPair(address(one), address(other));
    }

    function _send(uint256 amount0, uint256 amount1) private {
        _a.mint(address(_pair), amount0);
        _b.mint(address(_pair), amount1);
    }

    function _add(uint256 amount0, uint256 amount1) private returns (uint256) {
        _send(amount0, amount1);
        return _pair.mint(address(this));
    }

    function _hasReserves(uint256 expected0, uint256 expected1) private view {
        (uint256 reserve0, uint256 reserve1,) = _pair.getReserves();
        vm.assertEq(reserve0, expected0);
        vm.assertEq(reserve1, expected1);
    }
}
