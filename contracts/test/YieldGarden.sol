// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title A stranger's staking contract: the published staking-rewards shape under names of its own. Test only.
/// @dev Rewards stream at a constant rate to all that is planted, in proportion; the contract must be funded.
contract YieldGarden {
    using SafeERC20 for IERC20;

    uint256 private constant SCALE = 1e18;

    IERC20 private immutable _seed;
    IERC20 private immutable _fruit;
    /// @dev Base units per second.
    uint256 private immutable _growth;

    uint256 private _grown;
    uint256 private _since;
    uint256 private _planted;
    mapping(address gardener => uint256 amount) private _beds;
    mapping(address gardener => uint256 grown) private _seen;
    mapping(address gardener => uint256 amount) private _ripe;

    /// @notice `gardener` planted `amount`, and left `memo`.
    event Planted(address indexed gardener, uint256 amount, bytes32 memo);

    /// @notice `gardener` took `amount` out.
    event Uprooted(address indexed gardener, uint256 amount);

    /// @notice `gardener` was paid `fruit`.
    event Harvested(address indexed gardener, uint256 fruit);

    /// @param seed Staked token.
    /// @param fruit Reward token.
    /// @param growth Base units of fruit per second.
    constructor(address seed, address fruit, uint256 growth) {
        _seed = IERC20(seed);
        _fruit = IERC20(fruit);
        _growth = growth;
        _since = block.timestamp;
    }

    /// @notice Plants `amount`. The memo stands first, as in no interface of ours.
    function plant(bytes32 memo, uint256 amount) external {
        _tend(msg.sender);
        _planted += amount;
        _beds[msg.sender] += amount;
        emit Planted(msg.sender, amount, memo);
        _seed.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice Takes `amount` out.
    function uproot(uint256 amount) external {
        _tend(msg.sender);
        _planted -= amount;
        _beds[msg.sender] -= amount;
        emit Uprooted(msg.sender, amount);
        _seed.safeTransfer(msg.sender, amount);
    }

    /// @notice Pays what is ripe to `basket`.
    function harvest(address basket) external {
        _tend(msg.sender);
        uint256 fruit = _ripe[msg.sender];
        _ripe[msg.sender] = 0;
        emit Harvested(msg.sender, fruit);
        _fruit.safeTransfer(basket, fruit);
    }

    /// @notice What `gardener` could harvest now.
    function ripeFor(address gardener) external view returns (uint256) {
        return _ripe[gardener] + (_beds[gardener] * (_grownNow() - _seen[gardener])) / SCALE;
    }

    /// @notice What `gardener` has planted.
    function bedOf(address gardener) external view returns (uint256) {
        return _beds[gardener];
    }

    function _grownNow() private view returns (uint256) {
        if (_planted == 0) return _grown;
        return _grown + ((block.timestamp - _since) * _growth * SCALE) / _planted;
    }

    function _tend(address gardener) private {
        _grown = _grownNow();
        _since = block.timestamp;
        _ripe[gardener] += (_beds[gardener] * (_grown - _seen[gardener])) / SCALE;
        _seen[gardener] = _grown;
    }
}
