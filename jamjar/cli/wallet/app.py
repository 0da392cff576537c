"""The claimant's commands, and what all of them start with: the vault, the wallet in it, a consent by its beginning."""

import time
from typing import Annotated, Any

import typer

from jamjar.cli import options, output
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, DEFAULT_VAULT, Locations
from jamjar.errors import InvalidInput
from jamjar.vault.vault import Vault
from jamjar.wallet.erasure import erased, finish
from jamjar.wallet.wallet import Wallet

app = typer.Typer(
    no_args_is_help=True,
    help="The claimant's wallet: everything in one encrypted vault.",
    epilog="The options above come before the command: jamjar wallet --vault my.vault consents",
)

ConsentName = Annotated[str, typer.Argument(help="The consent's address, or its beginning.")]
Offline = Annotated[bool, typer.Option("--offline", help="Ask no node: rely on this machine's clock.")]


@app.callback()
def wallet(
    context: typer.Context,
    vault: options.VaultPlace = DEFAULT_VAULT,
    passphrase_file: options.PassphraseFile = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
) -> None:
    """The claimant's wallet: everything in one encrypted vault."""
    context.obj = Locations(vault, passphrase_file, deployment, node)


def opened_vault(context: typer.Context) -> Vault:
    """Return the vault, open until the command ends; work that was interrupted is finished first."""
    place: Locations = context.obj
    vault: Vault = context.with_resource(place.open_vault())
    finish(vault)
    return vault


def opened(context: typer.Context) -> Wallet:
    """Return the wallet in the vault, open until the command ends."""
    deployment = context.obj.read_deployment()  # first: what is wrong with it is said before a passphrase is asked for
    return Wallet(deployment, opened_vault(context))


def named(wallet: Wallet, beginning: str) -> str:
    """Return the one consent whose address begins so; raises InvalidInput for none and for several."""
    wanted = output.beginning(beginning)
    found = [consent for consent in wallet.consents() if wanted and consent.lower().startswith(wanted)]
    if len(found) != 1:
        what = f"{len(found)} consents begin" if found else "No consent of this wallet begins"
        how = "type more of it" if found else "list them with jamjar wallet consents"
        raise InvalidInput(f"{what} with {beginning[:42]!r}; {how}.")
    return found[0]


@app.command(epilog="Example: jamjar wallet --vault my.vault create")
def create(context: typer.Context) -> None:
    """Make an empty vault, under a passphrase of your own: five random words are good, eight characters the least."""
    context.obj.create_vault().close()
    typer.echo("The vault is made. Nobody can open it without the passphrase: back it up with jamjar wallet backup.")


@app.command(epilog="Example: jamjar wallet consents --json")
def consents(context: typer.Context, as_json: options.Json = False, offline: Offline = False) -> None:
    """List your consents, and where the ledger says that they stand."""
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
    typer.echo(f"Messages that wait to be carried: {waiting}. Consents erased: {gone}.")
