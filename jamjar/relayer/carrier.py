"""The carrier: sends queued items to the ledger, and follows them until they are final, pass after pass.

Each pass reads the node, carries urgent items, follows the carriages under way, and begins as many new ones as the
accounts have room for. A carriage is journalled before its transaction is sent, and sent again until its nonce is used
finally. So a pass may be interrupted anywhere, by an error or the end of the program: the next continues its work.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from random import Random
from typing import Final

from eth_account.signers.local import LocalAccount

from jamjar.errors import LedgerError, NodeAnswerInvalid, NodeUnavailable, Rejected
from jamjar.ledger.not_yet import may_pass
from jamjar.protocol.deployment import Deployment
from jamjar.relayer import calldata, transactions
from jamjar.relayer.accounts import Accounts
from jamjar.relayer.calldata import BATCHED, Load
from jamjar.relayer.follower import Ending, Follower
from jamjar.relayer.gas_meter import Meter
from jamjar.relayer.item import URGENT
from jamjar.relayer.journal import Carriage, Journal
from jamjar.relayer.node_port import Head, NodePort
from jamjar.relayer.outbox import Outbox
from jamjar.relayer.outcomes import reason_of
from jamjar.relayer.pricing import Pricing
from jamjar.relayer.sender import Sender
from jamjar.relayer.settings import CarrierSettings
from jamjar.service.database import DatabaseUnavailable

_URGENT: Final = tuple(kind.__name__ for kind in URGENT)
_OTHERS: Final = ("Grant", "Resume", "Reconfirm", "Commit", "Acknowledge")
"""Grants first: they have to be recorded before they begin."""
_NO_LIMIT: Final = 2**62
_ALONE: Final = 64
"""Most items that are tried singly in one pass."""
_AHEAD: Final = 10
"""Batches of items that are searched for items that can be carried before they are due."""
_SAMPLE: Final = 8
"""Items in the call that measures the gas of one."""


class Carrier:
    """One relayer's accounts on one node."""

    def __init__(
        self,
        chain: NodePort,
        journal: Journal,
        accounts: Sequence[LocalAccount],
        deployment: Deployment,
        *,
        settings: CarrierSettings,
        random: Random,
    ) -> None:
        """Store the parts; nothing is requested or sent before the first pass."""
        self._chain, self._journal, self._settings, self._random = chain, journal, settings, random
        self._problems: list[str] = []
        self._accounts = Accounts(accounts, journal, settings.most_open, self._problems.append)
        self._deployment = deployment
        self._follower = Follower(chain, journal, settings.depth, settings.resend_after)
        self._refused: dict[int, int] = {}
        self._meters: defaultdict[tuple[str, str], Meter] = defaultdict(Meter)
        self._exhausted: set[str] = set()
        self._outbox = Outbox(chain, settings.resend_after)
        self._pricing = Pricing(chain, settings.most_gas_price, self._problems.append)
        self._sender = Sender(journal, self._accounts, deployment, settings, pricing=self._pricing, outbox=self._outbox)
        self._head = Head(0, 0, 0)

    @property
    def problem(self) -> str:
        """What went wrong in the last pass, or is refused since before, and what to do; nothing if all is well."""
        return " ".join(dict.fromkeys([*self._problems, *self._outbox.refusals]))

    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._sender.under_way

    def pass_once(self, now: int, *, everything: bool = False) -> int:
        """Do one pass and return how many items have not ended.

        now         Unix seconds
        everything  also carry items that are not due yet, unless the contract would refuse them now

        Errors of the node are in `problem`; raises DatabaseUnavailable.
        """
        self._problems.clear()
        self._sender.under_way = self._journal.unended(self._sender.under_way)
        try:
            self._work(now, everything)
        except LedgerError as error:
            self._problems.append(str(error))
        return self._journal.unfinished()

    def _work(self, now: int, everything: bool) -> None:
        self._follower.look_afresh()
        self._outbox.look_afresh(self._sender.under_way)
        self._exhausted.clear()
        self._head = self._chain.head()
        self._pricing.look()
        self._accounts.look(self._chain, self._sender.under_way.values())
        for kind in _URGENT:
            with self._noting():
                self._carry(kind, now, everything)
        with self._noting():
            self._outbox.send(now)
        self._follower.look_ahead(self._sender.under_way.values())
        for carriage in list(self._sender.under_way.values()):
            self._go_on(carriage, now)
            if carriage.number not in self._sender.under_way:  # there is room again, and the node should have no rest
                self._carry_others(now, everything)
        self._carry_others(now, everything)
        with self._noting():
            self._outbox.send(now)

    # ------------------------------------------------------------------ what is under way

    def _go_on(self, carriage: Carriage, now: int) -> None:
        with self._noting():
            count = self._accounts.count(carriage.account)
            is_used, ending = self._follower.ending(carriage, count, self._head.number, now)
            if ending:
                self._end(carriage, ending, now)
            elif is_used:
                self._outbox.mined(carriage)
            elif self._sender.is_given_up(carriage, now):  # a node that miscounted had it take a nonce from the future
                self._end(carriage, Ending({}), now)
            else:
                self._sender.send_again(carriage, now)

    def _end(self, carriage: Carriage, ending: Ending, now: int) -> None:
        self._journal.end(carriage, ending.outcomes, now, is_mined=ending.mined is not None)
        if ending.mined:
            self._accounts.ended(carriage)
        del self._sender.under_way[carriage.number]
        self._outbox.forget(carriage)
        if ending.mined is None or ending.attempt is None:
            self._problems.append(
                f"Another program uses {carriage.account}, or the node miscounts; give the relayer its own accounts."
            )
        elif carriage.loads:
            meter = self._meters[carriage.account, carriage.loads[0].kind]
            meter.learn(ending.mined, transactions.gas_of(ending.attempt), len(carriage.loads))

    # ------------------------------------------------------------------ what waits

    def _carry_others(self, now: int, everything: bool) -> None:
        for kind in _OTHERS:
            if kind not in self._exhausted:
                with self._noting():
                    self._carry(kind, now, everything)

    def _carry(self, kind: str, now: int, everything: bool) -> None:
        until, most = (_NO_LIMIT, _AHEAD) if everything else (now, 1)
        if kind not in BATCHED:
            for load in self._journal.due(kind, until, _ALONE):
                if account := self._accounts.with_room(kind, self._sender.under_way.values()):
                    with self._noting():
                        self._carry_alone(account, load, now)
            self._exhausted.add(kind)
            return
        most *= self._settings.most_items
        while account := self._accounts.with_room(kind, self._sender.under_way.values()):
            waiting = self._journal.due(kind, until, most)
            ready = (load for load in waiting if load.due_at <= now or self._is_taken(account, load))
            loads = list(islice(ready, self._settings.most_items))
            begun = 0
            with self._noting():
                begun = self._carry_batch(account, loads, now) if loads else 0
            if not loads or begun == len(waiting) < most:
                self._exhausted.add(kind)
                return
            if not begun:
                self._accounts.refuse(account, kind)

    def _carry_batch(self, account: str, loads: list[Load], now: int) -> int:
        """Begin a carriage with as many items as fit, and return how many."""
        meter, kind = self._meters[account, loads[0].kind], loads[0].kind
        if not meter.is_known:
            sample = loads[:_SAMPLE]
            with self._noting():  # the whole batch is refused only for its account
                gas = self._chain.estimate(account, calldata.contract_of(kind), calldata.batch(sample))
                meter.saw(gas, len(sample))
            if not meter.is_known:
                return 0
        share = int(self._settings.gas_share * self._head.gas_limit)
        chosen = loads[: meter.items(share, self._settings.most_items)]
        self._random.shuffle(chosen)
        gas = meter.gas(len(chosen), self._head.gas_limit)
        return len(chosen) if self._sender.begin(account, chosen, gas, now) else 0

    def _carry_alone(self, account: str, load: Load, now: int) -> None:
        """Begin a carriage with a single item, or end the item if the contract refuses it finally."""
        meter = self._meters[account, load.kind]
        try:
            meter.saw(self._chain.estimate(account, calldata.contract_of(load.kind), calldata.single(load)), 1)
        except Rejected as rejected:
            if self._is_behind(load, rejected):
                return
            since = self._refused[load.number] = min(self._refused.get(load.number, _NO_LIMIT), self._head.number)
            ending = self._follower.refused(load, reason_of(rejected), since, self._head.number)
            if load.due_at <= now and ending:
                self._journal.settle(ending, now)
                del self._refused[load.number]
            return
        self._refused.pop(load.number, None)
        self._sender.begin(account, [load], meter.gas(1, self._head.gas_limit), now)

    def _is_behind(self, load: Load, rejected: Rejected) -> bool:
        """Return whether the node refuses an item for want of blocks, which were there when it was accepted."""
        if not may_pass(rejected.name, rejected.arguments) or self._head.time >= self._journal.accepted_at(
            [load.number]
        ):
            return False
        self._problems.append(
            "The node's newest block is older than a message that waits; it is behind, or all stand still."
        )
        return True

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Go on with the others where one thing fails; where node or database do not answer, the pass is over."""
        try:
            yield
        except (NodeUnavailable, DatabaseUnavailable) as error:
            if not isinstance(error, NodeAnswerInvalid):
                raise
            self._problems.append(str(error))
        except LedgerError as error:
            self._problems.append(str(error))
        except Exception as error:  # else one thing that fails would end all the others; its text may say too much
            kind = type(error).__name__
            self._problems.append(f"Something could not be carried ({kind}), the rest is; report this as a fault.")

    def _is_taken(self, account: str, load: Load) -> bool:
        try:
            self._chain.estimate(account, calldata.contract_of(load.kind), calldata.single(load))
        except Rejected:
            return False
        return True
