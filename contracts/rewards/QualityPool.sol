// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {WeightedPool} from "./WeightedPool.sol";
import {IQualityPool} from "./interfaces/IQualityPool.sol";

/// @title A weighted pool in which a record weighs its quality.
/// @dev Invariants: those of {WeightedPool}, and
/// - a contribution weighs records x quality until it is taken out, never more than its records;
/// - only a scorer changes a quality, and what was earned before stays as it was.
///
/// The deployer is the first owner, and names the scorers.
contract QualityPool is WeightedPool, Ownable, IQualityPool {
    /// @dev A quality, in WAD, and whether a scorer gave it.
    struct Judgement {
        uint128 quality;
        bool scored;
    }

    /// @inheritdoc IQualityPool
    uint256 public immutable initialQuality;

    /// @inheritdoc IQualityPool
    mapping(address account => bool) public isScorer;

    mapping(uint256 contribution => Judgement) private _judgements;

    /// @param token_ An {IDataToken}; it must name this pool as a minter if there is an emission.
    /// @param emission_ Base units per second.
    /// @param duration Seconds from now for which they are issued.
    /// @param initialQuality_ The quality of what is not scored yet, in WAD, at most 10^18.
    constructor(address token_, uint256 emission_, uint256 duration, uint256 initialQuality_)
        WeightedPool(token_, emission_, duration)
        Ownable(msg.sender)
    {
        if (initialQuality_ > WAD) revert InvalidQuality(initialQuality_);
        initialQuality = initialQuality_;
    }

    /// @inheritdoc IQualityPool
    function grantScorer(address account) external onlyOwner {
        isScorer[account] = true;
        emit ScorerGranted(account);
    }

    /// @inheritdoc IQualityPool
    function revokeScorer(address account) external onlyOwner {
        isScorer[account] = false;
        emit ScorerRevoked(account);
    }

    /// @inheritdoc IQualityPool
    function score(uint256 contribution, uint256 quality) external nonReentrant {
        if (!isScorer[msg.sender]) revert ScorerUnauthorized(msg.sender);
        if (quality > WAD) revert InvalidQuality(quality);
        Contribution storage entry = _present(contribution);
        // Compared just now: at most 10^18.
        _judgements[contribution] = Judgement({quality: uint128(quality), scored: true});
        emit Scored(contribution, msg.sender, quality);
        _reweigh(contribution, entry.records * quality);
    }

    /// @inheritdoc IQualityPool
    function qualityOf(uint256 contribution) external view returns (uint256) {
        return _judgements[contribution].quality;
    }

    /// @inheritdoc IQualityPool
    function isScored(uint256 contribution) external view returns (bool) {
        return _judgements[contribution].scored;
    }

    function _initialWeight(uint256 contribution, uint256 records) internal override returns (uint256) {
        _judgements[contribution].quality = uint128(initialQuality);
        return records * initialQuality;
    }
}
