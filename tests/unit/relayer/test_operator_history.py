"""A relayer's receipt is checked as of the time that it names, by the ledger's events.

Given an account that acted then       true, with its member, and until when it acted
Given one that did not, by then or yet refused, but for a clock that is a little off
When a wallet is given one             its account has to act for an operator now
Given a receipt of an earlier version  it is read, and checked
"""

import json
from itertools import count
from pathlib import Path

import pytest
from eth_account import Account

from jamjar.crypto.hashing import keccak256
from jamjar.protocol import events
from jamjar.protocol.events import Origin
from jamjar.protocol.roles import Role
from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Domain
from jamjar.relayer.operator_history import NEAR, OperatorTerm, check_as_of, terms_on
from jamjar.relayer.promise import Promise, SignedPromise, check, domain_of, sign_promise
from jamjar.relayer.refusal import RelayerLied

KEPT = Path(__file__).parents[2] / "formats" / "files" / "relayer-receipt.json"
DOMAIN, ID, ADMIN = domain_of(Domain(1337, f"0x{12:040x}")), b"\1" * 32, f"0x{9:040x}"
ACCOUNT = AccountSigner(Account.from_key(b"\5" * 32))
OPERATOR, SEAT, OTHER_SEAT = Role.OPERATOR.value, f"0x{1:040x}", f"0x{2:040x}"
T, STEP = 1_800_000_000, 1000


class FakeLedger:
    """Events, each in the block of its time, which is given in steps."""

    def __init__(self, *placed):
        self.found, number = [], count()
        for at, name, *arguments in placed:
            kind = getattr(events, name)
            self.found.append(kind(Origin(at, "0x", next(number), "0x"), *arguments))

    def events(self, names):
        found = [each for each in self.found if type(each).__name__ in names]
        return sorted(found, key=lambda each: each.origin.block)

    def time(self, block):
        return T + STEP * block


def admitted(at=1, member=1, seat=SEAT):
    return [(at, "MemberAdmitted", member, "One", ADMIN), (at, "RoleGranted", OPERATOR, seat, ADMIN)]


def added(at, member=1):
    return (at, "AccountAdded", member, ACCOUNT.address, ADMIN)


def removed(at, member=1):
    return (at, "AccountRemoved", member, ACCOUNT.address, ADMIN)


def at(step, more=0):
    return T + step * STEP + more


HISTORIES = {
    "still acts": ([added(2)], [(1, 2, None)]),
    "removed": ([added(2), removed(5)], [(1, 2, 5)]),
    "suspended": ([added(2), (5, "MemberSuspended", 1, 2, 9, ADMIN)], [(1, 2, 5)]),
    "reinstated": ([added(2), (5, "MemberSuspended", 1, 2, 9, ADMIN), (7, "MemberReinstated", 1, ADMIN)],
                   [(1, 2, 5), (1, 7, None)]),
    "no operator": ([added(2), (5, "RoleRevoked", OPERATOR, SEAT, ADMIN)], [(1, 2, 5)]),
    "of another member": ([added(2), removed(5), *admitted(6, 2, OTHER_SEAT), added(8, 2)], [(1, 2, 5), (2, 8, None)]),
    "never added": ([], []),
    "added and removed at once": ([added(2), removed(2)], []),
    "of another role": ([added(2), (3, "RoleGranted", Role.ADVISER.value, SEAT, ADMIN)], [(1, 2, None)]),
}  # fmt: skip


def terms(name):
    return terms_on(FakeLedger(*admitted(), *HISTORIES[name][0]))


@pytest.mark.parametrize("name", HISTORIES)
def test_terms(name):
    expected = [OperatorTerm(who, at(since), until and at(until)) for who, since, until in HISTORIES[name][1]]
    assert list(terms(name)(ACCOUNT.address)) == expected
    assert terms(name)(ADMIN) == ()


@pytest.mark.parametrize(
    ("name", "accepted_at", "term"),
    [
        ("still acts", at(3), (1, 2, None)),
        ("still acts", at(2, -NEAR), (1, 2, None)),
        ("still acts", at(2, -NEAR - 1), None),
        ("removed", at(2), (1, 2, 5)),
        ("removed", at(5, -1), (1, 2, 5)),
        ("removed", at(5, NEAR - 1), (1, 2, 5)),
        ("removed", at(5, NEAR), None),
        ("removed", at(9), None),
        ("suspended", at(4), (1, 2, 5)),
        ("suspended", at(6), None),
        ("reinstated", at(6), None),
        ("reinstated", at(8), (1, 7, None)),
        ("no operator", at(6), None),
        ("of another member", at(4), (1, 2, 5)),
        ("of another member", at(9), (2, 8, None)),
        ("never added", at(4), None),
        ("added and removed at once", at(2), None),
    ],
)
def test_what_a_receipt_is_worth(name, accepted_at, term):
    given = sign_promise(Promise(ID, accepted_at, accepted_at + 9), ACCOUNT, DOMAIN)
    if term:
        who, since, until = term
        assert check_as_of(given, ID, DOMAIN, terms(name)) == OperatorTerm(who, at(since), until and at(until))
    else:
        with pytest.raises(RelayerLied, match="acted for no operator"):
            check_as_of(given, ID, DOMAIN, terms(name))


def test_a_fresh_receipt_needs_an_operator_of_now():
    given = sign_promise(Promise(ID, at(3), at(3, 9)), ACCOUNT, DOMAIN)
    check_as_of(given, ID, DOMAIN, terms("removed"))
    with pytest.raises(RelayerLied):
        check(given, ID, DOMAIN, lambda account: terms("removed")(account)[-1].until is None)


def test_another_message_or_signer_is_refused():
    given = sign_promise(Promise(ID, at(3), at(3, 9)), ACCOUNT, DOMAIN)
    with pytest.raises(RelayerLied, match="another message"):
        check_as_of(given, keccak256(b""), DOMAIN, terms("still acts"))
    with pytest.raises(RelayerLied, match="signature"):
        check_as_of(SignedPromise(given.receipt, ADMIN, given.signature), ID, DOMAIN, terms("still acts"))


def test_a_receipt_of_an_earlier_version_is_read():
    given = SignedPromise.from_json(json.loads(KEPT.read_text()))
    assert given.receipt.accepted_at == 1_800_347_701
