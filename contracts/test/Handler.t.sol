// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "./TestBase.t.sol";

/// @title What an invariant suite sends its random calls to: picks actors and moves time within bounds. Test only.
/// @dev A handler only makes calls that must succeed; a revert fails the suite (`failOnRevert`).
abstract contract Handler is TestBase {
    uint256 internal constant ACTORS = 5;

    /// @dev Time is kept here because block.timestamp, read after a warp, may be the compiler's earlier reading.
    uint256 internal _now = block.timestamp;

    /// @notice The actor of that number; numbers wrap.
    function actor(uint256 seed) public pure returns (address) {
        return address(uint160(0xAC0000 + (seed % ACTORS)));
    }

    function _pass(uint256 elapsed) internal {
        _now += elapsed;
        vm.warp(_now);
    }
}
