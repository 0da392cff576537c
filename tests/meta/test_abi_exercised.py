"""The record by which a run of tests/contracts proves that it exercised every function, event and error of the ABIs.

tests/contracts/conftest.py keeps it, and fails a whole run that leaves an entry out. What it must not count is first.
"""

import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.meta.abi_record import EXECUTE, IMPOSSIBLE, Item, Record, artifacts

AT = "0x" + 40 * "1"
ELSEWHERE = "0x" + 40 * "2"
ABI = [
    {"type": "constructor", "inputs": []},
    {"type": "function", "name": "look", "inputs": [], "outputs": []},
    {"type": "error", "name": "Closed", "inputs": []},
    {
        "type": "event",
        "name": "Refused",
        "inputs": [
            {"name": "who", "type": "address", "indexed": True},
            {"name": "index", "type": "uint256", "indexed": False},
            {"name": "reason", "type": "bytes", "indexed": False},
        ],
    },
]
LOOK = "0x" + keccak(text="look()")[:4].hex()
CLOSED = "0x" + keccak(text="Closed()")[:4].hex()
REFUSED = "0x" + keccak(text="Refused(address,uint256,bytes)").hex()
DEPLOYED = Item("Door", "constructor", "constructor")
FUNCTION, ERROR = Item("Door", "function", "look"), Item("Door", "error", "Closed")
EVENT = Item("Door", "event", "Refused")


def receipt(status="0x1", created=None, logs=()):
    result = {"transactionHash": "0xaa", "status": status, "contractAddress": created, "logs": list(logs)}
    return "eth_getTransactionReceipt", ["0xaa"], {"result": result}


def sent(to=AT, data=LOOK):
    return "eth_sendTransaction", [{"to": to, "data": data}], {"result": "0xaa"}


def log(address, reason):
    data = "0x" + encode(["uint256", "bytes"], [3, bytes.fromhex(reason[2:])]).hex()
    return {"address": address, "topics": [REFUSED, "0x" + 64 * "0"], "data": data}


def traced(op):
    """A trace that ends with four bytes of memory, from the second on."""
    step = {"op": op, "stack": ["09", "04", "01"], "memory": ["ff" + CLOSED[2:] + 27 * "00"]}
    return "debug_traceTransaction", ["0xaa"], {"result": {"returnValue": "", "structLogs": [step]}}


@pytest.fixture
def record():
    """The record of one contract, deployed."""
    record = Record({"Door": {"bytecode": "0x6001", "abi": ABI}})
    record.watch("eth_sendTransaction", [{"data": "0x6001ff"}], {"result": "0xaa"})
    record.watch(*receipt(created=AT))
    assert record.seen == {DEPLOYED}
    return record


NOTHING = {
    "a call that failed": [("eth_call", [{"to": AT, "data": LOOK}, "latest"], {"error": {"data": "0x"}})],
    "a call of another contract": [("eth_call", [{"to": ELSEWHERE, "data": LOOK}, "latest"], {"result": "0x"})],
    "a call of no function": [("eth_call", [{"to": AT, "data": "0x12345678"}, "latest"], {"result": "0x"})],
    "an estimate": [("eth_estimateGas", [{"to": AT, "data": LOOK}], {"result": "0x5208"})],
    "a transaction not in a block": [sent(), ("eth_getTransactionReceipt", ["0xaa"], {"result": None})],
    "a transaction that failed": [sent(), receipt(status="0x0")],
    "an error of another contract": [
        ("eth_call", [{"to": ELSEWHERE, "data": LOOK}, "latest"], {"error": {"data": CLOSED}})
    ],
    "an event of another contract": [sent(data="0x"), receipt(logs=[log(ELSEWHERE, CLOSED)])],
    "the trace of a success, by steps": [sent(), traced("RETURN")],
    "the trace of a success": [
        sent(),
        ("debug_traceTransaction", ["0xaa"], {"result": {"failed": False, "returnValue": CLOSED}}),
    ],
}
SOMETHING = {
    "a call": ([("eth_call", [{"to": AT, "data": LOOK}, "latest"], {"result": "0x"})], {FUNCTION}),
    "a transaction": ([sent(), receipt()], {FUNCTION}),
    "an error of a call": (
        [("eth_call", [{"to": AT, "data": LOOK}, "latest"], {"error": {"data": CLOSED}})],
        {ERROR},
    ),
    "an error of a transaction, in the last step of its trace": (
        [(*sent()[:2], {"error": {"data": {"hash": "0xaa"}}}), receipt(status="0x0"), traced("REVERT")],
        {ERROR},
    ),
    "an error of a transaction, in the answer to its trace": (
        [sent(), ("debug_traceTransaction", ["0xaa"], {"result": {"failed": True, "returnValue": CLOSED}})],
        {ERROR},
    ),
    "an event, with an error as its reason": (
        [sent(), receipt(logs=[log(AT, CLOSED)])],
        {FUNCTION, EVENT, ERROR},
    ),
    "an event, with another reason": ([sent(), receipt(logs=[log(AT, "0x12345678")])], {FUNCTION, EVENT}),
}


@pytest.mark.parametrize("traffic", NOTHING.values(), ids=NOTHING)
def test_counts_nothing(traffic, record):
    for said in traffic:
        record.watch(*said)
    assert record.seen == {DEPLOYED}


@pytest.mark.parametrize(("traffic", "counted"), SOMETHING.values(), ids=SOMETHING)
def test_counts(traffic, counted, record):
    for said in traffic:
        record.watch(*said)
    assert record.seen == {DEPLOYED} | counted
    assert set(record.missing()) == {FUNCTION, ERROR, EVENT} - counted


def test_what_the_governance_executes_counts_for_both(record):
    inputs = ["address", "uint256", "bytes", "bytes32", "bytes32"]
    abi = [{"type": "function", "name": "execute", "inputs": [{"type": each} for each in inputs]}]
    both = Record({"Door": {"bytecode": "0x6001", "abi": ABI}, "Governance": {"bytecode": "0x6002", "abi": abi}})
    for code, at in (("0x6001", AT), ("0x6002", ELSEWHERE)):
        for said in (("eth_sendTransaction", [{"data": code}], {"result": "0xaa"}), receipt(created=at)):
            both.watch(*said)
    call = encode(inputs, [AT, 0, bytes.fromhex(LOOK[2:]), b"", b""])
    executed = sent(ELSEWHERE, "0x" + (keccak(text=EXECUTE)[:4] + call).hex())
    both.watch("eth_call", *executed[1:2], {"error": {"data": CLOSED}})
    assert both.seen & {ERROR, FUNCTION} == {ERROR}
    [both.watch(*said) for said in (executed, receipt())]
    assert {FUNCTION, Item("Governance", "function", "execute")} <= both.seen


def test_nothing_said_is_everything_missing():
    record = Record(artifacts())
    assert set(record.missing()) == record.entries.keys() - IMPOSSIBLE.keys()
    assert {item.kind for item in record.missing()} == {"constructor", "function", "event", "error"}


def test_only_what_is_there_is_said_to_be_impossible():
    assert IMPOSSIBLE.keys() <= Record(artifacts()).entries.keys()
    assert all(IMPOSSIBLE.values())


def test_what_is_said_to_be_impossible_is_reported_when_seen():
    record, first = Record(artifacts()), next(iter(IMPOSSIBLE))
    record.seen.add(first)
    assert record.surprising() == [first]
