// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Staking for a stream of rewards: the widely published shape.
/// @dev An interface only: behaviours are written against it, and adapters map contracts with other names to it.
/// Amounts are base units of the staked token and of the reward token.
interface IStakingRewards {
    /// @notice `user` staked `amount`.
    event Staked(address indexed user, uint256 amount);

    /// @notice `user` took `amount` of its stake back.
    event Withdrawn(address indexed user, uint256 amount);

    /// @notice `user` was paid `reward`.
    event RewardPaid(address indexed user, uint256 reward);

    /// @notice Stakes `amount`, which the caller has allowed the contract to take.
    /// @param amount Base units of the staked token.
    function stake(uint256 amount) external;

    /// @notice Takes back `amount` of the caller's stake.
    /// @param amount Base units of the staked token.
    function withdraw(uint256 amount) external;

    /// @notice Pays the caller what it has earned.
    function getReward() external;

    /// @param account Whose.
    /// @return Base units of the reward token that the account has earned and not been paid.
    function earned(address account) external view returns (uint256);

    /// @param account Whose.
    /// @return Base units of the staked token.
    function balanceOf(address account) external view returns (uint256);
}
