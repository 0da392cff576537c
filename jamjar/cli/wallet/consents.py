"""Commands of the claimant about one consent: agree to it or refuse it, change it, end it."""

import time
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from jamjar.cli import files, options, output
from jamjar.cli.output import print_signed
from jamjar.cli.wallet.opening import ConsentName, NewKey, Offline, named, opened, opened_vault
from jamjar.consent.schedule import LENGTHS, RECONFIRM_DAYS, USES, Begin, schedule
from jamjar.consent.terms import Detail, Terms
from jamjar.errors import InvalidInput
from jamjar.plan.catalogue import LINES
from jamjar.protocol.settings import DAY

commands = typer.Typer()

TermsFile = Annotated[Path, typer.Argument(help="The terms that the adviser proposes, a JSON file.")]
BudgetFile = Annotated[
    Path | None, typer.Argument(help="Your plan, TOML or JSON; without it, the one in your vault of the agreed days.")
]
_PANEL: Final = "Consents: signed here, carried with send"
_LENGTHS: Final = ", ".join(map(str, LENGTHS))
_USES: Final = ", ".join(map(str, USES))
_UNUSUAL: Final = (
    "The ledger shows for how long and how many uses you agreed, and few others choose the same: consents of yours "
    "that share them are seen to be one person's."
)
_DETAILS: Final = {Detail.LINES: "line by line", Detail.TOTAL: "the total", Detail.COVERED: "whether income covers it"}


@commands.command("consents", epilog="Example: jamjar wallet consents --json")
def list_consents(context: typer.Context, as_json: options.Json = False, offline: Offline = False) -> None:
    """List your consents, with their status on the ledger."""
    from jamjar.wallet.erasure import erased

    wallet = opened(context)
    ledger = None if offline else context.obj.ledger()
    rows = list[dict[str, Any]]()
    for consent in wallet.consents():
        kept, stored = wallet.stored(consent), ledger.consent(consent) if ledger else None
        row = {
            "consent": consent,
            "recipient": kept.terms.recipient_name,
            "status": ledger.status(consent) if ledger else None,
            "uses": stored.uses if stored else None,
            "max_uses": stored.max_uses if stored else None,
            "until": time.strftime("%Y-%m-%d", time.gmtime(kept.valid_until)),
            "committed": any(kept.head),
        }
        rows.append(row)
    waiting, gone = len(wallet.outgoing()), erased(wallet.vault)
    if as_json:
        output.print_json({"consents": rows, "messages_waiting": waiting, "erased": gone})
        return
    table = output.OutputTable("Consent", "Recipient", "Status", "Uses", "Until", "Budget")
    for row in rows:
        used = f"{row['uses']} of {row['max_uses']}" if row["max_uses"] else "-"
        budget = "committed" if row["committed"] else "none"
        status = row["status"] or "not asked"
        table.add(output.short(row["consent"]), row["recipient"], status, used, row["until"], budget)
    table.print()
    typer.echo(f"Messages queued: {waiting}. Consents erased: {gone}.")


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet grant terms.json --days 90 --uses 3")
def grant(
    context: typer.Context,
    terms: TermsFile,
    days: Annotated[int, typer.Option(min=2, help=f"It ends at midnight, so many days from today: {_LENGTHS}.")] = 180,
    uses: Annotated[int, typer.Option(min=1, help=f"How many looks there may be: {_USES}.")] = 3,
    begin: Annotated[
        Begin,
        typer.Option(help="It begins at the next midnight (UTC) or full hour, or in five minutes: for a meeting."),
    ] = Begin.MIDNIGHT,
    unusual: Annotated[
        bool, typer.Option("--unusual", help="Take other --days or --uses, which single you out.")
    ] = False,
    yes: options.Yes = False,
    as_json: options.Json = False,
    offline: Offline = False,
    new_key: NewKey = False,
) -> None:
    """Read what an adviser asks for, and agree: sign a new consent."""
    from jamjar.wallet.recipient import checked_key, remember_key

    _check_usual(days, uses, unusual=unusual)
    asked = read_terms(terms)
    print_terms(asked, err=as_json)
    for sentence in (_UNUSUAL if unusual else "", begin.reveals):
        if sentence:
            typer.echo(sentence, err=True)
    if not options.agreed(f"Do you agree, to {uses} looks within {days} days?", yes=yes):
        output.print_error("Nothing was signed; record your refusal in your vault with jamjar wallet refuse.")
        raise typer.Exit(1)
    wallet = opened(context)
    limits = wallet.deployment.settings
    times = schedule(context.obj.now(offline=offline), days=days, begin=begin)
    if uses > limits.most_uses or times.valid_until - times.valid_from > limits.longest_validity:
        longest = limits.longest_validity // DAY
        raise InvalidInput(
            f"The consent exceeds the limits of {limits.most_uses} uses and {longest} days; choose fewer."
        )
    if offline:
        typer.echo("No node was asked whether the recipient's number, name and key belong together.", err=True)
    else:
        key = checked_key(wallet.vault, context.obj.ledger(), asked, new_key=new_key)
        with wallet.vault.writing() as transaction:
            remember_key(transaction, asked, key)
    signed = wallet.grant(
        asked,
        valid_from=times.valid_from,
        valid_until=times.valid_until,
        reconfirm_by=times.reconfirm_by,
        max_uses=uses,
    )
    if as_json:
        output.print_json(
            {"consent": signed.message.consent, "carry_before": times.valid_from, "until": times.valid_until}
        )
        return
    print_signed(signed)
    typer.echo(f"It begins, and has to be carried before, {output.clock(times.valid_from)}.")


