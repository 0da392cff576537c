"""The part of a page of the documents that a program writes: what is between two marks."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page with one part that a program writes, after `begin` and before `end`."""

    path: Path
    begin: str
    end: str

    def read(self) -> str:
        """Return what is between the marks."""
        return self.path.read_text(encoding="utf-8").partition(self.begin)[2].partition(self.end)[0]

    def write(self, text: str) -> None:
        """Put a text between the marks, in place of what is there."""
        before, _, rest = self.path.read_text(encoding="utf-8").partition(self.begin)
        self.path.write_text(f"{before}{self.begin}{text}{self.end}{rest.partition(self.end)[2]}", encoding="utf-8")
