// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Handler} from "../test/Handler.t.sol";
import {InvariantBase} from "../test/InvariantBase.t.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {
    DataSetRegistry,
    USE_COMMERCIAL,
    USE_DERIVATIVES,
    USE_REDISTRIBUTION,
    USE_TRAINING,
    USES
} from "./DataSetRegistry.sol";
import {IDataSetRegistry} from "./interfaces/IDataSetRegistry.sol";

contract DataSetRegistryTest is TestBase {
    uint256 private constant START = 1_700_000_000;
    uint256 private constant MAX = 2_500;
    bytes32 private constant CONTENT = keccak256("content");
    bytes32 private constant LOCATOR = keccak256("where");
    bytes32 private constant TERMS = keccak256("terms");

    DataSetRegistry private _registry;

    function setUp() external {
        vm.warp(START);
        _registry = new DataSetRegistry("Data sets", "SETS", MAX);
    }

    function test_ItSaysHowItWasMade() external view {
        vm.assertEq(_registry.name(), "Data sets");
        vm.assertEq(_registry.symbol(), "SETS");
        vm.assertEq(_registry.maxRoyaltyBps(), MAX);
        vm.assertEq(_registry.dataSets(), 0);
    }

    /// One bit each, as licences write them: a change would change what old terms allow.
    function test_UsesAreBits() external pure {
        vm.assertEq(USE_COMMERCIAL, 1);
        vm.assertEq(USE_DERIVATIVES, 2);
        vm.assertEq(USE_REDISTRIBUTION, 4);
        vm.assertEq(USE_TRAINING, 8);
        vm.assertEq(USES, 15);
    }

    function test_ItSpeaksItsInterfaces() external view {
        vm.assertTrue(_registry.supportsInterface(type(IDataSetRegistry).interfaceId));
        vm.assertTrue(_registry.supportsInterface(type(IERC721).interfaceId));
        vm.assertTrue(_registry.supportsInterface(type(IERC721Metadata).interfaceId));
        vm.assertTrue(_registry.supportsInterface(type(IERC2981).interfaceId));
        vm.assertTrue(_registry.supportsInterface(type(IERC165).interfaceId));
        vm.assertFalse(_registry.supportsInterface(0xffffffff));
    }

    function test_ABoundAboveTheWholePriceIsRefused() external {
        new DataSetRegistry("", "", 10_000);
        vm.expectRevert(abi.encodeWithSelector(IDataSetRegistry.RoyaltyTooHigh.selector, 10_001, 10_000));
        new DataSetRegistry("", "", 10_001);
    }

    function test_ARegistrationSaysAllThatIsKnown() external {
        vm.expectEmit(address(_registry));
        emit IDataSetRegistry.DataSetRegistered(0, ALICE, CONTENT, 500);
        vm.assertEq(_register(ALICE, CONTENT, 500, USE_COMMERCIAL | USE_TRAINING), 0);

        IDataSetRegistry.DataSet memory known = _registry.dataSet(0);
        vm.assertEq(known.content, CONTENT);
        vm.assertEq(known.locator, LOCATOR);
        vm.assertEq(known.terms, TERMS);
        vm.assertEq(known.creator, ALICE);
        vm.assertEq(known.uses, USE_COMMERCIAL | USE_TRAINING);
        vm.assertEq(known.registeredAt, START);
        vm.assertEq(_registry.tokenURI(0), "ipfs://terms");
        vm.assertEq(_registry.creatorOf(0), ALICE);
        vm.assertEq(_registry.ownerOf(0), ALICE);
        vm.assertEq(_registry.balanceOf(ALICE), 1);
        vm.assertEq(_registry.dataSets(), 1);
        (bool found, uint256 id) = _registry.find(CONTENT);
        vm.assertTrue(found);
        vm.assertEq(id, 0);
        vm.assertEq(_register(BOB, keccak256("other"), 0, 0), 1);
    }

    function test_ALicenceAllowsWhatItSays() external {
        _register(ALICE, CONTENT, 0, USE_COMMERCIAL | USE_TRAINING);
        vm.assertTrue(_registry.allows(0, 0));
        vm.assertTrue(_registry.allows(0, USE_TRAINING));
        vm.assertTrue(_registry.allows(0, USE_TRAINING | USE_COMMERCIAL));
        vm.assertFalse(_registry.allows(0, USE_DERIVATIVES));
        vm.assertFalse(_registry.allows(0, USE_TRAINING | USE_DERIVATIVES));
        vm.assertFalse(_registry.allows(0, type(uint256).max));
        vm.assertFalse(_registry.allows(1, 0));
    }

    function test_NothingIsKnownOfWhatIsNotThere() external {
        (bool found, uint256 id) = _registry.find(CONTENT);
        vm.assertFalse(found);
        vm.assertEq(id, 0);
        vm.assertEq(_registry.creatorOf(0), address(0));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 0));
        _registry.dataSet(0);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 0));
        _registry.tokenURI(0);
    }

    function test_RegisterRefusesWhatMeansNothing() external {
        vm.expectRevert(abi.encodeWithSelector(IDataSetRegistry.InvalidContent.selector, bytes32(0)));
        _register(ALICE, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IDataSetRegistry.InvalidUses.selector, USES + 1, USES));
        _register(ALICE, CONTENT, 0, USES + 1);
        vm.expectRevert(abi.encodeWithSelector(IDataSetRegistry.RoyaltyTooHigh.selector, MAX + 1, MAX));
        _register(ALICE, CONTENT, MAX + 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IDataSetRegistry.InvalidTerms.selector, bytes32(0)));
        _registry.register(CONTENT, LOCATOR, 0, IDataSetRegistry.Licence(0, 0, ""));
        vm.assertEq(_registry.dataSets(), 0);
        _register(ALICE, CONTENT, MAX, USES);
    }

    function test_ContentIsRegisteredOnce() external {
        _register(ALICE, keccak256("first"), 0, 0);
        _register(ALICE, CONTENT, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IDataSetRegistry.ContentRegistered.selector, CONTENT, 1));
        _register(BOB, CONTENT, 0, 0);
        vm.assertEq(_registry.balanceOf(BOB), 0);
    }

    function test_ATransferKeepsTheCreatorAndItsRoyalty() external {
        _register(ALICE, CONTENT, 500, 0);
        vm.prank(ALICE);
        _registry.transferFrom(ALICE, BOB, 0);
        vm.prank(BOB);
        _registry.transferFrom(BOB, CAROL, 0);
        vm.assertEq(_registry.ownerOf(0), CAROL);
        vm.assertEq(_registry.creatorOf(0), ALICE);
        (address receiver, uint256 royalty) = _registry.royaltyInfo(0, 1_000);
        vm.assertEq(receiver, ALICE);
        vm.assertEq(royalty, 50);
    }

    function test_OnlyTheOwnerTransfers() external {
        _register(ALICE, CONTENT, 500, 0);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, BOB, 0));
        vm.prank(BOB);
        _registry.transferFrom(ALICE, BOB, 0);
    }

    /// A contract without a receiver hook registers like anybody: nobody is called back.
    function test_AContractRegistersWithoutACallBack() external {
        _registry.register(CONTENT, LOCATOR, 0, IDataSetRegistry.Licence(TERMS, 0, ""));
        vm.assertEq(_registry.ownerOf(0), address(this));
    }

    /// ERC-2981: the royalty is the price times the rate, rounded down.
    function testFuzz_ARoyaltyIsItsShareOfThePrice(uint256 royaltyBps, uint256 price) external {
        royaltyBps = _bound(royaltyBps, 0, MAX);
        price = _bound(price, 0, type(uint256).max / 10_000);
        _register(ALICE, CONTENT, royaltyBps, 0);
        (address receiver, uint256 royalty) = _registry.royaltyInfo(0, price);
        vm.assertEq(receiver, ALICE);
        vm.assertEq(royalty, price * royaltyBps / 10_000);
        vm.assertLe(royalty, price * MAX / 10_000);
    }

    function testFuzz_NoRoyaltyAboveTheBound(uint256 maxBps, uint256 excess) external {
        maxBps = _bound(maxBps, 0, 10_000);
        excess = _bound(excess, 1, type(uint256).max - maxBps);
        DataSetRegistry registry = new DataSetRegistry("", "", maxBps);
        vm.expectRevert(abi.encodeWithSelector(IDataSetRegistry.RoyaltyTooHigh.selector, maxBps + excess, maxBps));
        registry.register(CONTENT, LOCATOR, maxBps + excess, IDataSetRegistry.Licence(TERMS, 0, ""));
    }

    function _register(address creator, bytes32 content, uint256 royaltyBps, uint32 uses) private returns (uint256) {
        vm.prank(creator);
        return _registry.register(
            content, LOCATOR, royaltyBps, IDataSetRegistry.Licence(TERMS, uses, "ipfs://terms")
        );
    }
}

