"""The log of imports, by which the last ones can be taken back, each as a whole."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jamjar.errors import InvalidInput
from jamjar.vault.transaction import VaultTransaction

IMPORT, PART = "import", "import-part"
"""Kinds of records in the vault: imports by their number, and what each did, in parts."""
FORMAT: Final = "jamjar.import.1"
KEPT: Final = 20
"""How many imports can be taken back, one after the other."""
_A_PART: Final = 10_000


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An import that was taken back: its files, and how many records were removed and restored."""

    files: tuple[str, ...]
    removed: int
    restored: int


class ImportLog:
    """The imports that can be taken back, within a transaction of the vault."""

    def __init__(self, transaction: VaultTransaction) -> None:
        self._transaction = transaction
        self._logs = {name: json.loads(value) for name, value in transaction.all(IMPORT)}

    def write(
        self,
        files: Sequence[str],
        added: Iterable[tuple[str, str]],
        before: Mapping[tuple[str, str], bytes | None],
    ) -> None:
        """Write down an import: the records it added, and what those that it changed or removed were before."""
        steps = [[kind, name, None] for kind, name in added]
        steps += [[kind, name, value.decode() if value is not None else None] for (kind, name), value in before.items()]
        name = f"{max(map(int, self._logs), default=0) + 1:08d}"
        parts = range(0, len(steps), _A_PART)
        log = {"format": FORMAT, "files": [file[:200] for file in files], "parts": len(parts)}
        self._transaction.put(IMPORT, name, json.dumps(log).encode())
        for part in parts:
            data = json.dumps(steps[part : part + _A_PART]).encode()
            self._transaction.put(PART, f"{name}/{part // _A_PART}", data)
        self._logs[name] = log
        for old in sorted(self._logs)[:-KEPT]:
            self._forget(old)

    @property
    def last(self) -> tuple[str, tuple[str, ...]]:
        """The number of the last import and its files; "" and none when there is none to take back."""
        name = max(self._logs, default="")
        return name, tuple(self._logs[name]["files"]) if name else ()

    def take_back(self) -> TakenBack:
        """Take back the last import; raises InvalidInput when there is none."""
        if not self._logs:
            raise InvalidInput(f"There is no import to take back; the last {KEPT} are kept.")
        name = max(self._logs)
        log = self._logs[name]
        if log["format"] != FORMAT:
            raise InvalidInput(f"The format of an import is unknown; this version reads {FORMAT}, so update Jamjar.")
        removed = restored = 0
        for part in range(log["parts"]):
            steps: list[Any] = json.loads(self._transaction.get(PART, f"{name}/{part}") or b"[]")
            for kind, record, value in steps:
                if value is None:
                    removed += self._transaction.delete(kind, record) and kind != "account"
                else:
                    self._transaction.put(kind, record, value.encode())
                    restored += kind != "account"
        self._forget(name)
        return TakenBack(tuple(log["files"]), removed, restored)

    def _forget(self, name: str) -> None:
        for part in range(self._logs.pop(name)["parts"]):
            self._transaction.delete(PART, f"{name}/{part}")
        self._transaction.delete(IMPORT, name)
