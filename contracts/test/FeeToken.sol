// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataToken} from "../tokens/DataToken.sol";

/// @title A token that burns a part of every transfer. Test only.
/// @dev Delivers less than asked for; supply and balances stay in step.
contract FeeToken is DataToken {
    /// @notice The fee, in basis points (1/10,000) of the amount, rounded up.
    uint256 public immutable feeBps;

    constructor(uint256 feeBps_) DataToken("Fee", "FEE") {
        feeBps = feeBps_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0) && to != address(0)) {
            super._update(to, address(0), (amount * feeBps + 9_999) / 10_000);
        }
    }
}
