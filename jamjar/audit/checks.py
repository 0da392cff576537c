"""The checks of every block: its events are those it commits to, and the rules allow each event where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from jamjar.audit import calldata
from jamjar.audit.block import Block, BlockLog, BlockTransaction
from jamjar.audit.bloom import bloom_of
from jamjar.audit.figures import Figures
from jamjar.audit.findings import Finding, rule_of
from jamjar.audit.history import ImpossibleEvent, LedgerHistory
from jamjar.audit.saved_state import Key, touched
from jamjar.audit.words import event_shown
from jamjar.errors import LedgerError
from jamjar.model.decision import SignedBy
from jamjar.model.governance_rules import may_propose
from jamjar.protocol import event_decoding
from jamjar.protocol.abi import EVENT, abi_of
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import Event, Origin
from jamjar.protocol.typed_data import Domain, Message

_ACTORS: Final = ("by", "sender", "carrier", "account")
_ACTOR: Final[Mapping[str, str | None]] = {
    name: next((actor for actor in _ACTORS if actor in {each.name for each in fields(cls)}), None)
    for name, cls in event_decoding.CLASSES.items()
}
"""The field of an event that names its transaction's sender; None for those of a proposal."""
_MEMBERS: Final = ("Consortium", "Governance")
_EXECUTES: Final = frozenset({"execute", "executeBatch"})


class Checker:
    """Checks blocks in order against one history, and updates the figures."""

    def __init__(self, deployment: Deployment, history: LedgerHistory, figures: Figures) -> None:
        """Begin with the history and the figures as of the block before the first that is checked."""
        self.history = history
        self.figures = figures
        self._touched = set[Key]()
        self._names = {at.address: name for name, at in deployment.contracts().items()}
        self._domains = {address: Domain(deployment.chain_id, address) for address in self._names}
        self._events = {
            address: frozenset(entry["name"] for entry in abi_of(name) if entry["type"] == EVENT)
            for address, name in self._names.items()
        }

    def take_touched(self) -> set[Key]:
        """Return the parts of the state that were touched since the last call."""
        taken, self._touched = self._touched, set()
        return taken

    def check(self, block: Block) -> list[Finding]:
        """Return the findings about a block, and add its events to the history."""
        self.figures.blocks += 1
        logs = (log for transaction in block.transactions for log in transaction.logs)
        found = []
        if bloom_of(logs) != block.bloom:
            found.append(Finding("log-hidden", "The logs do not match the block's bloom filter.", block.number))
        for transaction in block.transactions:
            found += self._transaction(block, transaction)
        return found

    def _transaction(self, block: Block, sent: BlockTransaction) -> Iterator[Finding]:
        ours = [log for log in sent.logs if log.address in self._names]
        direct = sent.to in self._names
        if not (ours or direct) or not sent.done:
            return
        call = calldata.read(sent.input) if direct else calldata.DecodedCall("")
        self.figures.called(call.function if direct else "(other)", sent.gas_used, len(ours))
        if direct and sent.value:
            yield Finding("payable", f"{self._names[sent.to]} received {sent.value} wei.", block.number, sent.hash)
        if call.events is not None and call.events != len(ours):
            told = f"{call.function} records {call.events} events; the node reports {len(ours)}."
            yield Finding("log-hidden", told, block.number, sent.hash)
        read = [self._event(block, sent, log) for log in ours]
        self.history.begin([event for event in read if event is not None])
        unread, changes = False, list[str]()
        for place, (log, event) in enumerate(zip(ours, read, strict=True)):
            at = (block.number, sent.hash, log.index)
            if event is None:
                told = f"{self._names[log.address]} emitted a log that is not an event of its interface."
                yield Finding("unknown-event", told, *at)
                continue
            if _is_garbled(event, log):
                yield Finding("impossible-order", f"{type(event).__name__} has a name that is not UTF-8.", *at)
            item = call.items[place] if place < len(call.items) else None
            unread = unread or (sent.to != log.address and hasattr(event, "carrier"))
            if self._names[log.address] in _MEMBERS:
                changes.append(event_shown(event, self.history.state, self._names))
            yield from self._added(block, sent, event, item, call)
        yield from (Finding("impossible-order", told, block.number, sent.hash) for told in self.history.end())
        if changes:
            yield Finding("members-changed", f"{'; '.join(changes)}.", block.number, sent.hash)
        if unread:
            yield Finding("indirect-call", f"It was sent to {sent.to or 'a new contract'}.", block.number, sent.hash)

    def _event(self, block: Block, sent: BlockTransaction, log: BlockLog) -> Event | None:
        try:
            event = event_decoding.decode(Origin(block.number, sent.hash, log.index, log.address), log.topics, log.data)
        except LedgerError:
            return None
        return event if type(event).__name__ in self._events[log.address] else None

    def _added(
        self,
        block: Block,
        sent: BlockTransaction,
        event: Event,
        item: calldata.SignedItem | None,
        call: calldata.DecodedCall,
    ) -> Iterator[Finding]:
        name, at = type(event).__name__, (block.number, sent.hash, event.origin.index)
        if not sent.to or sent.to in self._names:
            yield from self._by_sender(name, event, sent, call)
        signed: SignedBy[Message] | None = None
        if item is not None:
            signed = item.signed_by(self._domains[sent.to])
            if signed is None:
                yield Finding("not-signed", f"{name}: its calldata has no message that can be signed.", *at)
        self._count(name, event, block.time)
        self._touched.update(touched(event, self.history.state.rules))
        try:
            self.history.add(event, block.time, signed)
        except ImpossibleEvent as impossible:
            yield Finding(rule_of(impossible.refused.name), str(impossible), *at)

    def _by_sender(
        self, name: str, event: Event, sent: BlockTransaction, call: calldata.DecodedCall
    ) -> Iterator[Finding]:
        """Yield what is wrong with who sent the transaction of an event, which is that of a contract of ours."""
        at = (event.origin.block, event.origin.transaction, event.origin.index)
        state, sender, actor = self.history.state, sent.sender, _ACTOR[name]
        if self._executes(sent, call):
            return  # by the governance, or by a contract that it called: the history judges it
        if actor is not None and getattr(event, actor) != sender:
            yield Finding("not-the-sender", f"{name} names {getattr(event, actor)}; {sender} sent it.", *at)
        refused = {
            "CallScheduled": not may_propose(state, sender),
            "CallSalt": not may_propose(state, sender),
            "Cancelled": not state.acts_now(sender),
            "CallExecuted": True,  # by no other function than those that execute
        }
        if refused.get(name):
            yield Finding("not-governed", f"{name} is from a transaction of {sender}, who may not do this.", *at)

    def _executes(self, sent: BlockTransaction, call: calldata.DecodedCall) -> bool:
        return self._names.get(sent.to) == "Governance" and call.function in _EXECUTES

    def _count(self, name: str, event: Any, time: int) -> None:
        self.figures.event(name, time)
        if name == "ConsentUsed":
            self.figures.used(event.recipient)
        elif name in {"ConsentWithdrawn", "ConsentReleased"}:
            self.figures.ended(max(0, time - (self.history.state.consent(event.consent).valid_from or time)))


def _is_garbled(event: Event, log: BlockLog) -> bool:
    """Return whether an event has a name that its bytes on the ledger do not spell."""
    name = getattr(event, "name", None)
    return name is not None and name.encode() not in log.data
