"""Pages about tokens: how many are left, asking a sponsor for this month's, and taking in its answer."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from jamjar.errors import InvalidInput, LedgerError
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.protocol.enrolment import EnrolmentAnswer
from jamjar.protocol.token import epoch_after, epoch_of
from jamjar.wallet import enrolment
from jamjar.wallet.enrolment import Asking
from jamjar.wallet.spare import spares
from jamjar.wallet_pages.claimant import OpenClaimant

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


class TokenPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/tokens", self._page)
        for action, done in (("ask", self._ask), ("keep", self._keep)):
            guard.post(f"/tokens/{action}", done)
            guard.get(f"/tokens/{action}", self._page)
        guard.get("/tokens/file/{name}", self._file)

    def _page(self, request: Request, _: Form) -> Response:
        ledger, askings = self._claimant.ledger_or_none(), enrolment.asked(self._claimant.wallet)
        epoch = epoch_of(self._claimant.later(ledger))
        left = [each for each in self._left() if epoch_after(each[1]) >= epoch]
        waiting = [each for each in askings if not each.is_kept and epoch_after(each.key.epoch) >= epoch]
        asked = {each.admitter for each in askings if each.key.epoch == epoch and (each.drawn or each.is_kept)}
        offering = [] if ledger is None else [each for each in enrolment.offering(ledger, epoch) if each not in asked]
        numbers = {*offering, *(each.admitter for each in waiting), *(admitter for admitter, _, _ in left)}
        return self._guard.page(
            request,
            "tokens.html",
            left=[(*each, epoch_after(each[1])) for each in left],
            waiting=waiting,
            offering=offering,
            names=names_of(ledger, numbers),
            epoch=epoch,
            has_node=ledger is not None,
            state=self._state(askings),
            here="/tokens",
        )

    def _ask(self, _: Request, form: Form) -> Response:
        """Make the request, or plan when; the page then has its file, which can be fetched as often as it is lost."""
        check_fresh(form, self._state(enrolment.asked(self._claimant.wallet)))
        ledger, number = self._claimant.ledger(), form["sponsor"]
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise InvalidInput("No sponsor was chosen, so nothing was asked; choose one of the list.")
        now, at_once = self._claimant.later(ledger), bool(form["now"])
        enrolment.ask(self._claimant.wallet, ledger, int(number), now, secrets.token_bytes, at_once=at_once)
        return self._guard.answers.go("/tokens")

    def _keep(self, _: Request, form: Form) -> Response:
        """Keep the tokens of an answer, all or none."""
        check_fresh(form, self._state(enrolment.asked(self._claimant.wallet)))
        enrolment.keep(self._claimant.wallet, _answer(form.file))
        return self._guard.answers.go("/tokens")

    def _file(self, request: Request, _: Form) -> Response:
        name = str(request.path_params["name"])
        for each in enrolment.asked(self._claimant.wallet):
            if each.drawn and file_name(each) == name:
                headers = {"Content-Disposition": f'attachment; filename="{name}"'}
                return Response(each.request().to_json(), media_type="application/json", headers=headers)
        raise InvalidInput("There is no such request for tokens; go to the page of tokens.")

    def _left(self) -> list[tuple[int, int, int]]:
        """Return of each sponsor and month how many tokens are unused, oldest month first."""
        with self._claimant.wallet.vault.reading() as transaction:
            found = Counter((each.token.epoch, each.token.admitter) for each in spares(transaction))
        return [(admitter, epoch, found[epoch, admitter]) for epoch, admitter in sorted(found)]

    def _state(self, askings: Iterable[Asking]) -> str:
        """Return what the page was made from: what was asked, what of it is answered, and what is left."""
        return fingerprint([(each.name, bool(each.drawn), each.is_kept) for each in askings], self._left())


def names_of(ledger: Ledger | None, members: Iterable[int]) -> dict[int, str]:
    """Return members' names by their numbers, "" where no node says one."""
    found = dict.fromkeys(members, "")
    if ledger is not None:
        with suppress(LedgerError):
            found |= {number: ledger.member(number).name for number in found}
    return found


def file_name(asking: Asking) -> str:
    """Return what the file of a request for tokens is called."""
    return f"jamjar-tokens-{asking.admitter}-{asking.key.epoch}.json"


def _answer(content: bytes) -> EnrolmentAnswer:
    """Read an upload; however it is broken, it is one and the same mistake to whoever chose it."""
    try:
        read: EnrolmentAnswer = EnrolmentAnswer.from_json(content.decode("utf-8-sig"))
    except (InvalidInput, UnicodeDecodeError):
        raise InvalidInput("The file is no sponsor's answer; choose the one that the sponsor gave you.") from None
    return read
