"""Which grants admitters vouch for, as published tokens show; what of them is published, and in which order."""

from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.admissions import Admissions, granted_tokens, read_tokens, write_tokens
from jamjar.protocol.settings import DAY
from jamjar.protocol.token import Token
from tests.support.tokens import ADMITTER
from tests.unit.ledger.published import ADMITTING, KEY, SECOND, PublishedLedger
from tests.unit.relayer.world import DEPLOYMENT, NOW, grant, key


class TestAdmissions:
    by, without, late = key(), key(), key()

    @pytest.fixture
    def ledger(self):
        ledger = PublishedLedger((ADMITTER, KEY.to_bytes()), (ADMITTER, SECOND.to_bytes()))
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
        found = admissions.check(self.by.address)
        assert (found.admitter, found.month, found.why_not) == (ADMITTER, KEY.epoch, "")
        for consent in (self.without.address, self.late.address, key().address):
            with pytest.raises(VerificationFailed):
                admissions.check(consent)
        assert admissions.published.second == ((ADMITTER, KEY.epoch, 2),)

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_false_token_in_another_list_takes_nothing_from_a_good_one(self, ledger, order):
        good = ADMITTING.token(self.by.address, DEPLOYMENT)
        false = Token(ADMITTER, ADMITTING.epoch, self.by.address, bytes(256))
        Admissions(ledger, [good, false][::order]).check(self.by.address)
        with pytest.raises(VerificationFailed):
            Admissions(ledger, [false]).check(self.by.address)

    def test_what_is_published_is_on_the_ledger_and_in_no_order_of_time(self, ledger):
        found = granted_tokens(ledger, self.published())
        assert {each.consent for each in found} == {self.by.address, self.late.address}
        assert write_tokens(found) == write_tokens([*found[::-1], *found])
        false = replace(found[0], signature=bytes(256))
        assert write_tokens([*found, false]) == write_tokens(found)  # nothing takes the place of what was first
        assert sorted(read_tokens(write_tokens(found)), key=lambda each: each.consent) == sorted(
            found, key=lambda each: each.consent
        )
        with pytest.raises(InvalidInput, match="Line 2"):
            read_tokens(write_tokens(found[:1]) + "{}\n")
