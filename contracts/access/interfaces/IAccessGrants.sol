// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

/// @title Grants of access to data sets, limited in time and metered in units.
/// @dev A unit is what its granter says: a query, a record, a gigabyte. Times are timestamps in seconds; a grant is
/// live before its expiry, not at it. Grants are not transferable. Revoking:
/// - the granter that made a grant may revoke it while it is live, if it was made revocable, and nobody else may;
/// - what was consumed before stays consumed, and nothing is paid back here.
/// @dev Warning: a grant is a record that a gatekeeper reads. It gives no bytes out and cannot take back bytes that
/// somebody has copied.
interface IAccessGrants is IAccessControl {
    /// @dev One grant. Fits three words.
    struct Grant {
        /// @dev The data set it opens.
        uint256 dataSet;
        /// @dev Who may consume it, beside its operators.
        address holder;
        /// @dev Timestamp at which it ends, in seconds.
        uint64 expiresAt;
        /// @dev Whether its granter may revoke it.
        bool revocable;
        /// @dev Who made it.
        address granter;
        /// @dev Units not consumed; zero once it is revoked.
        uint64 unitsLeft;
    }

    /// @notice `granter` granted `holder` `units` units of `dataSet` until `expiresAt`, in seconds.
    event Granted(
        uint256 indexed grant,
        uint256 indexed dataSet,
        address indexed holder,
        address granter,
        uint256 units,
        uint256 expiresAt,
        bool revocable
    );

    /// @notice `by` consumed `units` units of `grant`, of which `unitsLeft` are left.
    event Consumed(uint256 indexed grant, address indexed by, uint256 units, uint256 unitsLeft);

    /// @notice The granter revoked `grant`, of which `unitsLost` units were left.
    event Revoked(uint256 indexed grant, uint256 unitsLost);

    /// @notice `holder` lets `operator` consume its grants, or no longer.
    event OperatorSet(address indexed holder, address indexed operator, bool allowed);

    /// @notice There is no grant of that number.
    error UnknownGrant(uint256 grant);

    /// @notice Nobody can hold a grant of the zero address.
    error InvalidHolder(address holder);

    /// @notice A grant has between 1 and 2^64 - 1 units.
    error InvalidUnits(uint256 units);

    /// @notice A grant ends after now, `timestamp`, and before 2^64 seconds.
    error InvalidExpiry(uint256 expiresAt, uint256 timestamp);

    /// @notice `caller` is neither the holder of `grant` nor an operator of the holder.
    error NotHolder(uint256 grant, address caller, address holder);

    /// @notice `caller` did not make `grant`; `granter` did.
    error NotGranter(uint256 grant, address caller, address granter);

    /// @notice `grant` was made for good.
    error NotRevocable(uint256 grant);

    /// @notice `grant` ended at `expiresAt`, in seconds.
    error GrantExpired(uint256 grant, uint256 expiresAt);

    /// @notice `units` units of `grant` were asked for, and `unitsLeft` are left.
    error UnitsExceeded(uint256 grant, uint256 units, uint256 unitsLeft);

    /// @notice Grants access. Callers with `GRANTER_ROLE` only.
    /// @param dataSet What it opens. Whether there is such a data set, and whose it is, is the granter's affair.
    /// @param holder Who may consume it; not zero.
    /// @param units How many, 1 to 2^64 - 1.
    /// @param expiresAt Timestamp at which it ends, in seconds; after now.
    /// @param revocable Whether the caller may revoke it.
    /// @return grant Its number. Numbers begin at zero.
    function grantAccess(
        uint256 dataSet,
        address holder,
        uint256 units,
        uint256 expiresAt,
        bool revocable
    ) external returns (uint256 grant);

    /// @notice Consumes `units` of a live grant. Its holder and the holder's operators only.
    /// @param grant Its number.
    /// @param units At least 1, at most what is left.
    /// @dev Warning: an operator, such as a gateway that serves the data, may consume all that is left.
    function consume(uint256 grant, uint256 units) external;

    /// @notice Ends a live grant that was made revocable. The granter that made it only.
    /// @param grant Its number.
    function revoke(uint256 grant) external;

    /// @notice Lets `operator` consume the caller's grants, those to come included, or no longer.
    /// @param operator Usually the gateway that serves the data.
    /// @param allowed Whether it may.
    function setOperator(address operator, bool allowed) external;

    /// @notice The grant of that number; reverts when there is none.
    function grantOf(uint256 grant) external view returns (Grant memory);

    /// @notice Whether `grant` is live: not expired, not revoked, and not consumed; false if there is none.
    function isLive(uint256 grant) external view returns (bool);

    /// @notice Whether the latest grant of `holder` for `dataSet` is live.
    /// @dev Warning: an earlier grant may be live when the latest is not.
    function hasAccess(uint256 dataSet, address holder) external view returns (bool);

    /// @notice The latest grant of `holder` for `dataSet`, and whether there is any.
    function latest(uint256 dataSet, address holder) external view returns (bool found, uint256 grant);

    /// @notice Whether `operator` may consume the grants of `holder`.
    function isOperator(address holder, address operator) external view returns (bool);

    /// @notice How many grants were made.
    function grants() external view returns (uint256);
}
