"""audit.reading: a node that answers what it likes.

Given no node, or one that speaks no JSON-RPC     NodeUnavailable
Given answers of any form                         NodeUnavailable, or values of the right types
Given blocks that do not fit their receipts       NodeUnavailable
"""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.audit.node import AuditNode, RpcError
from jamjar.audit.views import View
from jamjar.errors import NodeUnavailable

HEX = st.sampled_from(["0x", "0x0", "0x1", "0xzz", "0x" + "11" * 20, "0x" + "22" * 32, "", "-0x1", "1"])
NAMES = st.sampled_from(
    ["hash", "parentHash", "timestamp", "number", "gasUsed", "logsBloom", "transactions", "logs", "topics", "address"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | HEX | st.just(RpcError("no")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=12,
)
VIEW = View("Consortium", "Consortium.owner()", bytes(4), bytes(32))
ASKED = {
    "chain_id": lambda node: isinstance(node.chain_id(), int),
    "height": lambda node: isinstance(node.height(), int),
    "header": lambda node: isinstance(node.header(3).time, int),
    "code": lambda node: isinstance(node.code("0x" + "11" * 20, 3), bytes),
    "balance": lambda node: isinstance(node.balance("0x" + "11" * 20, 3), int),
    "answers": lambda node: isinstance(node.answers([VIEW], {"Consortium": "0x" + "11" * 20}, 3)[0], bytes | RpcError),
    "logs": lambda node: isinstance(node.logs([], 1, 2), list),
    "blocks": lambda node: isinstance(list(node.blocks(1, 2)), list),
}


class Says(AuditNode):
    """A node that gives the same answer to everything."""

    def __init__(self, answer):
        super().__init__("http://127.0.0.1:1")
        self.answer = answer

    def ask(self, questions):
        return [self.answer] * len(questions)


@pytest.mark.parametrize("asked", ASKED)
@settings(max_examples=60)
@given(JSON)
def test_answers_of_any_form(asked, answer):
    with suppress(NodeUnavailable):
        assert ASKED[asked](Says(answer))


def test_no_node():
    with pytest.raises(NodeUnavailable, match="start or check it"):
        AuditNode("http://127.0.0.1:1").height()


BLOCK = {
    "number": "0x1", "hash": "0x01", "parentHash": "0x00", "timestamp": "0x5", "gasUsed": "0x0", "logsBloom": "0x00",
    "transactions": [{"hash": "0xaa", "from": "0x" + "11" * 20, "value": "0x0", "input": "0x"}],
}  # fmt: skip


@pytest.mark.parametrize("receipts", [[], [{"transactionHash": "0xbb"}], [{"transactionHash": "0xaa"}], None, {}])
def test_receipts_that_do_not_fit(receipts):
    class Odd(AuditNode):
        def ask(self, questions):
            return [BLOCK if method == "eth_getBlockByNumber" else receipts for method, _ in questions]

    with pytest.raises(NodeUnavailable, match="is invalid"):
        list(Odd("http://127.0.0.1:1").blocks(1, 1))
