"""A checkpoint has one spelling, and says nothing that no tree could be.

When a line is missing, empty or not in its one spelling    it is refused
When its root is not that of the empty tree, at size 0      it is refused
"""

import pytest

from jamjar.encoding.strict_base64 import encode, read_hash
from jamjar.errors import InvalidInput
from jamjar.tlog.checkpoint import Checkpoint, read_checkpoint
from jamjar.tlog.tree import EMPTY_ROOT

ROOT = b"\7" * 32
TEXT = f"log.example\n12\n{encode(ROOT)}\n"


def test_it_is_read_back() -> None:
    assert read_checkpoint(TEXT) == Checkpoint("log.example", 12, ROOT)
    assert read_checkpoint(TEXT).text == TEXT
    more = Checkpoint("log.example", 0, EMPTY_ROOT, ("one", "two"))
    assert read_checkpoint(more.text) == more


@pytest.mark.parametrize(
    "text",
    ["", "\n", "log.example\n12\n", TEXT[:-1], TEXT + "\n", TEXT.replace("12", "012"), TEXT.replace("12", "-1"),
     TEXT.replace("12", "1.0"), TEXT.replace("12", str(2**63)), TEXT.replace("12", "+1"), TEXT.replace("12", "٣"),
     TEXT.replace("log.example", ""), TEXT.replace(encode(ROOT), encode(ROOT[:31])),
     TEXT.replace(encode(ROOT), encode(ROOT + b"\7")), TEXT.replace("=", ""), TEXT.replace("12", "0"),
     TEXT + "one\n\n"],
)  # fmt: skip
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_checkpoint(text)


@pytest.mark.parametrize(
    ("origin", "size", "root", "extensions"),
    [("", 1, ROOT, ()), ("a\nb", 1, ROOT, ()), ("a", -1, ROOT, ()), ("a", 2**63, ROOT, ()), ("a", 1, ROOT[:31], ()),
     ("a", 0, ROOT, ()), ("a", 1, ROOT, ("",)), ("a", 1, ROOT, ("x\ny",))],
)  # fmt: skip
def test_what_none_can_say(origin: str, size: int, root: bytes, extensions: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput):
        Checkpoint(origin, size, root, extensions)


def test_a_hash_has_32_bytes() -> None:
    assert read_hash(encode(ROOT)) == ROOT
    for wrong in (ROOT[:31], ROOT + b"\7"):
        with pytest.raises(InvalidInput):
            read_hash(encode(wrong))
