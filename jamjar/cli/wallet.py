"""Commands of the claimant about consents: make them, change them, end them, and have carried what was signed."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from jamjar import signed_json
from jamjar.budget import Budget
from jamjar.claimant import Wallet
from jamjar.cli import setting
from jamjar.cli.setting import DEFAULT_NODE, DEFAULT_VAULT, Setting
from jamjar.erasure import erased, finish
from jamjar.errors import InvalidInput, JamjarError
from jamjar.refusals import refuse
from jamjar.schedule import DAY, MINUTE, schedule
from jamjar.signing import Signed
from jamjar.terms import Terms
from jamjar.vault.vault import Vault

app = typer.Typer(no_args_is_help=True, help="The claimant's wallet: everything in one encrypted vault.")

ConsentName = Annotated[str, typer.Argument(help="The consent's address, or its beginning.")]


@app.callback()
def wallet(
    context: typer.Context,
    vault: setting.VaultPlace = DEFAULT_VAULT,
    passphrase_file: setting.PassphraseFile = None,
    deployment: setting.DeploymentFile = Path("deployments/1337.json"),
    node: setting.Node = DEFAULT_NODE,
) -> None:
    """The claimant's wallet: everything in one encrypted vault."""
    context.obj = Setting(vault, passphrase_file, deployment, node)


def opened(context: typer.Context) -> Wallet:
    """Return the wallet in the vault, open until the command ends; work that was interrupted is finished first."""
    place: Setting = context.obj
    vault: Vault = context.with_resource(place.open_vault())
    finish(vault)
    return Wallet(place.read_deployment(), vault)


def named(wallet: Wallet, beginning: str) -> str:
    """Return the one consent whose address begins so; raises InvalidInput for none and for several."""
    found = [consent for consent in wallet.consents() if consent.lower().startswith(beginning.lower())]
    if len(found) != 1:
        what = "no consent" if not found else "several consents"
        raise InvalidInput(f"{what} of this wallet begin with {beginning}; list them with jamjar wallet consents.")
    return found[0]


@app.command()
def create(context: typer.Context) -> None:
    """Make an empty vault, under a passphrase of your own."""
    context.obj.create_vault().close()
    typer.echo("The vault is made. Nobody can open it without the passphrase: back it up with jamjar wallet backup.")


@app.command()
def grant(
    context: typer.Context,
    terms: Annotated[Path, typer.Argument(help="The terms that the adviser proposes, a JSON file.")],
    days: Annotated[int, typer.Option(help="Until the midnight so many days from today's, 2 or more.")] = 180,
    uses: Annotated[int, typer.Option(help="How many looks there may be.")] = 3,
    minutes: Annotated[int, typer.Option(help="From so many minutes from now; it must be carried until then.")] = 10,
    yes: Annotated[bool, typer.Option("--yes", help="You have read the notice, and agree.")] = False,
) -> None:
    """Read what an adviser asks for, and agree: sign a new consent."""
    asked = read_terms(terms)
    print_terms(asked)
    if not yes and not typer.confirm("Do you agree?"):
        typer.echo("Nothing was signed. To put on your own record that you refused: jamjar wallet refuse.")
        raise typer.Exit(1)
    wallet = opened(context)
    times = schedule(context.obj.ledger().time(), days=days, after=minutes * MINUTE)
    signed = wallet.grant(
        asked,
        valid_from=times.valid_from,
        valid_until=times.valid_until,
        reconfirm_by=times.reconfirm_by,
        max_uses=uses,
    )
    said(signed)


@app.command("refuse")
def refuse_terms(
    context: typer.Context, terms: Annotated[Path, typer.Argument(help="The terms that the adviser proposes.")]
) -> None:
    """Put on your own record, and nowhere else, that you did not agree."""
    asked = read_terms(terms)
    wallet = opened(context)
    refuse(wallet.vault, asked, int(time.time()))
    typer.echo("It is on record in your vault that you refused. Nobody else can see it.")


@app.command()
def commit(
    context: typer.Context,
    consent: ConsentName,
    budget: Annotated[Path, typer.Argument(help="Your plan, a JSON file.")],
) -> None:
    """Commit to a budget under a consent, in place of the one before."""
    plan = Budget.from_json(setting.read(budget, "budget").decode("utf-8", "replace"))
    wallet = opened(context)
    said(wallet.commit(named(wallet, consent), plan))


@app.command()
def pause(context: typer.Context, consent: ConsentName) -> None:
    """Let nobody look until you resume."""
    wallet = opened(context)
    said(wallet.pause(named(wallet, consent)))


