"""record: where a consent stands, the first status that applies, each boundary to the second.

Given stage GRANTED     SCHEDULED before the start, ACTIVE, EXHAUSTED when used up, STALE, EXPIRED after the end
Given stage PAUSED      PAUSED until the end, then EXPIRED
Given an ended stage    that, at all times
"""

from dataclasses import replace

import pytest

from jamjar.model.state import (
    ENDED,
    LIVE,
    OPEN,
    Consent,
    DeploymentRules,
    LedgerState,
    Member,
    Stage,
    Standing,
    Status,
)  # fmt: skip

C, ACCOUNT, ADVISER = "0x" + "c" * 40, "0x" + "a" * 40, b"A" * 32
RULES = DeploymentRules(frozenset({ADVISER}), ADVISER, 1000, 500, 9, 256)
CONSENT = Consent(2, 100, 200, 150, sequence=0, max_uses=2, uses=0, stage=Stage.GRANTED)
MEMBER = Member(Standing.ACTIVE, "Advice", b"k" * 32, frozenset({ADVISER}))
STATE = LedgerState(RULES, members={2: MEMBER}, accounts={ACCOUNT: 2}, consents={C: CONSENT})


@pytest.mark.parametrize(
    ("changes", "statuses"),
    [
        ({}, {99: "SCHEDULED", 100: "ACTIVE", 150: "ACTIVE", 151: "STALE", 200: "STALE", 201: "EXPIRED"}),
        ({"uses": 1}, {100: "ACTIVE"}),
        ({"uses": 2}, {99: "SCHEDULED", 100: "EXHAUSTED", 150: "EXHAUSTED", 151: "STALE", 201: "EXPIRED"}),
        ({"stage": Stage.PAUSED}, {99: "PAUSED", 100: "PAUSED", 151: "PAUSED", 200: "PAUSED", 201: "EXPIRED"}),
        ({"stage": Stage.RELEASED}, {99: "RELEASED", 201: "RELEASED"}),
        ({"stage": Stage.WITHDRAWN}, {99: "WITHDRAWN", 201: "WITHDRAWN"}),
        ({"stage": Stage.NONE}, {99: "NONE", 201: "NONE"}),
    ],
)
def test_status(changes: dict[str, object], statuses: dict[int, str]) -> None:
    consent = replace(CONSENT, **changes)
    assert {now: consent.status(now).name for now in statuses} == statuses


def test_every_status_is_none_open_or_ended() -> None:
    assert {Status.NONE, *OPEN, *ENDED} == set(Status)
    assert not set(OPEN) & set(ENDED)
    assert set(LIVE) < set(OPEN)


def test_a_stage_read_as_a_number() -> None:
    assert replace(CONSENT, stage=2).stage is Stage.PAUSED
    with pytest.raises(ValueError, match="9 is not a valid Stage"):
        replace(CONSENT, stage=9)


def test_live_is_with_an_active_adviser() -> None:
    def live(member: Member) -> bool:
        return replace(STATE, members={2: member}).is_live(C, 100)

    assert live(MEMBER)
    assert not live(replace(MEMBER, standing=Standing.SUSPENDED))
    assert not live(replace(MEMBER, roles=frozenset()))
    assert not STATE.is_live(C, 99)
    assert not STATE.is_live(C, 151)


def test_a_recipient_is_never_nobody() -> None:
    assert STATE.is_recipient(C, ACCOUNT)
    assert not STATE.is_recipient("0x" + "d" * 40, "0x" + "b" * 40)  # both are of member 0


def test_what_is_not_there() -> None:
    empty = LedgerState(RULES)
    assert empty.consent(C) == Consent()
    assert empty.member(2) == Member()
    assert (empty.member_of(ACCOUNT), empty.head(C), empty.stage_of((C, b"", b""))) == (0, bytes(32), 0)
    assert not empty.acts_now(ACCOUNT)
