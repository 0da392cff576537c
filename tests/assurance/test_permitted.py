"""permitted: every byte of a piece belongs to a permitted field, or is reported.

When bytes follow, lie between or overlap the fields     the piece is not accounted for
When padding is not zero, an offset or length is wrong   the piece is not accounted for
When a number is not permitted in its field              it is reported, and stays visible to the search
When a digest does not look random                       it is reported, and stays visible to the search
When the contract or the function is unknown             it is reported
When everything is permitted                             nothing is reported; digests stay visible, numbers do not
"""

import pytest
from eth_abi import encode
from eth_utils import keccak
from hypothesis import given
from hypothesis import strategies as st

from assurance.privacy.abi_fields import fields
from assurance.privacy.chain_bytes import Piece
from assurance.privacy.permitted import Facts, account

REGISTRY, CONSORTIUM, HEADS, GOVERNANCE = "0xregistry", "0xconsortium", "0xheads", "0xgovernance"
FACTS = Facts(
    {REGISTRY: "ConsentRegistry", CONSORTIUM: "Consortium", HEADS: "CommitmentRegistry", GOVERNANCE: "Governance"},
    {2: "Town Debt Advice"}, earliest=1_800_000_000, latest=1_800_001_000, most_uses=1000,
)  # fmt: skip
CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
DIGEST, R, VS = (keccak(text=text) for text in ("digest", "r", "vs"))
GRANT = "((address,uint32,uint40,uint40,uint40,uint16,bytes32),(bytes32,bytes32))"
GOOD = {"recipient": 2, "valid_from": 1_800_000_100, "valid_until": 1_810_000_000, "reconfirm_by": 1_805_000_000,
        "max_uses": 3, "terms_digest": DIGEST}  # fmt: skip
ADMIT = "(uint32,string,bytes32[],address,bytes)"
SCHEDULE = ["address", "uint256", "bytes", "bytes32", "bytes32", "uint256"]
KEY = b"".join(keccak(bytes([n])) for n in range(38))


def _grant(**changes: object) -> Piece:
    values = GOOD | changes
    data = keccak(text=f"grant({GRANT})")[:4] + encode([GRANT], [((CONSENT, *values.values()), (R, VS))])
    return Piece("here", "call", REGISTRY, data)


def _admit(name: str = "Town Debt Advice", after: bytes = b"") -> Piece:
    data = encode([ADMIT], [(2, name, [keccak(text="ADVISER")], CONSENT, KEY)])
    return Piece("here", "call", CONSORTIUM, keccak(text=f"admit({ADMIT})")[:4] + data + after)


def _proposed(call: bytes, value: int = 0, delay: int = 604_800, salt: bytes = VS) -> Piece:
    data = encode(SCHEDULE, [CONSENT, value, call, bytes(32), salt, delay])
    return Piece("here", "call", GOVERNANCE, keccak(text=f"schedule({','.join(SCHEDULE)})")[:4] + data)


@given(st.binary(min_size=1, max_size=64))
def test_bytes_after_the_last_field(after: bytes) -> None:
    assert account(_admit(after=after), FACTS)[1]


@given(place=st.integers(0, 4 + 6 * 32), value=st.integers(0, 255))
def test_any_other_byte_in_the_head_is_reported_or_visible(place: int, value: int) -> None:
    good = _admit()
    data = bytes([*good.data[:place], value, *good.data[place + 1 :]])
    if data != good.data:
        rest, wrong = account(Piece("here", "call", CONSORTIUM, data), FACTS)
        in_account = 4 + 4 * 32 + 12 <= place < 4 + 5 * 32  # any address that looks random is permitted
        assert wrong or (in_account and value == rest[place])


def test_padding_that_is_not_zero() -> None:
    data = bytearray(encode(["string"], ["abc"]))
    data[-1] = 1
    with pytest.raises(ValueError, match="padding"):
        fields([{"name": "name", "type": "string"}], bytes(data))


