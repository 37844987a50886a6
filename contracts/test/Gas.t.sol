// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConstantProductPair} from "../pricing/ConstantProductPair.sol";
import {PairRouter} from "../pricing/PairRouter.sol";
import {RewardPool} from "../rewards/RewardPool.sol";
import {WeeklyRewards} from "../rewards/WeeklyRewards.sol";
import {IWeeklyRewards} from "../rewards/interfaces/IWeeklyRewards.sol";
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

/// @dev The same for a fleet. Alice's first vehicle connects every week; her second in the first weeks only.
contract WeeklyGasTest is TestBase {
    uint256 private constant START = 1_700_000_000;

    DataToken private _token;
    WeeklyRewards private _young;
    WeeklyRewards private _old;
    WeeklyRewards private _crowded;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _young = _fleet();
        _old = _fleet();
        _crowded = _fleet();
        for (uint256 week = 0; week < 300; ++week) {
            vm.warp(START + week * 1 weeks);
            _round(_old, week);
            if (week < 298) continue;
            _round(_young, week - 298);
            _round(_crowded, week - 298);
            for (uint256 i = 0; i < 300; ++i) {
                if (week == 298) _crowded.register(0);
                _crowded.connect(i + 3);
            }
        }
        vm.warp(START + 300 weeks);
        // Somebody opens the week, so that nobody pays for the first write to a total.
        _open(_young);
        _open(_old);
        _open(_crowded);
    }

    function test_WeeklyRegisterWithAStake() external {
        vm.prank(ALICE);
        _young.register(0);
    }

    function test_WeeklyConnectAfter2Weeks() external {
        vm.prank(ALICE);
        _young.connect(0);
    }

    function test_WeeklyConnectAfter300Weeks() external {
        vm.prank(ALICE);
        _old.connect(0);
    }

    function test_WeeklyConnectAmong300() external {
        vm.prank(ALICE);
        _crowded.connect(0);
    }

    function test_WeeklyConnectAfter298MissedWeeks() external {
        vm.prank(ALICE);
        _old.connect(1);
    }

    function test_WeeklyClaimOf2Weeks() external {
        vm.prank(ALICE);
        _young.claim(0);
    }

    function test_WeeklyClaimOf300Weeks() external {
        vm.prank(ALICE);
        _old.claim(0);
    }

    function test_WeeklyClaimAmong300() external {
        vm.prank(ALICE);
        _crowded.claim(0);
    }

    function test_WeeklyLock() external {
        vm.prank(ALICE);
        _young.lock(0, 500e18);
    }

    function test_WeeklyRetire() external {
        vm.prank(ALICE);
        _young.retire(0);
    }

    function _fleet() private returns (WeeklyRewards rewards) {
        IWeeklyRewards.Config memory config;
        config.firstWeekLimit = 1_105_000e18;
        config.connectionPoints = new uint256[](1);
        config.connectionPoints[0] = 6_000;
        config.streaks = true;
        config.identityStake = 50e18;
        rewards = new WeeklyRewards(address(_token), config);
        _token.grantMinter(address(rewards));
        address vault = rewards.vault();
        _token.mint(ALICE, 10_000e18);
        _token.mint(address(this), 50_000e18);
        _token.approve(vault, type(uint256).max);
        vm.prank(ALICE);
        _token.approve(vault, type(uint256).max);
        vm.prank(ALICE);
        rewards.register(0);
        vm.prank(ALICE);
        rewards.register(0);
        rewards.register(0);
    }

    function _round(WeeklyRewards rewards, uint256 week) private {
        vm.prank(ALICE);
        rewards.connect(0);
        rewards.connect(2);
        if (week > 1) return;
        vm.prank(ALICE);
        rewards.connect(1);
    }

    /// Connects and claims, so that the totals are written before what is measured.
    function _open(WeeklyRewards rewards) private {
        rewards.connect(2);
        rewards.claim(2);
    }
}

/// @dev The same for a market.
contract PairGasTest is TestBase {
    DataToken private _token;
    DataToken private _usd;
    ConstantProductPair private _pair;
    PairRouter private _router;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _usd = new DataToken("Dollar", "USD");
        _pair = new ConstantProductPair(address(_token), address(_usd));
        _router = new PairRouter();
        _add(1000e18);
        _add(1000e18);
        _fund(_token);
        _fund(_usd);
        // What the tests of the pair itself find sent to it.
        _token.mint(address(_pair), 1e18);
        _usd.mint(address(_pair), 1e18);
        _pair.transfer(ALICE, 1e18);
        _pair.transfer(address(_pair), 1e18);
    }

    function test_PairMint() external {
        _pair.mint(ALICE);
    }

    function test_PairBurn() external {
        _pair.burn(ALICE);
    }

    function test_PairSwap() external {
        _pair.swap(5e17, 0, ALICE, "");
    }

    function test_RouterBuy() external {
        vm.prank(ALICE);
        _router.buy(address(_pair), address(_token), 1e18, 0);
    }

    function test_RouterSell() external {
        vm.prank(ALICE);
        _router.sell(address(_pair), address(_token), 1e18, 0);
    }

    function _add(uint256 amount) private {
        _token.mint(address(_pair), amount);
        _usd.mint(address(_pair), amount);
        _pair.mint(address(this));
    }

    function _fund(DataToken token) private {
        token.mint(ALICE, 1000e18);
        vm.prank(ALICE);
        token.approve(address(_router), type(uint256).max);
    }
}
