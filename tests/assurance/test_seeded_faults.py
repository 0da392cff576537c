"""The seeded faults fit the contracts as they are."""

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
def test_it_can_be_seeded(fault: Fault) -> None:
    sources = read_sources()
    changed = fault.seeded(sources)
    assert changed[fault.path] != sources[fault.path]
    assert fault.gain.endswith(".")


def test_properties_that_are_broken_are_promised() -> None:
    promised = set(
        re.findall(r"^\| ([PLM]\d+(?:\.\d+)?) \|", (ROOT / "docs" / "promises.md").read_text(), re.MULTILINE)
    )
    broken = {name for fault in ALL.values() for name in fault.breaks}
    assert broken - promised == set()


def test_a_text_that_does_not_occur_once_is_an_error() -> None:
    fault = Fault("name", "G.", ("L1",), "contracts/A.sol", "a", "b", ())
    with pytest.raises(SystemExit, match=r"name: its text occurs 2 times in contracts/A.sol, not once"):
        fault.seeded({"contracts/A.sol": "aa"})
    with pytest.raises(SystemExit, match="0 times"):
        fault.seeded({})


def test_a_sample_is_drawn_by_its_seed() -> None:
    drawn = choose(ALL, [], 4, "seed")
    assert len(drawn) == 4
    assert drawn == choose(ALL, [], 4, "seed")
    assert len({fault.name for seed in "abcdef" for fault in choose(ALL, [], 4, seed)}) > 12


def test_faults_are_chosen_by_name() -> None:
    assert [fault.name for fault in choose(ALL, ["takes-ether"], None, "")] == ["takes-ether"]
    with pytest.raises(SystemExit, match="There is no fault nothing"):
        choose(ALL, ["nothing"], None, "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('gain = "G."\n', "", "a-fault has other fields than it must"),
        ('gain = "G."\n', 'gain = "G."\nmore = 1\n', "a-fault has other fields than it must"),
        (
            "consents/test_use.py",
            "consents/test_none.py",
            "names tests that do not exist, tests/contracts/consents/test_none",
        ),
        ('["consents/test_use.py"]', "[]", "names no tests; name"),
        ("[a-fault]", "[a-fault", "faults.toml: "),
    ],
)
def test_a_wrong_entry_is_an_error(tmp_path: Path, old: str, new: str, message: str) -> None:
    file = tmp_path / FAULTS.name
    file.write_text(GOOD)
    assert list(read_faults(file)) == ["a-fault"]
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(SystemExit, match=re.escape(message)):
        read_faults(file)
