// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a contract owes to whom, to be fetched by each.
/// @dev Amounts are base units of one token.
interface IPullPayments {
    /// @notice `account` fetched the `amount` base units it was owed.
    event Withdrawn(address indexed account, uint256 amount);

    /// @notice `account` is owed nothing.
    error NothingOwed(address account);

    /// @notice The token delivered `received` base units where `expected` were asked for.
    error PaymentShort(uint256 expected, uint256 received);

    /// @notice The token of payments must be a contract.
    error InvalidToken(address token);

    /// @notice Pays the caller all it is owed.
    /// @return amount Base units.
    /// @dev Warning: a token that takes a fee on transfers delivers less than `amount`.
    function withdraw() external returns (uint256 amount);

    /// @notice Base units owed to `account`.
    function owedTo(address account) external view returns (uint256);

    /// @notice Base units owed to all accounts together.
    function totalOwed() external view returns (uint256);

    /// @notice The token in which payments are made.
    function token() external view returns (address);
}
