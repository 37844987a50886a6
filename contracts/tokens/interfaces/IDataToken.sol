// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title A token that its owner, and the minters it names, may issue.
/// @dev Every amount is in base units of 10^-18 token.
/// @dev Warning: supply has no cap; who may mint decides what a token is worth.
interface IDataToken is IERC20Metadata {
    /// @notice `account` may mint from now on.
    event MinterGranted(address indexed account);

    /// @notice `account` may no longer mint.
    event MinterRevoked(address indexed account);

    /// @notice `account` is neither the owner nor a minter.
    error MinterUnauthorized(address account);

    /// @notice Lets `account` mint. Owner only; granting twice changes nothing.
    /// @param account The address that may mint, usually a contract that pays rewards.
    function grantMinter(address account) external;

    /// @notice Takes the right to mint from `account`. Owner only; what was minted stays.
    /// @param account The address that may mint no longer.
    /// @dev Warning: the owner mints by being the owner, and cannot be revoked here.
    function revokeMinter(address account) external;

    /// @notice Issues `amount` to `to`. Owner and minters only, else {MinterUnauthorized}.
    /// @param to Who receives the new tokens; not the zero address.
    /// @param amount Base units (10^-18 token).
    function mint(address to, uint256 amount) external;

    /// @notice Destroys `amount` of the caller's own tokens.
    /// @param amount Base units (10^-18 token).
    function burn(uint256 amount) external;

    /// @notice Whether `account` was named as a minter.
    /// @dev Warning: false for an owner who was not named, although the owner may mint.
    function isMinter(address account) external view returns (bool);
}
