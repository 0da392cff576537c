"""calldata: what is concatenated is what web3's encoder writes, for every type, alone and in batches."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web3 import Web3

from jamjar.encoding.strict_json import dumps
from jamjar.protocol import calls
from jamjar.protocol.abi import abi_of
from jamjar.protocol.address import checksum_address
from jamjar.protocol.signing import Signature, SignedMessage
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw
from jamjar.relayer import calldata

ADDRESSES = st.binary(min_size=20, max_size=20).filter(any).map(checksum_address)
WORDS = st.binary(min_size=32, max_size=32)
NUMBERS = {bits: st.integers(0, 2**bits - 1) for bits in (16, 32, 40)}
TIMES = [NUMBERS[40]] * 3
FIELDS = {
    Grant: [NUMBERS[32], *TIMES, NUMBERS[16], WORDS],
    Pause: [NUMBERS[32]],
    Resume: [NUMBERS[32]],
    Reconfirm: [NUMBERS[32], NUMBERS[40]],
    Withdraw: [],
    Commit: [WORDS, WORDS],
    Acknowledge: [WORDS, WORDS],
}
SIGNATURES = st.builds(Signature, st.just(bytes([7]) * 32), st.integers(1, 2**250).map(lambda n: n.to_bytes(32, "big")))


def signed(kind: type[Message]) -> st.SearchStrategy:
    return st.builds(SignedMessage, st.builds(kind, ADDRESSES, *FIELDS[kind]), SIGNATURES)


def load(item: SignedMessage) -> calldata.Load:
    values = {k: f"0x{v.hex()}" if isinstance(v, bytes) else v for k, v in asdict(item.message).items()}
    signature = {"r": f"0x{item.signature.r.hex()}", "vs": f"0x{item.signature.vs.hex()}"}
    text = dumps({"message": values, **signature})
    return calldata.load_of(1, type(item.message).__name__, item.message.consent, 0, text)


def encoded(contract: str, function: str, arguments: tuple) -> str:
    return Web3().eth.contract(abi=list(abi_of(contract))).encode_abi(function, list(arguments))


@pytest.mark.parametrize("kind", FIELDS)
@given(st.data())
def test_one_alone(kind, data):
    item = data.draw(signed(kind))
    assert f"0x{calldata.single(load(item)).hex()}" == encoded(*calls.call_of(item))
    assert calldata.contract_of(kind.__name__) == calls.call_of(item)[0]


@pytest.mark.parametrize("kind", [Grant, Withdraw, Commit, Acknowledge])
@given(st.data())
def test_a_batch(kind, data):
    items = data.draw(st.lists(signed(kind), min_size=1, max_size=5))
    assert f"0x{calldata.call([load(item) for item in items]).hex()}" == encoded(*calls.batch_of(items))


def test_what_goes_alone():
    assert {"Grant", "Withdraw", "Commit", "Acknowledge"} == calldata.BATCHED
    item = SignedMessage(Pause(checksum_address(b"\1" * 20), 3), Signature(b"\7" * 32, b"\1" * 32))
    assert calldata.call([load(item)]) == calldata.single(load(item))
