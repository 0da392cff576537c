"""Folders of studies, as the commands of all who take part write them."""

from pathlib import Path

from tests.unit.study.scene import MONTH, STUDY, Closed


def write(folder: Path, done: Closed, name: str = "may") -> Path:
    """A study's folder, as the commands of all write it."""
    (folder / name).mkdir()
    named = [("study", [STUDY]), ("report", done.reports), ("noise", done.papers), ("result", [done.result()])]
    for kind, made in named:
        for place, each in enumerate(made):
            file = {"study": "study", "noise": f"noise-{MONTH}-1-{place}"}.get(kind, f"{kind}-{place}")
            (folder / name / f"{file}.json").write_text(each.to_json())
    return folder / name
