// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IDataSetRegistry} from "./interfaces/IDataSetRegistry.sol";

/// @dev The content may be used for profit.
uint32 constant USE_COMMERCIAL = 1;
/// @dev Works may be derived from the content.
uint32 constant USE_DERIVATIVES = 2;
/// @dev The content, or what derives from it, may be passed on.
uint32 constant USE_REDISTRIBUTION = 4;
/// @dev Models may be trained on the content.
uint32 constant USE_TRAINING = 8;
/// @dev All of the above.
uint32 constant USES = 15;

/// @title Data sets as tokens: who made one, who owns it, what was committed to, and on which terms it may be used.
/// @dev Invariants:
/// - a commitment belongs to at most one data set;
/// - a transfer changes the owner of a data set and nothing else: its creator, content, terms and royalty stay;
/// - no royalty is above `maxRoyaltyBps` of the price, and each goes to the creator.
///
/// No departure from ERC-721 or ERC-2981. `register` does not ask a contract whether it can hold the token: the caller
/// becomes the owner without a call back.
contract DataSetRegistry is ERC2981, ERC721, IDataSetRegistry {
    uint256 private constant BPS = 10_000;

    /// @inheritdoc IDataSetRegistry
    uint256 public immutable maxRoyaltyBps;

    /// @inheritdoc IDataSetRegistry
    uint256 public dataSets;

    mapping(uint256 dataSet => DataSet) private _dataSets;
    mapping(uint256 dataSet => string) private _uris;

    /// @dev Number of the data set plus one; zero: none.
    mapping(bytes32 content => uint256) private _byContent;

    /// @param maxRoyaltyBps_ Highest royalty a creator may ask for, in basis points, at most 10,000.
    constructor(
        string memory name_,
        string memory symbol_,
        uint256 maxRoyaltyBps_
    ) ERC721(name_, symbol_) {
        if (maxRoyaltyBps_ > BPS) revert RoyaltyTooHigh(maxRoyaltyBps_, BPS);
        maxRoyaltyBps = maxRoyaltyBps_;
    }

    /// @inheritdoc IDataSetRegistry
    function register(
        bytes32 content,
        bytes32 locator,
        uint256 royaltyBps,
        Licence calldata licence
    ) external returns (uint256 id) {
        if (content == 0) revert InvalidContent(content);
        if (licence.terms == 0) revert InvalidTerms(licence.terms);
        if (licence.uses > USES) revert InvalidUses(licence.uses, USES);
        if (royaltyBps > maxRoyaltyBps) revert RoyaltyTooHigh(royaltyBps, maxRoyaltyBps);
        uint256 taken = _byContent[content];
        if (taken != 0) revert ContentRegistered(content, taken - 1);

        id = dataSets++;
        _byContent[content] = id + 1;
        _dataSets[id] = DataSet({
            content: content,
            locator: locator,
            terms: licence.terms,
            creator: msg.sender,
            uses: licence.uses,
            registeredAt: uint64(block.timestamp)
        });
        _uris[id] = licence.uri;
        // At most 10,000.
        _setTokenRoyalty(id, msg.sender, uint96(royaltyBps));
        emit DataSetRegistered(id, msg.sender, content, royaltyBps);

        _mint(msg.sender, id);
    }

    /// @inheritdoc IDataSetRegistry
    function dataSet(uint256 id) external view returns (DataSet memory) {
        _requireOwned(id);
        return _dataSets[id];
    }

    /// @inheritdoc IDataSetRegistry
    function creatorOf(uint256 id) external view returns (address) {
        return _dataSets[id].creator;
    }

    /// @inheritdoc IDataSetRegistry
    function allows(uint256 id, uint256 uses) external view returns (bool) {
        return id < dataSets && uses & ~uint256(_dataSets[id].uses) == 0;
    }

    /// @inheritdoc IDataSetRegistry
    function find(bytes32 content) external view returns (bool found, uint256 id) {
        uint256 taken = _byContent[content];
        return taken == 0 ? (false, 0) : (true, taken - 1);
    }

    /// @inheritdoc IERC721Metadata
    function tokenURI(uint256 id) public view override(ERC721, IERC721Metadata) returns (string memory) {
        _requireOwned(id);
        return _uris[id];
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 id) public view override(ERC2981, ERC721, IERC165) returns (bool) {
        return id == type(IDataSetRegistry).interfaceId || super.supportsInterface(id);
    }
}
