// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A number, a slot per key and the block it was written in: the least a chain test needs. Test only.
contract Counter {
    /// @notice How often `increment` ran, plus what `add` added.
    uint256 public count;

    /// @notice A value per key.
    mapping(uint256 key => uint256) public slots;

    /// @notice `by` raised the count to `count`.
    event Incremented(address indexed by, uint256 count);

    /// @notice Raises the count by one and returns it.
    function increment() external returns (uint256) {
        count += 1;
        emit Incremented(msg.sender, count);
        return count;
    }

    /// @notice Raises the count by `amount`; reverts with Panic 0x11 if it does not fit.
    function add(uint256 amount) external {
        count += amount;
        emit Incremented(msg.sender, count);
    }

    /// @notice Writes `value` under `key`; zero clears the slot and earns its gas refund.
    function write(uint256 key, uint256 value) external {
        slots[key] = value;
    }

    /// @notice What the block says of itself: number, timestamp in seconds, base fee in wei, prevRandao, coinbase.
    function environment() external view returns (uint256, uint256, uint256, uint256, address) {
        return (block.number, block.timestamp, block.basefee, block.prevrandao, block.coinbase);
    }
}
