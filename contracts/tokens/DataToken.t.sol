// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "./DataToken.sol";
import {IDataToken} from "./interfaces/IDataToken.sol";

contract DataTokenTest is TestBase {
    DataToken private _token;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
    }

    function test_TheDeployerOwnsAnEmptyToken() external view {
        vm.assertEq(_token.name(), "Data");
        vm.assertEq(_token.symbol(), "DATA");
        vm.assertEq(_token.decimals(), 18);
        vm.assertEq(_token.owner(), address(this));
        vm.assertEq(_token.totalSupply(), 0);
        vm.assertFalse(_token.isMinter(address(this)));
    }

    function test_TheOwnerMints() external {
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(address(0), ALICE, 7);
        _token.mint(ALICE, 7);
        vm.assertEq(_token.balanceOf(ALICE), 7);
        vm.assertEq(_token.totalSupply(), 7);
    }

    function test_AMinterMintsUntilRevoked() external {
        vm.expectEmit(address(_token));
        emit IDataToken.MinterGranted(BOB);
        _token.grantMinter(BOB);
        vm.assertTrue(_token.isMinter(BOB));
        vm.prank(BOB);
        _token.mint(ALICE, 5);

        vm.expectEmit(address(_token));
        emit IDataToken.MinterRevoked(BOB);
        _token.revokeMinter(BOB);
        vm.assertFalse(_token.isMinter(BOB));
        vm.expectRevert(abi.encodeWithSelector(IDataToken.MinterUnauthorized.selector, BOB));
        vm.prank(BOB);
        _token.mint(ALICE, 5);
        vm.assertEq(_token.totalSupply(), 5);
    }

    function test_AFormerOwnerCannotMint() external {
        _token.transferOwnership(BOB);
        vm.expectRevert(abi.encodeWithSelector(IDataToken.MinterUnauthorized.selector, address(this)));
        _token.mint(ALICE, 1);
        vm.prank(BOB);
        _token.mint(ALICE, 1);
        vm.assertEq(_token.totalSupply(), 1);
    }

    function test_OnlyTheOwnerNamesMinters() external {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, BOB));
        vm.prank(BOB);
        _token.grantMinter(BOB);

        _token.grantMinter(BOB);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, BOB));
        vm.prank(BOB);
        _token.revokeMinter(BOB);
    }

    function test_BurnTakesFromTheCaller() external {
        _token.mint(ALICE, 10);
        vm.prank(ALICE);
        _token.burn(4);
        vm.assertEq(_token.balanceOf(ALICE), 6);
        vm.assertEq(_token.totalSupply(), 6);
    }

    function testFuzz_NobodyBurnsMoreThanTheyHave(uint256 balance, uint256 excess) external {
        balance = _bound(balance, 0, type(uint256).max - 1);
        excess = _bound(excess, 1, type(uint256).max - balance);
        _token.mint(ALICE, balance);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, ALICE, balance, balance + excess)
        );
        vm.prank(ALICE);
        _token.burn(balance + excess);
    }

    function testFuzz_SupplyIsWhatWasMintedLessWhatWasBurned(uint256 minted, uint256 moved, uint256 burned) external {
        moved = _bound(moved, 0, minted);
        burned = _bound(burned, 0, moved);
        _token.mint(ALICE, minted);
        vm.prank(ALICE);
        _token.transfer(BOB, moved);
        vm.prank(BOB);
        _token.burn(burned);
        vm.assertEq(_token.totalSupply(), minted - burned);
        vm.assertEq(_token.balanceOf(ALICE), minted - moved);
        vm.assertEq(_token.balanceOf(BOB), moved - burned);
    }
}

contract DataTokenHandler is Handler {
    DataToken public immutable token = new DataToken("Data", "DATA");
    uint256 public minted;
    uint256 public burned;

    function mint(uint256 seed, uint256 amount) external {
        amount = _bound(amount, 0, type(uint128).max);
        token.mint(actor(seed), amount);
        minted += amount;
    }

    function burn(uint256 seed, uint256 amount) external {
        amount = _bound(amount, 0, token.balanceOf(actor(seed)));
        vm.prank(actor(seed));
        token.burn(amount);
        burned += amount;
    }

    function transfer(uint256 seed, uint256 toSeed, uint256 amount) external {
        amount = _bound(amount, 0, token.balanceOf(actor(seed)));
        vm.prank(actor(seed));
        token.transfer(actor(toSeed), amount);
    }

    function held() external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) sum += token.balanceOf(actor(i));
    }
}

contract DataTokenInvariants is InvariantBase {
    DataTokenHandler private _handler;

    function setUp() external {
        _handler = new DataTokenHandler();
        _aimAt(
            address(_handler),
            [DataTokenHandler.mint.selector, DataTokenHandler.burn.selector, DataTokenHandler.transfer.selector]
        );
    }

    function invariant_SupplyIsTheSumOfBalances() external view {
        vm.assertEq(_handler.token().totalSupply(), _handler.held());
    }

    function invariant_SupplyIsMintedLessBurned() external view {
        vm.assertEq(_handler.token().totalSupply(), _handler.minted() - _handler.burned());
    }
}
