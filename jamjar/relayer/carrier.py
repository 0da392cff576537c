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

from jamjar.errors import LedgerError, NodeUnavailable, Rejected
from jamjar.protocol.deployment import Deployment
from jamjar.relayer import calldata, transactions
from jamjar.relayer.accounts import Accounts
from jamjar.relayer.calldata import BATCHED, Load
from jamjar.relayer.follower import Ending, Follower
from jamjar.relayer.gas_meter import Meter
from jamjar.relayer.item import URGENT
from jamjar.relayer.journal import Attempt, Carriage, Journal
from jamjar.relayer.node_port import Head, NodePort
from jamjar.relayer.outbox import Outbox
from jamjar.relayer.outcomes import reason_of
from jamjar.relayer.settings import CarrierSettings

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
        self._accounts = Accounts(accounts, journal, settings.most_open)
        self._deployment = deployment
        self._follower = Follower(chain, journal, settings.depth, settings.resend_after)
        self._under_way: dict[int, Carriage] = {}
        self._refused: dict[int, int] = {}
        self._meters: defaultdict[tuple[str, str], Meter] = defaultdict(Meter)
        self._exhausted: set[str] = set()
        self._problems: list[str] = []
        self._outbox = Outbox(chain, settings.resend_after, self._problems.append)
        self._head, self._price = Head(0, 0), 0

    @property
    def problem(self) -> str:
        """What went wrong in the last pass and what to do; empty if nothing did."""
        return " ".join(dict.fromkeys(self._problems))

    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._under_way

    def pass_once(self, now: int, *, everything: bool = False) -> int:
        """Do one pass and return how many items have not ended.

        now         Unix seconds
        everything  also carry items that are not due yet, unless the contract would refuse them now

        Errors of the node are in `problem`; raises DatabaseUnavailable.
        """
        self._problems.clear()
        self._under_way = self._journal.unended(self._under_way)
        try:
            self._work(now, everything)
        except LedgerError as error:
            self._problems.append(str(error))
        return self._journal.unfinished()

    def _work(self, now: int, everything: bool) -> None:
        self._follower.look_afresh()
        self._outbox.look_afresh()
        self._exhausted.clear()
        self._head = self._chain.head()
        self._price = self._chain.price()
        self._accounts.look(self._chain, self._under_way.values())
        for kind in _URGENT:
            self._carry(kind, now, everything)
        self._outbox.send(now)
        self._follower.look_ahead(self._under_way.values())
        for carriage in list(self._under_way.values()):
            self._go_on(carriage, now)
            if carriage.number not in self._under_way:  # its account has room, and the node stays busy
                self._carry_others(now, everything)
        self._carry_others(now, everything)
        self._outbox.send(now)

    # ------------------------------------------------------------------ what is under way

    def _go_on(self, carriage: Carriage, now: int) -> None:
        count = self._accounts.count(carriage.account)
        with self._noting():
            is_used, ending = self._follower.ending(carriage, count, self._head.number, now)
            if ending:
                self._end(carriage, ending, now)
            elif not is_used:
                self._send_again(carriage, now)

    def _end(self, carriage: Carriage, ending: Ending, now: int) -> None:
        self._journal.end(carriage, ending.outcomes, now)
        self._accounts.ended(carriage)
        del self._under_way[carriage.number]
        self._outbox.forget(carriage)
        if ending.mined is None or ending.attempt is None:
            self._problems.append(f"Another program uses {carriage.account}; give the relayer its own accounts.")
        elif carriage.loads:
            meter = self._meters[carriage.account, carriage.loads[0].kind]
            meter.learn(ending.mined, transactions.gas_of(ending.attempt), len(carriage.loads))

    def _send_again(self, carriage: Carriage, now: int) -> None:
        """Send a transaction that is in no block again, or replace it when that lasts long."""
        last, key, chain_id = carriage.attempts[-1], self._accounts.key(carriage.account), self._deployment.chain_id
        if key and now - last.made_at >= self._settings.replace_after:
            free = self._accounts.free_nonce(carriage.account, self._under_way.values())
            if free < carriage.nonce:  # another program's transaction had it, and is gone
                first = transactions.empty(key, chain_id, free, self._price, now)
                self._open(carriage.account, free, [], first)
            elif carriage.nonce == self._accounts.count(carriage.account):
                sent, most = carriage.attempts, self._settings.most_attempts
                another = transactions.another(key, chain_id, sent, self._price, most=most, now=now)
                if another is not None:
                    carriage = self._under_way[carriage.number] = self._journal.attempt(carriage, another)
                    self._outbox.forget(carriage)
        if self._outbox.is_due(carriage, now):
            self._outbox.put(carriage, now)

    # ------------------------------------------------------------------ the queue

    def _carry_others(self, now: int, everything: bool) -> None:
        for kind in _OTHERS:
            if kind not in self._exhausted:
                self._carry(kind, now, everything)

    def _carry(self, kind: str, now: int, everything: bool) -> None:
        until, most = (_NO_LIMIT, _AHEAD) if everything else (now, 1)
        if kind not in BATCHED:
            for load in self._journal.due(kind, until, _ALONE):
                if account := self._accounts.with_room(kind, self._under_way.values()):
                    with self._noting():
                        self._carry_alone(account, load, now)
            self._exhausted.add(kind)
            return
        most *= self._settings.most_items
        while account := self._accounts.with_room(kind, self._under_way.values()):
            waiting = self._journal.due(kind, until, most)
            ready = (load for load in waiting if load.due_at <= now or self._is_taken(account, load))
            loads = list(islice(ready, self._settings.most_items))
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
        return len(chosen) if self._begin(account, chosen, gas, now) else 0

    def _carry_alone(self, account: str, load: Load, now: int) -> None:
        """Begin a carriage with a single item, or end the item if the contract refuses it finally."""
        meter = self._meters[account, load.kind]
        try:
            meter.saw(self._chain.estimate(account, calldata.contract_of(load.kind), calldata.single(load)), 1)
        except Rejected as rejected:
            since = self._refused[load.number] = min(self._refused.get(load.number, _NO_LIMIT), self._head.number)
            ending = self._follower.refused(load, reason_of(rejected), since, self._head.number)
            if load.due_at <= now and ending:
                self._journal.settle(ending, now)
                del self._refused[load.number]
            return
        self._refused.pop(load.number, None)
        self._begin(account, [load], meter.gas(1, self._head.gas_limit), now)

    def _begin(self, account: str, loads: list[Load], gas: int, now: int) -> bool:
        """Journal a carriage, to be sent with others, and return whether it was begun."""
        key, under_way = self._accounts.key(account), self._under_way.values()
        if key is None:
            return False
        nonce = self._accounts.free_nonce(account, under_way)
        fields = {
            "nonce": nonce,
            "gas": gas,
            "gasPrice": self._price,
            "to": self._deployment.contracts()[calldata.contract_of(loads[0].kind)].address,
            "data": calldata.call(loads),
            "chainId": self._deployment.chain_id,
        }
        first = transactions.sign(key, fields, now)
        return self._open(account, nonce, loads, first)

    def _open(self, account: str, nonce: int, loads: list[Load], first: Attempt) -> bool:
        carriage = self._journal.open(account, nonce, loads, first)
        if carriage is None:  # another carrier has one of the items
            return False
        self._under_way[carriage.number] = carriage
        self._outbox.put(carriage, first.made_at)
        return True

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Record a refusal by the node and continue; end the pass if the node does not answer."""
        try:
            yield
        except NodeUnavailable:
            raise
        except LedgerError as error:
            self._problems.append(str(error))

    def _is_taken(self, account: str, load: Load) -> bool:
        try:
            self._chain.estimate(account, calldata.contract_of(load.kind), calldata.single(load))
        except Rejected:
            return False
        return True
