"""A relayer's database made before, and a receipt that it gave.

Given the database                      every item, carriage and attempt is known, and what is open is taken up again
When the command shows it               it counts the same
Given the receipt                       its operator promised it, for that message
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from jamjar.protocol import signed_message, typed_data
from jamjar.protocol.typed_data import Grant
from jamjar.relayer import promise
from jamjar.relayer.item import ItemState as State
from jamjar.relayer.item import Outcome, Place, Rejection
from jamjar.relayer.journal import Journal
from jamjar.relayer.promise import SignedPromise
from jamjar.relayer.queue import Queue
from jamjar.relayer.tables import ATTEMPTS, CARRIAGES
from tests.formats.known import DEPLOYMENT, KNOWN
from tests.unit.cli.home import alone

THERE = KNOWN["relayer"]


@pytest.fixture
def queue(files: Path) -> Iterator[Queue]:
    opened = Queue(f"sqlite:///{files / 'relayer.db'}")
    yield opened
    opened.close()


def told(outcome: Outcome | None) -> dict[str, Any] | None:
    """What came of an item, in plain values."""
    if isinstance(outcome, Place):
        at = {"block": outcome.block, "log_index": outcome.log_index}
        return {**at, "transaction": outcome.transaction.hex()}
    return {"code": outcome.code, "sentence": outcome.sentence} if isinstance(outcome, Rejection) else None


def test_how_many_of_each(queue: Queue) -> None:
    assert {state.name: count for state, count in queue.counts().items()} == THERE["counts"]
    assert len(queue.newest(State.WAITING, 100)) == THERE["counts"]["WAITING"]
    assert (queue.open(), queue.open_carriages()) == (THERE["open"], THERE["open_carriages"])


@pytest.mark.parametrize("known", THERE["items"], ids=lambda known: f"{known['type']}-{known['state']}")
def test_an_item(queue: Queue, known: dict[str, Any]) -> None:
    item = queue.item(bytes.fromhex(known["id"]))
    assert item is not None
    message = item.signed.message
    assert known == {
        "number": item.number, "id": typed_data.digest(DEPLOYMENT.domain_of(type(message)), message).hex(),
        "type": type(message).__name__, "consent": message.consent, "accepted_at": item.accepted_at,
        "due_at": item.due_at, "carry_by": item.carry_by, "state": item.state.name, "outcome": told(item.outcome),
        "ended_at": item.ended_at,
    }  # fmt: skip


def test_carriages(queue: Queue) -> None:
    with queue.engine.begin() as connection:
        carriages = [dict(row._mapping) for row in connection.execute(select(CARRIAGES))]
        attempts = [
            {"transaction": row.transaction_hash.hex(), "carriage": row.carriage, "attempt": row.attempt,
             "gas_price": row.gas_price, "made_at": row.made_at} for row in connection.execute(select(ATTEMPTS))
        ]  # fmt: skip
    assert carriages == THERE["carriages"]
    assert attempts == THERE["attempts"]


def test_what_is_open_is_taken_up_again(queue: Queue) -> None:
    journal = Journal(queue.engine)
    under_way = journal.unended({})
    assert under_way.keys() == {each["number"] for each in THERE["carriages"] if each["state"] == 0}
    carried = {each["number"] for each in THERE["items"] if each["state"] == "CARRIED"}
    assert {load.number for each in under_way.values() for load in each.loads} == carried
    assert journal.unfinished() == THERE["open"]
    assert journal.used(THERE["operator"]) == 1 + max(c["nonce"] for c in THERE["carriages"] if c["state"] == 1)


def test_the_command_counts_the_same(files: Path) -> None:
    shown = alone(files, "relayer", "status", "--database", "sqlite:///relayer.db", "--json").json
    assert shown["counts"] == {name.lower(): count for name, count in THERE["counts"].items()}


def test_its_receipt(files: Path) -> None:
    known = THERE["receipt"]
    signed = SignedPromise.from_json(json.loads((files / known["file"]).read_text()))
    assert {**known, "file": "", "message_file": ""} == {
        "file": "", "message_file": "", "message": signed.receipt.message.hex(),
        "accepted_at": signed.receipt.accepted_at, "carry_by": signed.receipt.carry_by,
        "operator": signed.operator, "signature": signed.signature.to_bytes().hex(),
    }  # fmt: skip
    message = signed_message.from_json((files / known["message_file"]).read_text()).message
    digest = typed_data.digest(DEPLOYMENT.domain_of(type(message)), message)
    promise.check(signed, digest, promise.domain_of(DEPLOYMENT.domain_of(Grant)), THERE["operator"].__eq__)
