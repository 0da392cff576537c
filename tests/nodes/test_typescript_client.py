"""The TypeScript client, made from the services' own documents, in a program that signs with viem.

When a key that no wallet of ours made ends a consent    the relayer takes it, and the ledger has it
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.sandbox.anvil import anvil
from tests.nodes.operator import Operator
from tests.stateful.node import Rpc

PROGRAM = Path(__file__).parents[2] / "packages" / "client" / "build" / "withdraw.js"


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    with anvil("--block-time", "1") as node:
        rpc = Rpc(node.port)
        yield Operator(tmp_path, rpc)
        rpc.close()


def test_a_withdrawal_signed_by_viem(operator: Operator) -> None:
    assert PROGRAM.exists(), "the client is not built: make client"
    served = operator.serve(epoch=1)
    file = operator.environment["JAMJAR_DEPLOYMENT"]
    command = [shutil.which("node"), PROGRAM, operator.url, file]
    done = subprocess.run(command, cwd=operator.folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["state"] == "RECORDED"
    ledger = Ledger(operator.environment["JAMJAR_NODE"], deployment_file.read(operator.folder / Path(file).name))
    assert ledger.status(said["consent"]) == "WITHDRAWN"
    served.terminate()
    assert served.wait(60) == 0