def test_two_fields_in_one_place() -> None:
    data = encode(["bytes", "bytes"], [b"a" * 32, b"a" * 32])
    arguments = [{"name": "a", "type": "bytes"}, {"name": "b", "type": "bytes"}]
    assert [each.value for each in fields(arguments, data) if each.kind == "bytes"] == [b"a" * 32] * 2
    shared = data[:32] + data[:32] + data[64:]
    with pytest.raises(ValueError, match="no field, or to two"):
        fields(arguments, shared)


@pytest.mark.parametrize(
    "changes",
    [{"recipient": 11914}, {"recipient": 0}, {"valid_from": 11914}, {"valid_until": 11914}, {"reconfirm_by": 0},
     {"valid_until": 1_900_000_000}, {"max_uses": 0}, {"max_uses": 1001}, {"terms_digest": bytes(32)},
     {"terms_digest": (11914).to_bytes(32, "big")}, {"terms_digest": b"fixed.home.rent".ljust(32, b"\0")}],
)  # fmt: skip
def test_a_value_that_is_not_permitted(changes: dict[str, object]) -> None:
    rest, wrong = account(_grant(**changes), FACTS)
    assert len(wrong) == 1
    [value] = changes.values()
    assert (value if isinstance(value, bytes) else value.to_bytes(32, "big")) in rest


def test_a_name_that_no_member_has() -> None:
    rest, wrong = account(_admit("fixed.home.rent"), FACTS)
    assert wrong == ["string name: not of a kind that is permitted"]
    assert b"fixed.home.rent" in rest


@pytest.mark.parametrize("piece", [Piece("here", "call", "0xother", b""), Piece("here", "call", REGISTRY, b""),
                                   Piece("here", "call", REGISTRY, b"\1\2\3\4"),
                                   Piece("here", "log", REGISTRY, DIGEST, 1)])  # fmt: skip
def test_an_unknown_contract_function_or_event(piece: Piece) -> None:
    assert account(piece, FACTS)[1]


@pytest.mark.parametrize(
    ("contract", "value"), [(REGISTRY, 11914), (REGISTRY, 11914 << 32), (CONSORTIUM, 11914), (HEADS, 11914)]
)
def test_storage_that_is_not_permitted(contract: str, value: int) -> None:
    rest, wrong = account(Piece("here", "write", contract, DIGEST + value.to_bytes(32, "big")), FACTS)
    assert len(wrong) == 1
    assert value.to_bytes(32, "big") in rest


def test_a_storage_key_that_is_an_amount() -> None:
    assert account(Piece("here", "write", HEADS, (11914).to_bytes(32, "big") + DIGEST), FACTS)[1]


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        (_proposed(_admit("fixed.home.rent").data), "string name: not of a kind that is permitted"),
        (_proposed(_admit(after=b"1").data), "a call that is not accounted for (bytes after the last field)"),
        (_proposed(b"fixed.home.rent"), "a call that is not accounted for (b'fixe')"),
        (_proposed(_admit().data, value=9), "uint256 value: not of a kind that is permitted"),
        (_proposed(_admit().data, delay=11914_000_000), "uint256 delay: not of a kind that is permitted"),
        (_proposed(_admit().data, salt=b"rent".ljust(32, b"\0")), "bytes32 salt: not of a kind that is permitted"),
    ],
)  # fmt: skip
def test_a_proposal_with_what_is_not_permitted(piece: Piece, said: str) -> None:
    assert account(piece, FACTS)[1] == [said]


def test_a_proposal_of_what_is_permitted() -> None:
    rest, wrong = account(_proposed(_admit().data), FACTS)
    assert (wrong, KEY in rest, VS in rest, b"Town Debt Advice" in rest) == ([], True, True, False)


@pytest.mark.parametrize("piece", [_grant(), _admit(), Piece("here", "write", HEADS, DIGEST + R)])
def test_what_is_permitted(piece: Piece) -> None:
    rest, wrong = account(piece, FACTS)
    assert wrong == []
    assert len(rest) == len(piece.data)
    visible = {"grant": [DIGEST, R, VS], "admit": [KEY], "write": [DIGEST, R]}
    kind = piece.kind if piece.kind == "write" else "admit" if piece.contract == CONSORTIUM else "grant"
    assert all(word in rest for word in visible[kind])
    assert b"\0" * 13 not in rest  # the remaining zeros pad addresses
