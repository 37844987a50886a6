// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Exponential, logarithm and power in fixed point, with stated errors.
/// @dev Two scales: WAD (18 decimals) for what people read, and PRECISE (36 decimals) for what is multiplied by an
/// amount. Checked arithmetic only, no assembly: each result can be followed by hand.
///
/// Errors, held by fixtures of 60 digits (`FixedPoint.t.sol`):
/// - {lnPrecise}: at most 300 units of 10^-36 (ln 2 is known to 60 digits and rounded to 36; it is counted at most 256
///   times, each worth half a unit, and 40 terms of the series are rounded);
/// - {expPrecise}: one unit of 10^-36, or relative 10^-33 where that is more;
/// - {exp}: one unit of 10^-18, or relative 10^-33 where that is more; {ln}: one unit of 10^-18, rounded down;
/// - {powPrecise}: one unit of 10^-36, or relative 10^-33 x (1 + the exponent) where that is more; {pow} the same in
///   units of 10^-18. Results of 10^40 and more are refused.
///
/// Method: exp by x = k ln 2 + r with |r| <= ln 2 / 2 and the Taylor series of e^r; ln by x = m 2^k with m in
/// [sqrt(1/2), sqrt(2)) and 2 artanh((m - 1) / (m + 1)) (Abramowitz and Stegun, 4.1.27 and 4.2.1).
library FixedPoint {
    /// @notice 18 decimals.
    uint256 internal constant WAD = 1e18;

    /// @notice 36 decimals.
    uint256 internal constant PRECISE = 1e36;

    /// @dev ln 2 and the square root of 2, with 36 decimals, to the nearest.
    int256 private constant LN_2 = 693147180559945309417232121458176568;
    uint256 private constant SQRT_2 = 1414213562373095048801688724209698079;

    int256 private constant SIGNED_WAD = 1e18;
    int256 private constant SIGNED_PRECISE = 1e36;

    /// @dev Above it e^x x 10^18 does not fit; below it e^x is less than half of 10^-18.
    int256 private constant EXP_MAX = 135305999368893231588;
    int256 private constant EXP_MIN = -41446531673892822313;

    /// @dev Above it e^x, with 36 decimals, would pass 10^40; below it, it is less than 10^-36.
    int256 private constant EXP_PRECISE_MAX = 92e36;
    int256 private constant EXP_PRECISE_MIN = -83e36;

    /// @notice e^x is too large for x = `x` (decimals as the function's).
    error ExponentTooLarge(int256 x);

    /// @notice The logarithm of zero, or of a ratio with zero in it, is asked for.
    error LogarithmOfZero();

    /// @notice e^x, both in WAD, rounded down.
    /// @param x WAD, at most 135.305999368893231588 in whole numbers; below -41.4465... the result is zero.
    function exp(int256 x) internal pure returns (uint256) {
        if (x > EXP_MAX) revert ExponentTooLarge(x);
        if (x < EXP_MIN) return 0;
        (uint256 mantissa, int256 exponent) = _exp(x * SIGNED_WAD);
        if (exponent >= 0) return Math.mulDiv(mantissa, 1 << uint256(exponent), WAD);
        return mantissa / (WAD << uint256(-exponent));
    }

    /// @notice Natural logarithm of x, both in WAD, rounded towards minus infinity.
    /// @param x WAD, positive.
    function ln(uint256 x) internal pure returns (int256) {
        int256 precise = lnPrecise(x, WAD);
        int256 quotient = precise / SIGNED_WAD;
        return precise % SIGNED_WAD < 0 ? quotient - 1 : quotient;
    }

    /// @notice x^y, all in WAD, rounded down.
    /// @param x WAD; zero gives zero, and one for y = 0.
    /// @param y WAD.
    function pow(uint256 x, uint256 y) internal pure returns (uint256) {
        if (y == 0) return WAD;
        if (x == 0) return 0;
        return expPrecise(Math.mulDiv(_abs(lnPrecise(x, WAD)), y, WAD), x < WAD) / WAD;
    }

    /// @notice (numerator / denominator)^(up / down), with 36 decimals.
    /// @param numerator Of the base.
    /// @param denominator Of the base, positive.
    /// @param up Of the exponent.
    /// @param down Of the exponent, positive.
    function powPrecise(uint256 numerator, uint256 denominator, uint256 up, uint256 down)
        internal
        pure
        returns (uint256)
    {
        if (up == 0) return PRECISE;
        if (numerator == 0) return 0;
        int256 logarithm = lnPrecise(numerator, denominator);
        return expPrecise(Math.mulDiv(_abs(logarithm), up, down), logarithm < 0);
    }

    /// @notice e^x, both with 36 decimals.
    /// @param x 36 decimals, at most 92; below -83 the result is zero.
    function expPrecise(int256 x) internal pure returns (uint256) {
        if (x > EXP_PRECISE_MAX) revert ExponentTooLarge(x);
        if (x < EXP_PRECISE_MIN) return 0;
        (uint256 mantissa, int256 exponent) = _exp(x);
        return exponent >= 0 ? mantissa << uint256(exponent) : mantissa >> uint256(-exponent);
    }

    /// @notice The same for a magnitude and whether it is negative.
    function expPrecise(uint256 magnitude, bool negative) internal pure returns (uint256) {
        // What is beyond any result is cut first, so that it fits a signed number.
        int256 bounded = int256(Math.min(magnitude, uint256(type(int256).max)));
        return expPrecise(negative ? -bounded : bounded);
    }

    /// @notice Natural logarithm of numerator / denominator, with 36 decimals.
    /// @param numerator Positive.
    /// @param denominator Positive.
    function lnPrecise(uint256 numerator, uint256 denominator) internal pure returns (int256) {
        if (numerator == 0 || denominator == 0) revert LogarithmOfZero();
        // The ratio is between 2^(k-1) and 2^(k+1); halved or doubled k times it lies in [1/2, 2).
        int256 k = int256(Math.log2(numerator)) - int256(Math.log2(denominator));
        // The shifted one has as many bits as the other.
        uint256 m = k >= 0
            ? Math.mulDiv(numerator, PRECISE, denominator << uint256(k))
            : Math.mulDiv(numerator << uint256(-k), PRECISE, denominator);
        if (m >= SQRT_2) {
            m /= 2;
            k += 1;
        } else if (m < SQRT_2 / 2) {
            m *= 2;
            k -= 1;
        }
        return k * LN_2 + _ln(int256(m));
    }

    /// @dev e^x = mantissa x 2^exponent, x and mantissa with 36 decimals, mantissa in [0.7, 1.42].
    function _exp(int256 x) private pure returns (uint256 mantissa, int256 exponent) {
        int256 half = x >= 0 ? LN_2 / 2 : -LN_2 / 2;
        exponent = (x + half) / LN_2;
        int256 r = x - exponent * LN_2;
        int256 sum = SIGNED_PRECISE;
        int256 term = SIGNED_PRECISE;
        // |r| < 0.347: 27 terms bring what is left out below 10^-40.
        for (int256 i = 1; term != 0; ++i) {
            term = term * r / (i * SIGNED_PRECISE);
            sum += term;
        }
        mantissa = uint256(sum);
    }

    /// @dev ln m for m in [0.7, 1.42], with 36 decimals: 2 (z + z^3/3 + z^5/5 + ...), z = (m - 1) / (m + 1).
    function _ln(int256 m) private pure returns (int256) {
        int256 z = (m - SIGNED_PRECISE) * SIGNED_PRECISE / (m + SIGNED_PRECISE);
        int256 square = z * z / SIGNED_PRECISE;
        int256 sum = z;
        int256 power = z;
        // |z| < 0.172, and each step brings a factor of 0.03.
        for (int256 i = 3; power != 0; i += 2) {
            power = power * square / SIGNED_PRECISE;
            sum += power / i;
        }
        return 2 * sum;
    }

    function _abs(int256 x) private pure returns (uint256) {
        return uint256(x >= 0 ? x : -x);
    }
}
