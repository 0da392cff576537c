"""jamjar study verify, without a node: one folder, a second that publishes the same again, and what lacks."""

from pathlib import Path

from tests.unit.cli.home import here
from tests.unit.cli.study_folders import write
from tests.unit.study.scene import REGION, closed


def test_verifying(home: Path) -> None:
    both = closed(), closed(again=1)
    write(home, both[0])
    assert "± £0.14" in here("study", "verify", "may", "--offline").out
    (row,) = here("study", "verify", "may", "--offline", "--json").json
    assert (row["region"], row["count"], row["sum"]) == (REGION, 11, both[0].result().check().value)
    write(home, both[1], "again")
    assert "was published twice, by members 2, 4, 7" in here("study", "verify", "may", "again", "--offline").refusal
    next((home / "may").glob("report-*")).unlink()
    assert "is missing" in here("study", "verify", "may", "--offline").refusal
    assert here("study", "verify", "may", "--offline", "--sums-only", "--json").json == [row]
    (home / "may/result-0.json").unlink()
    assert "no results yet" in here("study", "verify", "may", "--offline").out
