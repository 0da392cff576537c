"""Logs of a ledger on which a wallet's consent is used, for tests."""

from collections.abc import Sequence

from jamjar.tlog.policy import Policy
from jamjar.wallet.log_receipts import FetchedReceipts, fetch
from jamjar.wallet.wallet import Wallet
from tests.unit.tlog.world import NOW, WITNESSES, Files, event, files_of, note_of, policy

LATER = NOW + 10_000


def named(consent: str) -> dict[str, object]:
    """What makes an event one under this consent."""
    return {"topics": (b"\1" * 32, bytes.fromhex(consent[2:]).rjust(32, b"\0"))}


def history(consent: str, count: int, **changes: object) -> list[bytes]:
    """So many events, of which every third is under the consent, as is the last; the one before that is changed."""
    mine = [named(consent) if number % 3 == 0 or number == count - 1 else {} for number in range(count)]
    mine[count - 2] |= changes
    return [event(number, **each).to_bytes() for number, each in enumerate(mine)]


def shown(made: Sequence[bytes], *, time: int = LATER) -> Files:
    """The files of a log with these leaves, cosigned."""
    files, edge = files_of(made)
    files["checkpoint"] = str(note_of(edge, cosigners=WITNESSES, time=time)).encode()
    return files


def fetched(wallet: Wallet, files: Files, rules: Policy | None = None) -> FetchedReceipts:
    return fetch(wallet, files, rules or policy(), now=LATER, silence=60)
