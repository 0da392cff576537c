"""Calldata that no ABI encoder makes is refused whole.

When a call is sent that would be recorded
├── given its calldata lacks the last byte, the last word, or all but the selector   it reverts
└── given a number or an address carries bits beyond its type                        it reverts
When the selector is none of the contract's, or there is no calldata                 it reverts
"""

import pytest

from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Pause, Reconfirm, Resume, Withdraw

ROOT = b"\x11" * 32
# The fields that do not fill their word, by kind of message: how many bits their types have.
BITS = {
    Grant: (160, 32, 40, 40, 40, 16),
    Pause: (160, 32),
    Resume: (160, 32),
    Reconfirm: (160, 32, 40),
    Withdraw: (160,),
    Commit: (160,),
    Acknowledge: (160,),
}


def accepts(address, data, sender):
    """Whether the contract would take these bytes."""
    from brownie import web3

    call = {"from": sender.address, "to": address, "data": "0x" + data.hex(), "gas": 10_000_000}
    try:
        web3.eth.call(call)
    except ValueError as error:  # as Brownie raises it
        if "revert" not in str(error).lower():
            raise
        return False
    return True


def with_bit(data, word, bit):
    """The calldata with one more bit set in one word after the selector."""
    at = 4 + 32 * word
    number = int.from_bytes(data[at : at + 32], "big")
    assert not number >> bit & 1
    return data[:at] + (number | 1 << bit).to_bytes(32, "big") + data[at + 32 :]


@pytest.fixture
def signed(kind, attack):
    """The function that takes this kind of message, its calldata, and who may send it."""
    key, message = attack.ready(kind)
    call = attack.call(message)
    data = bytes.fromhex(call.encode_input(*attack.arguments(message, attack.sign(key, message)))[2:])
    sender = attack.people.operator if kind is Grant else attack.people.stranger
    assert accepts(call._address, data, sender)
    return call, data, sender


@pytest.fixture(params=["use", "release", "record"])
def by_the_recipient(request, system, claimants, people):
    """The function of the recipient's, its calldata, and who may send it."""
    consent = claimants.live().address
    call, arguments = {
        "use": (system.consents.use, (consent, ROOT)),
        "release": (system.consents.release, consent),
        "record": (system.advice.record, (consent, ROOT, ROOT)),
    }[request.param]
    data = bytes.fromhex(call.encode_input(arguments)[2:])
    assert accepts(call._address, data, people.adviser)
    return call, data, people.adviser


class TestTruncated:
    """P2: words that are missing are not taken for zeros, so a signature has no other length."""

    def test_signed(self, signed):
        call, data, sender = signed
        assert not any(accepts(call._address, short, sender) for short in (data[:-1], data[:-32], data[:4]))

    def test_by_the_recipient(self, by_the_recipient):
        call, data, sender = by_the_recipient
        assert not any(accepts(call._address, short, sender) for short in (data[:-1], data[:-32], data[:4]))

    def test_batch(self, system, claimants, people):
        items = [claimants.withdraw(claimants.key()) for _ in range(3)]
        call = system.consents.withdrawBatch
        data = bytes.fromhex(call.encode_input(items)[2:])
        assert accepts(call._address, data, people.stranger)
        cut = range(4, len(data), 32)
        assert not any(accepts(call._address, data[:size], people.stranger) for size in (*cut, len(data) - 1))


class TestBeyondTheType:
    """P6: one record has one encoding; nobody can hide bits in it, or name a consent in two ways."""

    def test_signed(self, kind, signed):
        call, data, sender = signed
        for word, bits in enumerate(BITS[kind]):
            for bit in (bits, 255):
                assert not accepts(call._address, with_bit(data, word, bit), sender), (word, bit)

    def test_by_the_recipient(self, by_the_recipient):
        call, data, sender = by_the_recipient
        assert not any(accepts(call._address, with_bit(data, 0, bit), sender) for bit in (160, 255))

    @pytest.mark.parametrize("word", range(6))
    def test_batch(self, word, system, claimants, people):
        call = system.consents.grantBatch
        data = bytes.fromhex(call.encode_input([claimants.grant(claimants.key()) for _ in range(2)])[2:])
        assert accepts(call._address, data, people.operator)
        # Two words in front: where the items begin, and how many there are; nine words an item.
        for item in range(2):
            dirty = with_bit(data, 2 + 9 * item + word, BITS[Grant][word])
            assert not accepts(call._address, dirty, people.operator)


@pytest.mark.parametrize("contract", ["consortium", "consents", "commitments", "advice"])
def test_unknown_selector(contract, system, people):
    """P4: there is no hidden door: no fallback takes what the interface does not name."""
    address = getattr(system, contract).address
    for data in (b"", b"\xde", b"\xde\xad\xbe", b"\xde\xad\xbe\xef", bytes(4), bytes(68)):
        assert not accepts(address, data, people.founder)