@app.command()
def resume(context: typer.Context, consent: ConsentName) -> None:
    """End a pause."""
    wallet = opened(context)
    said(wallet.resume(named(wallet, consent)))


@app.command()
def reconfirm(
    context: typer.Context,
    consent: ConsentName,
    days: Annotated[int, typer.Option(help="Until the midnight so many days from today's.")] = 90,
) -> None:
    """Say that a consent still stands."""
    wallet = opened(context)
    now = context.obj.ledger().time()
    said(wallet.reconfirm(named(wallet, consent), now - now % DAY + days * DAY))


@app.command()
def withdraw(context: typer.Context, consent: ConsentName) -> None:
    """End a consent, for ever. No reason is needed."""
    wallet = opened(context)
    said(wallet.withdraw(named(wallet, consent)))


@app.command()
def send(
    context: typer.Context,
    account: setting.AccountName = "",
    password_file: setting.PasswordFile = None,
    to: Annotated[Path | None, typer.Option(help="Write the messages into this folder, for somebody to carry.")] = None,
) -> None:
    """Have carried what you signed: by an account of yours or a member's, or as files for `jamjar carry`."""
    wallet = opened(context)
    waiting = wallet.outgoing()
    if to is not None:
        for place, signed in enumerate(waiting, 1):
            domain = wallet.deployment.domain_of(type(signed.message))
            name = f"{place:03d}-{type(signed.message).__name__.lower()}.json"
            setting.write(to / name, signed_json.to_json(signed, domain).encode())
        typer.echo(f"{len(waiting)} messages written to {to}. After they are carried: jamjar wallet send --account ...")
        return
    if not account:
        raise InvalidInput("Name who carries: --account, or --to FOLDER for files.")
    sender, ledger = setting.account(account, password_file), context.obj.ledger()
    refused = 0
    for signed in waiting:
        try:
            receipt = wallet.carry(signed, ledger, sender)
        except JamjarError as error:
            refused += 1
            typer.echo(f"{type(signed.message).__name__}: {error}", err=True)
        else:
            typer.echo(f"{type(signed.message).__name__}: recorded{f' in block {receipt.block}' if receipt else ''}.")
    raise typer.Exit(1 if refused else 0)


@app.command()
def consents(context: typer.Context, as_json: setting.Json = False) -> None:
    """List your consents, and where the ledger says that they stand."""
    wallet, ledger = opened(context), context.obj.ledger()
    rows = [
        {
            "consent": consent,
            "recipient": (held := wallet.held(consent)).terms.recipient_name,
            "status": ledger.status(consent),
            "uses": (stored := ledger.consent(consent)).uses,
            "max_uses": stored.max_uses,
            "until": time.strftime("%Y-%m-%d", time.gmtime(held.valid_until)),
            "committed": any(held.head),
        }
        for consent in wallet.consents()
    ]
    if as_json:
        setting.show({"consents": rows, "erased": erased(wallet.vault)})
        return
    table = Table("Consent", "Recipient", "Status", "Uses", "Until", "Committed")
    for row in rows:
        used = f"{row['uses']} of {row['max_uses']}"
        shown = (
            row["consent"],
            row["recipient"],
            row["status"],
            used,
            row["until"],
            "yes" if row["committed"] else "no",
        )
        table.add_row(*map(str, shown))
    Console().print(table)
    typer.echo(
        f"{len(wallet.outgoing())} messages wait to be carried; {len(erased(wallet.vault))} consents are erased."
    )


def read_terms(file: Path) -> Terms:
    """Read terms from a file."""
    return Terms.from_json(setting.read(file, "record of terms").decode("utf-8", "replace"))


def print_terms(terms: Terms) -> None:
    """Show terms as a claimant reads them before agreeing."""
    table = Table(
        show_header=False, title=f"{terms.recipient_name} (member {terms.recipient}) asks", title_justify="left"
    )
    jars = ", ".join(sorted(f"{item.jar} ({item.what.value})" for item in terms.scope))
    kept = "looks, and keeps nothing" if not terms.retention_days else f"keeps it for {terms.retention_days} days"
    for name, value in (
        ("to see", jars),
        ("of the days", f"{terms.data_from} to {terms.data_until}"),
        ("for", terms.purpose),
        ("and", kept),
        ("notice", terms.notice),
    ):
        table.add_row(name, value)
    Console(highlight=False).print(table)


def said(signed: Signed) -> None:
    """Say that something was signed."""
    typer.echo(f"Signed: {type(signed.message).__name__} of {signed.message.consent}. It waits: jamjar wallet send.")
