"""deployment: a file that is whole and right, or is refused.

When the file is missing, no JSON, another format, lacks or misspells a field     DeploymentError
When a field is of another type, an address, a hash or a setting is none          DeploymentError
Given writing fails half-way                                                      the old file stays
Given no founder, or no founding member, is named                                 InvalidInput, nothing is written
When it is written                                                                what is read is equal
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import DeploymentError, InvalidInput
from jamjar.ledger import deployment_file
from jamjar.protocol.deployment import CONTRACTS, DeployedContract, Deployment
from jamjar.protocol.founding import FoundingMember
from jamjar.protocol.settings import DAY, Settings
from jamjar.protocol.typed_data import MESSAGES, Acknowledge, Commit

ADDRESSES = ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
             "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
             "0x52908400098527886E0F7030069857D2E4169EE7")  # fmt: skip
MEMBER = FoundingMember(1, "Zoë & Co", ("ADVISER", "COUNCIL"), ADDRESSES[3], "0x" + "cd" * 32)
SETTINGS = Settings(founders=ADDRESSES[2:], members=(MEMBER,), governance_delay=8 * DAY, most_uses=7)
PLACED = {name: DeployedContract(at, "0x" + "ab" * 32) for name, at in zip(CONTRACTS, ADDRESSES, strict=True)}
GOOD = Deployment.of(1337, 12, "v1-dirty", PLACED, SETTINGS)
NONE: Any = object()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return deployment_file.write(GOOD, tmp_path)


def _damage(path: Path, *place: str, value: object) -> None:
    data = json.loads(path.read_text())
    *outer, last = place
    inner = data
    for key in outer:
        inner = inner[key]
    if value is NONE:
        del inner[last]
    else:
        inner[last] = value
    path.write_text(json.dumps(data))


def test_missing_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DeploymentError, match=r"There is no .*1337.json; deploy first"):
        deployment_file.read(deployment_file.path_of(tmp_path, 1337))
    deployment_file.path_of(tmp_path, 1337).mkdir()
    with pytest.raises(DeploymentError):
        deployment_file.read(deployment_file.path_of(tmp_path, 1337))


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"7", b'"x"', b"{}", b"[" * 100_000, b"\xff\xfe{}", b"\0", b'{"format": "\xff"}'],
)
def test_no_record(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(DeploymentError, match=r"1337\.json"):
        deployment_file.read(path)


@given(length=st.integers(0, 10_000))
def test_half_written(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    path = deployment_file.write(GOOD, tmp_path_factory.mktemp("half"))
    text = path.read_text().rstrip()
    path.write_text(text[: length % len(text)])
    with pytest.raises(DeploymentError):
        deployment_file.read(path)


@pytest.mark.parametrize("field", ["format", "chain_id", "block", "commit", "consortium", "governance",
                                   "consent_registry", "commitment_registry", "advice_log", "settings"])  # fmt: skip
@pytest.mark.parametrize("value", [NONE, None, True, -1, 1.5, "", [], {}, ["x"]])
def test_a_field_missing_or_of_another_type(path: Path, field: str, value: object) -> None:
    _damage(path, field, value=value)
    with pytest.raises(DeploymentError):
        deployment_file.read(path)


NO_HEX = (NONE, None, 7, "", "0x", "0x" + "0" * 40, ADDRESSES[0].swapcase(), "ab" * 32, "0x" + "g" * 64,
          "0x" + "ab " * 21 + "a", "0x" + "ab" * 33)  # fmt: skip
BROKEN = {
    **{("consortium", each): NO_HEX for each in ("address", "code_hash")},
    ("settings", "founders"): (NONE, None, 7, *([each] for each in NO_HEX if each is not NONE)),
    ("settings", "members"): (NONE, None, 7, [None], [{}], ["x"], [{"number": 1}]),
    ("settings", "governance_delay"): (NONE, None, True, 7 * DAY - 1, 14 * DAY, 2**32, "1"),
    **{("settings", each): (NONE, 0, 8 * DAY, 2**32) for each in ("suspension", "recovery")},
    **{("settings", f"longest_{each}"): (NONE, 0, 2**32) for each in ("validity", "reconfirmation")},
    ("settings", "most_uses"): (NONE, 0, 2**16, 1.0),
    ("format",): ("jamjar.deployment.1", "jamjar.deployment.2"),
    **{(*place, "comment"): ("one field too many",) for place in ((), ("settings",))},
}


@pytest.mark.parametrize(("place", "value"), [(place, value) for place in BROKEN for value in BROKEN[place]])
def test_a_field_that_cannot_be(path: Path, place: tuple[str, ...], value: object) -> None:
    _damage(path, *place, value=value)
    said = "is not a deployment in the format" if place == ("format",) else "lacks or misspells a field"
    with pytest.raises(DeploymentError, match=rf"1337\.json {said}.*deploy again"):
        deployment_file.read(path)


@pytest.mark.parametrize("lacking", [{"founders": ()}, {"members": ()}])
def test_written_without_founders_or_members(path: Path, lacking: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="no founder, or no founding member; name at least one of each"):
        deployment_file.write(replace(GOOD, settings=replace(SETTINGS, **lacking)), path.parent)
    assert deployment_file.read(path) == GOOD


@pytest.mark.parametrize("changes", [{"chain_id": True}, {"chain_id": 0}, {"block": -1}, {"block": "1"}, {"commit": 7},
                                     {"settings": None}, {"settings": Settings(most_uses=0)}])  # fmt: skip
def test_no_deployment_can_be_made_so(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        replace(GOOD, **changes)


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "os.open", "pathlib.Path.mkdir"])
def test_given_writing_fails_the_old_file_stays(path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(step, fail)
    with pytest.raises(DeploymentError, match="not written"):
        deployment_file.write(replace(GOOD, block=13), path.parent)
    monkeypatch.undo()
    assert deployment_file.read(path) == GOOD
    assert deployment_file.read(deployment_file.write(replace(GOOD, block=13), path.parent)).block == 13


def test_round_trip(path: Path) -> None:
    assert path.name == "1337.json"
    assert deployment_file.read(path) == GOOD
    assert [each.name for each in path.parent.iterdir()] == ["1337.json"]


def test_each_message_has_the_domain_of_the_contract_that_takes_it() -> None:
    for message in MESSAGES:
        domain = GOOD.domain_of(message)
        assert domain.chain_id == 1337
        assert domain.contract == ADDRESSES[{Commit: 3, Acknowledge: 4}.get(message, 2)]
