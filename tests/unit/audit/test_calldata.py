"""audit.calldata: what a transaction called and carried, as eth_abi encodes it.

When it is no function of ours, or cut short       a call without items
When a field is out of its type's range            an item that nobody can have signed
Given a single message, or a batch                 each message, and who signed it
"""

import pytest
from eth_abi import encode
from eth_utils import keccak

from jamjar.audit import calldata
from jamjar.model.decision import SignedBy
from jamjar.protocol.calls import batch_of, call_of
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Acknowledge, Commit, Domain, Grant, Pause, Reconfirm, Resume, Withdraw

KEY, OTHER = ConsentKey(b"\1" * 32), ConsentKey(b"\2" * 32)
DOMAIN = Domain(1337, "0x" + "12" * 20)
WORD = b"w" * 32
SIGNATURE = "(bytes32,bytes32)"
GRANT = f"((address,uint32,uint40,uint40,uint40,uint16,bytes32),{SIGNATURE})"
THREE = f"((address,bytes32,bytes32),{SIGNATURE})"
CALLS = [
    (Grant, (2, 10, 20, 15, 3, WORD), [GRANT]),
    (Pause, (4,), ["address", "uint32", SIGNATURE]),
    (Resume, (5,), ["address", "uint32", SIGNATURE]),
    (Reconfirm, (6, 99), ["address", "uint32", "uint40", SIGNATURE]),
    (Withdraw, (), [f"(address,{SIGNATURE})"]),
    (Commit, (WORD, bytes(32)), [THREE]),
    (Acknowledge, (WORD, WORD), [THREE]),
]
IDS = [kind.__name__ for kind, _, _ in CALLS]


def encoded(name, types, arguments):
    return keccak(text=f"{name}({','.join(types)})")[:4] + encode(types, arguments)


@pytest.mark.parametrize("data", [b"", b"\1", b"\1\2\3\4", bytes(100)])
def test_no_function_of_ours(data):
    assert calldata.read(data) == calldata.DecodedCall("")


@pytest.mark.parametrize(("kind", "rest", "types"), CALLS, ids=IDS)
def test_a_message(kind, rest, types):
    signed = sign(KEY, DOMAIN, kind(KEY.address, *rest))
    _, function, arguments = call_of(signed)
    data = encoded(function, types, arguments)
    call = calldata.read(data)
    assert (call.function, call.events, len(call.items)) == (function, 1, 1)
    assert call.items[0].signed_by(DOMAIN) == SignedBy(signed.message, KEY.address)
    assert call.items[0].signed_by(Domain(1, DOMAIN.contract)).signer != KEY.address
    (short,) = calldata.read(data[:-1]).items
    assert short.signed_by(DOMAIN) is None


@pytest.mark.parametrize("kind", [Grant, Withdraw, Commit, Acknowledge])
@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_batch(kind, size):
    _, rest, (item,) = next(each for each in CALLS if each[0] is kind)
    batch = [sign(KEY if n % 2 else OTHER, DOMAIN, kind(KEY.address, *rest)) for n in range(size)]
    _, function, arguments = batch_of(batch)
    call = calldata.read(encoded(function, [f"{item}[]"], arguments))
    assert (call.function, call.events) == (function, size)
    assert [each.signed_by(DOMAIN).message for each in call.items] == [each.message for each in batch]
    assert [each.signed_by(DOMAIN).signer == KEY.address for each in call.items] == [n % 2 == 1 for n in range(size)]


def test_a_batch_that_says_it_is_longer():
    batch = batch_of([sign(KEY, DOMAIN, Withdraw(KEY.address))])
    data = bytearray(encoded(batch[1], [f"(address,{SIGNATURE})[]"], batch[2]))
    data[4 + 32 : 4 + 64] = b"\xff" * 32
    assert calldata.read(bytes(data)).items == ()


def test_a_field_out_of_range():
    data = bytearray(encoded("pause", CALLS[1][2], (KEY.address, 4, (WORD, WORD))))
    data[4 + 32] = 1
    assert calldata.read(bytes(data)).items[0].signed_by(DOMAIN) is None


def test_a_signature_that_none_is():
    data = encoded("pause", CALLS[1][2], (KEY.address, 4, (bytes(32), WORD)))
    assert calldata.read(data).items[0].signed_by(DOMAIN) == SignedBy(Pause(KEY.address, 4), "")


def test_what_members_call():
    assert calldata.read(encoded("use", ["(address,bytes32)"], [(KEY.address, WORD)])) == calldata.DecodedCall(
        "use", events=1
    )
    batch = encoded("useBatch", ["(address,bytes32)[]"], [[(KEY.address, WORD)] * 3])
    assert calldata.read(batch) == calldata.DecodedCall("useBatch", events=3)
    assert calldata.read(encoded("suspend", ["uint32", "uint8"], [3, 1])) == calldata.DecodedCall("suspend", events=1)
    data = encode(["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"], [[], [], [], WORD, WORD])
    selector = keccak(b"executeBatch(address[],uint256[],bytes[],bytes32,bytes32)")[:4]
    assert calldata.read(selector + data) == calldata.DecodedCall("executeBatch")  # how many events varies
