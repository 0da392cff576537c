"""The results on the ledger: recording one, verifying what is shown against it, relying on it, and who relied."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eth_account.signers.local import LocalAccount

from jamjar.consent.named import NamedValue
from jamjar.errors import VerificationFailed
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.own_contract import OwnContract

from .results import CheckResult, opened

RECORDED, RELIED = "ResultRecorded", "ResultReliedOn"


@dataclass(frozen=True, slots=True)
class Reliance:
    """That a member relied on a result of a check (32 bytes each) in a block, and whether that result is the newest."""

    check: bytes
    member: int
    result: bytes
    block: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class CheckRegister:
    """The contract of checks; raises Rejected with the contract's error, and NodeUnavailable."""

    contract: OwnContract

    @classmethod
    def deploy(cls, ledger: Ledger, account: LocalAccount) -> CheckRegister:
        """Deploy the contract that is in this folder, for the ledger's consortium."""
        artefact = json.loads((Path(__file__).parent / "CheckResults.json").read_text(encoding="utf-8"))
        return cls(OwnContract.deploy(ledger, account, artefact, ledger.deployment.consortium.address))

    def record(self, account: LocalAccount, result: CheckResult, replaces: bytes = bytes(32)) -> None:
        """Record a result in place of the one with this digest, by default as the first; as its checker."""
        self.contract.send(account, "record", result.check, result.digest, replaces)

    def verify(self, values: Mapping[str, NamedValue], *, checker: int, trader: str) -> bytes:
        """Return the digest of the result to which disclosed values belong, if they are true to the ledger.

        checker  the member whose checks the caller accepts
        trader   whom the caller has before it, as the checker writes it

        Raises VerificationFailed, which says which does not hold; then rely on none of it.
        """
        check, digest = opened(values)
        if self.contract.read("checkerOf", check) != checker:
            raise VerificationFailed(f"This is no check by member {checker}; ask the trader for one that is.")
        if self.contract.read("resultOf", check) != digest:
            if self.contract.read("isResultOf", check, digest):
                raise VerificationFailed("This result was replaced; ask the trader for the newest.")
            raise VerificationFailed("This is not the result that the checker committed to; do not rely on it.")
        if values["trader"] != trader:
            raise VerificationFailed("This result is about another trader; do not rely on it.")
        return digest

    def rely(self, account: LocalAccount, values: Mapping[str, NamedValue], *, checker: int, trader: str) -> None:
        """Verify disclosed values, and put on the record that the account's member relies on their result."""
        digest = self.verify(values, checker=checker, trader=trader)
        self.contract.send(account, "rely", opened(values)[0], digest)

    def history(self, check: bytes) -> tuple[bytes, ...]:
        """Return the digests of all results of a check, oldest first."""
        return tuple(each.result for each in self._events(RECORDED) if each.check == check)

    def reliances(self, check: bytes | None = None, member: int | None = None) -> tuple[Reliance, ...]:
        """Return who relied on what, oldest first: of one check, of one member, or all.

        A change tells nobody by itself: a member that asks for its own sees which results no longer stand.
        """
        relied = [*self._events(RELIED)]  # before the newest results are read, of which each of these then has one
        newest = {each.check: each.result for each in self._events(RECORDED)}
        return tuple(
            replace(each, is_current=newest[each.check] == each.result)
            for each in relied
            if check in (None, each.check) and member in (None, each.member)
        )

    def _events(self, name: str) -> Iterator[Reliance]:
        for event in self.contract.events():
            if event.name == name:
                given: Mapping[str, Any] = event.arguments
                yield Reliance(given["check"], given["member"], given["result"], event.block, is_current=True)
