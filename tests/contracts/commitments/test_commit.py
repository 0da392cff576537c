"""commit: a claimant puts a root in the place of the head. (Consents that are not live: attacks/test_not_live.)

When the root is zero                                   it reverts with RootZero
When the root replaces itself                           it reverts with RootUnchanged
When what it replaces is not the head
├── given there is no head                              it reverts with HeadMismatch
└── given there is one                                  it reverts with HeadMismatch
When anything was changed after signing                 it reverts with NotSignedByConsent
When it is signed by the consent's key
├── given there is no head                              it is recorded
├── given there is a head                               it is recorded in its place, and so on
├── given a stranger carries it                         it is recorded
├── given the consent is EXHAUSTED                      it is recorded
└── given another consent has a head                    the two do not touch
"""

import pytest

NONE, A, B, C = bytes(32), b"\xaa" * 32, b"\xbb" * 32, b"\xcc" * 32


def shown(root):
    return "0x" + root.hex()


@pytest.fixture
def key(claimants):
    return claimants.live()


@pytest.fixture
def commit(system, people):
    return lambda item, by=people.operator: system.commitments.commit(item, {"from": by})


@pytest.fixture
def committed(key, claimants, commit):
    """The consent's head is A."""
    commit(claimants.commit(key, A))


@pytest.fixture
def refused_alike(system, commit, refused):
    """`commit` and `checkCommitment` revert with this error, and the head stays."""

    def check(item, *error):
        consent = item[0][0]
        head = system.commitments.headOf(consent)
        with refused(*error):
            commit(item)
        with refused(*error):
            system.commitments.checkCommitment(item)
        assert system.commitments.headOf(consent) == head

    return check


@pytest.fixture
def recorded(system, commit, events, people):
    """The head is replaced, and one event says so."""

    def check(item, by=people.operator):
        consent, root, _ = item[0]
        assert system.commitments.checkCommitment(item) in (None, ())
        assert events(commit(item, by)) == [
            (
                "Committed",
                {"consent": consent, "carrier": by, "root": shown(root)},
            )
        ]
        assert system.commitments.headOf(consent) == shown(root)

    return check


@pytest.mark.parametrize("replaces", [NONE, A], ids=["none", "head"])
def test_root_zero(replaces, key, committed, claimants, refused_alike):
    refused_alike(claimants.commit(key, NONE, replaces), "RootZero", key.address)


def test_root_unchanged(key, committed, claimants, refused_alike):
    refused_alike(claimants.commit(key, A, A), "RootUnchanged", key.address, A)


def test_replaces_what_is_not_there(key, claimants, refused_alike):
    refused_alike(claimants.commit(key, B, A), "HeadMismatch", key.address, A, NONE)


@pytest.mark.parametrize("replaces", [NONE, C], ids=["none", "another"])
def test_replaces_another_than_the_head(replaces, key, committed, claimants, refused_alike):
    refused_alike(claimants.commit(key, B, replaces), "HeadMismatch", key.address, replaces, A)


def test_consent_changed(key, claimants, refused_alike):
    other = claimants.live().address
    (_, *fields), signature = claimants.commit(key, A)
    refused_alike(((other, *fields), signature), "NotSignedByConsent", other)


def test_root_changed(key, claimants, refused_alike):
    signature = claimants.commit(key, A)[1]
    refused_alike(((key.address, B, NONE), signature), "NotSignedByConsent", key.address)


def test_replaced_changed(key, committed, claimants, refused_alike):
    signature = claimants.commit(key, B, C)[1]
    refused_alike(((key.address, B, A), signature), "NotSignedByConsent", key.address)


def test_signature_changed(key, claimants, refused_alike):
    commitment, (r, vs) = claimants.commit(key, A)
    for signature in ((vs, r), (r, vs[:-1] + bytes([vs[-1] ^ 1])), (r[:-1] + bytes([r[-1] ^ 1]), vs)):
        refused_alike((commitment, signature), "NotSignedByConsent", key.address)


def test_first(key, system, claimants, recorded):
    assert system.commitments.headOf(key.address) == shown(NONE)
    recorded(claimants.commit(key, A))


def test_replacing(key, claimants, recorded):
    for root, replaces in ((A, NONE), (B, A), (C, B)):
        recorded(claimants.commit(key, root, replaces))


@pytest.mark.parametrize("carrier", ["stranger", "adviser", "founder"])
def test_whoever_carries_it(carrier, key, claimants, people, recorded):
    recorded(claimants.commit(key, A), getattr(people, carrier))


def test_exhausted(system, claimants, people, recorded):
    key = claimants.live(max_uses=1)
    recorded(claimants.commit(key, A))
    system.consents.use((key.address, A), {"from": people.adviser})
    recorded(claimants.commit(key, B, A))


def test_beside_another(key, committed, system, claimants, recorded):
    other = claimants.live()
    recorded(claimants.commit(other, B))
    assert system.commitments.headOf(key.address) == shown(A)
