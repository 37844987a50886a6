// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {DataToken} from "../tokens/DataToken.sol";

/// @title A token whose transfers move nothing and return false instead of reverting. Test only.
contract FalseToken is DataToken {
    constructor() DataToken("False", "FALSE") {}

    function transfer(address, uint256) public pure override(ERC20, IERC20) returns (bool) {
        return false;
    }

    function transferFrom(address, address, uint256) public pure override(ERC20, IERC20) returns (bool) {
        return false;
    }
}
