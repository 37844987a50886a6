// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {FixedPoint} from "../pricing/FixedPoint.sol";
import {IDataToken} from "../tokens/interfaces/IDataToken.sol";
import {ICoveragePool} from "./interfaces/ICoveragePool.sol";

/// @title Pays each supplier of an epoch the Shapley value of what it covers.
/// @dev Invariants:
/// - what is paid and owed for an epoch of n suppliers never exceeds its reward; without a lambda it is below it by less
///   than n base units, unless nobody supplied anything;
/// - an account is paid for an epoch once, and for what it supplied only;
/// - with lambda = ln 2 or more, k identical suppliers together get no more than one of them would alone, because
///   k e^(-lambda (k - 1)) <= 1, and each gets no more than before.
///
/// Rewards are issued as they are claimed, as in {RewardPool}: what lambda takes away is never issued.
///
/// A claim names the caller's own records, 256 at most, so that the work per call does not grow with suppliers. It
/// departs from the paper in its similarity, which is not symmetric: a part of somebody's data is wholly similar to it,
/// and it only a little to the part.
contract CoveragePool is ICoveragePool {
    using SafeERC20 for IDataToken;

    /// @dev Records of an account in an epoch, at most: so that a claim fits a block.
    uint256 private constant MOST = 256;

    uint256 private constant WAD = 1e18;

    /// @dev Decimals of a part of a record.
    uint256 private constant SCALE = 1e36;

    IDataToken private immutable _token;

    /// @inheritdoc ICoveragePool
    uint256 public immutable rewardPerEpoch;

    /// @inheritdoc ICoveragePool
    uint256 public immutable epochLength;

    /// @inheritdoc ICoveragePool
    uint256 public immutable lambda;

    /// @inheritdoc ICoveragePool
    uint256 public immutable start;

    /// @inheritdoc ICoveragePool
    uint256 public totalPaid;

    /// @inheritdoc ICoveragePool
    mapping(uint256 epoch => uint256) public coverage;

    /// @inheritdoc ICoveragePool
    mapping(uint256 epoch => mapping(bytes32 record => uint256)) public suppliersOf;

    /// @inheritdoc ICoveragePool
    mapping(uint256 epoch => mapping(address who => uint256)) public suppliedBy;

    /// @inheritdoc ICoveragePool
    mapping(uint256 epoch => mapping(address who => bool)) public hasClaimed;

    mapping(uint256 epoch => mapping(address who => mapping(bytes32 record => bool))) private _supplied;

    /// @param token_ An {IDataToken} that will name this pool as a minter.
    /// @param rewardPerEpoch_ Base units shared per epoch, below 2^112.
    /// @param epochLength_ Seconds per epoch, at least one.
    /// @param lambda_ How much similarity costs, in WAD, at most 100; zero: nothing.
    constructor(address token_, uint256 rewardPerEpoch_, uint256 epochLength_, uint256 lambda_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        if (rewardPerEpoch_ >= 1 << 112) revert InvalidReward(rewardPerEpoch_);
        if (epochLength_ == 0) revert InvalidEpochLength(epochLength_);
        if (lambda_ > 100 * WAD) revert InvalidLambda(lambda_);
        _token = IDataToken(token_);
        rewardPerEpoch = rewardPerEpoch_;
        epochLength = epochLength_;
        lambda = lambda_;
        start = block.timestamp;
    }

    /// @inheritdoc ICoveragePool
    function supply(bytes32[] calldata records) external {
        uint256 epoch = currentEpoch();
        uint256 count = suppliedBy[epoch][msg.sender] + records.length;
        if (records.length == 0) revert NoRecords();
        if (count > MOST) revert TooManyRecords(count, MOST);
        suppliedBy[epoch][msg.sender] = count;
        uint256 fresh;
        for (uint256 i = 0; i < records.length; ++i) {
            bytes32 record = records[i];
            if (i > 0 && record <= records[i - 1]) revert NotAscending(records[i - 1], record);
            if (_supplied[epoch][msg.sender][record]) revert AlreadySupplied(msg.sender, epoch, record);
            _supplied[epoch][msg.sender][record] = true;
            if (suppliersOf[epoch][record]++ == 0) fresh += 1;
        }
        coverage[epoch] += fresh;
        emit Supplied(msg.sender, epoch, records.length);
    }

    /// @inheritdoc ICoveragePool
    function claim(uint256 epoch, bytes32[] calldata records) external returns (uint256 amount) {
        if (epoch >= currentEpoch()) revert EpochRuns(epoch);
        if (hasClaimed[epoch][msg.sender]) revert AlreadyClaimed(msg.sender, epoch);
        amount = claimable(msg.sender, epoch, records);
        hasClaimed[epoch][msg.sender] = true;
        totalPaid += amount;
        emit RewardClaimed(msg.sender, epoch, amount);

        _token.mint(address(this), amount);
        _token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc ICoveragePool
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc ICoveragePool
    function claimable(address who, uint256 epoch, bytes32[] calldata records)
        public
        view
        returns (uint256 amount)
    {
        if (hasClaimed[epoch][who]) return 0;
        uint256 count = records.length;
        if (count == 0) revert NoRecords();
        (uint256 parts, uint256 others) = _partsOf(who, epoch, records);
        uint256 supplied = suppliedBy[epoch][who];
        if (count != supplied) revert RecordsMissing(who, epoch, count, supplied);

        amount = Math.mulDiv(rewardPerEpoch, parts, coverage[epoch] * SCALE);
        if (lambda == 0 || others == 0) return amount;
        // The sum of similarities: how many others supply each of its records, in the mean.
        uint256 similarity = others * WAD / count;
        amount = Math.mulDiv(amount, FixedPoint.exp(-int256(lambda * similarity / WAD)), WAD);
    }

    /// @inheritdoc ICoveragePool
    function currentEpoch() public view returns (uint256) {
        return (block.timestamp - start) / epochLength;
    }

    /// @dev The parts of records that are its own, with 36 decimals, and how often others supply its records.
    function _partsOf(address who, uint256 epoch, bytes32[] calldata records)
        private
        view
        returns (uint256 parts, uint256 others)
    {
        for (uint256 i = 0; i < records.length; ++i) {
            bytes32 record = records[i];
            if (i > 0 && record <= records[i - 1]) revert NotAscending(records[i - 1], record);
            if (!_supplied[epoch][who][record]) revert NotSupplied(who, epoch, record);
            uint256 suppliers = suppliersOf[epoch][record];
            parts += SCALE / suppliers;
            others += suppliers - 1;
        }
    }
}
