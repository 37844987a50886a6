// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BondingCurve} from "../pricing/BondingCurve.sol";
import {AccessGrants} from "../access/AccessGrants.sol";
import {DataMarket} from "../access/DataMarket.sol";
import {Subscriptions} from "../access/Subscriptions.sol";
import {IDataMarket} from "../access/interfaces/IDataMarket.sol";
import {ConstantProductPair} from "../pricing/ConstantProductPair.sol";
import {LogMarketScoringRule} from "../pricing/LogMarketScoringRule.sol";
import {NoisePricing} from "../pricing/NoisePricing.sol";
import {PairRouter} from "../pricing/PairRouter.sol";
import {PostedPrice} from "../pricing/PostedPrice.sol";
import {SealedBidAuction} from "../pricing/SealedBidAuction.sol";
import {INoisePricing} from "../pricing/interfaces/INoisePricing.sol";
import {ISealedBidAuction} from "../pricing/interfaces/ISealedBidAuction.sol";
import {ContributionPool} from "../rewards/ContributionPool.sol";
import {CoveragePool} from "../rewards/CoveragePool.sol";
import {QualityPool} from "../rewards/QualityPool.sol";
import {RewardPool} from "../rewards/RewardPool.sol";
import {VolumeFarming} from "../rewards/VolumeFarming.sol";
import {WeeklyRewards} from "../rewards/WeeklyRewards.sol";
import {IVolumeFarming} from "../rewards/interfaces/IVolumeFarming.sol";
import {IWeeklyRewards} from "../rewards/interfaces/IWeeklyRewards.sol";
import {DataSetRegistry} from "../rights/DataSetRegistry.sol";
import {IDataSetRegistry} from "../rights/interfaces/IDataSetRegistry.sol";
import {ListingStake} from "../staking/ListingStake.sol";
import {StakeVault} from "../staking/StakeVault.sol";
import {IListingStake} from "../staking/interfaces/IListingStake.sol";
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

/// @dev The same for pools that share by weight, by volume and by coverage. A crowd of 300 was there before.
contract SharesGasTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    bytes32 private constant DATA = keccak256("data");

    DataToken private _token;
    ContributionPool private _pool;
    ContributionPool private _crowded;
    QualityPool private _quality;
    VolumeFarming private _farm;
    CoveragePool private _coverage;
    bytes32[] private _records;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _pool = new ContributionPool(address(_token), 0, 0);
        _crowded = new ContributionPool(address(_token), 0, 0);
        _quality = new QualityPool(address(_token), 0, 0, 1e18);
        _quality.grantScorer(address(this));
        _coverage = new CoveragePool(address(_token), 1e24, 1 weeks, 0.7e18);
        IVolumeFarming.Config memory config;
        config.budget = 1e24;
        config.yieldBound = 1e18;
        config.published = true;
        _farm = new VolumeFarming(address(_token), config);
        _farm.grantRecorder(address(this));
        _token.grantMinter(address(_farm));
        _token.grantMinter(address(_coverage));
        _token.mint(address(this), 1e30);
        _token.approve(address(_pool), type(uint256).max);
        _token.approve(_farm.vault(), type(uint256).max);
        for (uint160 i = 0; i < 300; ++i) {
            vm.prank(address(0x1D0000 + i));
            _crowded.contribute(DATA, 5);
        }
        for (uint160 i = 0; i < 3; ++i) {
            vm.prank(address(0x1D0000 + i));
            _pool.contribute(DATA, 5);
        }
        // Both have shared something before, which left a remainder: nobody pays for its first write.
        _token.mint(address(_pool), 1e18);
        _token.mint(address(_crowded), 1e18);
        _pool.distribute();
        _crowded.distribute();
        for (uint256 i = 0; i < 10; ++i) _records.push(bytes32(i + 1));
        vm.prank(BOB);
        _coverage.supply(_records);
        vm.prank(ALICE);
        _coverage.supply(_records);
        _contribute(_pool);
        _contribute(_crowded);
        vm.prank(ALICE);
        _quality.contribute(DATA, 5);
        _farm.stake(1, 1e18);
        vm.warp(START + 1 weeks);
        _farm.recordVolume(1, 1e18);
        vm.warp(START + 2 weeks);
        _token.mint(address(_pool), 1e18);
        _token.mint(address(_crowded), 1e18);
        _token.mint(ALICE, 1);
    }

    function test_WeightContribute() external {
        _contribute(_pool);
    }

    function test_WeightContributeAmong300() external {
        _contribute(_crowded);
    }

    function test_WeightClaim() external {
        vm.prank(ALICE);
        _pool.claim();
    }

    function test_WeightClaimAmong300() external {
        vm.prank(ALICE);
        _crowded.claim();
    }

    function test_WeightFund() external {
        _pool.fund(1e18);
    }

    function test_WeightScore() external {
        _quality.score(0, 0.5e18);
    }

    function test_FarmStake() external {
        _farm.stake(1, 1e18);
    }

    function test_FarmRecordVolume() external {
        _farm.recordVolume(1, 1e18);
    }

    function test_FarmClaim() external {
        _farm.claim(1);
    }

    function test_CoverageSupplyOf10Records() external {
        _coverage.supply(_records);
    }

    function test_CoverageClaimOf10Records() external {
        bytes32[] memory records = _records;
        vm.prank(ALICE);
        _coverage.claim(0, records);
    }

    function _contribute(ContributionPool pool) private {
        vm.prank(ALICE);
        pool.contribute(DATA, 9);
    }
}

