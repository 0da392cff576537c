"""What docs/modules.md says of a module's own contract: it is built, passes the check, and its test passes."""

import os
import subprocess
import sys
from pathlib import Path

from jamjar.module.checking import check
from jamjar.module.template import new_module
from tools.fences import ROOT, fences

HEADING = "A contract of its own"
EXAMPLE = ROOT / "packages" / "contracts" / "examples" / "Appointments.sol"


def test_it_goes_as_written(tmp_path: Path) -> None:
    blocks = {each.language: each.text for each in fences("docs/modules.md") if each.heading == HEADING}
    (folder := tmp_path / "library_card").mkdir()
    for path, content in new_module(folder.name).items():
        (folder / path).write_bytes(content)
    with (folder / "module.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(blocks["toml"])
    (folder / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())
    (folder / "test_contract.py").write_text(blocks["python"], encoding="utf-8")

    subprocess.run([sys.executable, "-m", "tools.module_artefact", str(folder)], cwd=ROOT, check=True)
    assert check(folder).findings == ()

    around = {**os.environ, "PYTEST_ADDOPTS": "-p no:pytest-brownie -p no:cacheprovider"}
    words = ["-m", "pytest", "-q", f"--rootdir={tmp_path}", str(folder / "test_contract.py")]
    done = subprocess.run([sys.executable, *words], cwd=tmp_path, env=around, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
