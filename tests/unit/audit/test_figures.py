"""audit.figures, bloom, views: what is counted, and what is encoded here and by others elsewhere.

Given events over any stretch of time      as many bars as fit, and no event lost
Given figures written                      the same read
Given views of words alone                 encoded as eth_abi does
"""

import json

from eth_abi import encode
from hypothesis import given
from hypothesis import strategies as st

from jamjar.audit.figures import DAY, MOST_EPOCHS, Figures
from jamjar.audit.pictures import activity, epochs_of
from jamjar.audit.views import views
from jamjar.model.state import Consent
from tests.unit.audit.made import GRANTED, USED, C, history

NAMES = ("ConsentGranted", "Committed", "ConsentPaused")


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 10_000 * DAY))))
def test_events_over_any_time(events):
    figures = Figures()
    for name, time in events:
        figures.event(name, time)
    assert sum(sum(counts.values()) for counts in figures.epochs.values()) == len(events) == figures.events
    assert len(epochs_of(figures)) <= MOST_EPOCHS
    assert activity(figures).count("<rect") == sum(len(counts) for counts in figures.epochs.values())
    assert Figures.from_json(json.loads(json.dumps(figures.to_json()))) == figures


def test_gas_and_lives():
    figures = Figures()
    for gas in (30, 10, 20):
        figures.called("use", gas, 2)
    used = figures.gas["use"]
    assert (used.calls, used.events, used.total, used.least, used.most) == (3, 6, 60, 10, 30)
    for days in (0, 1, 6, 7, 29, 30, 90, 1000):
        figures.ended(days * DAY)
    assert list(figures.lives.values()) == [1, 2, 2, 1, 2]


def test_views_are_encoded_as_by_eth_abi():
    state = history(GRANTED, USED).state
    found = {view.said: view for view in views(state)}
    held = Consent(2, 100, 200, 150, 0, 1, 1, 1)
    assert state.consents[C] == held
    view = found[f"ConsentRegistry.getConsent({C})"]
    assert view.data[4:] == encode(["address"], [C])
    types = "(uint32,uint40,uint40,uint40,uint32,uint16,uint16,uint8)"
    assert view.answer == encode([types], [(2, 100, 200, 150, 0, 1, 1, 1)])
    member = found["Consortium.getMember(2)"]
    digest = state.members[2].key_digest
    assert member.answer == encode(["(uint8,uint40,bytes32,string)"], [(1, 0, digest, "Desk")])
    assert found["Consortium.memberNamed(0x4465736b)"].data[4:] == encode(["bytes"], [b"Desk"])


def test_a_sample_is_spread():
    state = history(GRANTED, USED).state
    assert len([view for view in views(state, 1) if "memberOf" in view.said]) == 1
