// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IAccessGrants} from "./interfaces/IAccessGrants.sol";

/// @title Grants of access to data sets, limited in time and metered in units.
/// @dev Invariants:
/// - the units left of a grant and those consumed add up to those granted, or to fewer once it is revoked;
/// - no unit is consumed of a grant that has expired or was revoked;
/// - a grant ends as it was made or earlier, never later, and never changes its holder.
///
/// The deployer is the first admin, and names granters. No call goes out of this contract.
contract AccessGrants is AccessControl, IAccessGrants {
    /// @notice Who may grant access: `keccak256("GRANTER_ROLE")`.
    bytes32 public constant GRANTER_ROLE = keccak256("GRANTER_ROLE");

    /// @inheritdoc IAccessGrants
    uint256 public grants;

    /// @inheritdoc IAccessGrants
    mapping(address holder => mapping(address operator => bool)) public isOperator;

    mapping(uint256 grant => Grant) private _grants;

    /// @dev Number of the grant plus one; zero: none.
    mapping(uint256 dataSet => mapping(address holder => uint256)) private _latest;

    constructor() {
        _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);
    }

    /// @inheritdoc IAccessGrants
    function grantAccess(
        uint256 dataSet,
        address holder,
        uint256 units,
        uint256 expiresAt,
        bool revocable
    ) external onlyRole(GRANTER_ROLE) returns (uint256 grant) {
        if (holder == address(0)) revert InvalidHolder(holder);
        if (units == 0 || units > type(uint64).max) revert InvalidUnits(units);
        if (expiresAt <= block.timestamp || expiresAt > type(uint64).max) {
            revert InvalidExpiry(expiresAt, block.timestamp);
        }

        grant = grants++;
        _grants[grant] = Grant({
            dataSet: dataSet,
            holder: holder,
            expiresAt: uint64(expiresAt),
            revocable: revocable,
            granter: msg.sender,
            unitsLeft: uint64(units)
        });
        _latest[dataSet][holder] = grant + 1;
        emit Granted(grant, dataSet, holder, msg.sender, units, expiresAt, revocable);
    }

    /// @inheritdoc IAccessGrants
    function consume(uint256 grant, uint256 units) external {
        Grant storage entry = _known(grant);
        address holder = entry.holder;
        if (msg.sender != holder && !isOperator[holder][msg.sender]) revert NotHolder(grant, msg.sender, holder);
        _requireUnexpired(grant, entry);
        uint256 left = entry.unitsLeft;
        if (units == 0) revert InvalidUnits(units);
        if (units > left) revert UnitsExceeded(grant, units, left);

        // Below what was left.
        entry.unitsLeft = uint64(left - units);
        emit Consumed(grant, msg.sender, units, left - units);
    }

    /// @inheritdoc IAccessGrants
    function revoke(uint256 grant) external {
        Grant storage entry = _known(grant);
        if (msg.sender != entry.granter) revert NotGranter(grant, msg.sender, entry.granter);
        if (!entry.revocable) revert NotRevocable(grant);
        _requireUnexpired(grant, entry);

        uint256 lost = entry.unitsLeft;
        entry.unitsLeft = 0;
        emit Revoked(grant, lost);
    }

    /// @inheritdoc IAccessGrants
    function setOperator(address operator, bool allowed) external {
        isOperator[msg.sender][operator] = allowed;
        emit OperatorSet(msg.sender, operator, allowed);
    }

    /// @inheritdoc IAccessGrants
    function grantOf(uint256 grant) external view returns (Grant memory) {
        return _known(grant);
    }

    /// @inheritdoc IAccessGrants
    function hasAccess(uint256 dataSet, address holder) external view returns (bool) {
        uint256 number = _latest[dataSet][holder];
        return number != 0 && isLive(number - 1);
    }

    /// @inheritdoc IAccessGrants
    function latest(uint256 dataSet, address holder) external view returns (bool found, uint256 grant) {
        uint256 number = _latest[dataSet][holder];
        return number == 0 ? (false, 0) : (true, number - 1);
    }

    /// @inheritdoc IAccessGrants
    function isLive(uint256 grant) public view returns (bool) {
        Grant storage entry = _grants[grant];
        return entry.unitsLeft > 0 && block.timestamp < entry.expiresAt;
    }

    function _known(uint256 grant) private view returns (Grant storage entry) {
        if (grant >= grants) revert UnknownGrant(grant);
        return _grants[grant];
    }

    function _requireUnexpired(uint256 grant, Grant storage entry) private view {
        if (block.timestamp >= entry.expiresAt) revert GrantExpired(grant, entry.expiresAt);
    }
}
