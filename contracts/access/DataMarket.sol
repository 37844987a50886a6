// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IDataSetRegistry} from "../rights/interfaces/IDataSetRegistry.sol";
import {IListingStake} from "../staking/interfaces/IListingStake.sol";
import {PullPayments} from "../tokens/PullPayments.sol";
import {IAccessGrants} from "./interfaces/IAccessGrants.sol";
import {IDataMarket} from "./interfaces/IDataMarket.sol";

/// @title Sells access to data sets at the price their owners post.
/// @dev Invariants:
/// - what a buyer pays is owed in full to the owner, the creator and the treasury: nothing stays here;
/// - the balance covers what is owed, and equals it unless somebody sends tokens unasked;
/// - a sale gives one grant, and none without the owner's offer and the gate's consent.
///
/// What differs from {PostedPrice}, which sells copies of whatever a seller names: here the seller is who owns the data
/// set when it is sold, its creator earns a royalty, both sides may pay the fee, and the buyer gets a grant.
contract DataMarket is PullPayments, IDataMarket {
    uint256 private constant BPS = 10_000;

    IDataSetRegistry private immutable _registry;
    IAccessGrants private immutable _grants;
    IListingStake private immutable _gate;
    address private immutable _paidIn;
    address private immutable _treasury;
    uint256 private immutable _buyerFeeBps;
    uint256 private immutable _sellerFeeBps;

    /// @inheritdoc IDataMarket
    uint256 public sales;

    /// @inheritdoc IDataMarket
    uint256 public turnover;

    /// @inheritdoc IDataMarket
    uint256 public feesEarned;

    /// @inheritdoc IDataMarket
    uint256 public royaltiesEarned;

    /// @inheritdoc IDataMarket
    mapping(uint256 dataSet => uint256) public salesOf;

    mapping(uint256 dataSet => Offer) private _offers;

    /// @param config_ Who takes part in sales, and for how much.
    constructor(Config memory config_) PullPayments(config_.token) {
        if (config_.registry.code.length == 0) revert InvalidPart(config_.registry);
        if (config_.grants.code.length == 0) revert InvalidPart(config_.grants);
        if (config_.gate != address(0) && config_.gate.code.length == 0) revert InvalidPart(config_.gate);
        if (config_.treasury == address(0)) revert InvalidTreasury(config_.treasury);
        if (config_.buyerFeeBps > BPS) revert InvalidBuyerFee(config_.buyerFeeBps);
        uint256 maxRoyaltyBps = IDataSetRegistry(config_.registry).maxRoyaltyBps();
        // A royalty bound is at most 10,000.
        if (config_.sellerFeeBps > BPS - maxRoyaltyBps) revert InvalidSellerFee(config_.sellerFeeBps, maxRoyaltyBps);
        _registry = IDataSetRegistry(config_.registry);
        _grants = IAccessGrants(config_.grants);
        _gate = IListingStake(config_.gate);
        _paidIn = config_.token;
        _treasury = config_.treasury;
        _buyerFeeBps = config_.buyerFeeBps;
        _sellerFeeBps = config_.sellerFeeBps;
    }

    /// @inheritdoc IDataMarket
    function offer(uint256 dataSet, uint256 price, uint256 units, uint256 duration) external {
        _requireOwner(dataSet);
        if (price > type(uint128).max) revert InvalidPrice(price);
        if (units == 0 || units > type(uint64).max) revert InvalidUnits(units);
        if (duration == 0 || duration > type(uint32).max) revert InvalidDuration(duration);

        _offers[dataSet] = Offer({
            seller: msg.sender,
            units: uint64(units),
            price: uint128(price),
            duration: uint64(duration)
        });
        emit Offered(dataSet, msg.sender, price, units, duration);
    }

    /// @inheritdoc IDataMarket
    function withdrawOffer(uint256 dataSet) external {
        _requireOwner(dataSet);
        if (_offers[dataSet].seller != msg.sender) revert NotOffered(dataSet);

        delete _offers[dataSet];
        emit OfferWithdrawn(dataSet);
    }

    /// @inheritdoc IDataMarket
    function buy(uint256 dataSet, uint256 maxTotal) external nonReentrant returns (uint256 grant) {
        Offer memory offered = _offers[dataSet];
        if (!_isOffered(dataSet, offered.seller)) revert NotOffered(dataSet);
        if (!_isListed(dataSet)) revert NotListed(dataSet);
        (uint256 buyerFee, uint256 sellerFee, address creator, uint256 royalty) = _split(dataSet, offered);
        uint256 total = offered.price + buyerFee;
        if (total > maxTotal) revert TotalExceeded(dataSet, total, maxTotal);

        sales += 1;
        salesOf[dataSet] += 1;
        turnover += offered.price;
        feesEarned += buyerFee + sellerFee;
        royaltiesEarned += royalty;
        _credit(_treasury, buyerFee + sellerFee);
        _credit(creator, royalty);
        _credit(offered.seller, offered.price - sellerFee - royalty);
        grant = _grants.grantAccess(dataSet, msg.sender, offered.units, block.timestamp + offered.duration, false);
        emit Sold(dataSet, msg.sender, offered.seller, grant, offered.price, buyerFee, sellerFee, royalty);

        _collect(msg.sender, total);
    }

    /// @inheritdoc IDataMarket
    function quote(uint256 dataSet)
        external
        view
        returns (uint256 total, uint256 buyerFee, uint256 sellerFee, uint256 royalty)
    {
        if (!isOnSale(dataSet)) return (0, 0, 0, 0);
        Offer memory offered = _offers[dataSet];
        (buyerFee, sellerFee,, royalty) = _split(dataSet, offered);
        total = offered.price + buyerFee;
    }

    /// @inheritdoc IDataMarket
    function offerOf(uint256 dataSet) external view returns (Offer memory) {
        return _offers[dataSet];
    }

    /// @inheritdoc IDataMarket
    function config() external view returns (Config memory) {
        return Config({
            registry: address(_registry),
            grants: address(_grants),
            token: _paidIn,
            gate: address(_gate),
            treasury: _treasury,
            buyerFeeBps: _buyerFeeBps,
            sellerFeeBps: _sellerFeeBps
        });
    }

    /// @inheritdoc IDataMarket
    function isOnSale(uint256 dataSet) public view returns (bool) {
        return _isOffered(dataSet, _offers[dataSet].seller) && _isListed(dataSet);
    }

    /// @dev How the price of a sale by `offered.seller`, the owner, is split. The fees and the royalty together are at
    /// most the price: the constructor saw to that.
    function _split(uint256 dataSet, Offer memory offered)
        private
        view
        returns (uint256 buyerFee, uint256 sellerFee, address creator, uint256 royalty)
    {
        buyerFee = _mulDivDown(offered.price, _buyerFeeBps);
        sellerFee = _mulDivDown(offered.price, _sellerFeeBps);
        (creator, royalty) = _registry.royaltyInfo(dataSet, offered.price);
        if (creator == offered.seller) royalty = 0;
    }

    /// @dev Whether `seller` offers the data set, and still owns it.
    function _isOffered(uint256 dataSet, address seller) private view returns (bool) {
        return seller != address(0) && _registry.ownerOf(dataSet) == seller;
    }

    function _isListed(uint256 dataSet) private view returns (bool) {
        return address(_gate) == address(0) || _gate.isListed(dataSet);
    }

    function _requireOwner(uint256 dataSet) private view {
        address owner = _registry.ownerOf(dataSet);
        if (owner != msg.sender) revert NotOwner(dataSet, msg.sender, owner);
    }

    /// @dev That share of `amount`, rounded down.
    function _mulDivDown(uint256 amount, uint256 bps) private pure returns (uint256) {
        return Math.mulDiv(amount, bps, BPS);
    }
}
