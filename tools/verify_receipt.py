"""Check a receipt of Jamjar's log, offline: python verify_receipt.py RECEIPT --policy POLICY.

A single file that needs Python 3.10 and `cryptography` from 47 on, but nothing of Jamjar. It prints the event and the
times of the cosignatures, with exit status 0, what is wrong, with 1, or why it checked nothing, with 2. The formats:
C2SP tlog-proof, tlog-checkpoint, signed-note, tlog-cosignature, tlog-policy; trees of RFC 6962. The proof's extra data
are the SHA-256 of everything after that line, then the event as canonical JSON, which is the leaf of the tree.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
except ImportError:
    print("NOT CHECKED: The package cryptography is missing or older than 47; install a newer one.", file=sys.stderr)
    sys.exit(2)

Key = tuple[str, bytes, bytes]
"""A public key's name, its id, its bytes."""
Policy = tuple[list[Key], dict[str, Key], dict[str, tuple[int, list[str]]], str]
"""Logs, witnesses by name, groups by name (how many, of whom), and the quorum's name."""

LOG, WITNESS, PQ_WITNESS = 1, 4, 6
KEY_BYTES = {LOG: 32, WITNESS: 32, PQ_WITNESS: 1312}
NUMBERS = ("block", "chain", "index", "time")
HEX = {"block_hash": 32, "contract": 20, "transaction": 32}
KEYS = {*NUMBERS, *HEX, "data", "format", "topics"}


class Wrong(Exception):
    """What is wrong with a receipt or policy."""


def require(condition: object, sentence: str) -> None:
    """Raise Wrong with this sentence unless the condition holds."""
    if not condition:
        raise Wrong(sentence)


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).digest()


def decoded(text: str, length: int | None = None) -> bytes:
    """Return the bytes of canonical base64."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong("A value is not base64.") from None
    require(data and base64.b64encode(data).decode() == text, "A base64 value is not canonical.")
    require(length is None or len(data) == length, "A hash is not 32 bytes long.")
    return data


def number(text: str) -> int:
    """Return a decimal number below 2**63 without leading zeroes."""
    require(re.fullmatch("(0|[1-9][0-9]{0,18})", text) and int(text) < 2**63, "A number is not written in decimal.")
    return int(text)


def is_name(name: str) -> bool:
    """Return whether this is a valid name of a key."""
    return bool(name) and name.isprintable() and "+" not in name and " " not in name


def read_key(text: str, *kinds: int) -> Key:
    """Return the name, key id and public key, of one of these types, in a verifier key."""
    name, _, rest = text.partition("+")
    named, _, key = rest.partition("+")
    data = decoded(key)
    fits = is_name(name) and data[0] in kinds and len(data) == 1 + KEY_BYTES[data[0]] and len(name.encode()) < 256
    require(fits, "A key of the policy is of another kind.")
    identity = sha256(f"{name}\n".encode() + data)[:4]
    require(identity.hex() == named, "A key of the policy does not match its id.")
    return name, identity, data[1:]


def read_policy(text: str) -> Policy:
    """Parse a policy."""
    logs, witnesses, quorum, used = list[Key](), dict[str, Key](), "", set[str]()
    groups = dict[str, tuple[int, list[str]]]()
    for line in text.split("\n"):
        words = re.findall("[^ \t]+", line)
        if not words or words[0].startswith("#"):
            continue
        known = witnesses.keys() | groups.keys() | {"none"}
        match words:
            case ["log", key, *url] if len(url) <= 1:
                logs.append(read_key(key, LOG))
            case ["witness", name, key, *url] if len(url) <= 1 and name not in known:
                witnesses[name] = read_key(key, WITNESS, PQ_WITNESS)
            case ["group", name, least, *names] if name not in known and set(names) <= known - used - {"none"}:
                many = number({"any": "1", "all": str(len(names))}.get(least, least))
                fits = 1 <= many <= len(names) == len(set(names)) and len(groups) < 64
                require(fits, "A group of the policy has fewer members than it requires.")
                groups[name] = many, names
                used |= set(names)
            case ["quorum", name] if name in known - {"none"} and not quorum:
                quorum = name
            case _:
                raise Wrong(f"The policy's line {line!r} is invalid.")
    keys = [key for _, _, key in (*logs, *witnesses.values())]
    require(len(keys) == len(set(keys)), "The policy contains a key twice.")
    require(logs and quorum, "The policy names no log or requires no witness.")
    return logs, witnesses, groups, quorum


def signatures(lines: str) -> list[Key]:
    """Return the name, key id and signature in each signature line of a note."""
    require(lines.endswith("\n"), "The checkpoint is truncated.")
    found = []
    for line in lines[:-1].split("\n"):
        match = re.fullmatch("— ([^ ]+) ([^ ]+)", line)
        name, signature = match.groups() if match else ("", "")
        require(is_name(name), "A signature line is malformed.")
        data = decoded(signature)
        require(len(data) > 4, "A signature is truncated.")
        found.append((name, data[:4], data[4:]))
    return found


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the key with these bytes, of ML-DSA-44 or else of Ed25519, signed a message."""
    algorithm = MLDSA44PublicKey if len(key) == KEY_BYTES[PQ_WITNESS] else Ed25519PublicKey
    try:
        algorithm.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def subtree(name: str, time: int, text: str) -> bytes:
    """Return what a witness's key of type 6 signs of a checkpoint (C2SP tlog-cosignature)."""
    origin, size, root = text.split("\n")[:3]
    require(len(origin.encode()) < 256, "The name of the log is too long.")
    named = [len(each.encode()).to_bytes(1, "big") + each.encode() for each in (name, origin)]
    numbers = [value.to_bytes(8, "big") for value in (time, 0, number(size))]
    return b"".join((b"subtree/v1\n\0", named[0], numbers[0], named[1], *numbers[1:], decoded(root, 32)))


