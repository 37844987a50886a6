// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataToken} from "../tokens/DataToken.sol";
import {TestBase} from "./TestBase.t.sol";
import {YieldGarden} from "./YieldGarden.sol";

contract YieldGardenTest is TestBase {
    uint256 private constant GROWTH = 1000;

    DataToken private _token;
    YieldGarden private _garden;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _garden = new YieldGarden(address(_token), address(_token), GROWTH);
        _token.mint(address(_garden), 1e18);
        for (uint160 who = 1; who <= 2; ++who) {
            _token.mint(address(who), 1000);
            vm.prank(address(who));
            _token.approve(address(_garden), type(uint256).max);
        }
    }

    // 1 and 3 parts of a stream of 1,000 a second: 250 and 750 a second (the accumulator's textbook case).
    function test_WhatGrowsIsSharedByWhatIsPlanted() external {
        _plant(address(1), 100);
        _plant(address(2), 300);
        vm.warp(block.timestamp + 40);
        vm.assertEq(_garden.ripeFor(address(1)), 10_000);
        vm.assertEq(_garden.ripeFor(address(2)), 30_000);
        vm.prank(address(2));
        _garden.harvest(CAROL);
        vm.assertEq(_token.balanceOf(CAROL), 30_000);
        vm.assertEq(_garden.ripeFor(address(2)), 0);
        vm.prank(address(1));
        _garden.uproot(100);
        vm.assertEq(_garden.bedOf(address(1)), 0);
        vm.assertEq(_token.balanceOf(address(1)), 1000);
        vm.assertEq(_garden.ripeFor(address(1)), 10_000);
    }

    function testFuzz_NobodyIsOwedMoreThanGrew(uint256 a, uint256 b, uint256 time) external {
        a = _bound(a, 1, 1000);
        b = _bound(b, 1, 1000);
        time = _bound(time, 0, 1e9);
        _plant(address(1), a);
        _plant(address(2), b);
        vm.warp(block.timestamp + time);
        vm.assertLe(_garden.ripeFor(address(1)) + _garden.ripeFor(address(2)), GROWTH * time);
    }

    function _plant(address who, uint256 amount) private {
        vm.prank(who);
        _garden.plant("", amount);
    }
}
