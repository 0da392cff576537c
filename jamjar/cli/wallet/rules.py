"""Commands of the claimant that assign money to jars: rules, and corrections of single transactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import options, output
from jamjar.cli.wallet.jars import PANEL, day_of, jars_of
from jamjar.encoding.shown import short, typed_beginning
from jamjar.errors import InvalidInput
from jamjar.plan import catalogue
from jamjar.plan.catalogue import LINES
from jamjar.plan.money import format_pounds

if TYPE_CHECKING:
    from jamjar.bank.rules import Rules
    from jamjar.bank.transaction import Transaction

commands = typer.Typer()


def _codes(incomplete: str) -> list[str]:
    """Return a shell's completions of a jar's code."""
    from jamjar.bank.rules import TRANSFER

    return [code for code in (*LINES, TRANSFER) if code.startswith(incomplete)]


JarCode = Annotated[
    str,
    typer.Argument(
        help="The jar's code, such as flexible.food.groceries, or transfer; see jamjar wallet codes.",
        autocompletion=_codes,
    ),
]


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet codes")
def codes(as_json: options.Json = False) -> None:
    """List the codes of jars and income lines."""
    from jamjar.bank.rules import TRANSFER

    names = {code: line.label for code, line in LINES.items()} | {TRANSFER: "Between your own accounts: not counted"}
    if as_json:
        output.print_json(names)
        return
    for code, label in names.items():
        typer.echo(f"{code:<50} {label}")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet unassigned")
def unassigned(context: typer.Context, as_json: options.Json = False) -> None:
    """List the payees that have no jar yet, the largest sum first."""
    found = jars_of(context).without_jar()
    if as_json:
        output.print_json([{"payee": each.payee, "count": each.count, "pence": each.pence} for each in found])
        return
    table = output.OutputTable("Payee", "How often", "In all", right=("How often", "In all"))
    for each in found:
        table.add(each.payee, each.count, format_pounds(each.pence))
    table.print(empty="No payment is without a jar.")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet rule tesco flexible.food.groceries")
def rule(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A text that the payee's name contains.")] = "",
    jar: JarCode = "",
    whole: Annotated[bool, typer.Option("--whole", help="Only if it is the payee's whole name.")] = False,
    remove: Annotated[int | None, typer.Option(help="Remove the rule of this number.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last change of rules first.")] = False,
    as_json: options.Json = False,
) -> None:
    """Assign a payee to a jar, with priority over the existing rules; or list the rules."""
    from jamjar.bank.rules import Rule
    from jamjar.bank.text import without_numbers

    written = " ".join(text.split())
    wanted = without_numbers(written)
    if wanted != written and not any(map(str.isalpha, wanted)):
        raise InvalidInput("Long numbers are not kept of bank files; name a part of the payee's name.")
    made = Rule(wanted, known(jar), whole) if text else None
    jars = jars_of(context)
    if undo:
        jars.follow_before()
    rules = jars.rules()
    if remove is not None:
        if not 1 <= remove <= len(rules.rules):
            raise InvalidInput(f"There is no rule {remove}; list them with jamjar wallet rule.")
        rules = rules.removing(remove - 1)
    if made is not None:
        rules = rules.adding(made)
    if made is not None or remove is not None:
        jars.follow(rules)
    if wanted != written:
        typer.echo("Long numbers are not kept of bank files; the rule is for any number in their place.", err=True)
    if as_json:
        output.print_json([{"text": each.text, "code": each.code, "whole": each.whole} for each in rules.rules])
        return
    table = output.OutputTable("No.", "Payee holds", "Jar", right=("No.",))
    for place, each in enumerate(rules.rules, 1):
        table.add(place, each.text + (" (whole name)" if each.whole else ""), _words(each.code))
    table.print(empty="No rules; make one with jamjar wallet rule TEXT JAR.")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet transactions --day 2026-11-05")
def transactions(
    context: typer.Context,
    day: Annotated[str, typer.Option("--day", help="Only of the planned period with this day, YYYY-MM-DD.")] = "",
    hide: Annotated[str, typer.Option(help="Take out the transaction of this name; no import brings it back.")] = "",
    unhide: Annotated[str, typer.Option(help="Put the hidden transaction of this name back.")] = "",
    hidden: Annotated[bool, typer.Option("--hidden", help="List the hidden ones.")] = False,
    as_json: options.Json = False,
) -> None:
    """List transactions by day, each with the name that jamjar wallet correct takes, and its jar."""
    jars = jars_of(context)
    if hide or unhide:
        chosen = named_transaction(jars.transactions(hidden=not hide), hide or unhide)
        jars.hide(chosen, back=not hide)
        typer.echo(f"{short(chosen.key)} of {chosen.day} is now {'hidden' if hide else 'shown and counted'}.")
        return
    found, rules = jars.transactions(hidden=hidden), jars.rules()
    if day:
        period = jars.plan_of(day_of(day)).period
        found = tuple(each for each in found if period.start <= each.day <= period.end)
    if as_json:
        output.print_json([_row(each, rules) for each in found])
        return
    table = output.OutputTable("Name", "Day", "Amount", "Jar", "Payee", right=("Amount",))
    for each in found:
        jar = _words(rules.code_of(each)) + (" (pending)" if each.pending else "")
        table.add(short(each.key), each.day, format_pounds(each.pence), jar, each.payee)
    table.print(empty="No transactions.")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet correct 3fa94b flexible.leisure.gifts")
def correct(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The transaction's name, or its beginning; see transactions.")],
    jar: JarCode = "",
    undo: Annotated[bool, typer.Option("--undo", help="Apply the rules to it again.")] = False,
) -> None:
    """Assign one transaction to a jar, regardless of the rules."""
    code = "" if undo else known(jar)
    jars = jars_of(context)
    found = named_transaction(jars.transactions(), name)
    rules = jars.rules()
    jars.follow(rules := rules.uncorrecting(found) if undo else rules.correcting(found, code))
    typer.echo(f"{short(found.key)} of {found.day} is now: {_words(rules.code_of(found))}.")


def _words(code: str | None) -> str:
    """Return what a list says in place of a jar's code."""
    from jamjar.bank.rules import TRANSFER

    return "own transfer" if code == TRANSFER else LINES[code].label if code else "none yet"


def named_transaction(found: Sequence[Transaction], name: str) -> Transaction:
    """Return the one transaction whose name begins this way; raises InvalidInput for none and for several."""
    wanted = typed_beginning(name)
    fitting = [each for each in found if wanted and each.key.startswith(wanted)]
    if len(fitting) != 1:
        raise InvalidInput(f"{len(fitting) or 'No'} names begin with {name[:32]!r}; see jamjar wallet transactions.")
    return fitting[0]


def known(code: str) -> str:
    """Return the code of a jar or income line; raises InvalidInput, naming similar codes, for another."""
    from jamjar.bank.rules import TRANSFER

    if code == TRANSFER:
        return code
    try:
        return catalogue.line(code).code
    except InvalidInput as error:
        if "did you mean" in str(error):
            raise
        raise InvalidInput(f"{code[:64]!r} is not a jar or income line; list them with jamjar wallet codes.") from None


def _row(each: Transaction, rules: Rules) -> dict[str, object]:
    return {
        "name": each.key,
        "day": each.day.isoformat(),
        "pence": each.pence,
        "payee": each.payee,
        "status": each.status,
        "code": rules.code_of(each),
    }
