"""The relayer as an operator starts it, and a claimant's wallet that gives it what it signed, before a real node.

When a wallet sends a grant, a pause and a withdrawal   receipts, and all of it on the ledger
When the relayer is killed with a message in its queue  it waits there, and drain carries it
When the relayer is told to stop                        it ends well
"""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.sandbox.anvil import anvil
from tests.nodes.operator import Operator
from tests.stateful.node import Rpc


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    with anvil("--block-time", 1) as node:
        rpc = Rpc(node.port)
        yield Operator(tmp_path, rpc)
        rpc.close()


def test_a_relayer_at_work(operator: Operator) -> None:
    served = operator.serve(epoch=5)
    operator.run("wallet", "grant", "request.json", "--yes", "--begin", "now")
    consent = json.loads(operator.run("wallet", "consents", "--json"))["consents"][0]["consent"]
    said = operator.run("wallet", "send", "--relayer", operator.url, "--receipts", "receipts")
    assert "Grant: accepted, to be carried by" in said
    assert [file.name for file in (operator.folder / "receipts").iterdir()] == ["001-grant.json"]
    operator.until(lambda: operator.counts()["recorded"] == 1)
    assert "Still queued: 0" in operator.run("wallet", "send", "--done")

    operator.run("wallet", "pause", consent)
    operator.run("wallet", "send", "--relayer", operator.url, "--all", "--now")
    operator.until(lambda: operator.counts()["recorded"] == 2)
    served.send_signal(signal.SIGKILL)
    served.wait(60)

    served = operator.serve(epoch=86400)
    operator.run("wallet", "resume", consent)
    operator.run("wallet", "send", "--relayer", operator.url, "--all", "--now")
    operator.run("relayer", "drain", "--account", "operator.json", status=1)  # a relayer serves
    served.send_signal(signal.SIGKILL)
    served.wait(60)
    assert operator.counts() == {"waiting": 1, "carried": 0, "recorded": 2, "rejected": 0}

    served = operator.serve(epoch=86400)
    served.send_signal(signal.SIGTERM)
    assert served.wait(60) == 0
    drained = operator.run("relayer", "drain", "--account", "operator.json", "--depth", "1")
    assert "Nothing is queued." in drained
    assert operator.counts() == {"waiting": 0, "carried": 0, "recorded": 3, "rejected": 0}
    operator.run("wallet", "send", "--done")

    served = operator.serve(epoch=86400)
    operator.run("wallet", "withdraw", consent)
    operator.run("wallet", "send", "--relayer", operator.url, "--all", "--now")
    operator.until(lambda: operator.counts()["recorded"] == 4)
    assert json.loads(operator.run("wallet", "consents", "--json"))["consents"][0]["status"] == "WITHDRAWN"
    served.send_signal(signal.SIGINT)
    assert served.wait(60) == 0