/// @dev Keeps who created what, for which royalty, and who should own it.
contract DataSetRegistryHandler is Handler {
    uint256 public constant MAX = 1_000;

    DataSetRegistry public immutable registry = new DataSetRegistry("Data sets", "SETS", MAX);

    mapping(uint256 dataSet => address) public creator;
    mapping(uint256 dataSet => address) public owner;
    mapping(uint256 dataSet => uint256) public royalty;
    mapping(uint256 dataSet => bytes32) public content;

    function register(uint256 seed, uint256 what, uint256 royaltyBps) external {
        // Few contents, so that the same one comes again.
        bytes32 hash = keccak256(abi.encode(what % 64));
        (bool taken,) = registry.find(hash);
        if (taken) return;
        royaltyBps = _bound(royaltyBps, 0, MAX);
        vm.prank(actor(seed));
        uint256 id = registry.register(hash, hash, royaltyBps, IDataSetRegistry.Licence(hash, uint32(what % 16), ""));
        creator[id] = owner[id] = actor(seed);
        royalty[id] = royaltyBps;
        content[id] = hash;
    }

    function transfer(uint256 seed, uint256 toSeed) external {
        if (registry.dataSets() == 0) return;
        uint256 id = seed % registry.dataSets();
        vm.prank(owner[id]);
        registry.transferFrom(owner[id], actor(toSeed), id);
        owner[id] = actor(toSeed);
    }

    function pass(uint256 elapsed) external {
        _pass(_bound(elapsed, 1, 1 weeks));
    }
}

