"""Vectors of a log of members: its checkpoint and its leaves, and the members with their newest names and keys.

The last of the leaves is in no log; what is refused names its leaves by their places in the list.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from eth_abi.abi import encode

from jamjar.crypto.hashing import keccak256
from jamjar.tlog.checkpoint import Checkpoint
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.note import LOG, Note, NoteSigner, generate
from jamjar.tlog.policy import OF_MEMBERS, read_policy
from jamjar.tlog.tiles import bundle
from jamjar.tlog.tree import Frontier, leaf_hash
from tools.vectors.drawn import ADVISER, ADVISER_KEY, CHAIN_ID, NOW, drawn
from tools.vectors.logs import LOG_KEY, ORIGIN, POLICY, WITNESSES

KEY = generate(ORIGIN + OF_MEMBERS, LOG, drawn("log of members"))
OF_THEM = POLICY.replace(str(LOG_KEY.verifier), str(KEY.verifier))
CONSORTIUM = "0x" + "44" * 20
FOUNDER, OTHER = "0x" + "77" * 20, "0x" + "78" * 20
FIRST_KEY = drawn("first key")(1216)


def _topic(value: int | str) -> bytes:
    return value.to_bytes(32, "big") if isinstance(value, int) else bytes.fromhex(value[2:]).rjust(32, b"\0")


def _event(number: int, signature: str, topics: Sequence[bytes], data: bytes = b"") -> RawEvent:
    place = sha256(b"%d" % number).digest()
    first = keccak256(signature.encode())
    contract = bytes.fromhex(CONSORTIUM[2:])
    return RawEvent(CHAIN_ID, contract, number, place, NOW, place, 0, (first, *topics), data)


def _named(number: int, kind: str, member: int, name: str) -> RawEvent:
    topics = _topic(member), _topic(FOUNDER)
    return _event(number, f"{kind}(uint32,string,address)", topics, encode(["string"], [name]))


def _key(number: int, member: int, key: bytes) -> RawEvent:
    topics = _topic(member), keccak256(key), _topic(ADVISER.address)
    return _event(number, "EncryptionKeyChanged(uint32,bytes32,bytes,address)", topics, encode(["bytes"], [key]))


def _account(number: int, kind: str, member: int, account: str) -> RawEvent:
    return _event(number, f"{kind}(uint32,address,address)", (_topic(member), _topic(account), _topic(FOUNDER)))


EVENTS = (
    _named(1, "MemberAdmitted", 2, "Cyngor Tref"),
    _account(2, "AccountAdded", 2, OTHER),
    _key(3, 2, FIRST_KEY),
    _named(4, "MemberAdmitted", 7, "Tŷ’r Cyngor \U0001f3e0"),
    _account(5, "AccountAdded", 7, FOUNDER),
    _key(6, 7, FIRST_KEY),
    _named(7, "MemberRenamed", 2, "Cyngor Dyled Tref"),
    _account(8, "AccountAdded", 2, ADVISER.address),
    _account(9, "AccountRemoved", 2, OTHER),
    _key(10, 2, ADVISER_KEY.public_bytes),
)
LEAVES = [event.to_bytes() for event in EVENTS]


def _note(leaves: Sequence[bytes], cosigners: int = 2, key: NoteSigner = KEY) -> str:
    checkpoint = Checkpoint(key.verifier.name, len(leaves), Frontier().grown(map(leaf_hash, leaves)).root)
    cosigned = (each.cosign(checkpoint.text, NOW) for each in WITNESSES[:cosigners])
    return str(Note(checkpoint.text, (key.sign(checkpoint.text), *cosigned)))


def vectors() -> dict[str, Any]:
    """Return the vectors of a log of members."""
    read_policy(OF_THEM).check(_note(LEAVES))
    count = len(LEAVES)
    false = {
        "the newest key is missing": (_note(LEAVES), range(count - 1)),
        "another newest key": (_note(LEAVES), (*range(count - 1), count)),
        "two leaves in another order": (_note(LEAVES), (*range(count - 2), count - 1, count - 2)),
        "a leaf more": (_note(LEAVES[:-1]), range(count)),
        "one witness": (_note(LEAVES, 1), range(count)),
        "another log": (_note(LEAVES, 2, LOG_KEY), range(count)),
    }
    return {
        "policy": OF_THEM,
        "chain": CHAIN_ID,
        "contract": CONSORTIUM,
        "cosigned": NOW,
        "checkpoint": _note(LEAVES),
        "leaves": [leaf.decode() for leaf in (*LEAVES, _key(10, 2, FIRST_KEY).to_bytes())],
        "bundle_digest": sha256(bundle(LEAVES)).hexdigest(),
        "members": [
            {"number": 2, "name": "Cyngor Dyled Tref", "accounts": [ADVISER.address],
             "key": keccak256(ADVISER_KEY.public_bytes).hex()},
            {"number": 7, "name": "Tŷ’r Cyngor \U0001f3e0", "accounts": [FOUNDER],
             "key": keccak256(FIRST_KEY).hex()},
        ],
        "refused": [
            {"why": why, "checkpoint": note, "leaves": list(leaves)} for why, (note, leaves) in false.items()
        ],
        "policy_of_both": OF_THEM.replace("\nwitness", f"\nlog {LOG_KEY.verifier}\nwitness", 1),
    }  # fmt: skip
