// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Counter} from "./Counter.sol";
import {TestBase} from "./TestBase.t.sol";

contract CounterTest is TestBase {
    Counter private _counter;

    function setUp() external {
        _counter = new Counter();
    }

    function test_ItCounts() external {
        vm.assertEq(_counter.increment(), 1);
        vm.expectEmit(address(_counter));
        emit Counter.Incremented(address(this), 11);
        _counter.add(10);
        vm.assertEq(_counter.count(), 11);
    }

    function test_ACountThatDoesNotFitPanics() external {
        _counter.add(1);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        _counter.add(type(uint256).max);
    }

    function testFuzz_SlotsAreApart(uint256 a, uint256 b, uint256 value) external {
        _counter.write(a, value);
        if (a != b) vm.assertEq(_counter.slots(b), 0);
        vm.assertEq(_counter.slots(a), value);
        _counter.write(a, 0);
        vm.assertEq(_counter.slots(a), 0);
    }

    function test_ItSeesTheBlock() external {
        vm.warp(123_456);
        (uint256 number, uint256 timestamp, uint256 baseFee, uint256 prevRandao, address coinbase) =
            _counter.environment();
        vm.assertEq(number, block.number);
        vm.assertEq(timestamp, 123_456);
        vm.assertEq(baseFee, block.basefee);
        vm.assertEq(prevRandao, block.prevrandao);
        vm.assertEq(coinbase, block.coinbase);
    }
}
