// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IWeightedPool} from "./IWeightedPool.sol";

/// @title A weighted pool in which a record weighs as much as its quality, which named scorers judge.
/// @dev A quality is in WAD: 0 is worthless, 10^18 is perfect. A contribution weighs records x quality.
/// @dev Warning: the pool believes its scorers. A score changes what is earned from then on, and takes back nothing.
interface IQualityPool is IWeightedPool {
    /// @notice `scorer` found `contribution` to be of quality `quality`.
    event Scored(uint256 indexed contribution, address indexed scorer, uint256 quality);

    /// @notice `account` may score from now on.
    event ScorerGranted(address indexed account);

    /// @notice `account` may no longer score.
    event ScorerRevoked(address indexed account);

    /// @notice `account` is no scorer.
    error ScorerUnauthorized(address account);

    /// @notice A quality is at most 10^18.
    error InvalidQuality(uint256 quality);

    /// @notice Lets `account` score. Owner only; granting twice changes nothing.
    /// @param account Who may score.
    function grantScorer(address account) external;

    /// @notice Takes the right to score from `account`. Owner only; its scores stay.
    /// @param account Who may score no longer.
    function revokeScorer(address account) external;

    /// @notice Sets the quality of a contribution, from now on. Scorers only, as often as they like.
    /// @param contribution Its number.
    /// @param quality WAD, at most 10^18.
    function score(uint256 contribution, uint256 quality) external;

    /// @notice The quality of `contribution`, in WAD; zero if there is none.
    function qualityOf(uint256 contribution) external view returns (uint256);

    /// @notice Whether `contribution` was ever scored.
    function isScored(uint256 contribution) external view returns (bool);

    /// @notice Whether `account` may score.
    function isScorer(address account) external view returns (bool);

    /// @notice The quality a contribution has before it is scored, in WAD.
    function initialQuality() external view returns (uint256);
}
