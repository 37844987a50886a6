// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataToken} from "../tokens/DataToken.sol";
import {LeakyToken} from "./LeakyToken.sol";

/// @title A DataToken that can write a balance in silence. Test only.
/// @dev Leak: a balance says more than events and supply.
contract LeakyBalance is LeakyToken {
    constructor(string memory name_, string memory symbol_) DataToken(name_, symbol_) {}

    /// @notice Adds `amount` base units to the balance of `to`: no event, no supply.
    /// @param to Whose balance grows.
    /// @param amount Base units.
    function leak(address to, uint256 amount) external {
        _credit(to, amount);
    }
}
