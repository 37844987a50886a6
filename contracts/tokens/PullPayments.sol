// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {IPullPayments} from "./interfaces/IPullPayments.sol";

/// @title What a contract takes in and owes, in one token: the part that sales, stakes and subscriptions share.
/// @dev Invariants, as long as who derives from it credits no more than it collected:
/// - the balance covers `totalOwed`, which is the sum of `owedTo` over all accounts;
/// - an account fetches what it was credited, once.
///
/// Who derives from it guards every function that collects with `nonReentrant`: `_collect` compares balances around its
/// transfer, and a token that called back could let one delivery count twice.
abstract contract PullPayments is IPullPayments, ReentrancyGuard {
    using SafeERC20 for IERC20;

    IERC20 private immutable _token;

    /// @inheritdoc IPullPayments
    mapping(address account => uint256) public owedTo;

    /// @inheritdoc IPullPayments
    uint256 public totalOwed;

    /// @param token_ The ERC-20 in which payments are made.
    constructor(address token_) {
        if (token_.code.length == 0) revert InvalidToken(token_);
        _token = IERC20(token_);
    }

    /// @inheritdoc IPullPayments
    function withdraw() external nonReentrant returns (uint256 amount) {
        amount = owedTo[msg.sender];
        if (amount == 0) revert NothingOwed(msg.sender);
        owedTo[msg.sender] = 0;
        totalOwed -= amount;
        emit Withdrawn(msg.sender, amount);

        _token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IPullPayments
    function token() external view returns (address) {
        return address(_token);
    }

    /// @dev Owes `account` `amount` base units more.
    function _credit(address account, uint256 amount) internal {
        if (amount == 0) return;
        owedTo[account] += amount;
        totalOwed += amount;
    }

    /// @dev Takes `amount` base units from `from`, who must have approved this contract; all of it or nothing.
    function _collect(address from, uint256 amount) internal {
        if (amount == 0) return;
        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(from, address(this), amount);
        uint256 received = _token.balanceOf(address(this)) - before;
        if (received < amount) revert PaymentShort(amount, received);
    }
}
