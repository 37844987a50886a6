// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Reverter} from "./Reverter.sol";
import {TestBase} from "./TestBase.t.sol";

contract ReverterTest is TestBase {
    Reverter private _reverter;

    function setUp() external {
        _reverter = new Reverter();
    }

    function test_Success() external {
        vm.expectEmit(address(_reverter));
        emit Reverter.Succeeded(address(this), 5);
        vm.assertEq(_reverter.succeed(5), 5);
    }

    function test_ItKeepsEther() external {
        vm.deal(address(this), 5);
        vm.expectEmit(address(_reverter));
        emit Reverter.Received(address(this), 2);
        vm.assertEq(_reverter.pay{value: 2}(), 2);
        vm.expectEmit(address(_reverter));
        emit Reverter.Received(address(this), 3);
        (bool sent,) = address(_reverter).call{value: 3}("");
        vm.assertTrue(sent);
        vm.assertEq(address(_reverter).balance, 5);
    }

    function test_EveryFailureHasItsOwnData() external {
        _assertFails(abi.encodeCall(Reverter.failWithMessage, ("no")), abi.encodeWithSignature("Error(string)", "no"));
        _assertFails(
            abi.encodeCall(Reverter.failWithError, (1, 2)),
            abi.encodeWithSelector(Reverter.Refused.selector, address(this), 1, 2)
        );
        _assertFails(abi.encodeCall(Reverter.failBare, ()), abi.encodeWithSelector(Reverter.Bare.selector));
        _assertFails(abi.encodeCall(Reverter.failSilently, ()), "");
        _assertFails(abi.encodeCall(Reverter.panicAssert, ()), abi.encodeWithSignature("Panic(uint256)", 0x01));
        _assertFails(abi.encodeCall(Reverter.panicUnderflow, (0)), abi.encodeWithSignature("Panic(uint256)", 0x11));
        _assertFails(abi.encodeCall(Reverter.panicDivision, (0)), abi.encodeWithSignature("Panic(uint256)", 0x12));
    }

    function test_PanicsNeedTheirCause() external view {
        vm.assertEq(_reverter.panicUnderflow(3), 2);
        vm.assertEq(_reverter.panicDivision(1), 1);
    }

    function test_BurningAllGasLeavesNoData() external {
        (bool ok, bytes memory data) = address(_reverter).call{gas: 100_000}(abi.encodeCall(Reverter.burnGas, ()));
        vm.assertFalse(ok);
        vm.assertEq(data.length, 0);
    }

    function _assertFails(bytes memory call_, bytes memory expected) private {
        (bool ok, bytes memory data) = address(_reverter).call(call_);
        vm.assertFalse(ok);
        vm.assertEq(data, expected);
    }
}
