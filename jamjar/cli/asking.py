"""Commands of an adviser about clients: ask one for a consent, and say what to call one."""

from __future__ import annotations

from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamjar.cli import files, options, output
from jamjar.cli.desk import Keystore, open_desk
from jamjar.cli.options import Locations
from jamjar.consent.schedule import LENGTHS, RECONFIRMATIONS, USES
from jamjar.consent.terms import MOST_QUESTIONS
from jamjar.encoding import strict_json
from jamjar.encoding.shown import typed_beginning
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.vault.vault import Vault

commands = typer.Typer()


class PurposeWord(Enum):
    """What a consent is for, as people type it."""

    SERVICE = "service"
    ADVICE = "advice"
    CARE = "care"
    RESEARCH = "research"
    PUBLIC_SERVICES = "public-services"

    @property
    def curie(self) -> str:
        """The purpose as a term of DPV."""
        return _CURIES[self]


_CURIES: Final = {
    PurposeWord.SERVICE: "dpv:RequestedServiceProvision",
    PurposeWord.ADVICE: "dpv:ProvidePersonalisedRecommendations",
    PurposeWord.CARE: "dpv:CustomerCare",
    PurposeWord.RESEARCH: "dpv:NonCommercialResearch",
    PurposeWord.PUBLIC_SERVICES: "dpv:ImprovePublicServices",
}
_WHOLE: Final = 42
_DAYS: Final = 30
"""How long a request can be answered unless told otherwise."""


