// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WeightedPool} from "./WeightedPool.sol";

/// @title A weighted pool in which every record weighs the same, whatever it is worth.
/// @dev Invariants: those of {WeightedPool}, and a contribution weighs its records until it is taken out.
///
/// @dev Warning: this is the pool that fake data is made for. It pays for what is said to be there.
contract ContributionPool is WeightedPool {
    /// @param token_ An {IDataToken}; it must name this pool as a minter if there is an emission.
    /// @param emission_ Base units per second.
    /// @param duration Seconds from now for which they are issued.
    constructor(address token_, uint256 emission_, uint256 duration) WeightedPool(token_, emission_, duration) {}

    function _initialWeight(uint256, uint256 records) internal pure override returns (uint256) {
        return records * WAD;
    }
}
