// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The cheatcodes our tests use, of those that Hardhat's test runner answers. Test only.
/// @dev Named and specified as in Foundry, whose cheatcodes these are; forge-std is not needed for them.
interface Vm {
    /// @dev A recorded event: its topics, its data and who emitted it.
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    /// @notice Sets block.timestamp, in seconds.
    function warp(uint256 timestamp) external;

    /// @notice Gives `account` a balance of `amount` wei.
    function deal(address account, uint256 amount) external;

    /// @notice The next call comes from `sender`.
    function prank(address sender) external;

    /// @notice The next call must revert with exactly `data`.
    function expectRevert(bytes calldata data) external;

    /// @notice The next call must revert with exactly these four bytes.
    function expectRevert(bytes4 selector) external;

    /// @notice The next call must emit the event that the test emits now, from `emitter`.
    function expectEmit(address emitter) external;

    /// @notice Records events from here on.
    function recordLogs() external;

    /// @notice The events recorded since.
    function getRecordedLogs() external returns (Log[] memory);

    function assertEq(uint256 actual, uint256 expected) external pure;
    function assertEq(uint256 actual, uint256 expected, string calldata what) external pure;
    function assertEq(address actual, address expected) external pure;
    function assertEq(bytes32 actual, bytes32 expected) external pure;
    function assertEq(bytes calldata actual, bytes calldata expected) external pure;
    function assertEq(string calldata actual, string calldata expected) external pure;
    function assertLe(uint256 smaller, uint256 larger) external pure;
    function assertLe(uint256 smaller, uint256 larger, string calldata what) external pure;
    function assertLt(uint256 smaller, uint256 larger) external pure;
    function assertTrue(bool holds) external pure;
    function assertTrue(bool holds, string calldata what) external pure;
    function assertFalse(bool holds) external pure;
}
