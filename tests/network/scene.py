"""Relayer, mailbox, desk, publisher and audit on a real network, each on its own member's node."""

import secrets
import time
from collections import Counter
from typing import Any

from jamjar.ledger.final_view import newest
from jamjar.ledger.finality import finality
from jamjar.protocol.events import ConsentWithdrawn
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Withdraw
from jamjar.relayer.client import RelayerClient
from jamjar.relayer.item import ItemState, Place
from jamjar.sandbox.institutions import ADVISER, OPERATOR, Services
from jamjar.service.refusal import Refused
from jamjar.tlog.folder import Folder
from jamjar.tlog.ledger_source import LedgerSource
from jamjar.tlog.monitor import Monitor
from jamjar.tlog.monitor_state import MonitorState
from jamjar.tlog.publisher import Publisher
from tests.network.running import RealNetwork, wait
from tests.unit.tlog.world import LOG_KEY, Direct, policy

SPARE = 3
FOLLOWER = 3
"""The member that follows the log, at its own node."""


class Scene:
    """Services on a network: the relayer at node 1, where the wallet is too; mailbox and desk at node 2."""

    def __init__(self, network: RealNetwork, services: Services) -> None:
        self.network, self.services, self.at = network, services, network.institutions
        self.deployment, self.sent = self.at.found(), list[SignedMessage]()
        self.client: RelayerClient = self.at.client(services, ADVISER)
        url = self.at.nodes[OPERATOR]
        self.depth = finality(url).depth
        source = LedgerSource(url, self.deployment, self.depth)
        folder, other = Folder(self.at.folder / "log"), LedgerSource(self.at.nodes[FOLLOWER], self.deployment, 0)
        witnesses = Direct(self.at.folder, time.time).clients
        self.publisher = Publisher(folder, LOG_KEY, source, witnesses, policy())
        self.monitor, self.followed = Monitor(folder, policy(), silence=10**9, source=other), MonitorState()

    # ------------------------------------------------------------------ messages

    def send(self, count: int = 1) -> None:
        """Give withdrawals of fresh consents to the relayer, which promises to carry each."""
        for _ in range(count):
            key = ConsentKey.generate(secrets.token_bytes)
            signed = sign(key, self.deployment.domain_of(Withdraw), Withdraw(key.address))
            assert self.client.send(signed).receipt is not None
            self.sent.append(signed)

    def state(self, signed: SignedMessage) -> ItemState:
        """What the relayer says of a message; it says nothing of those that wait."""
        try:
            return self.client.look(signed).state
        except Refused:
            return ItemState.WAITING

    def withdrawn(self, member: int) -> dict[str, ConsentWithdrawn]:
        """The withdrawals at a member's node, of which no consent has two."""
        events = [each for each in self.at.ledger(member).events("ConsentWithdrawn")
                  if isinstance(each, ConsentWithdrawn)]  # fmt: skip
        assert set(Counter(each.consent for each in events).values()) <= {1}
        return {each.consent: each for each in events}

    def all_is_recorded(self) -> None:
        """Every message that was accepted is recorded once, at every node and as the relayer says, and in the log."""
        consents = {each.message.consent for each in self.sent}
        for member in self.at.nodes:
            wait(lambda member=member: consents <= set(self.withdrawn(member)), f"node {member} lacks a message")
        wait(lambda: {self.state(each) for each in self.sent} == {ItemState.RECORDED}, "the relayer is not done")
        for member in self.at.nodes:
            there = self.withdrawn(member)
            for each in self.sent:
                place, origin = self.client.look(each).outcome, there[each.message.consent].origin
                assert isinstance(place, Place)
                assert (place.block, place.transaction.hex()) == (origin.block, origin.transaction[2:])
        self.publish()
        self.audit()

    def all_is_final(self) -> None:
        """Every node shows every message as final, in a block that is as deep as services wait for."""
        consents = [each.message.consent for each in self.sent]
        for url in self.at.nodes.values():

            def are_final(url: str = url) -> bool:
                view = newest(url, self.deployment)
                return {view.status(each) for each in consents} == {"WITHDRAWN"}

            wait(are_final, f"a message is not final at {url}")
            view = newest(url, self.deployment)
            assert view.block + self.depth <= view.ledger.height()
            found = [each.consent for each in view.events("ConsentWithdrawn") if isinstance(each, ConsentWithdrawn)]
            assert sorted(found) == sorted(consents)

    # ------------------------------------------------------------------ those who check

    def publish(self) -> None:
        """Publish what is final, and have it followed; raises LogDiffers when anything published was taken back."""
        self.publisher.publish()
        report = self.monitor.look(self.followed, int(time.time()))
        assert report.alarms == ()
        self.followed = report.state

    def audit(self) -> None:
        """Audit over all nodes, from where the last audit ended."""
        nodes = [word for url in self.at.nodes.values() for word in ("--node", url)]
        record = str(next(self.at.folder.glob("[0-9]*.json")))
        state = f"sqlite:///{self.at.folder / 'audit.db'}"
        deep = str(max(SPARE, self.depth))  # not all nodes have the newest block
        assert "Sound" in self.at.run("audit", *nodes, "--deployment", record, "--state", state, "--depth", deep)


def unrecorded(scene: Scene, since: int) -> Any:
    """The states of the messages from one on, as the relayer tells them."""
    return {scene.state(each) for each in scene.sent[since:]}
