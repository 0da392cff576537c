"""A wallet compares a log with what it knows to be on the ledger of all that it signed.

When the log lacks a grant, a commitment or a withdrawal, though it has come to its block    DIFFERS, each time
When the event is another contract's, another chain's, or commits to another root            DIFFERS
When the log has not come to the block yet, or what was signed was refused                   no alarm
When it is carried, or the ledger has it already                                             its block, or the newest
Given a log that has them all                                                                no alarm
Given a vault from before, or a consent that was erased                                      no alarm
"""

import pytest

from jamjar.errors import Rejected
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.protocol.abi import EVENT, entries
from jamjar.tlog.leaf import RawEvent
from jamjar.wallet.erasure import erase
from jamjar.wallet.log_receipts import kept
from jamjar.wallet.settled import SETTLED
from jamjar.wallet.wallet import Wallet
from tests.unit.tlog.world import event
from tests.unit.wallet.logs import fetched, shown
from tests.unit.wallet.scene import DEPLOYMENT, FakeLedger, content

BLOCK, LAST = 2, 7
NAMES = ("ConsentGranted", "Committed", "ConsentWithdrawn")
TOPICS = {entry["name"]: topic for topic, entry in entries(EVENT).items()}
CONTRACTS = {"ConsentGranted": "ConsentRegistry", "ConsentWithdrawn": "ConsentRegistry",
             "Committed": "CommitmentRegistry"}  # fmt: skip


def told(number: int, consent: str, name: str, root: bytes = b"", **changes: object) -> RawEvent:
    """An event of a consent as event number `number` of the ledger."""
    word = bytes(12) + bytes.fromhex(consent[2:])
    contract = bytes.fromhex(DEPLOYMENT.contracts()[CONTRACTS[name]].address[2:])
    topics, data = {
        "ConsentGranted": ((word, (2).to_bytes(32, "big"), word), bytes(5 * 32)),
        "ConsentWithdrawn": ((word, word), b""),
        "Committed": ((word,), word + root),
    }[name]
    fields = {"contract": contract, "topics": (TOPICS[name], *topics), "data": data}
    return event(number, **(fields | changes))


def lived(wallet: Wallet, consent: str) -> dict[str, RawEvent]:
    """Have the wallet know that everything it signed is on the ledger, and return the events."""
    wallet.withdraw(consent)
    for signed in wallet.outgoing():
        wallet.settle(signed, BLOCK)
    root = wallet.head_of(consent)
    return {name: told(number, consent, name, root) for number, name in enumerate(NAMES, 1)}


def log(*mine: RawEvent, last: int = LAST) -> list[bytes]:
    """A log with these events in their places, up to a block."""
    places = {each.place: each for each in mine}
    others = (event(number) for number in range(2 * last + 1))
    return [places.get(each.place, each).to_bytes() for each in others]


def kinds(wallet: Wallet, made: list[bytes]) -> list[str]:
    return [alarm.kind.value for alarm in fetched(wallet, shown(made)).alarms]


def test_a_log_that_has_them_all(wallet: Wallet, consent: str) -> None:
    made = lived(wallet, consent)
    for last in (LAST, LAST, LAST + 3):
        assert kinds(wallet, log(*made.values(), last=last)) == []
    assert len(kept(wallet.vault)) == 3


@pytest.mark.parametrize("name", NAMES)
def test_a_log_that_lacks_one(wallet: Wallet, consent: str, name: str) -> None:
    made = lived(wallet, consent)
    del made[name]
    for last in (LAST, LAST, LAST + 3):
        (alarm,) = fetched(wallet, shown(log(*made.values(), last=last))).alarms
        assert alarm.kind.value == "DIFFERS"
        assert f"lacks {name} of {consent}, recorded by block {BLOCK}: " in alarm.sentence
    assert len(kept(wallet.vault)) == 2  # the others were taken in


CHANGES = [{"chain": 1}, {"contract": b"\x11" * 20}, {"data": bytes(64)}]


@pytest.mark.parametrize("change", CHANGES, ids=["another chain", "another contract", "another root"])
def test_an_event_that_is_another(wallet: Wallet, consent: str, change: dict[str, object]) -> None:
    made = lived(wallet, consent)
    made["Committed"] = told(2, consent, "Committed", wallet.head_of(consent), **change)
    every = [told(1, consent, "ConsentGranted"), made["Committed"], told(3, consent, "ConsentWithdrawn")]
    assert kinds(wallet, log(*every)) == ["DIFFERS"]


def test_all_are_lacking(wallet: Wallet, consent: str) -> None:
    lived(wallet, consent)
    (alarm,) = fetched(wallet, shown(log())).alarms
    assert ", and 2 more of what this wallet sent" in alarm.sentence


def test_a_log_that_has_not_come_so_far(wallet: Wallet, consent: str) -> None:
    lived(wallet, consent)
    assert kinds(wallet, log(last=BLOCK - 1)) == []
    assert kinds(wallet, log(last=BLOCK)) == ["DIFFERS"]


def test_what_is_not_known_to_be_recorded(wallet: Wallet, consent: str) -> None:
    for signed in (*wallet.outgoing(), wallet.pause(consent)):
        wallet.settle(signed)
    assert kinds(wallet, log()) == []
    assert SETTLED not in {kind for kind, _ in content(wallet.vault)}


def test_what_a_ledger_took(wallet: Wallet, consent: str) -> None:
    grant, commit = wallet.outgoing()
    wallet.settle(commit, 5)
    wallet.settle(commit, 8)  # it stays what it was
    held = [value for (kind, _), value in content(wallet.vault).items() if kind == SETTLED]
    assert held == [b'{"block":5,"format":"jamjar.settled.1"}']
    assert wallet.outgoing() == (grant,)


class Carrier(FakeLedger):
    """A ledger that records in block 4 what it is given first, and refuses it afterwards, as it has it."""

    given = 0

    def carry(self, signed: object, sender: str) -> TransactionReceipt:
        self.given += 1
        if self.given > 1:
            raise Rejected("ConsentAlreadyGranted", (), "it is there")
        return TransactionReceipt("0x", 4, 1, ())


@pytest.mark.parametrize(("before", "block"), [(0, 4), (1, 9)])
def test_which_block_is_kept(wallet: Wallet, consent: str, before: int, block: int) -> None:
    ledger = Carrier(wallet)
    ledger.given = before
    wallet.carry(wallet.outgoing()[0], ledger, "0x")  # type: ignore[arg-type]
    held = {name: value for (kind, name), value in content(wallet.vault).items() if kind == SETTLED}
    assert held == {f"{consent}/ConsentGranted": b'{"block":%d,"format":"jamjar.settled.1"}' % block}


def test_erased_with_its_consent(wallet: Wallet, consent: str) -> None:
    lived(wallet, consent)
    assert erase(wallet, consent, FakeLedger(wallet, "WITHDRAWN")).is_complete  # type: ignore[arg-type]
    assert SETTLED not in {kind for kind, _ in content(wallet.vault)}
    assert kinds(wallet, log()) == []
