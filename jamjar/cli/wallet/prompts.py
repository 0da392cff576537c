"""Questions at a terminal, each asked until it can be answered; what was answered before is not asked for in vain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import typer

from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.wallet.plan_draft import PlanDraft

_Answer = TypeVar("_Answer")


class Questions:
    """Keeps each answer in a draft at once; those of an earlier time are taken, suggested, or forgotten."""

    def __init__(self, draft: PlanDraft, today: date) -> None:
        self._draft, self._today = draft, today
        self._before: dict[str, str] = {}
        self._taken = False
        if draft.answers:
            self._begin(draft.answers)

    def _begin(self, answers: dict[str, str]) -> None:
        number = len(answers)
        questions = "a question" if number == 1 else f"{number} questions"
        typer.echo(f"You began a plan on {self._draft.began}, answered {questions}, and did not store it.")

        def read(text: str) -> str:
            if text not in ("g", "a", "n"):
                raise InvalidInput("That is none of g, a and n; give one of them.")
            return text

        how = _asked("Go on where you stopped (g), see each answer again (a), or begin anew (n)", "g", read)[1]
        if how == "n":
            self._draft.forget()
            return
        self._before, self._taken = dict(answers), how == "g"

    def until(self, name: str, question: str, suggested: str, read: Callable[[str], _Answer]) -> _Answer:
        """Ask until the answer can be read, and say what is wrong with one that cannot."""
        before = self._before.pop(name, None)
        if before is not None and self._taken:
            try:
                found = read(before)
            except InvalidInput:
                before = None  # what is asked depends on what was imported and planned meanwhile
            else:
                typer.echo(f"{question}: {before}")
                return found
        # Enter takes what stands in brackets, so none has to be typed.
        can_be_none = bool(before) and not suggested
        asked = f"{question} (0: none)" if can_be_none else question
        text, found = _asked(asked, before or suggested, lambda text: read("" if can_be_none and text == "0" else text))
        self._draft.keep(name, "" if can_be_none and text == "0" else text, self._today)
        return found


def _asked(question: str, suggested: str, read: Callable[[str], _Answer]) -> tuple[str, _Answer]:
    """Return what was typed, and what it means."""
    while True:
        text = typer.prompt(question, default=suggested, show_default=bool(suggested)).strip()
        try:
            return text, read(text)
        except InvalidInput as error:
            typer.echo(f"  {error}")
