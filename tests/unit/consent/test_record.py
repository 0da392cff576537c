"""Consent records: what is refused, what each life says, what never appears.

When the events are not one consent's life, in order   InvalidInput names the event
When the terms are not those granted                   InvalidInput
When the recipient's own particulars are incomplete    InvalidInput
Given any life the contract allows                     DPV's state for it, and the schema accepts record and receipt
When a refusal is recorded                             nothing of a ledger, nobody's name
Always                                                 no salt, in no form
"""

import json
import uuid
from dataclasses import replace

import pytest

from jamjar.consent import record, schema
from jamjar.consent.parties import Controller, Registries
from jamjar.errors import InvalidInput
from jamjar.protocol.events import Committed
from tests.support.lives import (
    ACCOUNT,
    ADVISER,
    AT,
    CARRIER,
    CONSENT,
    END,
    GRANT,
    RELEASE,
    START,
    TERMS,
    WITHDRAW,
    life,
    made,
    pause,
    resume,
    use,
)  # fmt: skip

OTHER = ACCOUNT
WRONG = {
    "nothing": [],
    "use before the grant": [use(1), GRANT],
    "second grant": [GRANT, GRANT],
    "after the withdrawal": [GRANT, WITHDRAW, use(1)],
    "withdrawn twice": [GRANT, WITHDRAW, WITHDRAW],
    "after the release": [GRANT, RELEASE, pause(0)],
    "release by another": [GRANT, (RELEASE[0], 3, ACCOUNT)],
    "use while paused": [GRANT, pause(0), use(1)],
    "use by another": [GRANT, use(1, recipient=3)],
    "use left out": [GRANT, use(2)],
    "use too many": [GRANT, use(1), use(2), use(3)],
    "sequence left out": [GRANT, pause(1)],
    "resumed, not paused": [GRANT, resume(0)],
    "no step of a life": [GRANT, (Committed, CARRIER, b"\1" * 32)],
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_life_is_refused(name):
    with pytest.raises(
        InvalidInput, match="first event" if name.startswith(("nothing", "use before")) else r"^Event \d "
    ):
        made(life(*WRONG[name]))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda e: [e[0], replace(e[1], consent=OTHER)], "another consent"),
        (lambda e: [e[0], replace(e[1], origin=replace(e[1].origin, contract=OTHER))], "another contract"),
        (lambda e: [e[0], replace(e[1], origin=e[0].origin)], "in order"),
        (lambda e: [e[0], replace(e[1], origin=replace(e[1].origin, block=99))], "time is not given"),
    ],
)
def test_an_event_from_elsewhere_is_refused(change, says):
    with pytest.raises(InvalidInput, match=f"Event 2 .*{says}"):
        made(change(life(GRANT, use(1))))


@pytest.mark.parametrize("times", [{10: START + 20, 11: START + 19}, {10: START + 20, 11: START + 31}])
def test_times_that_run_backwards_or_ahead_are_refused(times):
    with pytest.raises(InvalidInput, match="Event 2 is dated"):
        made(life(GRANT, use(1)), now=START + 30, times=times)


def test_an_event_after_the_end_by_time_is_refused():
    with pytest.raises(InvalidInput, match="EXPIRED"):
        made(life(GRANT, WITHDRAW), times={10: START + 10, 11: END + 1})


def test_a_grant_to_another_member_is_refused():
    with pytest.raises(InvalidInput, match="not what was granted"):
        made(life((GRANT[0], 3, *GRANT[2:])))


@pytest.mark.parametrize("change", [{"terms": replace(TERMS, retention_days=31)}, {"salt": b"\1" * 32}])
def test_other_terms_are_refused(change):
    with pytest.raises(InvalidInput, match="not what was granted"):
        made(life(GRANT), **change)


@pytest.mark.parametrize("values", [("", "x", "GB"), ("x", " ", "GB"), ("x\n", "x", "GB"), ("x", "x", "gb"),
                                    ("x", "x", "UKR"), ("x" * 201, "x", "GB"), (None, "x", "GB")])  # fmt: skip
def test_a_controller_without_particulars_is_refused(values):
    with pytest.raises(InvalidInput):
        Controller(*values)


@pytest.mark.parametrize("name", ["", "Jo Bloggs", CONSENT, "A" * 36, None, str(uuid.UUID(int=5)).upper()[:-1] + "F"])
def test_a_refusal_by_name_is_refused(name):
    with pytest.raises(InvalidInput):
        record.refusal(AT, ADVISER, name, terms=TERMS, now=START)


@pytest.mark.parametrize(
    "values", [(0, "0x" + "11" * 20), (True, "0x" + "11" * 20), (2**53, "0x" + "11" * 20), (1, "0x11")]
)
def test_a_place_that_is_none_is_refused(values):
    with pytest.raises(InvalidInput):
        Registries(*values, "0x" + "22" * 20)


def test_a_refusal_says_nothing_of_a_ledger():
    of = record.refusal(AT, ADVISER, str(uuid.UUID(int=5)), terms=TERMS, now=START)
    (event,) = of["dct:hasPart"]

    assert (of["dpv:hasConsentStatus"], event["dpv:hasConsentStatus"]) == ("dpv:ConsentRefused",) * 2
    assert not [key for key in (*of, *event) if key in ("jamjar:ledger", "jamjar:termsDigest", "jamjar:carrier")]
    assert schema.read(record.to_json(of)) == json.loads(record.to_json(of))
    assert "refused" in record.receipt(of)["jamjar:words"][0]
