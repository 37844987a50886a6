// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A token that its holders can burn.
/// @dev What a behaviour needs that burns and does nothing else with the token.
interface IBurnableToken {
    /// @notice Destroys `amount` of the caller's tokens.
    /// @param amount Base units.
    function burn(uint256 amount) external;
}
