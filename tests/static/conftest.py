"""The contracts as Slither reads them, once for all tests: as they are, and with seeded faults."""

from pathlib import Path
from typing import Any

import pytest

from tests.static.faults import FAULTS
from tools.compilation import ROOT, copy_sources
from tools.slither_project import load


@pytest.fixture(scope="session")
def slithered() -> Any:
    return load(ROOT)


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The contracts with all faults at once, since each is in functions of its own."""
    folder = copy_sources(tmp_path_factory.mktemp("faulty"))
    for fault in FAULTS.values():
        path = Path(folder, "contracts", f"{fault.file}.sol")
        text = path.read_text(encoding="utf-8")
        assert text.count(fault.old) == 1, fault.old
        path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    return load(folder)
