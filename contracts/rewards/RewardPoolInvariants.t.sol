// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {RewardPool} from "./RewardPool.sol";

/// @dev Beside the pool it keeps the list of every epoch's contributors, from which the plain definition of what is
/// owed can be computed by loops.
contract RewardPoolHandler is Handler {
    /// @dev A prime, so that no number of contributors but one divides it.
    uint256 public constant REWARD = 1_000_003;
    uint256 public constant EPOCH = 1 days;

    DataToken public immutable token = new DataToken("Data", "DATA");
    RewardPool public immutable pool = new RewardPool(address(token), REWARD, EPOCH, address(0));

    mapping(uint256 epoch => address[]) private _enrolled;

    constructor() {
        token.grantMinter(address(pool));
    }

    function contribute(uint256 seed, bytes32 data) external {
        address who = actor(seed);
        uint256 epoch = finished();
        if (pool.hasContributed(who, epoch)) return;
        vm.prank(who);
        pool.contribute(data);
        _enrolled[epoch].push(who);
    }

    function claim(uint256 seed) external {
        address who = actor(seed);
        uint256 due = pool.claimable(who);
        if (due == 0) return;
        vm.prank(who);
        vm.assertEq(pool.claim(), due, "claim pays what claimable says");
    }

    function pass(uint256 elapsed) external {
        _pass(_bound(elapsed, 1, EPOCH * 3 / 2));
    }

    /// @dev How many epochs have ended, by the handler's own clock.
    function finished() public view returns (uint256) {
        return (_now - pool.start()) / EPOCH;
    }

    function enrolled(uint256 epoch) external view returns (uint256) {
        return _enrolled[epoch].length;
    }

    /// @dev What `who` earned in finished epochs, by definition.
    function earned(address who) external view returns (uint256 sum) {
        for (uint256 epoch = 0; epoch < finished(); ++epoch) {
            address[] storage list = _enrolled[epoch];
            for (uint256 i = 0; i < list.length; ++i) {
                if (list[i] == who) sum += REWARD / list.length;
            }
        }
    }

    /// @dev What everybody was paid and is owed.
    function paidAndOwed() external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) sum += token.balanceOf(actor(i)) + pool.claimable(actor(i));
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract RewardPoolInvariants is InvariantBase {
    RewardPoolHandler private _handler;

    function setUp() external {
        _handler = new RewardPoolHandler();
        _aimAt(
            address(_handler),
            [RewardPoolHandler.contribute.selector, RewardPoolHandler.claim.selector, RewardPoolHandler.pass.selector]
        );
    }

    function invariant_ClaimsNeverExceedThePool() external view {
        vm.assertLe(_handler.pool().totalPaid(), _handler.REWARD() * _handler.finished());
    }

    function invariant_EveryoneGetsTheirShareOfEachFinishedEpoch() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            uint256 paid = _handler.token().balanceOf(who);
            vm.assertEq(paid + _handler.pool().claimable(who), _handler.earned(who));
        }
    }

    function invariant_AnEpochIsPaidOutUpToItsDust() external view {
        uint256 most;
        uint256 dust;
        for (uint256 epoch = 0; epoch < _handler.finished(); ++epoch) {
            uint256 count = _handler.pool().contributors(epoch);
            vm.assertEq(count, _handler.enrolled(epoch));
            if (count == 0) continue;
            most += _handler.REWARD();
            dust += count - 1;
        }
        uint256 sum = _handler.paidAndOwed();
        vm.assertLe(sum, most);
        vm.assertLe(most - sum, dust);
    }

    function invariant_WhatIsIssuedIsPaid() external view {
        vm.assertEq(_handler.token().totalSupply(), _handler.pool().totalPaid());
        vm.assertEq(_handler.token().balanceOf(address(_handler.pool())), 0);
    }
}
