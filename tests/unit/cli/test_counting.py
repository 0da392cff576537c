"""What a command shows while it waits for blocks: one line that counts.

Given no terminal             a sentence comes again only when it changes
Given a terminal              one line is written over, and ended
Given a node that waits       it is said at once, and once; --mine has a block made each time
Given a node that is none     --mine is refused before anything is done
Given several things to do   a terminal shows which of how many is done now
Given a file that is read     a terminal shows how far, of a large one; what is read is the file
"""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from jamjar.cli import counting
from jamjar.cli.counting import BlockWait, CountedFile, CountingLine
from jamjar.errors import InvalidInput
from jamjar.service.json_rpc import JsonRpc, RpcError

EIGHTY = 80


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(to: io.StringIO, *sentences: str) -> str:
    with redirect_stderr(to), CountingLine() as line:
        for sentence in sentences:
            line.show(sentence)
    return to.getvalue()


def test_which_of_how_many_is_shown_before_it_is_done() -> None:
    for to, total, expected in (
        (Terminal(), 3, "1 of 3: a\n2 of 3: b\n3 of 3: c\n"),
        (Terminal(), 1, "a\n"),
        (io.StringIO(), 3, "a\nb\nc\n"),
    ):

        def done(to: io.StringIO = to, total: int = total) -> Iterator[str]:
            for each in "abc"[:total]:
                to.write(f"{each}\n")
                yield each

        with redirect_stderr(to):
            assert "".join(counting.counted(done(), total)) == "abc"[:total]
        assert to.getvalue() == expected
    assert list(counting.counted([], 0)) == []


@pytest.fixture
def mined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The blocks that an Anvil was asked for."""
    asked = list[str]()

    def one(_self: object, method: str, *_: object) -> object:
        if method == "evm_mine":
            asked.append(method)
        return {"web3_clientVersion": "anvil/v1.5.1", "evm_mine": "0x0"}.get(method)

    monkeypatch.setattr(JsonRpc, "one", one)
    monkeypatch.setattr(counting, "_PAUSE", 0)
    monkeypatch.setattr(counting, "_PAUSE_AFTER_MINING", 0)
    return asked


def test_elsewhere_only_what_changes() -> None:
    assert shown(io.StringIO(), *["3 more"] * EIGHTY, *["2 more"] * EIGHTY) == "3 more\n2 more\n"


def test_at_a_terminal_one_line() -> None:
    text = shown(Terminal(), *["33 more"] * EIGHTY, "2 more")
    assert (text.count("\n"), text.count("\r")) == (1, EIGHTY + 1)
    last = text.rstrip("\n").rsplit("\r", 1)[1]
    assert last.startswith("2 more ")
    assert len(last) >= len("33 more 0 s")  # nothing of a longer line stays


def test_nothing_shown_ends_no_line() -> None:
    assert shown(Terminal()) == ""


def test_a_node_that_waits_is_named_once(mined: list[str]) -> None:
    with redirect_stderr(io.StringIO()) as told, BlockWait("http://127.0.0.1:1", 60, mine=False) as line:
        assert all(line.wait("2 more blocks.") for _ in range(EIGHTY))
    first, *others = told.getvalue().splitlines()
    assert "Anvil" in first
    assert "--mine" in first
    assert others == ["2 more blocks."]
    assert mined == []


def test_it_mines_when_told(mined: list[str]) -> None:
    with redirect_stderr(io.StringIO()) as told, BlockWait("http://127.0.0.1:1", 60, mine=True) as line:
        for _ in range(3):
            line.wait("Some more blocks.")
    assert (len(mined), told.getvalue()) == (3, "Some more blocks.\n")


def test_patience_ends(mined: list[str]) -> None:
    with redirect_stderr(io.StringIO()), BlockWait("http://127.0.0.1:1", 0, mine=False) as line:
        assert not line.wait("2 more blocks.")


def test_a_node_that_goes_away_meanwhile_does_not_end_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_PAUSE", 0)
    monkeypatch.setattr(JsonRpc, "one", lambda *_: RpcError("gone"))
    with redirect_stderr(io.StringIO()) as told, BlockWait("http://127.0.0.1:1", 60, mine=False) as line:
        assert line.wait("2 more blocks.")
    assert told.getvalue() == "2 more blocks.\n"


def test_no_block_is_asked_of_another_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JsonRpc, "one", lambda *_: "Geth/v1.13.15")
    with pytest.raises(InvalidInput, match="no development node"):
        BlockWait("http://127.0.0.1:1", 60, mine=True)


@pytest.mark.parametrize(
    ("size", "to", "shows"), [(1 << 21, Terminal(), True), (1 << 21, io.StringIO(), False), (99, Terminal(), False)]
)
def test_a_file(tmp_path: Path, size: int, to: io.StringIO, shows: bool) -> None:
    file = tmp_path / "bank\x1b.csv"
    file.write_bytes(bytes(range(256)) * (size // 256))
    with redirect_stderr(to), CountingLine() as line, io.BufferedReader(CountedFile(file, line)) as opened:
        assert b"".join(iter(lambda: opened.read(9999), b"")) == file.read_bytes()
    assert ("Reading bank .csv: 100%," in to.getvalue()) == shows
    assert "\x1b" not in to.getvalue()
