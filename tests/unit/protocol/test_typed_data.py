"""EIP-712 messages: what is refused, and digests against eth-account and the text of the standard."""

import json
from dataclasses import dataclass, fields, replace

import pytest
from Crypto.Hash import keccak
from eth_account.messages import encode_typed_data
from eth_utils import to_checksum_address
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.protocol.typed_data import (
    MESSAGES,
    Acknowledge,
    Commit,
    Domain,
    Grant,
    Pause,
    Reconfirm,
    Resume,
    Withdraw,
    digest,
    full_message,
)

# As the contracts hash them.
TYPES = {
    Grant: "Grant(address consent,uint32 recipient,uint40 validFrom,uint40 validUntil,uint40 reconfirmBy,"
    "uint16 maxUses,bytes32 termsDigest)",
    Pause: "Pause(address consent,uint32 sequence)",
    Resume: "Resume(address consent,uint32 sequence)",
    Reconfirm: "Reconfirm(address consent,uint32 sequence,uint40 reconfirmBy)",
    Withdraw: "Withdraw(address consent)",
    Commit: "Commit(address consent,bytes32 root,bytes32 replaces)",
    Acknowledge: "Acknowledge(address consent,bytes32 commitment,bytes32 advice)",
}
CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
OTHER = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
ONE, TWO = b"\x01" * 32, b"\x02" * 32
DOMAIN = Domain(1337, OTHER)
EXAMPLES = [
    Grant(CONSENT, 1, 2, 3, 4, 5, ONE),
    Pause(CONSENT, 1),
    Resume(CONSENT, 1),
    Reconfirm(CONSENT, 1, 2),
    Withdraw(CONSENT),
    Commit(CONSENT, ONE, TWO),
    Acknowledge(CONSENT, ONE, TWO),
]
FIELDS = [(example, member.name) for example in EXAMPLES for member in fields(example)]

addresses = st.binary(min_size=20, max_size=20).filter(any).map(to_checksum_address)
words = st.binary(min_size=32, max_size=32)
u16, u32, u40 = (st.integers(0, 2**bits - 1) for bits in (16, 32, 40))
STRATEGIES = {
    Grant: st.builds(Grant, addresses, u32, u40, u40, u40, u16, words),
    Pause: st.builds(Pause, addresses, u32),
    Resume: st.builds(Resume, addresses, u32),
    Reconfirm: st.builds(Reconfirm, addresses, u32, u40),
    Withdraw: st.builds(Withdraw, addresses),
    Commit: st.builds(Commit, addresses, words, words),
    Acknowledge: st.builds(Acknowledge, addresses, words, words),
}
domains = st.builds(Domain, st.integers(1, 2**256 - 1), addresses)


def limit(example, name):
    signature = TYPES[type(example)]
    for kind, member in (part.split(" ") for part in signature.partition("(")[2][:-1].split(",")):
        if member.lower() == name.replace("_", ""):
            return kind
    raise AssertionError(name)


def bad_values(kind):
    if kind == "address":
        return ["", CONSENT.lower()[:-1], CONSENT.swapcase(), "0x" + "0" * 40, bytes(20), None]
    if kind == "bytes32":
        return [b"", bytes(31), bytes(33), "0x" + "01" * 32, bytearray(32), None]
    return [-1, 2 ** int(kind.removeprefix("uint")), True, 1.0, "1", None]


@pytest.mark.parametrize(("example", "name"), FIELDS)
def test_a_value_that_does_not_fit_its_type_is_refused(example, name):
    for value in bad_values(limit(example, name)):
        with pytest.raises(InvalidInput):
            replace(example, **{name: value})


@pytest.mark.parametrize("chain_id", [0, -1, 2**256, True, 1.0, "1", None])
def test_a_domain_without_a_chain_or_contract_is_refused(chain_id):
    with pytest.raises(InvalidInput):
        Domain(chain_id, OTHER)
    with pytest.raises(InvalidInput):
        Domain(1, "0x" + "0" * 40)


def test_a_message_that_is_not_the_contracts_is_refused():
    @dataclass(frozen=True)
    class Pay(Withdraw):
        pass

    with pytest.raises(InvalidInput):
        Pay(CONSENT)
    with pytest.raises(InvalidInput):
        digest(DOMAIN, object())


@pytest.mark.parametrize(("example", "name"), FIELDS)
def test_every_field_changes_the_digest(example, name):
    other = {"address": OTHER, "bytes32": b"\x03" * 32}.get(limit(example, name), 99)

    assert digest(DOMAIN, replace(example, **{name: other})) != digest(DOMAIN, example)


@pytest.mark.parametrize("kind", MESSAGES)
def test_digests_agree_with_eth_account(kind):
    @settings(max_examples=100)
    @given(domains, STRATEGIES[kind])
    def agree(domain, message):
        shown = json.loads(json.dumps(full_message(domain, message)))  # as it reaches a wallet
        theirs = encode_typed_data(full_message=shown)
        preimage = b"\x19" + theirs.version + theirs.header + theirs.body

        assert domain.separator == theirs.header
        assert digest(domain, message) == keccak.new(digest_bits=256, data=preimage).digest()

    agree()


@pytest.mark.parametrize("example", EXAMPLES)
def test_fields_are_those_of_the_contracts(example):
    name = type(example).__name__
    shown = full_message(DOMAIN, example)
    members = ",".join(f"{member['type']} {member['name']}" for member in shown["types"][name])

    assert shown["primaryType"] == name
    assert f"{name}({members})" == TYPES[type(example)]


def test_the_domain_separator_is_that_of_the_standards_example():
    domain = Domain(1, "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC", name="Ether Mail")

    assert domain.separator.hex() == "f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f"


def test_addresses_are_kept_with_their_checksum():
    assert (Withdraw(CONSENT.lower()), Domain(1337, OTHER.lower())) == (Withdraw(CONSENT), DOMAIN)
