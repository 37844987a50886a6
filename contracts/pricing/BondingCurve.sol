// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {FixedPoint} from "./FixedPoint.sol";
import {IBondingCurve} from "./interfaces/IBondingCurve.sol";

/// @title Issues and takes back a token by Bancor's formula.
/// @dev Invariants:
/// - the curve holds its reserve, at least;
/// - R / S^(1/F) never falls, but for what the powers cannot tell apart (one part in 10^30): no path of purchases and
///   sales gains anything, and all tokens sold one after the other leave nothing owed;
/// - what is issued and paid is rounded down, by less than two base units of it.
///
/// Each power is lowered or raised by its stated error (see {FixedPoint}) against the caller, and sizes stay below
/// 2^100, where that error is less than one base unit.
///
/// Departures from the published formula: none; the published contracts approximate its powers more coarsely.
contract BondingCurve is IBondingCurve, ERC20, Ownable, ReentrancyGuard {
    using SafeERC20 for IERC20;

    uint256 private constant PPM = 1_000_000;
    uint256 private constant LEAST_WEIGHT = 10_000;

    /// @dev What reserve and supply stay below.
    uint256 private constant SIZE = 1 << 100;

    IERC20 private immutable _reserveToken;

    /// @inheritdoc IBondingCurve
    uint256 public immutable weightPpm;

    /// @inheritdoc IBondingCurve
    uint256 public reserve;

    /// @param name_ The token's name.
    /// @param symbol_ Its symbol.
    /// @param reserveToken_ The ERC-20 deposited.
    /// @param weightPpm_ Parts per million, 10,000 to 1,000,000.
    constructor(string memory name_, string memory symbol_, address reserveToken_, uint256 weightPpm_)
        ERC20(name_, symbol_)
        Ownable(msg.sender)
    {
        if (reserveToken_.code.length == 0) revert InvalidToken(reserveToken_);
        if (weightPpm_ < LEAST_WEIGHT || weightPpm_ > PPM) revert InvalidWeight(weightPpm_);
        _reserveToken = IERC20(reserveToken_);
        weightPpm = weightPpm_;
    }

    /// @inheritdoc IBondingCurve
    function open(uint256 reserve_, uint256 supply) external onlyOwner nonReentrant {
        if (totalSupply() > 0) revert AlreadyOpen();
        uint256 received = _take(reserve_);
        _requireSize(received, supply);
        reserve = received;
        _mint(msg.sender, supply);
        emit Opened(received, supply);
    }

    /// @inheritdoc IBondingCurve
    function buy(uint256 deposit, uint256 minTokens) external nonReentrant returns (uint256 tokens) {
        uint256 received = _take(deposit);
        tokens = tokensFor(received);
        if (tokens == 0 || tokens < minTokens) revert TokensShort(received, tokens, minTokens);
        _issue(received, tokens);
    }

    /// @inheritdoc IBondingCurve
    function buyExact(uint256 tokens, uint256 maxDeposit) external nonReentrant returns (uint256 deposit) {
        deposit = depositFor(tokens);
        if (tokens == 0 || deposit > maxDeposit) revert DepositExceeded(tokens, deposit, maxDeposit);
        uint256 received = _take(deposit);
        if (received < deposit) revert DepositShort(deposit, received);
        _issue(received, tokens);
    }

    /// @inheritdoc IBondingCurve
    function sell(uint256 tokens, uint256 minRefund) external nonReentrant returns (uint256 refund) {
        refund = refundFor(tokens);
        if (refund == 0 || refund < minRefund) revert RefundShort(tokens, refund, minRefund);
        reserve -= refund;
        _burn(msg.sender, tokens);
        emit Sold(msg.sender, tokens, refund);
        _reserveToken.safeTransfer(msg.sender, refund);
    }

    /// @inheritdoc IBondingCurve
    function price() external view returns (uint256) {
        return Math.mulDiv(reserve * PPM, FixedPoint.WAD, _supply() * weightPpm);
    }

    /// @inheritdoc IBondingCurve
    function reserveToken() external view returns (address) {
        return address(_reserveToken);
    }

    /// @inheritdoc IBondingCurve
    function tokensFor(uint256 deposit) public view returns (uint256) {
        uint256 supply = _supply();
        uint256 power = FixedPoint.powPrecise(reserve + deposit, reserve, weightPpm, PPM);
        uint256 growth = Math.saturatingSub(power, FixedPoint.PRECISE + _margin(power, 1));
        return Math.mulDiv(supply, growth, FixedPoint.PRECISE);
    }

    /// @inheritdoc IBondingCurve
    function depositFor(uint256 tokens) public view returns (uint256) {
        uint256 supply = _supply();
        uint256 power = FixedPoint.powPrecise(supply + tokens, supply, PPM, weightPpm);
        uint256 growth = power + _margin(power, PPM / weightPpm) - FixedPoint.PRECISE;
        return Math.mulDiv(reserve, growth, FixedPoint.PRECISE, Math.Rounding.Ceil);
    }

    /// @inheritdoc IBondingCurve
    function refundFor(uint256 tokens) public view returns (uint256) {
        uint256 supply = _supply();
        if (tokens >= supply) revert SupplyExceeded(tokens, supply);
        uint256 power = FixedPoint.powPrecise(supply - tokens, supply, PPM, weightPpm);
        uint256 fall = Math.saturatingSub(FixedPoint.PRECISE, power + _margin(power, PPM / weightPpm));
        return Math.mulDiv(reserve, fall, FixedPoint.PRECISE);
    }

    /// @dev Adds what was deposited to the reserve, and issues tokens to the caller.
    function _issue(uint256 received, uint256 tokens) private {
        _requireSize(reserve + received, totalSupply() + tokens);
        reserve += received;
        _mint(msg.sender, tokens);
        emit Bought(msg.sender, received, tokens);
    }

    /// @dev Takes a deposit of the caller, and says how much of it arrived.
    function _take(uint256 amount) private returns (uint256) {
        uint256 before = _reserveToken.balanceOf(address(this));
        _reserveToken.safeTransferFrom(msg.sender, address(this), amount);
        return _reserveToken.balanceOf(address(this)) - before;
    }

    /// @dev The supply, once there is one.
    function _supply() private view returns (uint256 supply) {
        supply = totalSupply();
        if (supply == 0) revert NotOpen();
    }

    /// @dev By how much a power may be wrong, twice over, for an exponent of at most `exponent` + 1.
    function _margin(uint256 power, uint256 exponent) private pure returns (uint256) {
        return 2 + 2 * power * (2 + exponent) / 1e33;
    }

    function _requireSize(uint256 reserve_, uint256 supply) private pure {
        if (reserve_ == 0 || reserve_ >= SIZE || supply == 0 || supply >= SIZE) revert InvalidSize(reserve_, supply);
    }
}
