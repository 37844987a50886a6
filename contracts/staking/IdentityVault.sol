// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {IIdentityVault} from "./interfaces/IIdentityVault.sol";

/// @title Holds the deposits of numbered identities for the contract that deployed it.
/// @dev Invariants:
/// - `totalHeld` is the sum of `heldFor` over all identities;
/// - the vault's balance covers `totalHeld`, and equals it unless somebody sends it tokens unasked;
/// - no more is released for an identity than was deposited for it.
///
/// Why not {StakeVault}: that one keeps one fixed stake per address, and pays it back to whoever called it. Here one
/// owner has many numbered identities, amounts differ (stakes, locks), and the contract that knows the rules is the
/// caller: tokens must still move between owner and vault directly, so that a ledger sees deposits apart from rewards.
///
/// The guard is needed although state is written first, for the reason given in {StakeVault}.
contract IdentityVault is IIdentityVault, ReentrancyGuard {
    using SafeERC20 for IERC20;

    IERC20 private immutable _token;

    /// @inheritdoc IIdentityVault
    address public immutable controller;

    /// @inheritdoc IIdentityVault
    uint256 public totalHeld;

    /// @inheritdoc IIdentityVault
    mapping(uint256 id => uint256) public heldFor;

    modifier onlyController() {
        if (msg.sender != controller) revert NotController(msg.sender, controller);
        _;
    }

    /// @param token_ The ERC-20 held.
    constructor(address token_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        _token = IERC20(token_);
        controller = msg.sender;
    }

    /// @inheritdoc IIdentityVault
    function deposit(uint256 id, address from, uint256 amount) external onlyController nonReentrant {
        heldFor[id] += amount;
        totalHeld += amount;
        emit Deposited(id, from, amount);

        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(from, address(this), amount);
        uint256 received = _token.balanceOf(address(this)) - before;
        if (received < amount) revert DepositShort(amount, received);
    }

    /// @inheritdoc IIdentityVault
    function release(uint256 id, address to, uint256 amount) external onlyController nonReentrant {
        uint256 held = heldFor[id];
        if (amount > held) revert DepositExceeded(id, amount, held);
        heldFor[id] = held - amount;
        totalHeld -= amount;
        emit Released(id, to, amount);

        _token.safeTransfer(to, amount);
    }

    /// @inheritdoc IIdentityVault
    function token() external view returns (address) {
        return address(_token);
    }
}
