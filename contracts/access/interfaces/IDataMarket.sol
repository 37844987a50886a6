// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPullPayments} from "../../tokens/interfaces/IPullPayments.sol";

/// @title Sells access to data sets at the price their owners post.
/// @dev Amounts are base units of the token, fees and royalties basis points (1/10,000) of the price, each rounded
/// down. A buyer pays the price and the buyer's fee. Of the price, the seller's fee goes to the treasury, the royalty to
/// the creator if it does not own the data set any more, and the rest to the owner at the time of the sale. What is
/// owed is fetched with `withdraw`.
/// @dev Warning: whether the data is any good is nobody's business here. A gate may ask that a stake lies behind it.
/// @dev Warning: a royalty is paid on sales made here. An owner that sells elsewhere pays what it likes.
interface IDataMarket is IPullPayments {
    /// @dev Who takes part in sales, and for how much; fixed at deployment.
    struct Config {
        /// @dev The {IDataSetRegistry} of what is sold.
        address registry;
        /// @dev The {IAccessGrants} in which buyers get access; it must name the market as a granter.
        address grants;
        /// @dev The ERC-20 paid with.
        address token;
        /// @dev An {IListingStake} that must call a data set listed, or zero: all may be sold.
        address gate;
        /// @dev Who is owed the fees.
        address treasury;
        /// @dev Basis points of the price that a buyer pays on top.
        uint256 buyerFeeBps;
        /// @dev Basis points of the price that a seller pays out of it.
        uint256 sellerFeeBps;
    }

    /// @dev What an owner offers of a data set.
    struct Offer {
        /// @dev Who offers it; void when that is not the owner any more. Zero: not offered.
        address seller;
        /// @dev Units of access that one sale gives.
        uint64 units;
        /// @dev Base units, below 2^128.
        uint128 price;
        /// @dev Seconds of access that one sale gives.
        uint64 duration;
    }

    /// @notice `seller` offers `units` units of access to `dataSet`, for `duration` seconds, at `price`.
    event Offered(
        uint256 indexed dataSet, address indexed seller, uint256 price, uint256 units, uint256 duration
    );

    /// @notice `dataSet` is no longer offered.
    event OfferWithdrawn(uint256 indexed dataSet);

    /// @notice `buyer` bought `grant` of `dataSet` for `price`, on top of which came `buyerFee`; out of it `sellerFee` and
    /// `royalty` went elsewhere than to `seller`.
    event Sold(
        uint256 indexed dataSet,
        address indexed buyer,
        address indexed seller,
        uint256 grant,
        uint256 price,
        uint256 buyerFee,
        uint256 sellerFee,
        uint256 royalty
    );

    /// @notice `caller` does not own `dataSet`; `owner` does.
    error NotOwner(uint256 dataSet, address caller, address owner);

    /// @notice The owner of `dataSet` does not offer it.
    error NotOffered(uint256 dataSet);

    /// @notice The gate does not call `dataSet` listed.
    error NotListed(uint256 dataSet);

    /// @notice A sale of `dataSet` costs `total` base units, and the buyer pays at most `maxTotal`.
    error TotalExceeded(uint256 dataSet, uint256 total, uint256 maxTotal);

    /// @notice A price is below 2^128 base units.
    error InvalidPrice(uint256 price);

    /// @notice A sale gives between 1 and 2^64 - 1 units.
    error InvalidUnits(uint256 units);

    /// @notice A sale gives access for at least a second, and for less than 2^32 seconds.
    error InvalidDuration(uint256 duration);

    /// @notice A buyer's fee of `feeBps` basis points is more than the price.
    error InvalidBuyerFee(uint256 feeBps);

    /// @notice A seller's fee of `feeBps` and a royalty of `maxRoyaltyBps` basis points are more than the price.
    error InvalidSellerFee(uint256 feeBps, uint256 maxRoyaltyBps);

    /// @notice A registry and grants must be contracts, and a gate too, if there is one.
    error InvalidPart(address part);

    /// @notice A treasury is an address that can fetch what it is owed.
    error InvalidTreasury(address treasury);

    /// @notice Offers access to a data set of the caller, instead of what was offered before.
    /// @param dataSet Its number in the registry.
    /// @param price Base units, below 2^128; zero gives it away.
    /// @param units Units of access that one sale gives, 1 to 2^64 - 1.
    /// @param duration Seconds of access that one sale gives, 1 to 2^32 - 1.
    function offer(uint256 dataSet, uint256 price, uint256 units, uint256 duration) external;

    /// @notice Withdraws the offer of a data set of the caller. What was sold stays sold.
    function withdrawOffer(uint256 dataSet) external;

    /// @notice Buys access for the caller, who must have approved what `quote` calls `total`.
    /// @param dataSet Its number in the registry.
    /// @param maxTotal Base units that the caller pays at most, fee included: an offer may change before the purchase is
    /// executed.
    /// @return grant The number of the grant, which is not revocable.
    /// @dev Warning: a token that takes a fee on transfers is refused with {IPullPayments-PaymentShort}.
    function buy(uint256 dataSet, uint256 maxTotal) external returns (uint256 grant);

    /// @notice How a sale of `dataSet` would be split now, in base units; all zero if it cannot be bought.
    /// @return total What the buyer pays.
    /// @return buyerFee Of which goes to the treasury on top of the price.
    /// @return sellerFee Of which goes to the treasury out of the price.
    /// @return royalty Of which goes to the creator.
    function quote(uint256 dataSet)
        external
        view
        returns (uint256 total, uint256 buyerFee, uint256 sellerFee, uint256 royalty);

    /// @notice What is offered of `dataSet`; see {isOnSale}.
    function offerOf(uint256 dataSet) external view returns (Offer memory);

    /// @notice Whether `dataSet` can be bought now: its owner offers it, and the gate calls it listed.
    function isOnSale(uint256 dataSet) external view returns (bool);

    /// @notice How many times access to `dataSet` was sold.
    function salesOf(uint256 dataSet) external view returns (uint256);

    /// @notice Sales of all data sets.
    function sales() external view returns (uint256);

    /// @notice Base units of the prices of all sales, without buyers' fees.
    function turnover() external view returns (uint256);

    /// @notice Base units of all fees, from both sides.
    function feesEarned() external view returns (uint256);

    /// @notice Base units of all royalties.
    function royaltiesEarned() external view returns (uint256);

    /// @notice Who takes part in sales, and for how much.
    function config() external view returns (Config memory);
}