@commands.command("refuse", rich_help_panel=_PANEL, epilog="Example: jamjar wallet refuse terms.json")
def refuse_terms(context: typer.Context, terms: TermsFile) -> None:
    """Record a refusal in your vault, and nowhere else."""
    from jamjar.wallet.refusals import refuse

    asked = read_terms(terms)
    name = refuse(opened_vault(context), asked, int(time.time()))
    typer.echo(f"Your refusal is recorded in your vault as {name}. Nobody else can see it.")


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet commit 0x1234")
def commit(context: typer.Context, consent: ConsentName, budget: BudgetFile = None) -> None:
    """Commit to a plan under a consent, replacing the previous one."""
    from jamjar.cli.wallet.plans import read_plan
    from jamjar.disclosure.disclosure import period_problem
    from jamjar.wallet.jars import Jars

    read = read_plan(budget) if budget else None
    wallet = opened(context)
    chosen = named(wallet, consent)
    terms = wallet.stored(chosen).terms
    plan = read or Jars(wallet.vault).plan_within(terms.data_from, terms.data_until)
    entries = plan.budget.entries(terms.covered, terms.allows)
    if problem := period_problem({entry.name: entry.value for entry in entries}, terms):
        raise InvalidInput(f"Nothing was signed. {problem}")
    print_signed(wallet.commit(chosen, plan.budget))
    lines = [*plan.budget.lines, *plan.budget.debts]
    if summed := len(lines) - sum(entry.name in LINES or ".offer/" in entry.name for entry in entries):
        typer.echo(f"A commitment has no more places, so {summed} lines and creditors are in the totals alone.")


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet pause 0x1234")
def pause(context: typer.Context, consent: ConsentName) -> None:
    """Suspend a consent, under which nobody can look until you resume it."""
    wallet = opened(context)
    print_signed(wallet.pause(named(wallet, consent)))


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet resume 0x1234")
def resume(context: typer.Context, consent: ConsentName) -> None:
    """End a pause."""
    wallet = opened(context)
    print_signed(wallet.resume(named(wallet, consent)))


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet reconfirm 0x1234 --days 60")
def reconfirm(
    context: typer.Context,
    consent: ConsentName,
    days: Annotated[
        int, typer.Option(min=1, max=RECONFIRM_DAYS, help="It remains valid until midnight, so many days from today.")
    ] = RECONFIRM_DAYS,
    offline: Offline = False,
) -> None:
    """Confirm that a consent remains valid."""
    wallet = opened(context)
    chosen = named(wallet, consent)
    now = context.obj.now(offline=offline)
    print_signed(wallet.reconfirm(chosen, min(now - now % DAY + days * DAY, wallet.stored(chosen).valid_until)))


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet withdraw 0x1234")
def withdraw(context: typer.Context, consent: ConsentName) -> None:
    """End a consent permanently. No reason is needed."""
    wallet = opened(context)
    print_signed(wallet.withdraw(named(wallet, consent)))


def _check_usual(days: int, uses: int, *, unusual: bool) -> None:
    if not unusual and (days not in LENGTHS or uses not in USES):
        raise InvalidInput(
            f"Few choose that, and it would single you out: take {_LENGTHS} for --days and {_USES} for --uses, or add "
            "--unusual."
        )


def read_terms(file: Path) -> Terms:
    """Read terms from a file."""
    try:
        return Terms.from_json(files.text(file, "record of terms"))
    except InvalidInput as error:
        raise InvalidInput(_about(file, error)) from error


def print_terms(terms: Terms, *, err: bool = False) -> None:
    """Print terms for a claimant to read before agreeing."""
    table = output.OutputTable("", "", title=f"{terms.recipient_name} (member {terms.recipient}) asks")
    jars = ", ".join(sorted(f"{item.jar} ({_DETAILS[item.what]})" for item in terms.scope))
    kept = "looks, and keeps nothing" if not terms.retention_days else f"keeps it for {terms.retention_days} days"
    table.add("to see", jars)
    table.add("of the days", f"{terms.data_from} to {terms.data_until}")
    table.add("for", terms.purpose)
    table.add("and", kept)
    table.add("notice", terms.notice)
    table.print(err=err)


def _about(file: Path, error: InvalidInput) -> str:
    print_signed = str(error)
    return print_signed if print_signed.startswith(str(file)) else f"{file}: {print_signed}"
