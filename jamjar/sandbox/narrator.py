"""The demo's output: chapters, checked sentences and tables; coloured, or plain for logs."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.box import ASCII2, SIMPLE_HEAD
from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table

from jamjar.errors import JamjarError, NotYet, Rejected

WIDTH = 190
"""The width of plain tables, in characters."""


class StoryFailed(Exception):
    """A sentence of the story is not true."""


class Narrator:
    """Prints the story and counts its checked sentences; a sentence that is not true ends it."""

    def __init__(self, plain: bool = False) -> None:
        self.plain = plain
        self._console = Console(no_color=True, highlight=False, width=WIDTH) if plain else Console(highlight=False)
        self.checked = 0

    def chapter(self, title: str) -> None:
        """Begin a new part of the story."""
        self._console.print(f"\n## {title}" if self.plain else f"\n[bold cyan]{title}[/]")

    def check(self, sentence: str, holds: bool) -> None:
        """Print a sentence, if it holds; raises StoryFailed if not."""
        if not holds:
            raise StoryFailed(f"not so: {sentence}")
        self.checked += 1
        self._console.print(f"  ok  {sentence}" if self.plain else f"  [green]✓[/] {sentence}")

    def left_out(self, sentence: str) -> None:
        """Print what is not played here, and why."""
        self._console.print(f"  --  {sentence}" if self.plain else f"  [dim]- {sentence}[/]")

    def refused(self, sentence: str, action: Callable[[], Any], why: str | type[JamjarError], *about: object) -> None:
        """Try an action and print that it is refused; raises StoryFailed if it is not, or for another reason.

        why    the name of a contract's error, or the class of one of jamjar's
        about  the error's last arguments, such as the status of the consent
        """
        try:
            action()
        except (NotYet, Rejected) as stopped:
            error = stopped.__cause__ if isinstance(stopped, NotYet) else stopped
            if not isinstance(error, Rejected):  # what waits was refused for now
                raise
            shown = f"{error.name} {' '.join(map(str, about))}".strip()
            given = error.arguments[len(error.arguments) - len(about) :]
            self.check(f"{sentence}: refused, {shown}", error.name == why and given == about)
        except JamjarError as error:
            self.check(f"{sentence}: refused, {type(error).__name__}", type(error) is why)
        else:
            raise StoryFailed(f"not refused: {sentence}")

    def show(self, picture: RenderableType) -> None:
        """Print a picture."""
        self._console.print()
        self._console.print(picture)

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table; columns whose name ends in £ are numbers."""
        box = ASCII2 if self.plain else SIMPLE_HEAD
        table = Table(title=title, title_justify="left", box=box, show_lines=self.plain)
        for column in columns:
            justify: JustifyMethod = "right" if column.endswith("£") else "left"
            table.add_column(column.removesuffix("£").strip(), justify=justify, overflow="fold")  # no text is cut off
        for row in rows:
            table.add_row(*row)
        self._console.print()
        self._console.print(table)
