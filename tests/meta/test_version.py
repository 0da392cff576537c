"""The version is one, wherever it stands."""

import json
import re

from jamjar import __version__
from tests.meta.imports import ROOT


def test_python_and_node_agree_with_the_package() -> None:
    (project,) = re.findall(r'(?m)^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    node = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["version"]
    assert {project, node, lock} == {__version__}
