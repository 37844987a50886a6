// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "../test/TestBase.t.sol";
import {FixedPoint} from "./FixedPoint.sol";
import {FixedPointFixtures} from "./FixedPointFixtures.t.sol";

/// @dev A library's functions are inlined; a test that expects a revert needs a call.
contract FixedPointCaller {
    function exp(int256 x) external pure returns (uint256) {
        return FixedPoint.exp(x);
    }

    function ln(uint256 x) external pure returns (int256) {
        return FixedPoint.ln(x);
    }

    function pow(uint256 x, uint256 y) external pure returns (uint256) {
        return FixedPoint.pow(x, y);
    }

    function lnPrecise(uint256 a, uint256 b) external pure returns (int256) {
        return FixedPoint.lnPrecise(a, b);
    }

    function expPrecise(int256 x) external pure returns (uint256) {
        return FixedPoint.expPrecise(x);
    }
}

contract FixedPointTest is TestBase, FixedPointFixtures {
    uint256 private constant WAD = 1e18;
    uint256 private constant PRECISE = 1e36;

    FixedPointCaller private _maths;

    function setUp() external {
        _maths = new FixedPointCaller();
    }

    function test_ExpAgreesWithFixtures() external pure {
        int256[2][] memory rows = _exp();
        for (uint256 i = 0; i < rows.length; ++i) {
            uint256 expected = uint256(rows[i][1]);
            _close(FixedPoint.exp(rows[i][0]), expected, 1 + expected / 1e33);
        }
    }

    function test_LnAgreesWithFixtures() external pure {
        uint256[3][] memory rows = _ln();
        for (uint256 i = 0; i < rows.length; ++i) {
            int256 expected = rows[i][2] == 1 ? -int256(rows[i][1]) : int256(rows[i][1]);
            int256 precise = FixedPoint.lnPrecise(rows[i][0], WAD);
            vm.assertLe(_distance(precise, expected), 300);
            vm.assertLe(_distance(FixedPoint.ln(rows[i][0]) * 1e18, expected), 1e18);
            vm.assertTrue(FixedPoint.ln(rows[i][0]) * 1e18 <= precise);
        }
    }

    function test_PowAgreesWithFixtures() external pure {
        uint256[3][] memory rows = _pow();
        for (uint256 i = 0; i < rows.length; ++i) {
            uint256 tolerance = 1 + rows[i][2] / 1e33 * (1 + rows[i][1] / WAD);
            _close(FixedPoint.pow(rows[i][0], rows[i][1]), rows[i][2], tolerance);
        }
    }

    function test_PowPreciseAgreesWithFixtures() external pure {
        uint256[5][] memory rows = _powPrecise();
        for (uint256 i = 0; i < rows.length; ++i) {
            uint256 expected = rows[i][4];
            uint256 tolerance = 1 + (expected / 1e30) * (1 + rows[i][2] / rows[i][3]) / 1e3 + rows[i][2] / rows[i][3];
            _close(FixedPoint.powPrecise(rows[i][0], rows[i][1], rows[i][2], rows[i][3]), expected, tolerance);
        }
    }

    function test_TheEdgesOfExp() external {
        vm.assertEq(FixedPoint.exp(0), WAD);
        vm.assertEq(FixedPoint.exp(-41446531673892822313), 0);
        vm.assertEq(FixedPoint.exp(type(int256).min), 0);
        vm.expectRevert(abi.encodeWithSelector(FixedPoint.ExponentTooLarge.selector, 135305999368893231589));
        _maths.exp(135305999368893231589);
        vm.assertEq(FixedPoint.expPrecise(0), PRECISE);
        vm.assertEq(FixedPoint.expPrecise(-83e36 - 1), 0);
        vm.assertLe(FixedPoint.expPrecise(-83e36), 1);
        vm.expectRevert(abi.encodeWithSelector(FixedPoint.ExponentTooLarge.selector, int256(92e36 + 1)));
        _maths.expPrecise(92e36 + 1);
        vm.assertTrue(FixedPoint.expPrecise(92e36) > 9e75);
    }

    function test_TheEdgesOfLnAndPow() external {
        vm.expectRevert(FixedPoint.LogarithmOfZero.selector);
        _maths.ln(0);
        vm.expectRevert(FixedPoint.LogarithmOfZero.selector);
        _maths.lnPrecise(1, 0);
        vm.assertTrue(FixedPoint.ln(WAD) == 0);
        // ln 2 to 36 decimals, computed with 60.
        vm.assertTrue(FixedPoint.lnPrecise(2, 1) == 693147180559945309417232121458176568);
        vm.assertEq(FixedPoint.pow(0, 0), WAD);
        vm.assertEq(FixedPoint.pow(0, 1), 0);
        vm.assertEq(FixedPoint.pow(7, 0), WAD);
        vm.assertEq(FixedPoint.powPrecise(3, 4, 0, 1), PRECISE);
        vm.assertEq(FixedPoint.powPrecise(0, 4, 0, 1), PRECISE);
        vm.assertEq(FixedPoint.powPrecise(0, 4, 1, 2), 0);
        vm.assertEq(FixedPoint.lnPrecise(type(uint256).max, type(uint256).max) == 0 ? 0 : 1, 0);
        vm.assertTrue(FixedPoint.lnPrecise(type(uint256).max, 1) > 177e36);
        vm.assertTrue(FixedPoint.lnPrecise(1, type(uint256).max) < -177e36);
        vm.expectRevert(abi.encodeWithSelector(FixedPoint.ExponentTooLarge.selector, type(int256).max));
        _maths.pow(2e18, 15e58);
        vm.assertEq(FixedPoint.pow(0.5e18, 15e58), 0);
    }

    /// A law: e^(ln x) = x. Relative error of x: that of ln (300 x 10^-36) and of exp.
    function testFuzz_ExpUndoesLn(uint256 x) external pure {
        x = _bound(x, 1, 9e57);
        uint256 back = FixedPoint.expPrecise(FixedPoint.lnPrecise(x, WAD) / 2);
        // The square of the root, so that all of the range fits: back^2 = x.
        uint256 root = back / 1e18;
        _close(root * root / WAD, x, 3 + x / 1e17 + 2 * root / WAD);
    }

    /// A law: ln (x y) = ln x + ln y.
    function testFuzz_LnOfAProductIsASum(uint128 x, uint128 y) external pure {
        uint256 a = uint256(x) + 1;
        uint256 b = uint256(y) + 1;
        int256 sum = FixedPoint.lnPrecise(a, 1) + FixedPoint.lnPrecise(b, 1);
        vm.assertLe(_distance(FixedPoint.lnPrecise(a * b, 1), sum), 900);
        vm.assertLe(_distance(FixedPoint.lnPrecise(a, b), FixedPoint.lnPrecise(a, 1) - FixedPoint.lnPrecise(b, 1)), 900);
    }

    /// A law: e^(a + b) = e^a e^b.
    function testFuzz_ExpOfASumIsAProduct(int256 a, int256 b) external pure {
        a = _signed(a, 20e18);
        b = _signed(b, 20e18);
        uint256 product = FixedPoint.exp(a) * FixedPoint.exp(b) / WAD;
        uint256 whole = FixedPoint.exp(a + b);
        // Each factor is one unit short at most.
        _close(whole, product, 3 + (FixedPoint.exp(a) + FixedPoint.exp(b)) / WAD + whole / 1e30);
    }

    /// A plain reference: n-fold multiplication.
    function testFuzz_PowOfAWholeNumberIsRepeatedMultiplication(uint256 x, uint256 n) external pure {
        x = _bound(x, 1e17, 5e18);
        n = _bound(n, 1, 12);
        uint256 product = PRECISE;
        for (uint256 i = 0; i < n; ++i) product = product * x / WAD;
        _close(FixedPoint.pow(x, n * WAD), product / WAD, 2 + product / WAD / 1e30);
        _close(FixedPoint.powPrecise(x, WAD, n, 1), product, 2 + product / 1e31 + n);
    }

    /// A law: a logarithm never falls, and neither does an exponential.
    function testFuzz_BothGrow(uint256 x, uint256 step) external pure {
        x = _bound(x, 1, type(uint128).max);
        step = _bound(step, 0, type(uint128).max);
        vm.assertTrue(FixedPoint.ln(x) <= FixedPoint.ln(x + step));
        int256 low = int256(x % 60e18) - 30e18;
        vm.assertLe(FixedPoint.exp(low), FixedPoint.exp(low + int256(step % 60e18)));
    }

    function _close(uint256 actual, uint256 expected, uint256 tolerance) private pure {
        vm.assertLe(actual, expected + tolerance);
        vm.assertLe(expected, actual + tolerance);
    }

    function _distance(int256 a, int256 b) private pure returns (uint256) {
        return uint256(a > b ? a - b : b - a);
    }

    function _signed(int256 value, int256 most) private pure returns (int256) {
        return value >= -most && value <= most ? value : value % most;
    }
}
