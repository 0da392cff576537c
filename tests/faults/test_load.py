"""Twenty senders at once for two minutes, and a fault every ten seconds: nothing is lost, and nothing is there twice.

All faults that one relayer with SQLite can have, one after the other; each lasts five seconds at most.
"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

from jamjar.ledger.ledger import Ledger
from jamjar.protocol.signing import ConsentKey, SignedMessage
from jamjar.protocol.typed_data import Withdraw
from jamjar.relayer.item import ItemState
from tests.faults.anvil import Snapshot
from tests.faults.faults import FAULTS, Scene
from tests.faults.messages import FINAL, Claimants, Reply, differences, is_final, state_of, took
from tests.faults.relayer import Door
from tests.faults.row import begin, until

SENDERS = 20
SECONDS = 120
EVERY = 10
LONGEST = 5
REST = 0.5
TRIES = 40
AT_LEAST = 500


class Sender:
    """One of many, each from an address of its own: sends one message after the other, until each is taken."""

    def __init__(self, number: int, scene: Scene, snapshot: Snapshot) -> None:
        source, keys = f"127.0.1.{number + 1}", snapshot.keys[number::SENDERS]
        self._door = Door(scene.relayer.port, snapshot.deployment, snapshot.operator, source)
        self._messages = written(Claimants(snapshot), keys)
        self.replies: dict[SignedMessage, Reply] = {}

    def send(self, stop: threading.Event) -> None:
        """Send until told to stop."""
        for signed in self._messages:
            for _ in range(TRIES):
                self.replies[signed] = self._door.send(signed)
                if took(self.replies[signed]) or stop.wait(REST):
                    break
            if stop.wait(REST):
                return


def written(by: Claimants, keys: list[ConsentKey]) -> Iterator[SignedMessage]:
    """Write what one sender sends: two commitments of a consent that lives, a new grant, and the end of some consents.

    An end waits for nothing, and so may come before the second commitment, which is rejected then.
    """
    for number, key in enumerate(keys):
        first = by.commit(key)
        yield first
        yield by.grant()
        yield by.commit(key, first.message.root)
        if number % 2:
            yield by.withdraw(key)


def disturb(scene: Scene, until_then: float) -> list[str]:
    """Have one fault happen after the other, and return their names."""
    names, happened = cycle(name for name, fault in FAULTS.items() if not fault.needs_server), list[str]()
    for number, name in enumerate(islice(names, SECONDS // EVERY)):
        begins = until_then - SECONDS + number * EVERY + EVERY / 2
        time.sleep(max(0.0, begins - time.monotonic()))
        FAULTS[name].begin(scene)
        time.sleep(min(FAULTS[name].seconds, LONGEST))
        FAULTS[name].end(scene)
        happened.append(name)
    return happened


def all_ended(left: set[SignedMessage], door: Door) -> bool:
    """Strike out what has ended, and say whether that is all."""
    left -= {signed for signed in left if is_final(door.look(signed))}
    return not left


def test_many_senders_and_a_fault_every_ten_seconds(snapshot: Snapshot, tmp_path: Path, report: list[str]) -> None:
    with ExitStack() as stack:
        scene = begin(snapshot, tmp_path, stack)
        scene.relayer.start()
        stop, senders = threading.Event(), [Sender(number, scene, snapshot) for number in range(SENDERS)]
        with ThreadPoolExecutor(SENDERS) as threads:
            sending = [threads.submit(sender.send, stop) for sender in senders]
            try:
                happened = disturb(scene, time.monotonic() + SECONDS)
            finally:
                stop.set()
        for each in sending:
            each.result()
        ended, replies = time.monotonic(), {signed: reply for each in senders for signed, reply in each.replies.items()}
        door = Door(scene.relayer.port, snapshot.deployment, snapshot.operator)
        left = {signed for signed, reply in replies.items() if took(reply)}
        until(lambda: all_ended(left, door), scene, "not all ended")
        settled = time.monotonic() - ended
        answers = {signed: door.look(signed) for signed in replies}
        assert list(differences(answers, Ledger(scene.node.url, snapshot.deployment).events())) == []
        states = [state_of(answer) for answer in answers.values()]
        accepted, recorded, rejected = sum(map(took, replies.values())), *map(states.count, FINAL)
        report.append(
            f"\n{SENDERS} senders, {SECONDS} seconds, {len(happened)} faults: "
            f"{accepted} accepted, {recorded} recorded, {rejected} rejected, {len(replies) - accepted} not accepted; "
            f"all ended {settled:.0f} seconds later"
        )
        ended_early = {signed.message.consent for signed in replies if isinstance(signed.message, Withdraw)}
        assert {
            s.message.consent for s, answer in answers.items() if state_of(answer) is ItemState.REJECTED
        } <= ended_early
        assert accepted >= AT_LEAST