contract DataSetRegistryInvariants is InvariantBase {
    DataSetRegistryHandler private _handler;

    function setUp() external {
        _handler = new DataSetRegistryHandler();
        _aimAt(
            address(_handler),
            [
                DataSetRegistryHandler.register.selector,
                DataSetRegistryHandler.transfer.selector,
                DataSetRegistryHandler.pass.selector
            ]
        );
    }

    function invariant_ATransferChangesTheOwnerAndNothingElse() external view {
        DataSetRegistry registry = _handler.registry();
        for (uint256 id = 0; id < registry.dataSets(); ++id) {
            vm.assertEq(registry.ownerOf(id), _handler.owner(id));
            vm.assertEq(registry.creatorOf(id), _handler.creator(id));
            vm.assertEq(registry.dataSet(id).content, _handler.content(id));
            (address receiver, uint256 amount) = registry.royaltyInfo(id, 10_000);
            vm.assertEq(receiver, _handler.creator(id));
            vm.assertEq(amount, _handler.royalty(id));
            vm.assertLe(amount, _handler.MAX());
        }
    }

    function invariant_ContentBelongsToOneDataSet() external view {
        DataSetRegistry registry = _handler.registry();
        for (uint256 id = 0; id < registry.dataSets(); ++id) {
            (bool found, uint256 holder) = registry.find(_handler.content(id));
            vm.assertTrue(found);
            vm.assertEq(holder, id);
        }
    }
}
