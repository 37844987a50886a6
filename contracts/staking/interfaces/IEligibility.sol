// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Says which identities may take part.
interface IEligibility {
    /// @notice Whether `who` may take part now.
    /// @dev Warning: an answer about this moment only; it may change in the same block.
    function isEligible(address who) external view returns (bool);
}
