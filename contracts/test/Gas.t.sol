// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RewardPool} from "../rewards/RewardPool.sol";
import {StakeVault} from "../staking/StakeVault.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {TestBase} from "./TestBase.t.sol";

/// @dev What a participant pays for each act, one act per test, so that the gas snapshot can be read. A figure holds
/// a few hundred gas of the test around the call, and not the 21,000 of a transaction. Tests that differ only in how
/// much went before must stay alike: that is the claim that work per call does not grow.
contract GasTest is TestBase {
    uint256 private constant EPOCH = 1 weeks;
    uint256 private constant START = 1_700_000_000;
    bytes32 private constant DATA = keccak256("data");

    DataToken private _token;
    StakeVault private _vault;
    RewardPool private _fresh;
    RewardPool private _used;
    RewardPool private _crowded;
    RewardPool private _gated;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _vault = new StakeVault(address(_token), 50, 0);
        _token.mint(ALICE, 1000);
        _token.mint(BOB, 1000);
        vm.prank(ALICE);
        _token.approve(address(_vault), 1000);
        vm.prank(ALICE);
        _vault.stakeFor(ALICE);

        _fresh = _pool(address(0));
        _used = _pool(address(0));
        _crowded = _pool(address(0));
        _gated = _pool(address(_vault));
        // Carol was there before, so that nobody pays for the first write to a total; and she opens the last epoch.
        _claimOnce(_fresh, CAROL);
        _claimOnce(_used, CAROL);
        _claimOnce(_crowded, CAROL);

        for (uint256 epoch = 2; epoch < 102; ++epoch) {
            vm.warp(START + epoch * EPOCH);
            _contribute(_used, CAROL);
            _contribute(_used, ALICE);
            if (epoch >= 100) {
                _contribute(_fresh, ALICE);
                _contribute(_crowded, ALICE);
                for (uint160 i = 1; i <= 300; ++i) _contribute(_crowded, address(0x1D0000 + i));
            }
        }
        vm.warp(START + 102 * EPOCH);
        _contribute(_fresh, CAROL);
        _contribute(_crowded, CAROL);
        _contribute(_used, CAROL);
    }

    function test_TokenMint() external {
        _token.mint(BOB, 1);
    }

    function test_TokenTransfer() external {
        vm.prank(BOB);
        _token.transfer(ALICE, 1);
    }

    function test_PoolContributeForTheFirstTime() external {
        _contribute(_fresh, BOB);
    }

    function test_PoolContributeAgainAfter2Epochs() external {
        _contribute(_fresh, ALICE);
    }

    function test_PoolContributeAgainAfter100Epochs() external {
        _contribute(_used, ALICE);
    }

    function test_PoolContributeAgainAmong300() external {
        _contribute(_crowded, ALICE);
    }

    function test_PoolContributeThroughAGate() external {
        _contribute(_gated, ALICE);
    }

    function test_PoolClaimOf2Epochs() external {
        _claim(_fresh, ALICE);
    }

    function test_PoolClaimOf100Epochs() external {
        _claim(_used, ALICE);
    }

    function test_PoolClaimAmong300() external {
        _claim(_crowded, ALICE);
    }

    function test_VaultStake() external {
        vm.prank(ALICE);
        _vault.stakeFor(BOB);
    }

    function test_VaultWithdraw() external {
        vm.prank(ALICE);
        _vault.withdraw(ALICE);
    }

    function _pool(address gate) private returns (RewardPool pool) {
        pool = new RewardPool(address(_token), 1_000_000, EPOCH, gate);
        _token.grantMinter(address(pool));
    }

    function _claimOnce(RewardPool pool, address who) private {
        vm.warp(START);
        _contribute(pool, who);
        vm.warp(START + EPOCH);
        _claim(pool, who);
    }

    function _contribute(RewardPool pool, address who) private {
        vm.prank(who);
        pool.contribute(DATA);
    }

    function _claim(RewardPool pool, address who) private {
        vm.prank(who);
        pool.claim();
    }
}