def _usual(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


@commands.command(
    epilog="Example: jamjar adviser ask request.json --purpose advice --line fixed.home --total balance "
    "--from 2026-11-01 --until 2027-04-30 --contact '01234 567890' --account our.keystore --page request.html"
)
def ask(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write the request, for the claimant.")],
    account: Keystore,
    purpose: Annotated[PurposeWord, typer.Option(help="What for.")],
    contact: Annotated[str, typer.Option(help="Where questions go: a telephone number, an address.")],
    first: Annotated[str, typer.Option("--from", help="The first day of the data, YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--until", help="The last day of the data, YYYY-MM-DD.")],
    line: Annotated[
        list[str] | None, typer.Option(help="A jar, section or group line by line, by its code. May be repeated.")
    ] = None,
    total: Annotated[
        list[str] | None, typer.Option(help="Only the total of a section or group, outgoings, or balance.")
    ] = None,
    covers: Annotated[
        list[str] | None, typer.Option(help="Only whether income covers a total: a yes or no, and no figure.")
    ] = None,
    threshold: Annotated[
        list[str] | None,
        typer.Option(help="Only answers whether a line, total or balance, or a sum, is at least or at most an amount."),
    ] = None,
    questions: Annotated[
        int, typer.Option(help=f"With --threshold: the most questions, 1 to {MOST_QUESTIONS}; each takes a look.")
    ] = 1,
    about: Annotated[str, typer.Option(help="A line in your own words, which both texts quote.")] = "",
    keep: Annotated[int, typer.Option(min=0, help="For how many days you keep what you are shown; 0: view only.")] = 0,
    looks: Annotated[int, typer.Option(help=f"The most looks: {_usual(USES)}.")] = 3,
    days: Annotated[int, typer.Option(help=f"After how many days it ends: {_usual(LENGTHS)}.")] = 180,
    reconfirm_days: Annotated[
        int, typer.Option(help=f"How often the claimant confirms it: every {_usual(RECONFIRMATIONS)} days.")
    ] = 90,
    answer_by: Annotated[
        str, typer.Option(help=f"The last day to agree, YYYY-MM-DD; in {_DAYS} days unless given.")
    ] = "",
    code: Annotated[Path | None, typer.Option(help="Write it as a QR code, too, in SVG.")] = None,
    page: Annotated[Path | None, typer.Option(help="Write a page to print, too: notice and code, in HTML.")] = None,
    to: Annotated[
        str, typer.Option(help="Send it as a letter, too, to the claimant of this earlier consent.", metavar="CLIENT")
    ] = "",
    mailbox: Annotated[str, typer.Option(envvar="JAMJAR_MAILBOX", help="With --to: the mailbox's address.")] = "",
    password_file: options.PasswordFile = None,
) -> None:
    """Ask a claimant for a consent: write a request, whose notice is in English and Welsh, and sign it.

    What you ask for is what the notice says, and the most that the claimant can agree to.
    """
    from jamjar.adviser.asking import make_request, sign_asked
    from jamjar.consent import request_page
    from jamjar.consent.notice import notice
    from jamjar.consent.scope import Detail, ScopeItem

    if to and not mailbox:
        raise InvalidInput("No mailbox is named for the letter; name it with --mailbox.")
    named = ((line, Detail.LINES), (total, Detail.TOTAL), (covers, Detail.COVERED), (threshold, Detail.THRESHOLD))
    scope = frozenset(ScopeItem(jar, what) for codes, what in named for jar in codes or [])
    place: Locations = context.obj
    signer, ledger = options.local_account(account, password_file), place.ledger()
    asked = make_request(
        ledger,
        signer,
        purpose=purpose.curie,
        contact=contact,
        about=about,
        scope=scope,
        data_from=_day(first),
        data_until=_day(last),
        keep=keep,
        looks=looks,
        days=days,
        reconfirm_days=reconfirm_days,
        answer_by=_day(answer_by) if answer_by else None,
        questions=questions if threshold else 0,
    )
    signed = sign_asked(asked, ledger, signer)
    written = {file: f"{signed.to_json()}\n".encode()}
    if code is not None:
        written[code] = request_page.code(signed)
    if page is not None:
        written[page] = request_page.page(signed).encode()
    desk = open_desk(context, signer, mailbox) if to else None
    client = desk.mail.client(_client(desk.vault, to)).consent if desk else ""
    files.write(written)
    typer.echo(notice(asked))
    if desk is not None:
        desk.mail.ask(signed, client)
        typer.echo("Sent, sealed: the claimant finds it with jamjar wallet requests.", err=True)


@commands.command(
    epilog="Example: jamjar adviser question 0x1234 'total.fixed > total.income + 100' --account our.keystore"
)
def question(
    context: typer.Context,
    client: Annotated[str, typer.Argument(help="The consent's address, its beginning, or what you call the client.")],
    statement: Annotated[
        str,
        typer.Argument(help="'fixed.home.rent >= 500'; names and pounds, + and -, both sides; 'total.fixed = lines'."),
    ],
    account: Keystore,
    mailbox: options.MailboxAddress,
    password_file: options.PasswordFile = None,
    as_json: options.Json = False,
) -> None:
    """Ask a client whether something is true of their newest budget, without the figures; the answer takes a look."""
    from jamjar.disclosure.statement_text import read_statement

    stated = read_statement(statement)
    opened = open_desk(context, options.local_account(account, password_file), mailbox)
    asked = opened.mail.ask_question(stated, _client(opened.vault, client))
    if as_json:
        output.print_json(
            {"question": asked.id.hex(), "consent": asked.consent, "use": asked.use, "asked": str(stated)}
        )
    else:
        typer.echo(f"Asked, sealed, whether {stated}. The answer comes as a package, or not at all.")


@commands.command(epilog="Example: jamjar adviser label 0x1234 'Mrs J, Tuesdays'")
def label(
    context: typer.Context,
    client: Annotated[str, typer.Argument(help="The consent's address; for a client you know, its beginning.")],
    words: Annotated[str, typer.Argument(help="What you call the client; empty to take it away.")],
) -> None:
    """Say what to call a client; it stays in your vault, and goes with the consent."""
    from jamjar.adviser.clients import name_client

    vault = context.with_resource(context.obj.open_vault())
    name_client(vault, _client(vault, client), words)
    typer.echo("Kept in your vault alone.")


def _client(vault: Vault, beginning: str) -> str:
    """Return the one consent with this beginning, or label, that the vault knows; or a whole address."""
    from jamjar.adviser.clients import clients
    from jamjar.protocol.address import checksum_address, parse_address

    if len(beginning) == _WHOLE and beginning.startswith("0x"):
        return checksum_address(parse_address(beginning))
    known, wanted = clients(vault), typed_beginning(beginning)
    found = [
        each.consent
        for each in known.values()
        if wanted and (each.consent.lower().startswith(wanted) or each.label.lower() == wanted)
    ]
    if len(found) != 1:
        raise InvalidInput(
            f"{len(found) or 'No'} clients are {beginning[:_WHOLE]!r}; type the consent's whole address."
        )
    return found[0]


def _day(text: str) -> date:
    day = strict_json.day(text)
    if day is None:
        raise InvalidInput(f"{text[:20]!r} is not a day; write it as YYYY-MM-DD.")
    return day
