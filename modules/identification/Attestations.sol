// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// solhint-disable-next-line import-path-check
import {IConsortium} from "@jamjar/contracts/IConsortium.sol";

/// @title Roots of attribute sets that issuers attest, each once for each time a set is shown.
/// @notice A member anchors roots, many people's together, and may revoke them. Whoever is shown a set asks its own
/// node whether the root is live, by a view: nothing is recorded of that, here or elsewhere.
/// @dev A root is an issuer's own: nobody else can take it first, end it, or keep it alive.
contract Attestations {
    /// @notice Where a root stands, the first that applies:
    /// NONE - this member never anchored it; REVOKED - it did, and took it back, for ever;
    /// EXPIRED - after its last second; SUSPENDED - its issuer is not active now; LIVE - none of these.
    enum Status {
        NONE,
        REVOKED,
        EXPIRED,
        SUSPENDED,
        LIVE
    }

    /// @notice What is kept of a root, in one slot.
    /// @param validUntil The last second it is live; 0 for a root that was never anchored.
    /// @param isRevoked Whether its issuer took it back.
    struct Attestation {
        uint64 validUntil;
        bool isRevoked;
    }

    /// @notice The members, whose accounts and standing are asked for.
    IConsortium public immutable CONSORTIUM;

    mapping(uint32 issuerMember => mapping(bytes32 root => Attestation)) private _attestations;

    /// @notice A member attests the set behind a root.
    /// @param issuerMember The member.
    /// @param root The root of a salted set.
    /// @param validUntil The last second it is live.
    event AttestationAnchored(uint32 indexed issuerMember, bytes32 indexed root, uint64 validUntil);
    /// @notice A member took an attestation back, for ever.
    /// @param issuerMember The member.
    /// @param root The root.
    event AttestationRevoked(uint32 indexed issuerMember, bytes32 indexed root);

    /// @notice The account acts for no active member.
    /// @param account The account.
    error NotAnActiveMember(address account);
    /// @notice The last second has passed already.
    /// @param validUntil The last second.
    error ExpiryPassed(uint64 validUntil);
    /// @notice This member anchored the root before: a root is one showing's.
    /// @param root The root.
    error RootAnchored(bytes32 root);
    /// @notice This member has no such root that is not revoked.
    /// @param root The root.
    error RootUnknown(bytes32 root);

    /// @notice Deploys the contract for a consortium.
    /// @param consortium Its members.
    constructor(IConsortium consortium) {
        CONSORTIUM = consortium;
    }

    /// @notice Attests sets. By an account of an active member.
    /// Warning: roots of one person in one call, or in order, tell that they belong together: mix many people's, and
    /// sort them.
    /// @param roots Their roots.
    /// @param validUntil The last second they are live.
    /// @dev Reverts with NotAnActiveMember, ExpiryPassed or RootAnchored, and then anchors none.
    function anchor(bytes32[] calldata roots, uint64 validUntil) external {
        uint32 issuerMember = CONSORTIUM.memberOf(msg.sender);
        require(CONSORTIUM.isActive(issuerMember), NotAnActiveMember(msg.sender));
        require(validUntil >= block.timestamp, ExpiryPassed(validUntil));

        for (uint256 i = 0; i < roots.length; ++i) {
            require(_attestations[issuerMember][roots[i]].validUntil == 0, RootAnchored(roots[i]));
            _attestations[issuerMember][roots[i]].validUntil = validUntil;
            emit AttestationAnchored(issuerMember, roots[i], validUntil);
        }
    }

    /// @notice Takes attestations back. By an account of the member that anchored them, active or not.
    /// @param roots Their roots.
    /// @dev Reverts with RootUnknown, and then revokes none.
    function revoke(bytes32[] calldata roots) external {
        uint32 issuerMember = CONSORTIUM.memberOf(msg.sender);
        for (uint256 i = 0; i < roots.length; ++i) {
            Attestation storage kept = _attestations[issuerMember][roots[i]];
            require(kept.validUntil != 0 && !kept.isRevoked, RootUnknown(roots[i]));
            kept.isRevoked = true;
            emit AttestationRevoked(issuerMember, roots[i]);
        }
    }

    /// @notice Where a root stands now. Leaves no trace: ask a node of your own.
    /// @param issuerMember The member that is said to attest it.
    /// @param root The root.
    /// @return Its status.
    function statusOf(uint32 issuerMember, bytes32 root) public view returns (Status) {
        Attestation memory kept = _attestations[issuerMember][root];
        if (kept.validUntil == 0) return Status.NONE;
        if (kept.isRevoked) return Status.REVOKED;
        if (kept.validUntil < block.timestamp) return Status.EXPIRED;
        return CONSORTIUM.isActive(issuerMember) ? Status.LIVE : Status.SUSPENDED;
    }

    /// @notice Whether a root is live now.
    /// @param issuerMember The member that is said to attest it.
    /// @param root The root.
    /// @return Whether it is.
    function isLive(uint32 issuerMember, bytes32 root) external view returns (bool) {
        return statusOf(issuerMember, root) == Status.LIVE;
    }
}