def signed_at(key: Key, kind: int, text: str, lines: list[Key]) -> int | None:
    """Return the newest time at which a key signed (0 for a log), None if it did not; raise Wrong if one is bad."""
    newest = None
    for name, identity, line in lines:
        if (name, identity) != key[:2]:
            continue
        time, signature, message = 0, line, text.encode()
        if kind == WITNESS:
            time, signature = int.from_bytes(line[:8], "big"), line[8:]
            plain = len(key[2]) == KEY_BYTES[WITNESS]
            message = f"cosignature/v1\ntime {time}\n{text}".encode() if plain else subtree(name, time, text)
        require(is_signed(key[2], message, signature), f"The signature of {name} is invalid.")
        require(time < 2**63, f"The time of {name}'s cosignature is out of range.")
        newest = max(newest or 0, time)
    return newest


def check_checkpoint(note: str, policy: Policy) -> tuple[int, bytes, dict[str, int]]:
    """Return the size, root and cosignature times of a checkpoint that satisfies a policy."""
    logs, witnesses, groups, quorum = policy
    body, empty, lines = note.rpartition("\n\n")
    text, signed = body + "\n", signatures(lines)
    require(empty and not re.search("[\0-\x09\x0b-\x1f\ud800-\udfff]", text), "There is no signed checkpoint.")
    head = body.split("\n")
    require(len(head) >= 3 and all(head), "The checkpoint is malformed.")
    origin, size, root = head[0], number(head[1]), decoded(head[2], 32)
    logged = [log[0] for log in logs if signed_at(log, LOG, text, signed) is not None]
    times = {name: signed_at(key, WITNESS, text, signed) for name, key in witnesses.items()}
    require(origin in logged, "No log of the policy signed the checkpoint.")

    def counts(name: str) -> bool:
        if name in witnesses:
            return times[name] is not None
        least, names = groups[name]
        return sum(counts(each) for each in names) >= least

    require(counts(quorum), "Too few witnesses cosigned the checkpoint.")
    return size, root, {name: time for name, time in times.items() if time is not None}


def root_of(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """Return the root that an inclusion proof gives (RFC 9162, section 2.1.3.2)."""
    require(index < size, "The checkpoint is older than the event.")
    node, first, last = sha256(b"\0" + leaf), index, size - 1
    for sibling in proof:
        require(last, "The proof is too long.")
        if first % 2 or first == last:
            node = sha256(b"\1" + sibling + node)
            while first and not first % 2:
                first, last = first // 2, last // 2
        else:
            node = sha256(b"\1" + node + sibling)
        first, last = first // 2, last // 2
    require(not last, "The proof is too short.")
    return node


def is_hex(text: object, length: int | None = None) -> bool:
    """Return whether this is 0x and lower-case hex digits, for `length` bytes or any number."""
    digits = "*" if length is None else f"{{{length}}}"
    return isinstance(text, str) and bool(re.fullmatch(f"0x([0-9a-f]{{2}}){digits}", text))


def read_event(leaf: bytes) -> dict[str, Any]:
    """Parse a leaf, an event in canonical JSON."""
    try:
        event = json.loads(leaf)
        written = json.dumps(event, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise Wrong("The event is not JSON.") from None
    good = isinstance(event, dict) and set(event) == KEYS and event["format"] == "jamjar.event.1" and written == leaf
    require(good and len(leaf) < 2**16, "The event is not in its format.")
    found: dict[str, Any] = event
    require(all(type(found[name]) is int and 0 <= found[name] < 2**53 for name in NUMBERS), "A number is invalid.")
    require(all(is_hex(found[name], length) for name, length in HEX.items()), "A hash is invalid.")
    require(isinstance(found["topics"], list) and len(found["topics"]) <= 4, "The topics are invalid.")
    require(all(is_hex(topic, 32) for topic in found["topics"]) and is_hex(found["data"]), "A topic is invalid.")
    return found


def verify(data: bytes, policy: str) -> tuple[dict[str, Any], int, dict[str, int]]:
    """Return the event, its number in the log and the times of its cosignatures; raise Wrong for a bad receipt."""
    try:
        receipt = data.decode()
    except UnicodeDecodeError:
        raise Wrong("The receipt is damaged.") from None
    head, empty, note = receipt.partition("\n\n")
    lines = head.split("\n")
    require(empty and len(lines) >= 3 and lines[0] == "c2sp.org/tlog-proof@v1", "This is not a receipt.")
    require(lines[1].startswith("extra ") and lines[2].startswith("index "), "This is not a receipt.")
    extra, index = decoded(lines[1][6:]), number(lines[2][6:])
    require(extra[:32] == sha256(data.split(b"\n", 2)[2]), "The receipt is damaged.")
    event = read_event(extra[32:])
    size, root, times = check_checkpoint(note, read_policy(policy))
    proof = [decoded(line, 32) for line in lines[3:]]
    require(root_of(extra[32:], index, size, proof) == root, "The proof does not give the checkpoint's root.")
    return event, index, times


def main() -> int:
    """Check the receipt that the command line names."""
    parser = argparse.ArgumentParser(description="Check a receipt of Jamjar's log, offline.")
    parser.add_argument("receipt", type=Path)
    parser.add_argument("--policy", type=Path, required=True)
    options = parser.parse_args()
    try:
        event, index, times = verify(options.receipt.read_bytes(), options.policy.read_bytes().decode())
    except (OSError, UnicodeDecodeError, Wrong) as error:
        print(f"NOT TRUE: {error}", file=sys.stderr)
        return 1
    print(json.dumps({"event": event, "number": index, "cosigned": times}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
