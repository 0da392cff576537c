"""What the single file must refuse that no change of a true receipt leads to: a log that signs nonsense, odd policies.

When the log signed a leaf that is no event            both verifiers refuse it
When a proof has not its exact length                  it is refused, whatever root was made to fit
When a cosignature is from beyond all time             both refuse it
When a policy is not understood, or demands nothing    both refuse it
When `cryptography` is missing or too old              it says so in one sentence, and checks nothing
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.tlog import receipt
from jamjar.tlog.note import WITNESS, Verifier
from jamjar.tlog.policy import read_policy
from jamjar.tlog.tiles import Edge

from .test_leaf import CHANGES
from .test_receipt import ALONE, by_file, by_package
from .world import LOG_KEY, WITNESSES, Held, event, leaves, note_of, policy_text, receipt_of

A, B = (f"witness {name} {key.verifier}\n" for name, key in zip("ab", WITNESSES, strict=False))
LOG_LINE = f"log {LOG_KEY.verifier}\n"
ALIKE = Verifier("log.example/jamjar", WITNESS, LOG_KEY.verifier.key)


def signed(leaf: bytes) -> bytes:
    """The receipt for a log's only leaf, whatever its bytes are."""
    edge, _ = Edge().grown([leaf])
    return receipt.write(leaf, 0, Held([leaf]), 1, note_of(edge, cosigners=WITNESSES)).encode()


def test_what_is_an_event() -> None:
    data = signed(event(3).to_bytes())
    assert by_file(data) is not None
    assert by_file(data) == by_package(data)


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_leaf_that_is_no_event(change: dict[str, object]) -> None:
    values = json.loads(event(3).to_bytes()) | change
    data = signed(json.dumps(values, sort_keys=True, separators=(",", ":")).encode())
    assert (by_package(data), by_file(data)) == (None, None)


@pytest.mark.parametrize("leaf", [b"{}", b"null", b"\xff", b" " + leaves(1)[0], leaves(1)[0].replace(b",", b", ", 1)])
def test_a_leaf_in_another_spelling(leaf: bytes) -> None:
    data = signed(leaf)
    assert (by_package(data), by_file(data)) == (None, None)


def test_a_leaf_that_is_too_long() -> None:
    leaf = leaves(1)[0].replace(b'"data":"0x', b'"data":"0x' + b"00" * 2**15)
    assert (by_package(signed(leaf)), by_file(signed(leaf))) == (None, None)


@pytest.mark.parametrize(
    ("index", "size", "proof"), [(1, 1, []), (0, 1, [bytes(32)]), (0, 4, [bytes(32)]), (3, 4, [bytes(32)] * 3)]
)
def test_a_proof_of_another_length(index: int, size: int, proof: list[bytes]) -> None:
    with pytest.raises(ALONE.Wrong):
        ALONE.root_of(b"leaf", index, size, proof)


def test_a_cosignature_from_beyond_all_time() -> None:
    (leaf,) = leaves(1)
    edge, _ = Edge().grown([leaf])
    for time, refused in ((2**63 - 1, False), (2**63, True)):
        note = note_of(edge, cosigners=WITNESSES, time=time)
        data = receipt.write(leaf, 0, Held([leaf]), 1, note).encode()
        assert (by_package(data) is None, by_file(data) is None) == (refused, refused)


@pytest.mark.parametrize(
    "text",
    ["", LOG_LINE, A + "quorum a\n", LOG_LINE + A, LOG_LINE + "quorum none\n", LOG_LINE + A + "quorum b\n",
     LOG_LINE + A + "quorum a\nquorum a\n", LOG_LINE + A + A + "quorum a\n",
     LOG_LINE + A + A.replace(" a ", " b ") + "quorum a\n", LOG_LINE + f"witness b {ALIKE}\n" + "quorum b\n",
     LOG_LINE + f"witness a {LOG_KEY.verifier}\n" + "quorum a\n", f"log {ALIKE}\n" + B + "quorum b\n",
     LOG_LINE + A.replace("+0", "+1", 1) + "quorum a\n", LOG_LINE.replace("+d", "+e", 1) + A + "quorum a\n",
     LOG_LINE + A + "group g 0 a\nquorum g\n", LOG_LINE + A + "group g 2 a\nquorum g\n",
     LOG_LINE + A + "group g 1 a a\nquorum g\n", LOG_LINE + A + B + "group g 1 a\ngroup h 2 a b\nquorum h\n",
     LOG_LINE + A + "group g 1 none\nquorum g\n", LOG_LINE + A + "sponsor a\nquorum a\n"],
)  # fmt: skip
def test_what_is_no_policy(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_policy(text)
    with pytest.raises(ALONE.Wrong):
        ALONE.read_policy(text)


def test_what_is_a_policy() -> None:
    for text in (LOG_LINE + A + "quorum a\n", LOG_LINE + A + B + "group g all a b\nquorum g\n", policy_text()):
        assert read_policy(text)
        assert ALONE.verify(receipt_of(0, 1), text)[1] == 0


@pytest.mark.parametrize("modules", [(), ("exceptions", "hazmat.primitives.asymmetric.ed25519")])
def test_without_the_package_that_it_needs(tmp_path: Path, modules: tuple[str, ...]) -> None:
    """As on a machine with an older `cryptography`, or a broken one."""
    for module in ("__init__", *modules):
        place = tmp_path / "cryptography" / f"{module.replace('.', '/')}.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("InvalidSignature = Ed25519PublicKey = ValueError\n")
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv[1:] = ['r', '--policy', 'p']; "
    program += f"import runpy; runpy.run_path({ALONE.__file__!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("NOT CHECKED: The package cryptography is missing or older than 47; install a newer one.\n")
