"""The folder of a study, which claimants and members share in whatever way: study, reports, papers and results.

Other accounts may read the files: nothing in them is secret without a member's key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from jamjar.cli import files, output
from jamjar.errors import InvalidInput
from jamjar.service import private_file

if TYPE_CHECKING:
    from jamjar.study.closing import AgreementPaper, ClosedPlace, NoisePaper, SumsPaper
    from jamjar.study.report import StudyReport
    from jamjar.study.result import StudyResult
    from jamjar.study.study import Study

_Read = TypeVar("_Read")
_STUDY: Final = "study.json"
_LARGEST: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """One folder."""

    folder: Path

    def study(self) -> Study:
        """Read the study."""
        from jamjar.study.study import Study

        return Study.from_json(files.text(self.folder / _STUDY, "study"))

    def propose(self, study: Study) -> None:
        """Make the folder with a study in it."""
        files.write_public_folder(self.folder, [(_STUDY, study.to_json().encode())])

    def add_report(self, report: StudyReport) -> Path:
        """Write a report; refuses a second one of the same content."""
        file = self.folder / f"report-{report.digest.hex()[:16]}.json"
        files.write({file: report.to_json().encode()}, private_file.PUBLIC)
        return file

    def reports(self) -> Iterator[StudyReport]:
        """Read the reports; one that cannot be read is named on the error output, and costs the others nothing."""
        from jamjar.study.report import StudyReport

        return self._all("report-*.json", "report", StudyReport.from_json)

    def results(self) -> Iterator[StudyResult]:
        """Read the results; raises InvalidInput for one that cannot be read."""
        from jamjar.study.result import StudyResult

        for file in sorted(self.folder.glob("result-*.json")):
            yield StudyResult.from_json(files.text(file, "result", _LARGEST))

    def noise(self, study: Study, month: str, region: str) -> list[NoisePaper]:
        """Read the members' noise for a month and region."""
        from jamjar.study.closing import NoisePaper

        return list(self._all(f"noise-{_name(study, month, region)}-*.json", "noise", NoisePaper.from_json))

    def agreements(self, study: Study, month: str, region: str) -> list[AgreementPaper]:
        """Read the members' agreements for a month and region."""
        from jamjar.study.closing import AgreementPaper

        return list(self._all(f"agreed-{_name(study, month, region)}-*.json", "agreement", AgreementPaper.from_json))

    def sums(self, study: Study, month: str, region: str) -> list[SumsPaper]:
        """Read the members' sums for a month and region."""
        from jamjar.study.closing import SumsPaper

        return list(self._all(f"sums-{_name(study, month, region)}-*.json", "sums", SumsPaper.from_json))

    def put(self, kind: str, study: Study, place: ClosedPlace, text: str) -> Path:
        """Write a member's paper, in place of an earlier one of its kind."""
        file = self.folder / f"{kind}-{_name(study, place.month, place.region)}-{place.member}.json"
        files.replace_public(file, text.encode())
        return file

    def put_result(self, result: StudyResult) -> Path:
        """Write a result, in place of one with fewer sums."""
        file = self.folder / f"result-{_name(result.study, result.month, result.region)}.json"
        files.replace_public(file, result.to_json().encode())
        return file

    def _all(self, pattern: str, what: str, read: Callable[[str], _Read]) -> Iterator[_Read]:
        for file in sorted(self.folder.glob(pattern)):
            try:
                yield read(files.text(file, what, _LARGEST))
            except InvalidInput as error:
                output.print_error(f"{file.name} is left out. {error}")


def _name(study: Study, month: str, region: str) -> str:
    study.check_place(month, region)
    return f"{month}-{study.regions.index(region) + 1}"
