// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// solhint-disable import-path-check, use-natspec
import {IConsortium} from "@jamjar/contracts/IConsortium.sol";

/// @title What two members agreed, by salted digests: no text, no amount, no money.
/// @notice Whatever changes an agreement, one party offers and the other accepts, by accounts of active members.
/// One party alone can dispute a milestone; only both settle it. Nothing is deleted.
/// @dev An offer is good once, before its time, for one version of the terms, for a milestone until its next dispute.
/// Each party's offers are its own: none takes the place of the other's.
contract Agreements {
    enum State { NONE, PROPOSED, AGREED, COMPLETED }
    enum Kind { TERMS, MILESTONE, SETTLEMENT, COMPLETION }

    struct Agreement {
        State state;
        uint32 firstMember;
        uint32 secondMember;
        uint32 versionNumber;
        uint32 disputeCount;
        bytes32 terms;
    }

    struct Milestone {
        bool accepted;
        bool disputed;
        uint32 disputeCount;
    }

    IConsortium private immutable CONSORTIUM;

    mapping(bytes32 agreement => Agreement) public agreementOf;
    mapping(bytes32 agreement => mapping(bytes32 milestone => Milestone)) public milestoneOf;
    mapping(bytes32 offer => uint64 until) private _openUntil;

    event Proposed(bytes32 indexed agreement, uint32 indexed byMember, uint32 indexed otherMember);
    event Offered(bytes32 indexed agreement, Kind kind, bytes32 subject, bytes32 digest, uint32 byMember,
        uint64 at, uint64 openUntil);
    event Accepted(bytes32 indexed agreement, Kind kind, bytes32 subject, bytes32 digest, uint32 byMember, uint64 at);
    event Disputed(bytes32 indexed agreement, bytes32 milestone, bytes32 digest, uint32 byMember, uint64 at);

    error MemberNotActive(uint32 member);
    error NotAParty(uint32 member);
    error AgreementTaken(bytes32 agreement);
    error AgreementNotOpen(State state);
    error DigestMissing();
    error TermsOutdated(bytes32 terms);
    error MilestoneNotOpen(bytes32 milestone);
    error DisputesOpen(uint32 count);
    error OfferNotOpen(uint64 openUntil);

    constructor(IConsortium consortium) {
        CONSORTIUM = consortium;
    }

    /// @notice Offers first terms to another member; their subject is 0, as no terms hold before.
    function propose(uint32 otherMember, bytes32 terms, uint64 openUntil) external returns (bytes32 agreement) {
        uint32 member = _activeMember();
        require(otherMember != member, NotAParty(otherMember));
        require(CONSORTIUM.isActive(otherMember), MemberNotActive(otherMember));
        agreement = idOf(member, otherMember, terms);
        require(agreementOf[agreement].state == State.NONE, AgreementTaken(agreement));

        agreementOf[agreement] = Agreement(State.PROPOSED, member, otherMember, 0, 0, 0);
        emit Proposed(agreement, member, otherMember);
        offer(agreement, Kind.TERMS, 0, terms, openUntil);
    }

    /// @notice Accepts, digest by digest, what the other party offers.
    function accept(bytes32 agreement, Kind kind, bytes32 subject, bytes32 digest) external {
        (uint32 member, uint32 otherMember) = _parties(agreement);
        bytes32 key = _offerKey(agreement, kind, subject, digest, otherMember);
        require(CONSORTIUM.isActive(otherMember), MemberNotActive(otherMember));
        require(block.timestamp < _openUntil[key], OfferNotOpen(_openUntil[key]));

        Agreement storage agreed = agreementOf[agreement];
        if (kind == Kind.TERMS) {
            (agreed.state, agreed.terms) = (State.AGREED, digest);
            ++agreed.versionNumber;
        } else if (kind == Kind.MILESTONE) {
            milestoneOf[agreement][subject].accepted = true;
        } else if (kind == Kind.SETTLEMENT) {
            milestoneOf[agreement][subject].disputed = false;
            --agreed.disputeCount;
        } else {
            agreed.state = State.COMPLETED;
        }
        emit Accepted(agreement, kind, subject, digest, member, uint64(block.timestamp));
    }

    /// @notice Disputes a milestone, accepted or not; the digest is of the grounds.
    function dispute(bytes32 agreement, bytes32 milestone, bytes32 digest) external {
        (uint32 member,) = _parties(agreement);
        Agreement storage agreed = agreementOf[agreement];
        Milestone storage disputed = milestoneOf[agreement][milestone];
        require(milestone != 0 && digest != 0, DigestMissing());
        require(agreed.state == State.AGREED, AgreementNotOpen(agreed.state));
        require(!disputed.disputed, MilestoneNotOpen(milestone));

        disputed.disputed = true;
        ++disputed.disputeCount;
        ++agreed.disputeCount;
        emit Disputed(agreement, milestone, digest, member, uint64(block.timestamp));
    }

    /// @notice Offers what the other party may accept before a time; the same with another time replaces it, 0 revokes.
    /// @param subject The milestone; for TERMS and COMPLETION, the terms that hold now.
    /// @param digest Of the new terms, the evidence, the settlement, or the last statement.
    function offer(bytes32 agreement, Kind kind, bytes32 subject, bytes32 digest, uint64 openUntil) public {
        (uint32 member,) = _parties(agreement);
        _openUntil[_offerKey(agreement, kind, subject, digest, member)] = openUntil;
        emit Offered(agreement, kind, subject, digest, member, uint64(block.timestamp), openUntil);
    }

    /// @notice Returns the id that a proposal gets; the proposer is part of it, so that nobody else can take it.
    function idOf(uint32 byMember, uint32 otherMember, bytes32 terms) public pure returns (bytes32) {
        return keccak256(abi.encode(byMember, otherMember, terms));
    }

    function _activeMember() private view returns (uint32 member) {
        member = CONSORTIUM.memberOf(msg.sender);
        require(CONSORTIUM.isActive(member), MemberNotActive(member));
    }

    function _parties(bytes32 agreement) private view returns (uint32 member, uint32 otherMember) {
        Agreement storage found = agreementOf[agreement];
        (member, otherMember) = (_activeMember(), found.firstMember);
        if (member == otherMember) return (member, found.secondMember);
        require(member == found.secondMember, NotAParty(member));
    }

    function _offerKey(bytes32 agreement, Kind kind, bytes32 subject, bytes32 digest, uint32 byMember)
        private view returns (bytes32)
    {
        Agreement storage agreed = agreementOf[agreement];
        Milestone storage milestone = milestoneOf[agreement][subject];
        bool isOpen = agreed.state == State.AGREED || (agreed.state == State.PROPOSED && kind == Kind.TERMS);
        bool isOfTerms = kind == Kind.TERMS || kind == Kind.COMPLETION;
        require(digest != 0 && (isOfTerms || subject != 0), DigestMissing());
        require(isOpen, AgreementNotOpen(agreed.state));
        require(!isOfTerms || subject == agreed.terms, TermsOutdated(agreed.terms));
        require(kind != Kind.MILESTONE || !(milestone.accepted || milestone.disputed), MilestoneNotOpen(subject));
        require(kind != Kind.SETTLEMENT || milestone.disputed, MilestoneNotOpen(subject));
        require(kind != Kind.COMPLETION || agreed.disputeCount == 0, DisputesOpen(agreed.disputeCount));
        uint32 round = milestone.disputeCount;
        return keccak256(abi.encode(agreement, agreed.versionNumber, kind, subject, round, digest, byMember));
    }
}
