// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {DataToken} from "../tokens/DataToken.sol";

/// @title A token that calls back during a transfer. Test only.
/// @dev Armed with a target and calldata, it makes that call once, within the next transfer or mint, and keeps what
/// came back. As the token is the caller, it can also act as an identity of its own.
contract ReentrantToken is DataToken {
    address private _target;
    bytes private _call;

    /// @notice How many calls back were made.
    uint256 public calls;

    /// @notice Whether the last call back succeeded.
    bool public succeeded;

    /// @notice What the last call back returned or reverted with.
    bytes public result;

    constructor() DataToken("Reentrant", "REENTER") {}

    /// @notice Prepares one call back.
    /// @param target Whom the token will call.
    /// @param call_ With which calldata.
    function arm(address target, bytes calldata call_) external {
        _target = target;
        _call = call_;
    }

    /// @notice Calls `target` as the token, now; reverts with what the call reverted with.
    /// @param target Whom the token calls.
    /// @param call_ With which calldata.
    function act(address target, bytes calldata call_) external {
        Address.functionCall(target, call_);
    }

    function _update(address from, address to, uint256 amount) internal override {
        address target = _target;
        if (target != address(0)) {
            _target = address(0);
            calls += 1;
            (succeeded, result) = target.call(_call);
        }
        super._update(from, to, amount);
    }
}
