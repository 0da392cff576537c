"""The faults that are planted fit the contracts as they are."""

import re
from pathlib import Path

import pytest

from assurance.mutation.seeded_faults import FAULTS, Fault, choose, read_faults
from assurance.mutation.variant import ROOT, read_sources

ALL = read_faults()
GOOD = """[a-fault]
gain = "G."
breaks = ["L1"]
file = "A.sol"
before = "a"
after = "b"
tests = ["consents/test_use.py"]
"""


@pytest.mark.parametrize("fault", ALL.values(), ids=ALL)
def test_it_can_be_planted(fault: Fault) -> None:
    sources = read_sources()
    changed = fault.planted(sources)
    assert changed[fault.path] != sources[fault.path]
    assert fault.gain.endswith(".")


def test_properties_that_are_broken_are_promised() -> None:
    promised = set(
        re.findall(r"^\| ([PLM]\d+(?:\.\d+)?) \|", (ROOT / "docs" / "promises.md").read_text(), re.MULTILINE)
    )
    broken = {name for fault in ALL.values() for name in fault.breaks}
    assert broken - promised == set()


def test_a_text_that_is_not_there_once_is_said() -> None:
    fault = Fault("name", "G.", ("L1",), "contracts/A.sol", "a", "b", ())
    with pytest.raises(SystemExit, match=r"name: contracts/A.sol has its text 2 times, not once"):
        fault.planted({"contracts/A.sol": "aa"})
    with pytest.raises(SystemExit, match="0 times"):
        fault.planted({})


def test_a_sample_is_drawn_by_its_seed() -> None:
    drawn = choose(ALL, [], 4, "seed")
    assert len(drawn) == 4
    assert drawn == choose(ALL, [], 4, "seed")
    assert len({fault.name for seed in "abcdef" for fault in choose(ALL, [], 4, seed)}) > 12


def test_names_choose() -> None:
    assert [fault.name for fault in choose(ALL, ["takes-ether"], None, "")] == ["takes-ether"]
    with pytest.raises(SystemExit, match="There is no fault nothing"):
        choose(ALL, ["nothing"], None, "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('gain = "G."\n', "", "a-fault must have"),
        ('gain = "G."\n', 'gain = "G."\nmore = 1\n', "a-fault must have"),
        (
            "consents/test_use.py",
            "consents/test_none.py",
            "names no test that there is: tests/contracts/consents/test_none",
        ),
        ('["consents/test_use.py"]', "[]", "names no test that there is: none"),
        ("[a-fault]", "[a-fault", "faults.toml: "),
    ],
)
def test_a_wrong_entry_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / FAULTS.name
    file.write_text(GOOD)
    assert list(read_faults(file)) == ["a-fault"]
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(SystemExit, match=re.escape(said)):
        read_faults(file)
