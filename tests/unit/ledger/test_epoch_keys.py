"""The admitters' keys on the ledger, and the grants that they vouch for.

Given several keys for one month    the first counts, and the others are named
Given a service that asks           it reads at most once a minute for what is missing, every ten for what is there
When an admitter is suspended       none of its keys counts for services; for audits those on the ledger do
When the node is down               LedgerError; what was read before is known still
"""

from dataclasses import replace

import pytest

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput, NodeUnavailable, VerificationFailed
from jamjar.ledger.admissions import Admissions, granted_tokens, read_tokens, write_tokens
from jamjar.ledger.epoch_keys import MISSED_AGAIN, READ_AGAIN, EpochKeys, published
from jamjar.protocol import token as tokens
from jamjar.protocol.events import ConsentGranted, EncryptionKeyChanged, Origin
from jamjar.protocol.settings import DAY
from tests.support.tokens import ADMITTER, TestAdmitter
from tests.unit.relayer.world import DEPLOYMENT, NOW, grant, key

ADMITTING = TestAdmitter(tokens.epoch_of(NOW))
KEY = ADMITTING.key
SECOND = replace(KEY, modulus=KEY.modulus + 2)


class Ledger:
    """What was published and granted on it."""

    deployment = DEPLOYMENT

    def __init__(self, *keys: tuple[int, bytes]) -> None:
        self.keys, self.grants, self.active, self.asked, self.down = [*keys], [], {ADMITTER, 6}, 0, False

    def events(self, name, consent=None):
        self.asked += 1
        if self.down:
            raise NodeUnavailable("down")
        if name == "ConsentGranted":
            return [each for each in self.grants if consent in (None, each.consent)]
        return [
            EncryptionKeyChanged(Origin(block, "0x", 0, "0x"), member, keccak256(key), key, "0x")
            for block, (member, key) in enumerate(self.keys, 1)
        ]

    def read(self, contract, function, member, role):
        assert (contract, function, role) == ("Consortium", "isActiveAs", keccak256(b"SPONSOR"))
        return member in self.active

    def grant(self, signed) -> None:
        made = signed.message
        times = made.valid_from, made.valid_until, made.reconfirm_by
        self.grants.append(
            ConsentGranted(Origin(9, "0x", 0, "0x"), made.consent, 2, "0x", *times, made.max_uses, made.terms_digest)
        )


def test_the_first_of_a_month_counts_for_ever():
    others = [(2, b"\5" * 1216), (2, b"jamjar.epoch_key.1")]
    rows = [*others, (ADMITTER, KEY.to_bytes()), (6, SECOND.to_bytes()), (ADMITTER, SECOND.to_bytes())]
    found = published(Ledger(*rows, (ADMITTER, KEY.to_bytes())))
    assert found.keys == {(ADMITTER, KEY.epoch): KEY, (6, KEY.epoch): SECOND}
    assert found.second == ((ADMITTER, KEY.epoch, 5),)


class TestServices:
    def test_only_named_and_active_members_count(self):
        ledger = Ledger((ADMITTER, KEY.to_bytes()), (6, KEY.to_bytes()))
        keys = EpochKeys(lambda: ledger, [ADMITTER], lambda: 0.0)
        assert (keys.find(ADMITTER, KEY.epoch), keys.find(6, KEY.epoch)) == (KEY, None)
        ledger.active = set()
        assert EpochKeys(lambda: ledger, [ADMITTER], lambda: 0.0).find(ADMITTER, KEY.epoch) is None

    def test_how_often_the_node_is_asked(self):
        ledger, now = Ledger(), [0.0]
        keys = EpochKeys(lambda: ledger, [ADMITTER], lambda: now[0])
        for at, asked in ((0, 1), (MISSED_AGAIN - 1, 1), (MISSED_AGAIN, 2)):
            now[0] = at
            assert (keys.find(ADMITTER, KEY.epoch), keys.find(9, KEY.epoch), ledger.asked) == (None, None, asked)
        ledger.keys = [(ADMITTER, KEY.to_bytes())]
        read_at = 2 * MISSED_AGAIN
        for at, asked in ((read_at, 3), (read_at + READ_AGAIN - 1, 3), (read_at + READ_AGAIN, 4)):
            now[0] = at
            assert (keys.find(ADMITTER, KEY.epoch), ledger.asked) == (KEY, asked)

    def test_the_node_is_down(self):
        ledger = Ledger((ADMITTER, KEY.to_bytes()))
        keys = EpochKeys(lambda: ledger, [ADMITTER], lambda: 0.0)
        assert keys.known(ADMITTER, KEY.epoch) is None
        ledger.down = True
        with pytest.raises(NodeUnavailable):
            keys.find(ADMITTER, KEY.epoch)
        ledger.down = False
        assert keys.find(ADMITTER, KEY.epoch) == KEY
        ledger.down = True
        assert keys.find(ADMITTER, KEY.epoch) == keys.known(ADMITTER, KEY.epoch) == KEY


class TestAdmissions:
    by, without, late = key(), key(), key()

    @pytest.fixture
    def ledger(self):
        ledger = Ledger((ADMITTER, KEY.to_bytes()), (ADMITTER, SECOND.to_bytes()))
        for each, begins in ((self.by, NOW), (self.without, NOW), (self.late, NOW + 70 * DAY)):
            ledger.grant(grant(each, begins))
        return ledger

    def published(self):
        return [ADMITTING.token(each.address, DEPLOYMENT) for each in (self.by, self.late, key())]

    def test_which_grants_are_vouched_for(self, ledger):
        ledger.active = set()  # a member that was suspended since
        found = {each.consent: each for each in Admissions(ledger, self.published()).all()}
        assert [found[each.address].admitter for each in (self.by, self.without, self.late)] == [ADMITTER, 0, 0]
        assert "newer token" in found[self.late.address].why_not
        assert {each.admitter for each in Admissions(ledger, self.published(), [6]).all()} == {0}

    def test_a_desk_that_asks_before_a_use(self, ledger):
        admissions = Admissions(ledger, self.published(), [ADMITTER])
        admissions.check(self.by.address)
        for consent in (self.without.address, self.late.address, key().address):
            with pytest.raises(VerificationFailed):
                admissions.check(consent)
        assert admissions.published.second == ((ADMITTER, KEY.epoch, 2),)

    def test_what_is_published_is_on_the_ledger_and_in_no_order_of_time(self, ledger):
        found = granted_tokens(ledger, self.published())
        assert {each.consent for each in found} == {self.by.address, self.late.address}
        assert write_tokens(found) == write_tokens([*found[::-1], *found])
        assert sorted(read_tokens(write_tokens(found)), key=lambda each: each.consent) == sorted(
            found, key=lambda each: each.consent
        )
        with pytest.raises(InvalidInput, match="Line 2"):
            read_tokens(write_tokens(found[:1]) + "{}\n")
