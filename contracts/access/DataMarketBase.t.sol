// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DataSetRegistry} from "../rights/DataSetRegistry.sol";
import {IDataSetRegistry} from "../rights/interfaces/IDataSetRegistry.sol";
import {ListingStake} from "../staking/ListingStake.sol";
import {IListingStake} from "../staking/interfaces/IListingStake.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {AccessGrants} from "./AccessGrants.sol";
import {DataMarket} from "./DataMarket.sol";
import {IDataMarket} from "./interfaces/IDataMarket.sol";

/// @dev A market with its parts. Alice made and owns data set 0, at a royalty of 5 %; Bob buys.
abstract contract DataMarketBase is TestBase {
    uint256 internal constant START = 1_700_000_000;
    uint256 internal constant PRICE = 10_001;
    uint256 internal constant BUYER_FEE = 200;
    uint256 internal constant SELLER_FEE = 300;
    address internal constant TREASURY = address(0x7EA5);

    DataToken internal _token;
    DataSetRegistry internal _registry;
    AccessGrants internal _grants;
    DataMarket internal _market;

    function setUp() public virtual {
        vm.warp(START);
        _token = new DataToken("Data", "DATA");
        _registry = new DataSetRegistry("Data sets", "SETS", 1_000);
        _grants = new AccessGrants();
        _market = _deploy(_config(address(_token), address(0)));
        _own(ALICE, 0, 500);
        _fund(_token, _market, BOB, 1_000_000);
    }

    function _config(address token, address gate) internal view returns (IDataMarket.Config memory) {
        return IDataMarket.Config({
            registry: address(_registry),
            grants: address(_grants),
            token: token,
            gate: gate,
            treasury: TREASURY,
            buyerFeeBps: BUYER_FEE,
            sellerFeeBps: SELLER_FEE
        });
    }

    function _deploy(IDataMarket.Config memory config) internal returns (DataMarket market) {
        market = new DataMarket(config);
        _grants.grantRole(_grants.GRANTER_ROLE(), address(market));
    }

    function _stakes() internal returns (ListingStake stakes) {
        stakes = new ListingStake(
            IListingStake.Config({
                registry: address(_registry),
                token: address(_token),
                stake: 0,
                bond: 0,
                unbondingSeconds: 0,
                verdictSeconds: 0,
                slashBps: 0,
                challengerBps: 0,
                treasury: TREASURY
            })
        );
    }

    function _own(address owner, uint256 number, uint256 royaltyBps) internal {
        bytes32 hash = keccak256(abi.encode(number));
        vm.prank(owner);
        _registry.register(hash, hash, royaltyBps, IDataSetRegistry.Licence(hash, 0, ""));
    }

    function _fund(DataToken token, DataMarket market, address who, uint256 amount) internal {
        token.mint(who, amount);
        vm.prank(who);
        token.approve(address(market), amount);
    }

    function _offer(DataMarket market, address who, uint256 price) internal {
        vm.prank(who);
        market.offer(0, price, 5, 1 weeks);
    }

    function _buy(DataMarket market, address who) internal returns (uint256) {
        vm.prank(who);
        return market.buy(0, type(uint256).max);
    }
}
