// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IDataToken} from "./interfaces/IDataToken.sol";

/// @title The token a data economy pays in: an ERC-20 with named minters.
/// @dev Invariants:
/// - the supply is the sum of all balances;
/// - supply grows only by `mint`, called by the owner or a minter, and shrinks only by `burn` of one's own tokens.
///
/// The deployer is the first owner. No departure from ERC-20.
contract DataToken is ERC20, Ownable, IDataToken {
    /// @inheritdoc IDataToken
    mapping(address account => bool) public isMinter;

    modifier onlyMinter() {
        if (!isMinter[msg.sender] && msg.sender != owner()) revert MinterUnauthorized(msg.sender);
        _;
    }

    constructor(string memory name_, string memory symbol_) ERC20(name_, symbol_) Ownable(msg.sender) {}

    /// @inheritdoc IDataToken
    function grantMinter(address account) external onlyOwner {
        isMinter[account] = true;
        emit MinterGranted(account);
    }

    /// @inheritdoc IDataToken
    function revokeMinter(address account) external onlyOwner {
        isMinter[account] = false;
        emit MinterRevoked(account);
    }

    /// @inheritdoc IDataToken
    function mint(address to, uint256 amount) external onlyMinter {
        _mint(to, amount);
    }

    /// @inheritdoc IDataToken
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }
}
