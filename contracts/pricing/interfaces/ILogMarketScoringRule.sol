// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A market maker for the outcomes of one question, by the logarithmic market scoring rule.
/// @dev Hanson, "Combinatorial information market design", 2003. With q_i shares of outcome i sold, all shares so far
/// have cost C(q) - C(0), C(q) = b ln sum e^(q_i / b), and the price of a share of i is e^(q_i / b) / sum e^(q_j / b).
/// A share of the outcome that comes true is worth one base unit of the token. The maker's loss is at most b ln n for n
/// outcomes, and that is what the sponsor puts in. Amounts and shares are base units.
/// @dev Warning: one resolver says which outcome came true, and nobody checks it.
interface ILogMarketScoringRule {
    /// @notice The sponsor put in `subsidy`, and trade begins.
    event Opened(uint256 subsidy);

    /// @notice `trader` bought `shares` of `outcome` for `cost`.
    event Bought(address indexed trader, uint256 indexed outcome, uint256 shares, uint256 cost);

    /// @notice `trader` sold `shares` of `outcome` for `proceeds`.
    event Sold(address indexed trader, uint256 indexed outcome, uint256 shares, uint256 proceeds);

    /// @notice `outcome` came true.
    event Resolved(uint256 indexed outcome);

    /// @notice `who` was paid `amount` for its shares of the outcome that came true.
    event Redeemed(address indexed who, uint256 amount);

    /// @notice A market has 2 to 16 outcomes.
    error InvalidOutcomes(uint256 outcomes);

    /// @notice The liquidity b is positive and below 2^100 base units.
    error InvalidLiquidity(uint256 liquidity);

    /// @notice There is no such outcome; they are numbered from zero, and there are `outcomes`.
    error UnknownOutcome(uint256 outcome, uint256 outcomes);

    /// @notice Shares of one trade are positive, and of one outcome below 2^100.
    error InvalidShares(uint256 shares);

    /// @notice `shares` cost `cost`, and the trader pays at most `maxCost`.
    error CostExceeded(uint256 shares, uint256 cost, uint256 maxCost);

    /// @notice `shares` bring `proceeds`, and the trader wants at least `minProceeds`.
    error ProceedsShort(uint256 shares, uint256 proceeds, uint256 minProceeds);

    /// @notice `who` holds `held` shares of `outcome`, and `shares` are needed.
    error SharesExceeded(address who, uint256 outcome, uint256 held, uint256 shares);

    /// @notice The sponsor has put in its subsidy already.
    error AlreadyOpen();

    /// @notice Trade has not begun, or is over.
    error NotTrading();

    /// @notice It is not resolved yet.
    error NotResolved();

    /// @notice Only `resolver` resolves, and the caller is `caller`.
    error NotResolver(address caller, address resolver);

    /// @notice `who` holds no share of the outcome that came true.
    error NothingToRedeem(address who);

    /// @notice The token delivered `received` base units where `expected` were asked for.
    error PaymentShort(uint256 expected, uint256 received);

    /// @notice The token paid with must be a contract.
    error InvalidToken(address token);

    /// @notice Takes the subsidy of b ln n, rounded up, from the caller, and begins trade. Once, by anyone.
    function open() external;

    /// @notice Buys the caller shares of an outcome.
    /// @param outcome Its number.
    /// @param shares Base units.
    /// @param maxCost Base units that the caller pays at most.
    /// @return cost Base units paid, rounded up.
    function buy(uint256 outcome, uint256 shares, uint256 maxCost) external returns (uint256 cost);

    /// @notice Sells shares of the caller back.
    /// @param outcome Its number.
    /// @param shares Base units.
    /// @param minProceeds Base units that the caller wants at least.
    /// @return proceeds Base units paid, rounded down.
    function sell(uint256 outcome, uint256 shares, uint256 minProceeds) external returns (uint256 proceeds);

    /// @notice Says which outcome came true, and ends trade. Resolver only.
    /// @param outcome Its number.
    function resolve(uint256 outcome) external;

    /// @notice Pays the caller one base unit for each of its shares of the outcome that came true.
    /// @return amount Base units paid.
    function redeem() external returns (uint256 amount);

    /// @notice Gives the sponsor, after resolution, what is left once all shares of that outcome are paid for.
    /// @return amount Base units paid.
    function recover() external returns (uint256 amount);

    /// @notice What `shares` of `outcome` cost now, in base units, rounded up.
    function costOf(uint256 outcome, uint256 shares) external view returns (uint256);

    /// @notice What `shares` of `outcome` bring now, in base units, rounded down.
    function proceedsOf(uint256 outcome, uint256 shares) external view returns (uint256);

    /// @notice The price of a share of `outcome`, in WAD: all prices add up to one.
    function priceOf(uint256 outcome) external view returns (uint256);

    /// @notice The shares of `outcome` that are out, in base units.
    function soldOf(uint256 outcome) external view returns (uint256);

    /// @notice The shares of `outcome` that `who` holds, in base units.
    function sharesOf(address who, uint256 outcome) external view returns (uint256);

    /// @notice b ln n in base units, rounded up: what the maker loses at most.
    function maxLoss() external view returns (uint256);

    /// @notice b, in base units: the larger, the more a given price costs to move.
    function liquidity() external view returns (uint256);

    /// @notice n.
    function outcomes() external view returns (uint256);

    /// @notice Whether shares are bought and sold now.
    function isTrading() external view returns (bool);

    /// @notice Whether it is resolved, and to which outcome.
    function resolution() external view returns (bool resolved, uint256 outcome);

    /// @notice Who resolves.
    function resolver() external view returns (address);

    /// @notice Who put in the subsidy; zero before.
    function sponsor() external view returns (address);

    /// @notice The token paid with.
    function token() external view returns (address);
}
