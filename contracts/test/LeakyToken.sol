// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {StorageSlot} from "@openzeppelin/contracts/utils/StorageSlot.sol";
import {DataToken} from "../tokens/DataToken.sol";

/// @title A DataToken whose heirs can write balances behind its back. Test only.
/// @dev Breaks on purpose what DataToken keeps. OpenZeppelin's ERC20 has its balances in slot 0 and gives no access to
/// them; a test holds that slot to account.
abstract contract LeakyToken is DataToken {
    using SlotDerivation for bytes32;
    using StorageSlot for bytes32;

    bytes32 private constant BALANCES_SLOT = 0;

    /// @dev Adds `amount` base units to the balance of `to`: no event, no supply.
    function _credit(address to, uint256 amount) internal {
        BALANCES_SLOT.deriveMapping(to).getUint256Slot().value += amount;
    }
}
