"""What the vault knows of the claimant's accounts: their names, and which two sources are one account."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.vault.transaction import VaultTransaction

ACCOUNT: Final = "account"
"""The kind of records about accounts, by their source."""
FORMAT: Final = "jamjar.account.1"


class KnownAccounts:
    """The accounts in a vault, read at once; changes are written by `store`."""

    def __init__(self, transaction: VaultTransaction) -> None:
        self._labels: dict[str, str] = {}
        self.same_as: dict[str, str] = {}
        """Under which account the rows of a source are held, where that is another one."""
        self.apart: set[frozenset[str]] = set()
        """The pairs of accounts that are two, although they look like one."""
        for source, value in transaction.all(ACCOUNT):
            found = strict_json.fields(
                strict_json.loads(value.decode(), "An account"), "An account", "format", "label", "same_as", "apart"
            )
            if found["format"] != FORMAT:
                raise InvalidInput(
                    f"The format of an account is unknown; this version reads {FORMAT}, so update Jamjar."
                )
            self._labels[source] = found["label"]
            if found["same_as"]:
                self.same_as[source] = found["same_as"]
            self.apart |= {frozenset((source, other)) for other in found["apart"]}

    def name(self, account: str) -> str:
        """Return how an account is shown to its owner: its beginning, the kind of file, their own name for it."""
        label = self._labels.get(account, "")
        return f"{account[:8]} ({label})" if label else account[:8]

    def named(self, name: str, held: Iterable[str]) -> str:
        """Return the account of which this is the name or the beginning; raises InvalidInput unless there is one."""
        wanted = name.strip().lower()
        known = set(held)
        found = {each for each in known if wanted and each.startswith(wanted.partition(" ")[0].rstrip("."))}
        found = found or {each for each in known if wanted in _names(self._labels.get(each, ""))}
        if len(found) != 1:
            shown = ", ".join(sorted(map(self.name, known))) or "none yet"
            raise InvalidInput(f"{len(found) or 'No'} accounts are named {name[:40]!r}; name one of: {shown}.")
        return found.pop()

    def learn(self, labels: Mapping[str, str], same_as: Mapping[str, str], apart: Iterable[frozenset[str]]) -> set[str]:
        """Take in what an import says of accounts; return the sources of which something changed."""
        changed = {source for source, label in labels.items() if self._labels.get(source) != label}
        self._labels |= labels
        changed |= {source for source, other in same_as.items() if self.same_as.get(source) != other}
        self.same_as |= same_as
        new = set(apart) - self.apart
        self.apart |= new
        return changed | {min(pair) for pair in new}

    def record(self, source: str) -> bytes:
        """Return what is stored of one source."""
        apart = sorted(max(pair) for pair in self.apart if min(pair) == source)
        found = {"format": FORMAT, "label": self._labels.get(source, ""), "same_as": self.same_as.get(source, "")}
        return json.dumps({**found, "apart": apart}).encode()


def _names(label: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in (label, *label.split(",")) if part.strip())
