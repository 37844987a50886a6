// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Tokens held per numbered identity, put in and given back on the word of one controller.
/// @dev Amounts are base units of the token. A depositor approves the vault, not its controller.
/// @dev Warning: the controller alone decides when a deposit goes back and to whom. A deposit is as safe as the
/// controller's rules.
interface IIdentityVault {
    /// @notice `from` deposited `amount` base units for the identity `id`.
    event Deposited(uint256 indexed id, address indexed from, uint256 amount);

    /// @notice `amount` base units held for the identity `id` went to `to`.
    event Released(uint256 indexed id, address indexed to, uint256 amount);

    /// @notice Only `controller` may move deposits, and the caller is `caller`.
    error NotController(address caller, address controller);

    /// @notice The token delivered `received` base units where `expected` were asked for.
    error DepositShort(uint256 expected, uint256 received);

    /// @notice `amount` base units were asked for, and only `held` are held for the identity `id`.
    error DepositExceeded(uint256 id, uint256 amount, uint256 held);

    /// @notice The token of a vault must be a contract.
    error InvalidToken(address token);

    /// @notice Takes `amount` from `from`, who must have approved the vault, for the identity `id`. Controller only.
    /// @param id The identity the deposit is for.
    /// @param from Whose tokens are taken.
    /// @param amount Base units.
    /// @dev Warning: a token that takes a fee on transfers is refused with {DepositShort}. One that changes balances
    /// afterwards (rebasing, fees switched on later) is not detected, and the last to leave may wait in vain.
    function deposit(uint256 id, address from, uint256 amount) external;

    /// @notice Gives `amount` of what is held for the identity `id` to `to`. Controller only.
    /// @param id The identity the deposit was for.
    /// @param to Who receives the tokens.
    /// @param amount Base units, at most `heldFor(id)`.
    function release(uint256 id, address to, uint256 amount) external;

    /// @notice Base units held for the identity `id`.
    function heldFor(uint256 id) external view returns (uint256);

    /// @notice Base units held for all identities together.
    function totalHeld() external view returns (uint256);

    /// @notice Who alone may move deposits: the deployer of the vault.
    function controller() external view returns (address);

    /// @notice The token held.
    function token() external view returns (address);
}
