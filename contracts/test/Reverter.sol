// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Every way a call can end. Test only.
/// @dev Keeps whatever ether it is sent.
contract Reverter {
    /// @notice `from` called `succeed` with `value`.
    event Succeeded(address indexed from, uint256 value);

    /// @notice `from` sent `amount` wei.
    event Received(address indexed from, uint256 amount);

    /// @notice `caller` holds `have` and needs `need`.
    error Refused(address caller, uint256 have, uint256 need);

    /// @notice An error without arguments.
    error Bare();

    /// @notice Accepts ether, in wei.
    receive() external payable {
        emit Received(msg.sender, msg.value);
    }

    /// @notice Emits {Succeeded} and returns `value`.
    function succeed(uint256 value) external returns (uint256) {
        emit Succeeded(msg.sender, value);
        return value;
    }

    /// @notice Accepts ether, in wei, with a call; returns how much.
    function pay() external payable returns (uint256) {
        emit Received(msg.sender, msg.value);
        return msg.value;
    }

    /// @notice Emits, then reverts with Error(string): the event must not survive.
    function failWithMessage(string calldata message) external {
        emit Succeeded(msg.sender, 0);
        require(false, message);
    }

    /// @notice Reverts with Refused(caller, `have`, `need`).
    function failWithError(uint256 have, uint256 need) external view {
        revert Refused(msg.sender, have, need);
    }

    /// @notice Reverts with an error that has no arguments.
    function failBare() external pure {
        revert Bare();
    }

    /// @notice Reverts with no data at all.
    function failSilently() external pure {
        // The one way to revert without data in a test of exactly that.
        revert();
    }

    /// @notice Panic 0x01: an assertion.
    function panicAssert() external pure {
        assert(false);
    }

    /// @notice Panic 0x11: arithmetic under zero, unless `value` is positive.
    function panicUnderflow(uint256 value) external pure returns (uint256) {
        return value - 1;
    }

    /// @notice Panic 0x12: division by zero, unless `divisor` is positive.
    function panicDivision(uint256 divisor) external pure returns (uint256) {
        return 1 / divisor;
    }

    /// @notice Hashes until the gas is gone.
    function burnGas() external pure returns (bytes32 hash) {
        while (true) hash = keccak256(abi.encode(hash));
    }
}
