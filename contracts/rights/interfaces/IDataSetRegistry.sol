// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

/// @title Data sets as tokens: who made one, who owns it, what was committed to, and on which terms it may be used.
/// @dev Royalties are basis points (1/10,000 of a sale price), times are timestamps in seconds. Everything said about a
/// data set but its owner is fixed when it is registered.
/// @dev Warning: a commitment proves which bytes were meant, not that they are true, new or worth anything. A copy that
/// differs in one byte is another data set here.
interface IDataSetRegistry is IERC2981, IERC721Metadata {
    /// @dev On which terms a data set may be used.
    struct Licence {
        /// @dev Hash of the text of the terms; not zero.
        bytes32 terms;
        /// @dev What the terms allow: a sum of `USE_…` bits. Zero: to look at, and nothing else.
        uint32 uses;
        /// @dev Where the text, and what describes the data set, can be read.
        string uri;
    }

    /// @dev What is known of a data set.
    struct DataSet {
        /// @dev Hash of its content in the clear.
        bytes32 content;
        /// @dev Digest of the address (CID) at which its content lies, usually encrypted.
        bytes32 locator;
        /// @dev Hash of the text of its terms.
        bytes32 terms;
        /// @dev Who registered it, and earns its royalty for ever.
        address creator;
        /// @dev What the terms allow: a sum of `USE_…` bits.
        uint32 uses;
        /// @dev Timestamp of its registration, in seconds.
        uint64 registeredAt;
    }

    /// @notice `creator` registered `dataSet` with the content `content`, for a royalty of `royaltyBps`.
    event DataSetRegistered(
        uint256 indexed dataSet, address indexed creator, bytes32 indexed content, uint256 royaltyBps
    );

    /// @notice The content `content` is that of `dataSet` already.
    error ContentRegistered(bytes32 content, uint256 dataSet);

    /// @notice A commitment to content is a hash, and `content` is none.
    error InvalidContent(bytes32 content);

    /// @notice Terms are known by their hash, and `terms` is none.
    error InvalidTerms(bytes32 terms);

    /// @notice Of the bits in `uses`, only those in `known` mean anything.
    error InvalidUses(uint256 uses, uint256 known);

    /// @notice A royalty of `royaltyBps` basis points is above the bound, `maxBps`.
    error RoyaltyTooHigh(uint256 royaltyBps, uint256 maxBps);

    /// @notice Registers a data set; the caller becomes its creator and first owner.
    /// @param content Hash of its content in the clear; not zero, and not that of another data set.
    /// @param locator Digest of the address at which its content lies. With the identity hash it is the content itself:
    /// then whoever reads the chain has it.
    /// @param royaltyBps What its creator gets of each sale, in basis points of the price, at most `maxRoyaltyBps`.
    /// @param licence On which terms it may be used.
    /// @return id Its number. Numbers begin at zero.
    /// @dev Warning: the first to commit to content is its creator, whoever made it.
    function register(
        bytes32 content,
        bytes32 locator,
        uint256 royaltyBps,
        Licence calldata licence
    ) external returns (uint256 id);

    /// @notice What is known of `id`; reverts when there is none of that number.
    function dataSet(uint256 id) external view returns (DataSet memory);

    /// @notice Who registered `id`; zero if nobody did.
    function creatorOf(uint256 id) external view returns (address);

    /// @notice Whether the terms of `id` allow all of `uses`, a sum of `USE_…` bits; false if there is none.
    function allows(uint256 id, uint256 uses) external view returns (bool);

    /// @notice Whether `content` is the content of a data set, and of which.
    function find(bytes32 content) external view returns (bool found, uint256 id);

    /// @notice How many data sets were registered.
    function dataSets() external view returns (uint256);

    /// @notice Highest royalty a creator may ask for, in basis points.
    function maxRoyaltyBps() external view returns (uint256);
}
