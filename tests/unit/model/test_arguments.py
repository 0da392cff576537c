"""What an event's contract emitted: its fields in their order, never the place of its log, on every Python."""

from dataclasses import fields

import pytest

from jamjar.protocol import events

KINDS = sorted(events.Event.__subclasses__(), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_all_fields_but_the_origin(kind):
    origin = events.Origin(1, "0x", 2, "0x")
    values = [f"value {n}" for n in range(len(fields(kind)) - 1)]
    assert kind(origin, *values).arguments() == tuple(values)
