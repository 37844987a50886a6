// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {WeeklyRewards} from "./WeeklyRewards.sol";
import {IWeeklyRewards} from "./interfaces/IWeeklyRewards.sol";

/// @dev What the tests of {WeeklyRewards} have in common: the published figures, and a clock in weeks.
abstract contract WeeklyRewardsBase is TestBase {
    uint256 internal constant FIRST = 1_105_000e18;
    uint256 internal constant START = 1_700_000_000;
    uint256 internal constant HARDWARE = 0;
    uint256 internal constant LIMITED = 1;

    function _published() internal pure returns (IWeeklyRewards.Config memory config) {
        config.firstWeekLimit = FIRST;
        config.connectionPoints = new uint256[](2);
        config.connectionPoints[HARDWARE] = 6_000;
        config.connectionPoints[LIMITED] = 3_000;
        config.streaks = true;
    }

    function _deploy(DataToken token, IWeeklyRewards.Config memory config) internal returns (WeeklyRewards rewards) {
        rewards = new WeeklyRewards(address(token), config);
        token.grantMinter(address(rewards));
    }

    function _week(uint256 week) internal {
        vm.warp(START + week * 1 weeks);
    }

    function _register(WeeklyRewards rewards, address who, uint256 kind) internal returns (uint256) {
        vm.prank(who);
        return rewards.register(kind);
    }

    function _connect(WeeklyRewards rewards, address who, uint256 vehicle) internal {
        vm.prank(who);
        rewards.connect(vehicle);
    }

    function _claim(WeeklyRewards rewards, address who, uint256 vehicle) internal returns (uint256) {
        vm.prank(who);
        return rewards.claim(vehicle);
    }

    function _fund(DataToken token, WeeklyRewards rewards, address who, uint256 amount) internal {
        token.mint(who, amount);
        address vault = rewards.vault();
        vm.prank(who);
        token.approve(vault, type(uint256).max);
    }
}
