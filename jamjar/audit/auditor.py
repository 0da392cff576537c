"""An audit: a deployment's events read in ranges, checked and compared, with its progress stored for the next audit."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from jamjar.audit import nodes as comparison
from jamjar.audit.block import Block
from jamjar.audit.built_code import BuiltCode, hash_of, immutable_values
from jamjar.audit.checks import Checker
from jamjar.audit.figures import Figures
from jamjar.audit.findings import CHANGES, Finding
from jamjar.audit.history import LedgerHistory
from jamjar.audit.membership import membership
from jamjar.audit.node import VIEWS_AT_ONCE, AuditNode, BlockHeader
from jamjar.audit.report import AuditReport, NodeSeen
from jamjar.audit.saved_state import Key
from jamjar.audit.store import AuditStore, Progress
from jamjar.audit.suites import after_sunset
from jamjar.audit.uncompared import Uncompared, ask_again, search_all
from jamjar.audit.views import View, views
from jamjar.errors import DeploymentError, NodeUnavailable
from jamjar.model.state import DeploymentRules, LedgerState
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import MOST_ITEMS
from jamjar.service.json_rpc import RpcError

STEP: Final = 1000
"""Blocks after which what was checked is kept, with the blocks that were read with them."""
TOUCHED: Final = 20_000
"""Changed parts of the state after which it is stored, too, so that unsaved changes stay bounded."""
SAMPLE: Final = 100
"""What is compared of each kind, such as consents, at a sampled block; at the last block it is all."""
UNASKED: Final = ("node-behind", "node-unreachable")
"""Rules of findings that say of a node that it could not be asked everything."""


def rules_of(deployment: Deployment) -> DeploymentRules:
    """Return the rules that a deployment fixes permanently."""
    roles = frozenset(role.value for role in Role)
    return DeploymentRules(
        roles,
        Role.ADVISER.value,
        *deployment.settings.limits,
        most_items=MOST_ITEMS,
        council=Role.COUNCIL.value,
        governance=deployment.governance.address,
        suspension=deployment.settings.suspension,
        recovery=deployment.settings.recovery,
    )


@dataclass(slots=True)
class Auditor:
    """One audit of one deployment, read from the first of these nodes and compared with the others.

    store     what is known from one audit to the next
    built     the contracts as built from source, None when there is no build
    samples   how many past blocks the contracts' answers are compared at
    depth     how many blocks must follow the last that is audited
    progress  is called with the block reached and the last block
    """

    deployment: Deployment
    nodes: Sequence[AuditNode]
    store: AuditStore
    built: Mapping[str, BuiltCode] | None = None
    samples: int = 10
    depth: int = 0
    progress: Callable[[int, int], None] = lambda _block, _last: None
    compared: int = 0

    def run(self) -> AuditReport:
        """Audit the blocks since the last audit, and compare the state; raises NodeUnavailable, DeploymentError."""
        node, first = self.nodes[0], self.deployment.block
        chain_id = node.chain_id()
        if chain_id != self.deployment.chain_id:
            raise DeploymentError(f"The node is on chain {chain_id}; name the deployment file of that chain.")
        tip = node.height()
        last = tip - self.depth
        if last < first:
            raise DeploymentError(f"The node has no block {first + self.depth} yet; wait, or name another deployment.")
        here = list(self._still_there(tip))
        ask_again(self.nodes, self._addresses(), self.store)
        progress = self._progress()
        if progress.block < last:
            progress = self._read_on(progress, last)
        header = node.header(progress.block if progress.block <= last else last)
        if progress.block <= last:
            here += self._answers(views(progress.state), header)
        here += self._code(header.number)
        here += comparison.compare(self.nodes, first, header.number, chain_id)
        return self._report(header, progress, here)

    # ------------------------------------------------------------------ progress

    def _progress(self) -> Progress:
        rules = rules_of(self.deployment)
        fresh = Progress(self.deployment.block - 1, LedgerState(rules), 0, Figures())
        return self.store.progress(rules) or fresh

    def _still_there(self, tip: int) -> Iterator[Finding]:
        """Yield findings about the blocks audited before; restart the audit when they have changed."""
        node, kept = self.nodes[0], self.store.blocks()
        known = [each for each in kept if each[0] <= tip]
        if len(known) < len(kept):
            yield Finding("blocks-gone", f"Block {kept[-1][0]} was audited, and {node.name} ends at {tip}.", tip)
        if not known or node.header(known[-1][0]).hash == known[-1][1]:
            return
        same, other = -1, len(known) - 1  # the indices of an unchanged block, if any, and of a changed one
        while other - same > 1:
            middle = (same + other) // 2
            if node.header(known[middle][0]).hash == known[middle][1]:
                same = middle
            else:
                other = middle
        number, digest = known[other]
        after = known[same][0] if same >= 0 else self.deployment.block - 1
        told = f"After block {after}, block {number} had the hash {digest}; {node.name} has {node.header(number).hash}."
        self.store.begin_again(Finding("history-rewritten", told, number))

    # ------------------------------------------------------------------ reading

    def _read_on(self, since: Progress, last: int) -> Progress:
        node, first, kept = self.nodes[0], since.block + 1, since.block
        history = LedgerHistory(self.deployment, since.state, since.seen)
        checker = Checker(self.deployment, history, since.figures)
        parent = node.header(since.block).hash if since.block >= self.deployment.block else None
        stops = self._stops(first, last)
        touched, findings, unasked = set[Key](), list[Finding](), list[Uncompared]()
        for group in _parted(node.blocks(first, last), stops):
            found, left = search_all(self.nodes, self._addresses(), group)
            findings, unasked = [*findings, *found], [*unasked, *left]
            for block in group:
                if parent is not None and block.parent != parent:
                    told = f"It names {block.parent} as its parent; the block before it is {parent}."
                    findings.append(Finding("chain-broken", told, block.number))
                parent = block.hash
                findings += checker.check(block)
                touched |= checker.take_touched()
            end = group[-1]
            if end.number in stops or end.number >= kept + STEP or len(touched) >= TOUCHED:
                if end.number in stops and end.number != last and history.is_founded:
                    header = BlockHeader(end.number, end.hash, end.time)
                    findings += self._answers(views(history.state, SAMPLE), header)
                reached = Progress(end.number, history.state, history.seen, checker.figures)
                self.store.write(reached, end.hash, touched, findings, unasked)
                touched, findings, unasked, kept = set(), [], [], end.number
            self.progress(group[-1].number, last)
        return reached

    def _stops(self, first: int, last: int) -> set[int]:
        """Return the sampled blocks, which include the last."""
        return {first + (last - first) * (n + 1) // (self.samples + 1) for n in range(self.samples)} | {last}

    def _addresses(self) -> list[str]:
        return [at.address for at in self.deployment.contracts().values()]

    # ------------------------------------------------------------------ comparing

    def _answers(self, due: Iterator[View], header: BlockHeader) -> Iterator[Finding]:
        node, at = self.nodes[0], {name: each.address for name, each in self.deployment.contracts().items()}
        while some := list(islice(due, VIEWS_AT_ONCE)):
            for view, answer in zip(some, node.answers(some, at, header.number), strict=True):
                if isinstance(answer, RpcError):
                    told = f"{node.name} does not answer {view.said} ({answer.message})."
                    yield Finding("sample-unavailable", told, header.number)
                    return
                self.compared += 1
                if answer != view.answer:
                    told = f"{view.said} is 0x{answer.hex()}; the events add up to 0x{view.answer.hex()}."
                    yield Finding("replay-differs", told, header.number)

    def _code(self, number: int) -> Iterator[Finding]:
        for node in self.nodes:
            try:
                for name, at in self.deployment.contracts().items():
                    yield from self._code_at(node, name, at.address, number)
            except NodeUnavailable as error:
                if node is self.nodes[0]:
                    raise
                yield Finding("node-unreachable", str(error))
        if self.built is None:
            yield Finding("code-unchecked", "The code was compared only with the deployment file.")

    def _code_at(self, node: AuditNode, name: str, address: str, number: int) -> Iterator[Finding]:
        if node is not self.nodes[0] and node.height() < number:
            return
        code, written = node.code(address, number), self.deployment.contracts()[name].code_hash
        if hash_of(code) != written:
            told = f"{name} at {address} has the hash {hash_of(code)} on {node.name}; the file has {written}."
            yield Finding("code-differs", told, number)
        elif self.built is not None and code != self.built[name].filled(immutable_values(name, self.deployment)):
            yield Finding("code-differs", f"{name} at {address} on {node.name} differs from the build.", number)
        if wei := node.balance(address, number):
            yield Finding("payable", f"{name} at {address} has {wei} wei on {node.name}.", number)

    # ------------------------------------------------------------------ report

    def _report(self, header: BlockHeader, progress: Progress, here: Sequence[Finding]) -> AuditReport:
        names = {at.address: name for name, at in self.deployment.contracts().items()}
        who = membership(progress.state, names)
        here = [*here, *(Finding("recovery-pending", str(each)) for each in who.recoveries)]
        here += after_sunset(self.deployment, progress.state)
        kept, counts = self.store.findings()
        counts = dict(Counter(counts) + Counter(finding.rule for finding in here))
        state = progress.state
        statuses = Counter(consent.status(header.time).name for consent in state.consents.values())
        return AuditReport(
            chain_id=self.deployment.chain_id,
            contracts={name: at.address for name, at in self.deployment.contracts().items()},
            commit=self.deployment.commit,
            first=self.deployment.block,
            last=header.number,
            hash=header.hash,
            time=header.time,
            nodes=tuple(self._seen(node, header) for node in self.nodes),
            members={number: member.name for number, member in state.members.items()},
            membership=who,
            statuses=dict(statuses),
            compared=self.compared,
            figures=progress.figures,
            findings=(*kept, *here),
            counts=counts,
            uncompared=tuple(self.store.uncompared()),
            all_asked=not any(finding.rule in UNASKED for finding in here),
            times=comparison.times_of(self.nodes[0], [each.block for each in kept if each.rule == CHANGES]),
        )

    def _seen(self, node: AuditNode, header: BlockHeader) -> NodeSeen:
        try:
            height = node.height()
            return NodeSeen(node.name, height, node.header(min(height, header.number)).hash)
        except NodeUnavailable:
            return NodeSeen(node.name, 0, "")


def _parted(groups: Iterable[Sequence[Block]], stops: Container[int]) -> Iterator[Sequence[Block]]:
    """Yield groups of blocks of which no other than the last is a stop."""
    for group in groups:
        start = 0
        for place, block in enumerate(group, 1):
            if block.number in stops or place == len(group):
                yield group[start:place]
                start = place
