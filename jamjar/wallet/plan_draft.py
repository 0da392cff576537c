"""The answers that are to make a plan: each is kept in the vault at once, until the plan is stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from jamjar.encoding import strict_json

if TYPE_CHECKING:
    from jamjar.vault.vault import Vault

DRAFT: Final = "plan-draft"
"""The kind of the one record."""
_CURRENT: Final = "current"
_LONGEST: Final = 1 << 20


class PlanDraft:
    """What was answered, by the name of each question, and the day on which it began; nothing at first."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        with vault.reading() as transaction:
            kept = transaction.get(DRAFT, _CURRENT)
        found = strict_json.loads(kept.decode(), "The draft of a plan", _LONGEST) if kept else {}
        self.began: str = found.get("began", "")
        self.answers: dict[str, str] = found.get("answers", {})

    def keep(self, name: str, answer: str, today: date) -> None:
        """Keep one answer, in place of an earlier one to the same question."""
        self.answers[name] = answer
        self.began = self.began or today.isoformat()
        text = strict_json.dumps({"began": self.began, "answers": self.answers})
        with self._vault.writing() as transaction:
            transaction.put(DRAFT, _CURRENT, text.encode())

    def forget(self) -> None:
        """Forget all answers."""
        self.began, self.answers = "", {}
        with self._vault.writing() as transaction:
            transaction.delete(DRAFT, _CURRENT)