/// @dev The same for each way of pricing data.
contract PricingGasTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    bytes32 private constant SALT = keccak256("salt");

    DataToken private _usd;
    PostedPrice private _posted;
    NoisePricing private _noise;
    BondingCurve private _curve;
    LogMarketScoringRule private _outcomes;
    SealedBidAuction private _house;

    function setUp() external {
        vm.warp(START);
        _usd = new DataToken("Dollar", "USD");
        _posted = new PostedPrice(address(_usd), 100, CAROL);
        _noise = new NoisePricing(address(_usd), INoisePricing.Rule.Inverse, 1e18, CAROL);
        _curve = new BondingCurve("Copies", "COPY", address(_usd), 333_333);
        _outcomes = new LogMarketScoringRule(address(_usd), 100e18, 2, address(this));
        _house = new SealedBidAuction(address(_usd));
        _fund(address(this));
        _fund(ALICE);
        _fund(BOB);
        _curve.open(1000e18, 5000e18);
        _outcomes.open();
        _posted.list(SALT, 1e18, address(this));
        // One that is open for bids, one for revelation, one to be settled; in each the first bid leads.
        _open(0);
        vm.warp(START + 100);
        _open(1);
        vm.prank(ALICE);
        _house.reveal(0, 5e18, SALT);
        vm.warp(START + 200);
        _open(2);
        vm.prank(ALICE);
        _house.reveal(1, 5e18, SALT);
        // Nobody pays for the first write to a total.
        _posted.buy(0, 1e18);
        _noise.buy(1e18, 1e18);
        _curve.buy(1e18, 0);
        _outcomes.buy(0, 1e18, 1e18);
        vm.prank(ALICE);
        _posted.buy(0, 1e18);
    }

    function test_PostedBuy() external {
        vm.prank(ALICE);
        _posted.buy(0, 1e18);
    }

    function test_PostedSetPrice() external {
        _posted.setPrice(0, 2e18);
    }

    function test_PostedWithdraw() external {
        _posted.withdraw(address(this));
    }

    function test_NoiseBuy() external {
        vm.prank(ALICE);
        _noise.buy(2e18, 1e18);
    }

    function test_CurveBuy() external {
        vm.prank(ALICE);
        _curve.buy(1e18, 0);
    }

    function test_CurveBuyExact() external {
        vm.prank(ALICE);
        _curve.buyExact(1e18, 10e18);
    }

    function test_CurveSell() external {
        _curve.sell(1e18, 0);
    }

    function test_OutcomesBuy() external {
        vm.prank(ALICE);
        _outcomes.buy(1, 1e18, 1e18);
    }

    function test_OutcomesSell() external {
        _outcomes.sell(0, 5e17, 0);
    }

    function test_AuctionOpen() external {
        _house.open(SALT, ISealedBidAuction.Rule.SecondPrice, 1e18, 1e17, 100, 100);
    }

    function test_AuctionCommit() external {
        _house.commit(2, SALT);
    }

    function test_AuctionRevealThatLeads() external {
        vm.prank(BOB);
        _house.reveal(1, 6e18, SALT);
    }

    function test_AuctionSettle() external {
        _house.settle(0);
    }

    function _open(uint256 auction) private {
        _house.open(SALT, ISealedBidAuction.Rule.SecondPrice, 1e18, 1e17, 100, 100);
        bytes32 first = _house.commitmentOf(auction, ALICE, 5e18, SALT);
        bytes32 second = _house.commitmentOf(auction, BOB, 6e18, SALT);
        vm.prank(ALICE);
        _house.commit(auction, first);
        vm.prank(BOB);
        _house.commit(auction, second);
    }

    function _fund(address who) private {
        _usd.mint(who, 10_000e18);
        address[5] memory markets =
            [address(_posted), address(_noise), address(_curve), address(_outcomes), address(_house)];
        for (uint256 i = 0; i < markets.length; ++i) {
            vm.prank(who);
            _usd.approve(markets[i], type(uint256).max);
        }
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

/// @dev The same for a data market: Alice sells, Bob buys; 300 others have bought of her,
/// subscribed to her, and listed data sets of their own.
contract DataMarketGasTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    address private constant TREASURY = address(0x7EA5);

    DataToken private _token;
    DataSetRegistry private _registry;
    AccessGrants private _grants;
    ListingStake private _stakes;
    DataMarket private _market;
    Subscriptions private _subscriptions;

    function setUp() external {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _registry = new DataSetRegistry("Data sets", "SETS", 1_000);
        _grants = new AccessGrants();
        _stakes = new ListingStake(
            IListingStake.Config({
                registry: address(_registry),
                token: address(_token),
                stake: 50e18,
                bond: 5e18,
                unbondingSeconds: 0,
                verdictSeconds: 1 days,
                slashBps: 5_000,
                challengerBps: 5_000,
                treasury: TREASURY
            })
        );
        _stakes.grantRole(_stakes.ARBITER_ROLE(), CAROL);
        _market = new DataMarket(
            IDataMarket.Config({
                registry: address(_registry),
                grants: address(_grants),
                token: address(_token),
                gate: address(_stakes),
                treasury: TREASURY,
                buyerFeeBps: 100,
                sellerFeeBps: 100
            })
        );
        _grants.grantRole(_grants.GRANTER_ROLE(), address(_market));
        _subscriptions = new Subscriptions(address(_registry), address(_token), TREASURY, 100);
        _fund(ALICE);
        _fund(BOB);
        _fund(CAROL);
        for (uint256 i = 0; i < 4; ++i) _sell(ALICE, i + 1);
        vm.prank(ALICE);
        _subscriptions.open(0, 7e18, 7 days, true);
        for (uint160 i = 0; i < 300; ++i) {
            address other = address(0x1D0000 + i);
            _fund(other);
            _sell(other, 100 + i);
            _buy(other, 1);
            vm.prank(other);
            _subscriptions.subscribe(0, 1);
        }
        // Bob and the treasury have been there before, so that nobody pays for the first write to a total.
        _buy(BOB, 4);
        _buy(BOB, 1);
        vm.prank(BOB);
        _subscriptions.subscribe(0, 1);
        vm.prank(BOB);
        _stakes.challenge(3, 0);
        vm.prank(CAROL);
        _stakes.resolve(3, true);
        vm.prank(BOB);
        _stakes.challenge(2, 0);
        vm.warp(START + 1 days);
    }

    function test_RegistryRegister() external {
        vm.prank(BOB);
        _registry.register(bytes32("new"), bytes32("where"), 100, IDataSetRegistry.Licence(bytes32("terms"), 1, "uri"));
    }

    function test_RegistryTransfer() external {
        vm.prank(ALICE);
        _registry.transferFrom(ALICE, BOB, 0);
    }

    function test_MarketOffer() external {
        vm.prank(ALICE);
        _market.offer(0, 20e18, 5, 7 days);
    }

    function test_MarketBuyAfter1Sale() external {
        _buy(BOB, 4);
    }

    function test_MarketBuyAmong300() external {
        _buy(BOB, 1);
    }

    function test_MarketWithdraw() external {
        vm.prank(ALICE);
        _market.withdraw();
    }

    function test_GrantConsume() external {
        vm.prank(BOB);
        _grants.consume(300, 1);
    }

    function test_SubscriptionRenewAmong300() external {
        vm.prank(BOB);
        _subscriptions.subscribe(0, 1);
    }

    function test_SubscriptionSettleAmong300() external {
        _subscriptions.settle(0, BOB);
    }

    function test_SubscriptionCancelAmong300() external {
        vm.prank(BOB);
        _subscriptions.cancel(0);
    }

    function test_StakeListAmong300() external {
        vm.prank(ALICE);
        _registry.register(bytes32("more"), 0, 0, IDataSetRegistry.Licence(bytes32("terms"), 0, ""));
        vm.prank(ALICE);
        _stakes.list(304);
    }

    function test_StakeChallenge() external {
        vm.prank(BOB);
        _stakes.challenge(0, 0);
    }

    function test_StakeUphold() external {
        vm.prank(CAROL);
        _stakes.resolve(2, true);
    }

    function test_StakeDismiss() external {
        vm.prank(CAROL);
        _stakes.resolve(2, false);
    }

    function test_StakeUnlist() external {
        vm.prank(ALICE);
        _stakes.unlist(0);
    }

    function _sell(address who, uint256 content) private {
        uint256 id = _registry.dataSets();
        vm.prank(who);
        _registry.register(bytes32(content), 0, 0, IDataSetRegistry.Licence(bytes32("terms"), 0, ""));
        vm.prank(who);
        _stakes.list(id);
        vm.prank(who);
        _market.offer(id, 10e18, 5, 7 days);
    }

    function _buy(address who, uint256 id) private {
        vm.prank(who);
        _market.buy(id, 100e18);
    }

    function _fund(address who) private {
        _token.mint(who, 10_000e18);
        vm.prank(who);
        _token.approve(address(_market), type(uint256).max);
        vm.prank(who);
        _token.approve(address(_stakes), type(uint256).max);
        vm.prank(who);
        _token.approve(address(_subscriptions), type(uint256).max);
    }
}
