// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A prototype, no product: one root an epoch for the commitments of many consents.
/// @notice Consents have places in cohorts, 255 to a cohort. A cohort is one word: a bit for each place whose consent
/// was stopped (paused, released, withdrawn), and the highest bit, by which the cohort exists. A carrier enters one
/// root over an epoch's signed commitments, with the places it covers; the contract takes those away that are stopped
/// in that very block. Whether a leaf is signed, and whether its consent runs by the clock, verifiers check.
/// @dev Judged in docs/adr/0028-gas.md; deployed by `python -m benchmarks.gas.epochs`, nowhere else. Who may call is
/// left out: the registry would stop and start places where it takes a signed message today.
contract EpochCommitments {
    uint256 private constant EXISTS = 1 << 255;

    mapping(uint256 cohort => uint256) private _stopped;
    bytes32 private _last;

    /// @notice An epoch's root replaced `previous`; `covered` has a word for each of `cohorts`: the places that count.
    event EpochCommitted(bytes32 indexed root, bytes32 previous, uint256[] cohorts, uint256[] covered);

    error CohortUnknown(uint256 cohort);
    error LengthsDiffer(uint256 cohorts, uint256 covered);
    error RootZero();

    /// @notice Makes a cohort, at the first grant into it.
    function open(uint256 cohort) external {
        _stopped[cohort] |= EXISTS;
    }

    /// @notice Stops a place: what a pause, a release or a withdrawal would do besides what it does today.
    function stop(uint256 cohort, uint8 place) external {
        require(place < 255 && _stopped[cohort] != 0, CohortUnknown(cohort));
        _stopped[cohort] |= 1 << place;
    }

    /// @notice Lets a stopped place count again: what a resumption would do.
    function start(uint256 cohort, uint8 place) external {
        require(place < 255, CohortUnknown(cohort));
        _stopped[cohort] &= ~(uint256(1) << place);
    }

    /// @notice Enters an epoch's root over the commitments of the places in `covered`.
    function commit(bytes32 root, uint256[] calldata cohorts, uint256[] memory covered) external {
        require(root != 0, RootZero());
        require(cohorts.length == covered.length, LengthsDiffer(cohorts.length, covered.length));
        for (uint256 i = 0; i < cohorts.length; i++) {
            uint256 stopped = _stopped[cohorts[i]];
            require(stopped & EXISTS != 0, CohortUnknown(cohorts[i]));
            covered[i] &= ~stopped;
        }
        emit EpochCommitted(root, _last, cohorts, covered);
        _last = root;
    }
}
