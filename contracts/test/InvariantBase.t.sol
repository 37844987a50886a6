// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "./TestBase.t.sol";

/// @title An invariant suite that aims at one handler only. Test only.
abstract contract InvariantBase is TestBase {
    /// @dev Which functions of `target` are called at random.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    address private _handler;
    bytes4[] private _selectors;

    /// @notice Read by the test runner: the contracts it may call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = _handler;
    }

    /// @notice Read by the test runner: the functions it may call.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(_handler, _selectors);
    }

    function _aimAt(address handler, bytes4[3] memory selectors) internal {
        _handler = handler;
        for (uint256 i = 0; i < selectors.length; ++i) _selectors.push(selectors[i]);
    }
}
