// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataToken} from "../tokens/DataToken.sol";

/// @title A DataToken that can announce an issue which never happened. Test only.
/// @dev Leak: events say more than balances and supply.
contract LeakyEvent is DataToken {
    constructor(string memory name_, string memory symbol_) DataToken(name_, symbol_) {}

    /// @notice Emits Transfer(0, `to`, `amount`) and changes no balance and no supply.
    /// @param to Who seems to receive.
    /// @param amount Base units.
    function leak(address to, uint256 amount) external {
        emit Transfer(address(0), to, amount);
    }
}
