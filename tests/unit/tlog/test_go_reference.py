"""Reference implementations accept what is written here: sumdb, transparency-dev/merkle, torchwood and mldsa.

Given no Go, or none of their modules    skipped, with what to install
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jamjar.tlog import tree

from .test_post_quantum import BOTH, OUTSIDE, PQ
from .world import NOW, Direct, Held, Ledger, event, files_of, leaves, note_of, policy_text, publisher, receipt_of

SOURCE = Path(__file__).parents[3] / "tools" / "reference" / "tlog"
MOST = 200
Reference = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    go = shutil.which("go")
    if go is None:
        pytest.skip("There is no Go; install it (1.26 or newer) to verify the log with Go's programs.")
    binary = tmp_path_factory.mktemp("reference") / "tlog_reference"
    offline = os.environ | {"GOPROXY": "off", "GOFLAGS": "-mod=readonly -buildvcs=false"}
    command = [go, "build", "-o", binary, "."]
    built = subprocess.run(command, cwd=SOURCE, env=offline, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.skip(
            f"The reference program was not built; run `go mod download` in tools/reference/tlog. {built.stderr}"
        )

    def run(*arguments: object, given: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [binary, *map(str, arguments)], input=given, capture_output=True, text=True, timeout=300, check=False
        )

    return run


def test_every_proof_up_to_200_holds(reference: Reference) -> None:
    held, lines = Held(bytes([number]) for number in range(MOST)), list[str]()
    roots = [tree.root(held, size).hex() for size in range(MOST + 1)]
    for new in range(MOST + 1):
        for old in range(new + 1):
            proof = " ".join(each.hex() for each in tree.consistency_proof(held, old, new))
            lines.append(f"consistency {old} {roots[old]} {new} {roots[new]} {proof}")
        for index in range(new):
            proof = " ".join(each.hex() for each in tree.inclusion_proof(held, index, new))
            lines.append(f"inclusion {new} {roots[new]} {index} {held.subtree(0, index).hex()} {proof}")
    told = reference("proofs", given="\n".join(lines))
    assert told.stdout == f"{len(lines)} hold\n"
    assert reference("proofs", given=lines[-1][:-1] + "0").returncode == 1


def test_receipts_are_tlog_proofs(reference: Reference, tmp_path: Path) -> None:
    (tmp_path / "policy").write_text(policy_text())
    for number, count in ((0, 1), (7, 12), (256, 257)):
        (tmp_path / "receipt").write_bytes(receipt_of(number, count))
        told = reference("receipt", tmp_path / "policy", tmp_path / "receipt")
        assert (told.stdout, told.returncode) == (f"{event(number).to_bytes().decode()}\n", 0)
    (tmp_path / "receipt").write_bytes(receipt_of(7, 12, []))
    assert reference("receipt", tmp_path / "policy", tmp_path / "receipt").returncode == 1


def test_the_folder_is_a_tiled_log(reference: Reference, tmp_path: Path) -> None:
    (tmp_path / "policy").write_text(policy_text(3))
    for count in (2, 600):
        publisher(tmp_path / "log", Ledger(count), Direct(tmp_path)).publish()
        told = reference("log", tmp_path / "policy", tmp_path / "log")
        assert told.stdout.encode().split() == leaves(count)
        assert told.returncode == 0


def test_cosignatures_of_type_6(reference: Reference, tmp_path: Path) -> None:
    checkpoint = tmp_path / "checkpoint"
    made = str(note_of(files_of(leaves(12))[1], cosigners=BOTH))
    for text, key, answer in (
        (OUTSIDE["note"], OUTSIDE["key"], "0\n"),
        (made, PQ[0].verifier, f"{NOW}\n"),
        (made.replace("\n12\n", "\n13\n"), PQ[0].verifier, "refused: mldsa: invalid signature\n"),
        (made, OUTSIDE["key"], "refused: no cosignature by this key\n"),
    ):
        checkpoint.write_text(text)
        assert reference("cosigned", key, checkpoint).stdout == answer
