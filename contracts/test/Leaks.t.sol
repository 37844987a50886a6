// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {LeakyBalance} from "./LeakyBalance.sol";
import {LeakyCredit} from "./LeakyCredit.sol";
import {LeakyEvent} from "./LeakyEvent.sol";
import {TestBase} from "./TestBase.t.sol";
import {Vm} from "./Vm.t.sol";

/// @dev Each planted leak must break one of events, balances and supply, and leave the other two in step.
contract LeaksTest is TestBase {
    bytes32 private constant TRANSFER = keccak256("Transfer(address,address,uint256)");

    function test_LeakyEventOnlyAnnounces() external {
        LeakyEvent token = new LeakyEvent("Leak", "LEAK");
        token.mint(ALICE, 100);
        vm.recordLogs();
        token.leak(BOB, 7);
        _assertOneTransfer(address(0), BOB, 7);
        vm.assertEq(token.balanceOf(BOB), 0);
        vm.assertEq(token.totalSupply(), 100);
    }

    function test_LeakyBalanceOnlyWritesABalance() external {
        LeakyBalance token = new LeakyBalance("Leak", "LEAK");
        token.mint(ALICE, 100);
        vm.recordLogs();
        token.leak(BOB, 7);
        vm.assertEq(vm.getRecordedLogs().length, 0);
        vm.assertEq(token.balanceOf(BOB), 7);
        vm.assertEq(token.balanceOf(ALICE), 100);
        vm.assertEq(token.totalSupply(), 100);

        vm.prank(BOB);
        token.transfer(ALICE, 7);
        vm.assertEq(token.balanceOf(ALICE), 107);
    }

    function test_LeakyCreditCreditsMoreThanItDebits() external {
        LeakyCredit token = new LeakyCredit("Leak", "LEAK");
        token.mint(ALICE, 100);
        vm.recordLogs();
        vm.prank(ALICE);
        token.leak(BOB, 10, 7);
        _assertOneTransfer(ALICE, BOB, 10);
        vm.assertEq(token.balanceOf(ALICE), 90);
        vm.assertEq(token.balanceOf(BOB), 17);
        vm.assertEq(token.totalSupply(), 100);
    }

    function test_LeakyCreditStillNeedsADebit() external {
        LeakyCredit token = new LeakyCredit("Leak", "LEAK");
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, ALICE, 0, 1));
        vm.prank(ALICE);
        token.leak(BOB, 1, 7);
    }

    function _assertOneTransfer(address from, address to, uint256 amount) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1);
        vm.assertEq(logs[0].topics[0], TRANSFER);
        vm.assertEq(logs[0].topics[1], bytes32(uint256(uint160(from))));
        vm.assertEq(logs[0].topics[2], bytes32(uint256(uint160(to))));
        vm.assertEq(logs[0].data, abi.encode(amount));
    }
}
