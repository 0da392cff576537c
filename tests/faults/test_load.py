"""Twenty senders at once, and a fault every ten seconds, twelve or more: nothing is lost, and nothing is there twice.

All faults that one relayer with SQLite can have, one after the other; each lasts five seconds at most. It goes on
until five hundred messages are accepted, which takes two minutes, or more where the machine is slow.
"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle
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
TIMES = 12
EVERY = 10
PATIENCE = 1200
LONGEST = 5
REST = 0.5
TRIES = 40
ENOUGH = 500


class Sender:
    """One of many, each from an address of its own: sends one message after the other, until each is taken."""

    def __init__(self, number: int, scene: Scene, snapshot: Snapshot) -> None:
        source, keys = f"127.0.1.{number + 1}", snapshot.keys[number::SENDERS]
        self._door = Door(scene.relayer.port, snapshot.deployment, snapshot.operator, source)
        self._messages = written(Claimants(snapshot), keys)
        self.replies: dict[SignedMessage, Reply] = {}
        self.accepted = 0

    def send(self, stop: threading.Event) -> None:
        """Send until told to stop."""
        for signed in self._messages:
            for _ in range(TRIES):
                self.replies[signed] = self._door.send(signed)
                if took(self.replies[signed]):
                    self.accepted += 1
                    break
                if stop.wait(REST):
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


def disturb(scene: Scene, senders: list["Sender"]) -> list[str]:
    """Have one fault happen after the other, until there were enough and enough is accepted; return their names."""
    happened, until_then = list[str](), time.monotonic() + PATIENCE
    for name in cycle(name for name, fault in FAULTS.items() if not fault.needs_server):
        lasts = min(FAULTS[name].seconds, LONGEST)
        time.sleep((EVERY - lasts) / 2)
        FAULTS[name].begin(scene)
        time.sleep(lasts)
        FAULTS[name].end(scene)
        time.sleep((EVERY - lasts) / 2)
        happened.append(name)
        if len(happened) >= TIMES and sum(each.accepted for each in senders) >= ENOUGH:
            return happened
        assert time.monotonic() < until_then, "hardly anything is accepted"
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
                happened = disturb(scene, senders)
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
            f"\n{SENDERS} senders, {len(happened)} faults: "
            f"{accepted} accepted, {recorded} recorded, {rejected} rejected, {len(replies) - accepted} not accepted; "
            f"all ended {settled:.0f} seconds later"
        )
        ended_early = {signed.message.consent for signed in replies if isinstance(signed.message, Withdraw)}
        assert {
            s.message.consent for s, answer in answers.items() if state_of(answer) is ItemState.REJECTED
        } <= ended_early
        assert accepted >= ENOUGH
