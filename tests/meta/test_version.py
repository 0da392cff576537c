"""The version is one, wherever it stands."""

import json

from jamjar import __version__
from tests.meta.imports import ROOT
from tests.meta.project import PROJECT


def test_python_and_node_agree_with_the_package() -> None:
    node = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["version"]
    packages = [
        json.loads(path.read_text(encoding="utf-8"))["version"] for path in ROOT.glob("packages/*/package.json")
    ]
    assert {PROJECT["version"], node, lock, *packages} == {__version__}
    assert len(packages) == 2
