"""audit.built_code: a build is believed only if it is the one that the commit's table names.

When an artifact is another, damaged or missing, or the table is    DeploymentError, which says what to do
"""

import json
import shutil

import pytest

from jamjar.audit import built_code
from jamjar.errors import DeploymentError
from tools.creation_code import TABLE, build_folder

FOLDER = build_folder()


@pytest.fixture
def build(tmp_path):
    """A copy of the build and of its table, to be damaged."""
    for name in built_code.CONTRACTS:
        shutil.copy(FOLDER / f"{name}.json", tmp_path)
    shutil.copy(TABLE, tmp_path / "code.json")
    return tmp_path


def changed(file, **values):
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def test_as_it_was_built(build):
    assert built_code.read(build, build / "code.json") == built_code.read(FOLDER, TABLE)


def test_another_byte(build):
    code = json.loads((build / "AdviceLog.json").read_text())["deployedBytecode"]
    changed(build / "AdviceLog.json", deployedBytecode=code[:-1] + ("0" if code[-1] != "0" else "1"))
    with pytest.raises(DeploymentError, match=r"AdviceLog .* is not the code of"):
        built_code.read(build, build / "code.json")


@pytest.mark.parametrize(
    ("name", "values", "why"),
    [
        ("code.json", {"format": "jamjar.code.2"}, "not in the format"),
        ("code.json", {"contracts": {}}, "damaged"),
        ("AdviceLog.json", {"bytecode": "0xzz"}, "damaged"),
        ("AdviceLog.json", None, "run make build"),
    ],
)
def test_damaged(build, name, values, why):
    if values is None:
        (build / name).unlink()
    else:
        changed(build / name, **values)
    with pytest.raises(DeploymentError, match=why):
        built_code.read(build, build / "code.json")
