// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Noisy answers about one data set, cheaper the noisier they are.
/// @dev A buyer names the variance v of the noise it accepts, in WAD of squared units of the answer, and pays a price
/// that falls with v. Prices are base units of the token. With c base units for v = 1 (10^18 in WAD):
/// - {Rule.Inverse}: c / v;
/// - {Rule.InverseSquare}: c / v^2;
/// - {Rule.InverseRoot}: c / sqrt(v).
/// The mean of m answers of variance m v has variance v. A rule is free of arbitrage if m answers of m v never cost less
/// than one of v, that is if the price does not fall with the precision 1 / v and is subadditive in it (Li, Li, Miklau,
/// Suciu, "A theory of pricing private data", 2013). The first and third are, and the second is not.
/// @dev Warning: {Rule.InverseSquare} is here to be broken. The noise of each answer is drawn outside the chain, anew;
/// that it is, nobody checks here.
interface INoisePricing {
    /// @dev How the price falls with the variance.
    enum Rule {
        Inverse,
        InverseSquare,
        InverseRoot
    }

    /// @notice `buyer` bought answer `answer`, of noise with the variance `variance`, for `price` base units.
    event Answered(uint256 indexed answer, address indexed buyer, uint256 variance, uint256 price);

    /// @notice A variance is between `least` and 10^36 (WAD).
    error InvalidVariance(uint256 variance, uint256 least);

    /// @notice The price at variance one is positive and below 2^112 base units.
    error InvalidPrice(uint256 unitPrice);

    /// @notice An answer of `variance` costs `price` base units, and the buyer pays at most `maxPrice`.
    error PriceExceeded(uint256 variance, uint256 price, uint256 maxPrice);

    /// @notice The token delivered `received` base units where `expected` were asked for.
    error PaymentShort(uint256 expected, uint256 received);

    /// @notice Nothing was sold since the seller was last paid.
    error NothingToWithdraw();

    /// @notice The token paid with must be a contract.
    error InvalidToken(address token);

    /// @notice The seller must not be the zero address, nor this contract.
    error InvalidSeller(address seller);

    /// @notice Buys the caller one answer.
    /// @param variance WAD of squared units, at least `leastVariance` and at most 10^36.
    /// @param maxPrice Base units that the caller pays at most.
    /// @return answer Its number: they are counted from zero.
    function buy(uint256 variance, uint256 maxPrice) external returns (uint256 answer);

    /// @notice Pays the seller what was sold since the last time. Anyone may call it.
    /// @return amount Base units paid.
    function withdraw() external returns (uint256 amount);

    /// @notice Base units that one answer of `variance` costs, rounded up.
    function priceOf(uint256 variance) external view returns (uint256);

    /// @notice The variance of the noise of `answer`, in WAD; zero if there is none.
    function varianceOf(uint256 answer) external view returns (uint256);

    /// @notice Who bought `answer`; zero if there is none.
    function buyerOf(uint256 answer) external view returns (address);

    /// @notice How many answers were sold.
    function answers() external view returns (uint256);

    /// @notice Base units that buyers paid so far.
    function revenue() external view returns (uint256);

    /// @notice Base units paid by buyers and not yet to the seller.
    function credit() external view returns (uint256);

    /// @notice How the price falls with the variance.
    function rule() external view returns (Rule);

    /// @notice Base units that an answer of variance one (10^18) costs.
    function unitPrice() external view returns (uint256);

    /// @notice The least variance that is sold, in WAD.
    function leastVariance() external view returns (uint256);

    /// @notice Who is paid.
    function seller() external view returns (address);

    /// @notice The token paid with.
    function token() external view returns (address);
}
