"""A receipt is true or refused, by the package and by the single file alike.

When any one byte of it is changed, all of them tried    both refuse it
When it proves something else                            both refuse it
Given a policy that it meets                             both say the same event
"""

import ast
import sys
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import InvalidInput, JamjarError, VerificationFailed
from jamjar.tlog import receipt
from jamjar.tlog.proof import LogProof, read_proof

from .world import NAMES, NOW, WITNESSES, event, leaves, policy, policy_text, receipt_of

SCRIPT = Path(__file__).parents[3] / "tools" / "verify_receipt.py"
GOOD = receipt_of(7, 12)


def _load() -> Any:
    spec = spec_from_file_location("verify_receipt", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


ALONE = _load()
POLICY = policy()


def by_package(data: bytes, least: int | str = 2) -> tuple[bytes, int, dict[str, int]] | None:
    try:
        found = receipt.verify(data, POLICY if least == 2 else policy(least))
    except JamjarError:
        return None
    return found.event.to_bytes(), found.index, dict(found.signed.cosigned)


def by_file(data: bytes, least: int | str = 2) -> tuple[bytes, int, dict[str, int]] | None:
    try:
        found, index, times = ALONE.verify(data, policy_text(least))
    except ALONE.Wrong:
        return None
    return ALONE.json.dumps(found, sort_keys=True, separators=(",", ":")).encode(), index, times


def resealed(data: bytes) -> bytes:
    """The receipt with its digest made to fit again, as an attacker would."""
    proof = read_proof(data.decode())
    extra = sha256(proof.rest.encode()).digest() + proof.extra[32:]
    return str(LogProof(proof.index, proof.hashes, proof.checkpoint, extra)).encode()


@pytest.mark.parametrize(("number", "count"), [(0, 1), (1, 2), (7, 12), (11, 12), (255, 257), (256, 257)])
def test_a_true_one_is_accepted(number: int, count: int) -> None:
    expected = event(number).to_bytes(), number, dict.fromkeys(NAMES, NOW)
    assert by_package(receipt_of(number, count)) == by_file(receipt_of(number, count)) == expected


def test_with_any_byte_changed_it_is_refused() -> None:
    """Every byte, with each of its bits flipped."""
    for at in range(len(GOOD)):
        for bit in range(8):
            changed = GOOD[:at] + bytes([GOOD[at] ^ 1 << bit]) + GOOD[at + 1 :]
            assert (by_package(changed), by_file(changed)) == (None, None), (at, bit)


def test_with_any_byte_missing_or_added_it_is_refused() -> None:
    for at in range(len(GOOD) + 1):
        for changed in (GOOD[:at] + GOOD[at + 1 :], GOOD[:at] + b"\n" + GOOD[at:], GOOD[:at]):
            if changed != GOOD:
                assert (by_package(changed), by_file(changed)) == (None, None), at


def test_changed_on_purpose_it_proves_nothing_else() -> None:
    """With the digest made to fit, what is still accepted (a cosignature unknown now) says the same event."""
    accepted = 0
    for at in range(len(GOOD)):
        for bit in (0, 5):
            try:
                changed = resealed(GOOD[:at] + bytes([GOOD[at] ^ 1 << bit]) + GOOD[at + 1 :])
            except (JamjarError, UnicodeDecodeError):
                continue
            verdict = by_package(changed)
            assert verdict == by_file(changed), (at, bit)
            if verdict is not None and changed != GOOD:
                assert verdict[:2] == (event(7).to_bytes(), 7)
                assert len(verdict[2]) == 2
                accepted += 1
    assert accepted > 0


def test_it_holds_for_its_own_event_and_place_only() -> None:
    proof = read_proof(GOOD.decode())
    for changed in (
        LogProof(6, proof.hashes, proof.checkpoint, bytes(32) + leaves(12)[7]),
        LogProof(7, proof.hashes, proof.checkpoint, bytes(32) + leaves(12)[6]),
        LogProof(7, proof.hashes[:-1], proof.checkpoint, proof.extra),
        LogProof(7, proof.hashes, read_proof(receipt_of(0, 13).decode()).checkpoint, proof.extra),
        LogProof(12, proof.hashes, proof.checkpoint, bytes(32) + leaves(13)[12]),
        LogProof(7, proof.hashes, proof.checkpoint, bytes(32) + b"{}"),
        LogProof(7, proof.hashes, proof.checkpoint, bytes(32) + event(7, time=NOW).to_bytes()),
        LogProof(7, proof.hashes, proof.checkpoint),
    ):
        data = resealed(str(changed).encode())
        assert (by_package(data), by_file(data)) == (None, None)


@pytest.mark.parametrize("least", [1, 2, 3, "all", "any"])
def test_both_count_the_witnesses_alike(least: int | str) -> None:
    for count in range(4):
        data = receipt_of(3, 5, WITNESSES[:count])
        enough = count >= int({"all": 3, "any": 1}.get(str(least), least))
        assert by_package(data, least) == by_file(data, least)
        assert (by_package(data, least) is not None) == enough


def test_the_single_file_needs_nothing_of_ours() -> None:
    nodes = list(ast.walk(ast.parse(SCRIPT.read_text())))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in names} - sys.stdlib_module_names == {"cryptography"}


def test_it_is_said_what_is_wrong() -> None:
    with pytest.raises(InvalidInput, match="larger than any"):
        receipt.verify(GOOD + bytes(receipt.MAX_BYTES), POLICY)
    proof = read_proof(GOOD.decode())
    later = LogProof(12, proof.hashes, proof.checkpoint, bytes(32) + leaves(13)[12])
    with pytest.raises(VerificationFailed, match="older than the event"):
        receipt.verify(resealed(str(later).encode()), POLICY)
