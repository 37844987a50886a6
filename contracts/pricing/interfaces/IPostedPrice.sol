// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Data at a posted price: a seller names it, and anyone may buy a copy, as often as they like.
/// @dev A copy of data costs nothing to make, so there is no stock. Prices and amounts are base units of the token. A
/// fee, in basis points (1/10,000) of what arrives and rounded down, goes to the market's treasury; the rest is
/// credited to the payee of the offer, who is paid when somebody asks for it.
interface IPostedPrice {
    /// @notice `seller` offers the data of that hash as `offer`, at `price` base units a copy, to be credited to `payee`.
    event Offered(
        uint256 indexed offer, address indexed seller, bytes32 dataHash, uint256 price, address indexed payee
    );

    /// @notice A copy of `offer` now costs `price` base units instead of `oldPrice`.
    event PriceChanged(uint256 indexed offer, uint256 oldPrice, uint256 price);

    /// @notice `offer` is no longer for sale.
    event Closed(uint256 indexed offer);

    /// @notice `buyer` bought a copy of `offer` for `paid` base units, of which `fee` went to the treasury.
    event Sold(uint256 indexed offer, address indexed buyer, uint256 paid, uint256 fee);

    /// @notice `payee` was paid `amount` base units.
    event Withdrawn(address indexed payee, uint256 amount);

    /// @notice There is no such offer; they are numbered from zero, and there are `offers`.
    error UnknownOffer(uint256 offer, uint256 offers);

    /// @notice `offer` is of `seller`, and the caller is `caller`.
    error NotSeller(uint256 offer, address caller, address seller);

    /// @notice `offer` is no longer for sale.
    error OfferClosed(uint256 offer);

    /// @notice A copy of `offer` costs `price` base units, and the buyer pays at most `maxPrice`.
    error PriceExceeded(uint256 offer, uint256 price, uint256 maxPrice);

    /// @notice Nothing is credited to `payee`.
    error NothingToWithdraw(address payee);

    /// @notice A fee is at most 10,000 basis points.
    error InvalidFee(uint256 feeBps);

    /// @notice A payee must not be the zero address, nor this market.
    error InvalidPayee(address payee);

    /// @notice The token paid with must be a contract.
    error InvalidToken(address token);

    /// @notice Offers data of the caller.
    /// @param dataHash Hash of the data; only recorded in the event.
    /// @param price Base units a copy; zero gives it away.
    /// @param payee Who is credited: the seller, or a pool that shares what it gets.
    /// @return offer Its number: they are counted from zero.
    /// @dev Warning: nobody checks that the data exists, nor that the seller may sell it.
    function list(bytes32 dataHash, uint256 price, address payee) external returns (uint256 offer);

    /// @notice Changes the price of an offer of the caller, for whoever buys from now on.
    /// @param offer Its number.
    /// @param price Base units a copy.
    function setPrice(uint256 offer, uint256 price) external;

    /// @notice Takes an offer of the caller from the market, for good.
    /// @param offer Its number.
    function close(uint256 offer) external;

    /// @notice Buys the caller a copy at the present price.
    /// @param offer Its number.
    /// @param maxPrice Base units that the caller pays at most, else {PriceExceeded}: a price may rise before the
    /// purchase is executed.
    /// @return price Base units paid.
    function buy(uint256 offer, uint256 maxPrice) external returns (uint256 price);

    /// @notice Pays `payee` all that is credited to it. Anyone may call it, since the payment goes nowhere else.
    /// @param payee Who is paid.
    /// @return amount Base units paid.
    function withdraw(address payee) external returns (uint256 amount);

    /// @notice Base units a copy of `offer` costs; zero if there is none.
    function priceOf(uint256 offer) external view returns (uint256);

    /// @notice Whether `offer` is for sale.
    function isOpen(uint256 offer) external view returns (bool);

    /// @notice Who offers `offer`; zero if there is none.
    function sellerOf(uint256 offer) external view returns (address);

    /// @notice Who is credited for `offer`; zero if there is none.
    function payeeOf(uint256 offer) external view returns (address);

    /// @notice How many copies of `offer` were sold.
    function soldOf(uint256 offer) external view returns (uint256);

    /// @notice Base units that buyers paid for `offer` so far, the fee included.
    function revenueOf(uint256 offer) external view returns (uint256);

    /// @notice How many copies of `offer` `buyer` bought.
    function copiesOf(uint256 offer, address buyer) external view returns (uint256);

    /// @notice Base units credited to `payee` and not paid yet.
    function creditOf(address payee) external view returns (uint256);

    /// @notice How many offers were ever made.
    function offers() external view returns (uint256);

    /// @notice Basis points (1/10,000) of a payment that go to the treasury.
    function feeBps() external view returns (uint256);

    /// @notice Who is credited the fees.
    function treasury() external view returns (address);

    /// @notice The token paid with.
    function token() external view returns (address);
}
