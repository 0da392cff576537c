"""The claimant's commands, each module's added by a call."""

from typing import Annotated

import typer

from jamjar.cli import options
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, DEFAULT_VAULT, Locations
from jamjar.cli.wallet import (
    agent,
    awards,
    consents,
    ending,
    enrol,
    exports,
    imports,
    jars,
    layouts,
    life,
    mail,
    month,
    paydays,
    plans,
    questions,
    receipts,
    requests,
    rules,
    send,
    vault,
)
from jamjar.errors import InvalidInput

app = typer.Typer(
    no_args_is_help=True,
    help="The claimant's wallet: everything in one encrypted vault.",
    epilog="The options above come before the command: jamjar wallet --vault my.vault consents",
)
MONEY = (plans, jars, month, paydays, imports, awards, layouts, rules)
for module in (requests, consents, life, ending, receipts, mail, questions, enrol, exports, *MONEY, send, agent, vault):
    app.add_typer(module.commands)


@app.callback()
def wallet(
    context: typer.Context,
    vault: options.VaultPlace = DEFAULT_VAULT,
    passphrase_file: options.PassphraseFile = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    hop: Annotated[
        str, typer.Option(envvar="JAMJAR_HOP", help="A hop's address, so that relayer and mailbox do not see yours.")
    ] = "",
    gateway: Annotated[
        list[int] | None,
        typer.Option(envvar="JAMJAR_GATEWAY", help="With a hop: the number of the member behind it; repeat for more."),
    ] = None,
) -> None:
    """The claimant's wallet: everything in one encrypted vault."""
    if bool(hop) != bool(gateway):
        raise InvalidInput("A hop passes on to a named member's gateway only; give both --hop and --gateway, or none.")
    at = options.web_address(hop, "hop") if hop else ""
    context.obj = Locations(vault, passphrase_file, deployment, node, at, tuple(gateway or ()))
