"""A set of named values from a claimant's vault to an adviser's desk, as a budget goes.

Given a claimant who committed to a person's values under terms that allow some
When the adviser looks at a value         it is recorded first, and shown in its kind; nothing else is shown
When the claimant commits to a budget     it is refused, and the other way round
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from jamjar.consent.terms import Storage
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import InvalidInput, OutsideScope, VerificationFailed
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.wallet.access_log import access_log
from jamjar.wallet.showing import allowed_names, commit_newest, shown_words
from tests.support.named_sets import IDENTITY, PERSON
from tests.unit.adviser.scene import Desk
from tests.unit.adviser.set_scene import TERMS, SetDesk
from tests.unit.wallet.scene import BUDGET, TIMES
from tests.unit.wallet.scene import TERMS as BUDGET_TERMS


@pytest.fixture
def desk() -> Iterator[SetDesk]:
    return SetDesk(TERMS)


def test_one_value_after_the_use_is_on_the_record(desk: SetDesk) -> None:
    desk.mailbox.refusals = [Code.NO_USE_ON_RECORD]
    seen = desk.mail.look(desk.package, lambda _: True)
    assert desk.uses() == 1
    assert dict(seen.values) == {"surname": "O'Brien-Müller"}
    assert dict(seen.figures) == {}
    assert b"Ddewi" not in seen.disclosure.to_json()
    assert b"2001" not in seen.disclosure.to_json()


def test_a_date_is_shown_as_a_date(desk: SetDesk) -> None:
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    seen = desk.mail.look(desk.letters.show(desk.consent, ["born", "surname"]).hex(), lambda _: True)
    assert dict(seen.values) == {"born": date(2001, 2, 28), "surname": "O'Brien-Müller"}


def test_no_key_without_a_use(desk: SetDesk) -> None:
    shown = desk.claimant.disclose(desk.consent, ["surname"])
    with pytest.raises(VerificationFailed, match="No use of this commitment"):
        desk.mail._desk.verify_set(shown)


def test_what_is_kept_is_read_again() -> None:
    desk = SetDesk(replace(TERMS, storage=Storage.STORE, retention_days=2))
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    desk.mail.look(desk.package, lambda _: True)
    [kept] = desk.mail.kept().values()
    assert dict(kept.values) == {"surname": "O'Brien-Müller"}


def test_advice_about_a_set_reaches_its_claimant(desk: SetDesk) -> None:
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    desk.mail.advise(desk.mail.look(desk.package, lambda _: True), "It is right.")
    assert [each.text for each in desk.opened()] == ["It is right."]


def test_the_claimant_sees_which_set_was_looked_at(desk: SetDesk) -> None:
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    [entry] = access_log(desk.claimant, desk.ledger)
    assert (entry.is_expected, entry.period, entry.set_id) == (True, None, "org.example.identity")
    assert allowed_names(desk.claimant, desk.consent) == ("born", "surname")
    assert shown_words(desk.claimant, desk.consent) == [("born", "2001-02-28"), ("surname", "O'Brien-Müller")]
    with pytest.raises(InvalidInput, match="not your plan"):
        commit_newest(desk.claimant, desk.consent)


@pytest.mark.parametrize(
    "name", ["town", "children", "period.start", "org.example.identity:surname", "fixed.home.rent"]
)
def test_nothing_else_is_shown(desk: SetDesk, name: str) -> None:
    with pytest.raises(OutsideScope, match="do not allow showing"):
        desk.claimant.disclose(desk.consent, [name])


def test_what_the_terms_do_not_concern_is_not_committed(desk: SetDesk) -> None:
    names = desk.claimant.committed(desk.consent).names
    assert names == ("org.example.identity:born", "org.example.identity:surname")


def test_a_budget_under_terms_of_a_set_and_the_other_way_round(desk: SetDesk) -> None:
    with pytest.raises(InvalidInput, match="about the set org"):
        desk.claimant.commit(desk.consent, BUDGET)
    ours = Desk(replace(TERMS, scope=BUDGET_TERMS.scope))
    with pytest.raises(InvalidInput, match="about a budget"):
        ours.claimant.commit(ours.consent, IDENTITY.fill(PERSON))


def test_values_of_another_set_or_version(desk: SetDesk) -> None:
    other = NamedSet("org.example.other", IDENTITY.kinds)
    with pytest.raises(InvalidInput, match="not about org"):
        desk.claimant.commit(desk.consent, other.fill(PERSON))
    changed = NamedSet(IDENTITY.identifier, {**IDENTITY.kinds, "born": IDENTITY.kinds["children"]})
    with pytest.raises(InvalidInput, match="other kinds"):
        desk.claimant.commit(desk.consent, changed.fill({"surname": "A"}))
    with pytest.raises(InvalidInput, match="allow none of the values"):
        desk.claimant.commit(desk.consent, IDENTITY.fill({"children": 1}))


def test_a_wallet_goes_on_after_committing_again(desk: SetDesk) -> None:
    desk.claimant.commit(desk.consent, IDENTITY.fill({**PERSON, "surname": "Müller"}))
    read = Disclosure.from_json(desk.claimant.disclose(desk.consent, ["surname"]).to_json())
    assert [text.text for text in read.texts] == ["Müller"]
    assert desk.claimant.grant(TERMS, **TIMES, max_uses=1).message.consent != desk.consent
