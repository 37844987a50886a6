// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {IPostedPrice} from "./interfaces/IPostedPrice.sol";

/// @title Sells copies of data at the price that each seller posts.
/// @dev Invariants:
/// - the market holds what it has credited and not paid, at least;
/// - what buyers paid is, to the base unit, what payees and treasury were credited;
/// - nobody pays more than the price of the moment, nor more than the limit it gave;
/// - a copy is sold of an open offer only, and an offer that was closed stays closed.
///
/// What arrives is credited, not what was asked for: with a token that takes a fee on transfers, the seller bears it.
contract PostedPrice is IPostedPrice, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @dev All of a payment, in basis points.
    uint256 private constant WHOLE = 10_000;

    struct Offer {
        address seller;
        bool closed;
        address payee;
        uint256 price;
        uint256 sold;
        uint256 revenue;
    }

    IERC20 private immutable _token;

    /// @inheritdoc IPostedPrice
    uint256 public immutable feeBps;

    /// @inheritdoc IPostedPrice
    address public immutable treasury;

    /// @inheritdoc IPostedPrice
    uint256 public offers;

    /// @inheritdoc IPostedPrice
    mapping(address payee => uint256) public creditOf;

    /// @inheritdoc IPostedPrice
    mapping(uint256 offer => mapping(address buyer => uint256)) public copiesOf;

    mapping(uint256 offer => Offer) private _offers;

    /// @param token_ The ERC-20 paid with.
    /// @param feeBps_ Basis points of each payment for the treasury, at most 10,000.
    /// @param treasury_ Who is credited the fees.
    constructor(address token_, uint256 feeBps_, address treasury_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        if (feeBps_ > WHOLE) revert InvalidFee(feeBps_);
        _requirePayee(treasury_);
        _token = IERC20(token_);
        feeBps = feeBps_;
        treasury = treasury_;
    }

    /// @inheritdoc IPostedPrice
    function list(bytes32 dataHash, uint256 price, address payee) external returns (uint256 offer) {
        _requirePayee(payee);
        offer = offers++;
        Offer storage entry = _offers[offer];
        entry.seller = msg.sender;
        entry.payee = payee;
        entry.price = price;
        emit Offered(offer, msg.sender, dataHash, price, payee);
    }

    /// @inheritdoc IPostedPrice
    function setPrice(uint256 offer, uint256 price) external {
        Offer storage entry = _ownOpen(offer);
        emit PriceChanged(offer, entry.price, price);
        entry.price = price;
    }

    /// @inheritdoc IPostedPrice
    function close(uint256 offer) external {
        _ownOpen(offer).closed = true;
        emit Closed(offer);
    }

    /// @inheritdoc IPostedPrice
    function buy(uint256 offer, uint256 maxPrice) external nonReentrant returns (uint256 price) {
        Offer storage entry = _open(offer);
        price = entry.price;
        if (price > maxPrice) revert PriceExceeded(offer, price, maxPrice);

        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(msg.sender, address(this), price);
        uint256 paid = _token.balanceOf(address(this)) - before;
        uint256 fee = paid * feeBps / WHOLE;
        entry.sold += 1;
        entry.revenue += paid;
        copiesOf[offer][msg.sender] += 1;
        creditOf[treasury] += fee;
        creditOf[entry.payee] += paid - fee;
        emit Sold(offer, msg.sender, paid, fee);
    }

    /// @inheritdoc IPostedPrice
    function withdraw(address payee) external nonReentrant returns (uint256 amount) {
        amount = creditOf[payee];
        if (amount == 0) revert NothingToWithdraw(payee);
        creditOf[payee] = 0;
        emit Withdrawn(payee, amount);
        _token.safeTransfer(payee, amount);
    }

    /// @inheritdoc IPostedPrice
    function priceOf(uint256 offer) external view returns (uint256) {
        return _offers[offer].price;
    }

    /// @inheritdoc IPostedPrice
    function isOpen(uint256 offer) external view returns (bool) {
        return offer < offers && !_offers[offer].closed;
    }

    /// @inheritdoc IPostedPrice
    function sellerOf(uint256 offer) external view returns (address) {
        return _offers[offer].seller;
    }

    /// @inheritdoc IPostedPrice
    function payeeOf(uint256 offer) external view returns (address) {
        return _offers[offer].payee;
    }

    /// @inheritdoc IPostedPrice
    function soldOf(uint256 offer) external view returns (uint256) {
        return _offers[offer].sold;
    }

    /// @inheritdoc IPostedPrice
    function revenueOf(uint256 offer) external view returns (uint256) {
        return _offers[offer].revenue;
    }

    /// @inheritdoc IPostedPrice
    function token() external view returns (address) {
        return address(_token);
    }

    /// @dev The offer of that number, for sale.
    function _open(uint256 offer) private view returns (Offer storage entry) {
        if (offer >= offers) revert UnknownOffer(offer, offers);
        entry = _offers[offer];
        if (entry.closed) revert OfferClosed(offer);
    }

    /// @dev The same, and the caller's.
    function _ownOpen(uint256 offer) private view returns (Offer storage entry) {
        entry = _open(offer);
        if (entry.seller != msg.sender) revert NotSeller(offer, msg.sender, entry.seller);
    }

    function _requirePayee(address payee) private view {
        if (payee == address(0) || payee == address(this)) revert InvalidPayee(payee);
    }
}
