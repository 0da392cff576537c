"""Events of others' contracts, decoded by the ABI that their authors give.

When a log is exactly an event of the ABI     its arguments come out by name
When it has other topics, data or values      it is none
When the ABI is odd                           nothing is decoded
"""

from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak

from jamjar.protocol.foreign_events import ForeignEvent, decoded

AT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
DIGEST = b"\7" * 32
NAMES = {"consent": "address", "digest": "bytes32", "keptAt": "uint64", "member": "uint32", "state": "uint8"}


def entry(**changes: Any) -> dict[str, Any]:
    inputs = [{"name": n, "type": kind, "indexed": n == "consent"} for n, kind in {**NAMES, "last": "bool"}.items()]
    return {"type": "event", "name": "Kept", "inputs": inputs, **changes}


TOPICS = [keccak(text="Kept(address,bytes32,uint64,uint32,uint8,bool)"), encode(["address"], [AT])]
DATA = encode(["bytes32", "uint64", "uint32", "uint8", "bool"], [DIGEST, 2**64 - 1, 7, 3, True])


def test_an_event() -> None:
    found = decoded([{"type": "constructor"}, entry()], TOPICS, DATA)
    values = {"consent": AT, "digest": DIGEST, "keptAt": 2**64 - 1, "member": 7, "state": 3, "last": 1}
    assert found == ForeignEvent("Kept", values)


@pytest.mark.parametrize(
    ("topics", "data"),
    [
        ([], DATA),
        ([keccak(text="Other()")], DATA),
        (TOPICS[:1], DATA),
        ([*TOPICS, DIGEST], DATA),
        (TOPICS, DATA[:-1]),
        (TOPICS, DATA + bytes(32)),
        (TOPICS, DATA[:-1] + b"\2"),
        (TOPICS, DATA[:32] + b"\1" * 32 + DATA[64:]),
        ([TOPICS[0], b"\1" * 32], DATA),
        ([TOPICS[0], TOPICS[1][:31]], DATA),
        (TOPICS, b""),
    ],
)
def test_what_is_none(topics: list[bytes], data: bytes) -> None:
    assert decoded([entry()], topics, data) is None


@pytest.mark.parametrize(
    "odd",
    ["x", {}, {"type": "event"}, entry(name=None), entry(inputs=None), entry(inputs=[{}]), entry(inputs=["x"])],
)
def test_an_entry_that_is_none_is_passed_over(odd: Any) -> None:
    assert decoded([odd, entry()], TOPICS, DATA) is not None


@pytest.mark.parametrize("kind", ["string", "uint256", "bytes", "bytes32[]", "nonsense", "uint0"])
def test_what_modules_may_not_record_is_not_decoded(kind: str) -> None:
    odd = {"type": "event", "name": "Odd", "inputs": [{"name": "x", "type": kind, "indexed": False}]}
    assert decoded([odd], [keccak(text=f"Odd({kind})")], bytes(32)) is None
