"""What replaying the ledger takes a relayer: processor time for an event, and memory for a consent."""

import time
import tracemalloc
from dataclasses import dataclass
from secrets import token_bytes

from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import Committed, ConsentGranted
from jamjar.relayer.node_events import NodeEvents
from jamjar.relayer.replayed_state import ReplayedState
from jamjar.relayer.replayed_view import ReplayedView

NOBODY = "0x" + 39 * "0" + "1"


@dataclass(frozen=True, slots=True)
class Replayed:
    """The events that were replayed, the microseconds of processor time for each, and the bytes for each consent.

    consent_bytes  of consents with a commitment each
    """

    events: int
    event_cpu_us: float
    consent_bytes: float


def replay(url: str, deployment: Deployment) -> Replayed:
    """Replay a ledger from its node, and once more from memory, which is measured."""
    source = NodeEvents(url, deployment)
    newest = source.newest().number
    events = source.events_from(deployment.block, newest)
    count, began = len(events), time.process_time()
    view = ReplayedView(source, deployment.block, NOBODY, most=10**7)
    while view.follow():
        pass
    seconds = time.process_time() - began
    events += [
        Committed(each.origin, each.consent, NOBODY, token_bytes(32))
        for each in events
        if isinstance(each, ConsentGranted)
    ]
    [top] = [block for block in source.blocks([newest]) if block is not None]
    tracemalloc.start()
    state = ReplayedState(10**7)
    state.add(top, events)
    state.settle()
    consents, taken = len(state), tracemalloc.get_traced_memory()[0]
    del state, view
    taken -= tracemalloc.get_traced_memory()[0]  # not what other things remember of it, such as a cache of addresses
    tracemalloc.stop()
    return Replayed(count, seconds / count * 1e6, taken / consents)
