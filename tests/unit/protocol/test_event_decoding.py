"""event_log: the contracts' logs as dataclasses that are theirs field for field.

When the log has no topic, or another first one      LedgerError
When a topic or the data is cut short                LedgerError
When a name is not UTF-8                             it is decoded all the same, with a mark
When it is a log of one of the contracts             the event, with every field
"""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.errors import LedgerError
from jamjar.protocol import event_decoding
from jamjar.protocol.deployment import CONTRACTS
from jamjar.protocol.events import Origin

ROOT = Path(__file__).parents[3]
ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
SAMPLES = {"address": ADDRESS, "bytes32": bytes(range(32)), "string": "Zoë", "bytes": b"\1\2\3", "uint8": 2,
           "uint16": 3, "uint32": 4, "uint40": 5, "uint48": 6, "uint256": 7}  # fmt: skip
PYTHON = {"address": str, "string": str, "bytes32": bytes, "bytes": bytes}
NEVER = {"RoleAdminChanged", "EIP712DomainChanged"}  # in the ABIs, and no code emits them
ABI = {
    entry["name"]: entry
    for name in CONTRACTS
    for entry in json.loads((ROOT / "jamjar" / "abi" / f"{name}.json").read_text())
    if entry["type"] == "event"
}
NAMES = sorted(ABI.keys() - NEVER)
ORIGIN = Origin(7, "0x" + "ab" * 32, 3, ADDRESS)


def _log(entry: dict[str, Any]) -> tuple[list[bytes], bytes]:
    kinds = ",".join(argument["type"] for argument in entry["inputs"])
    topics = [keccak(text=f"{entry['name']}({kinds})")]
    topics += [encode([a["type"]], [SAMPLES[a["type"]]]) for a in entry["inputs"] if a["indexed"]]
    plain = [a["type"] for a in entry["inputs"] if not a["indexed"]]
    return topics, encode(plain, [SAMPLES[kind] for kind in plain])


def _snake(name: str) -> str:
    return re.sub("[A-Z]", lambda m: "_" + m[0].lower(), name)


@pytest.mark.parametrize("topics", [[], [bytes(32)], [keccak(text="Transfer(address,address,uint256)")], [b""]])
def test_no_event_of_ours(topics: list[bytes]) -> None:
    with pytest.raises(LedgerError, match="Log 3 of block 7"):
        event_decoding.decode(ORIGIN, topics, b"")


@pytest.mark.parametrize("name", [name for name in NAMES if any(not a["indexed"] for a in ABI[name]["inputs"])])
def test_data_cut_short(name: str) -> None:
    topics, data = _log(ABI[name])
    with pytest.raises(LedgerError, match="cut short"):
        event_decoding.decode(ORIGIN, topics, data[:31])
    with pytest.raises(LedgerError, match="cut short"):
        event_decoding.decode(ORIGIN, topics, b"")


@pytest.mark.parametrize("name", [name for name in NAMES if any(a["indexed"] for a in ABI[name]["inputs"])])
def test_a_topic_missing_or_short(name: str) -> None:
    topics, data = _log(ABI[name])
    for fewer in (topics[:-1], [*topics[:-1], topics[-1][:31]]):
        with pytest.raises(LedgerError, match="cut short"):
            event_decoding.decode(ORIGIN, fewer, data)


def test_an_address_with_more_than_20_bytes() -> None:
    topics, data = _log(ABI["ConsentWithdrawn"])
    with pytest.raises(LedgerError):
        event_decoding.decode(ORIGIN, [topics[0], b"\1" * 32, topics[2]], data)


def test_a_name_that_is_not_utf8() -> None:
    topics, _ = _log(ABI["MemberAdmitted"])
    event = event_decoding.decode(ORIGIN, topics, encode(["bytes"], [b"A\xff"]))
    assert event.name == "A\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("name", NAMES)
def test_decodes(name: str) -> None:
    event = event_decoding.decode(ORIGIN, *_log(ABI[name]))
    assert type(event).__name__ == name
    assert event.origin == ORIGIN
    for argument in ABI[name]["inputs"]:
        assert getattr(event, _snake(argument["name"])) == SAMPLES[argument["type"]]


def test_every_event_has_a_class_and_every_class_an_event() -> None:
    assert event_decoding.CLASSES.keys() == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_class_has_the_fields_of_its_event(name: str) -> None:
    found = [(field.name, field.type) for field in fields(event_decoding.CLASSES[name])]
    wanted = [(_snake(a["name"]), PYTHON.get(a["type"], int)) for a in ABI[name]["inputs"]]
    assert found == [("origin", Origin), *wanted]


def test_topic_of() -> None:
    assert event_decoding.topic_of(None) is None
    assert event_decoding.topic_of("ConsentWithdrawn") == "0x" + keccak(text="ConsentWithdrawn(address,address)").hex()
    with pytest.raises(LedgerError, match="no event Nothing"):
        event_decoding.topic_of("Nothing")


@settings(max_examples=300)
@given(st.sampled_from(NAMES), st.data())
def test_words_are_read_as_eth_abi_reads_them(name: str, data: st.DataObject) -> None:
    topics, plain = _log(ABI[name])
    words = st.one_of(st.binary(min_size=32, max_size=32), st.integers(0, 2**41).map(lambda n: n.to_bytes(32, "big")))
    topics = [topics[0], *(data.draw(words) for _ in topics[1:])]
    plain = b"".join(data.draw(words) for _ in range(len(plain) // 32))
    layout = event_decoding._layouts()[topics[0]]
    if not layout.is_words:
        return
    try:
        expected = event_decoding._decoded(ORIGIN, layout, topics, plain)
    except LedgerError:
        assert layout.words(topics, plain) is None
    else:
        assert event_decoding.decode(ORIGIN, topics, plain) == expected
        assert layout.words(topics, plain) is not None
