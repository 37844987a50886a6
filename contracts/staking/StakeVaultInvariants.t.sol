// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {StakeVault} from "./StakeVault.sol";

/// @dev Every actor is funded with as many stakes as there are identities, and sponsors any of them.
contract StakeVaultHandler is Handler {
    uint256 public constant STAKE = 1_000_003;
    uint256 public constant LOCK = 1 days;
    uint256 public constant FUNDS = ACTORS * STAKE;

    DataToken public immutable token = new DataToken("Data", "DATA");
    StakeVault public immutable vault = new StakeVault(address(token), STAKE, LOCK);

    constructor() {
        for (uint256 i = 0; i < ACTORS; ++i) {
            token.mint(actor(i), FUNDS);
            vm.prank(actor(i));
            token.approve(address(vault), type(uint256).max);
        }
    }

    function stakeFor(uint256 sponsor, uint256 who) external {
        if (vault.isEligible(actor(who))) return;
        vm.prank(actor(sponsor));
        vault.stakeFor(actor(who));
    }

    function withdraw(uint256 who) external {
        address sponsor = vault.sponsorOf(actor(who));
        if (sponsor == address(0) || _now < vault.unlocksAt(actor(who))) return;
        vm.prank(sponsor);
        vault.withdraw(actor(who));
    }

    function pass(uint256 elapsed) external {
        _pass(_bound(elapsed, 1, LOCK));
    }

    /// @dev The sum of `stakeOf` over all identities.
    function staked() external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) sum += vault.stakeOf(actor(i));
    }

    /// @dev The stakes that `sponsor` has in the vault.
    function sponsored(address sponsor) external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) {
            if (vault.sponsorOf(actor(i)) == sponsor) sum += vault.stakeOf(actor(i));
        }
    }

    function actors() external pure returns (uint256) {
        return ACTORS;
    }
}

contract StakeVaultInvariants is InvariantBase {
    StakeVaultHandler private _handler;

    function setUp() external {
        _handler = new StakeVaultHandler();
        _aimAt(
            address(_handler),
            [StakeVaultHandler.stakeFor.selector, StakeVaultHandler.withdraw.selector, StakeVaultHandler.pass.selector]
        );
    }

    function invariant_TheBalanceIsAllStakesTogether() external view {
        StakeVault vault = _handler.vault();
        vm.assertEq(_handler.token().balanceOf(address(vault)), vault.totalStaked());
        vm.assertEq(vault.totalStaked(), _handler.staked());
    }

    function invariant_NobodyLosesOrGains() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            vm.assertEq(_handler.token().balanceOf(who) + _handler.sponsored(who), _handler.FUNDS());
        }
    }

    function invariant_EligibleIsStaked() external view {
        for (uint256 i = 0; i < _handler.actors(); ++i) {
            address who = _handler.actor(i);
            vm.assertEq(_handler.vault().stakeOf(who), _handler.vault().isEligible(who) ? _handler.STAKE() : 0);
        }
    }
}
