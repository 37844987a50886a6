// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataToken} from "../tokens/DataToken.sol";
import {LeakyToken} from "./LeakyToken.sol";

/// @title A DataToken with a transfer that credits more than it debits. Test only.
/// @dev Leak: the event and the debit agree, and the credit is larger.
contract LeakyCredit is LeakyToken {
    constructor(string memory name_, string memory symbol_) DataToken(name_, symbol_) {}

    /// @notice Moves `amount` from the caller to `to`, whose balance grows by `amount` + `extra`; the event says
    /// `amount`.
    /// @param to Who receives.
    /// @param amount Base units debited.
    /// @param extra Base units credited on top.
    function leak(address to, uint256 amount, uint256 extra) external {
        _transfer(msg.sender, to, amount);
        _credit(to, extra);
    }
}
