"""The claimant's commands, each module's added by a call."""

import typer

from jamjar.cli import options
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, DEFAULT_VAULT, Locations
from jamjar.cli.wallet import (
    agent,
    awards,
    consents,
    ending,
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

app = typer.Typer(
    no_args_is_help=True,
    help="The claimant's wallet: everything in one encrypted vault.",
    epilog="The options above come before the command: jamjar wallet --vault my.vault consents",
)
MONEY = (plans, jars, month, paydays, imports, awards, layouts, rules)
for module in (requests, consents, life, ending, receipts, mail, questions, exports, *MONEY, send, agent, vault):
    app.add_typer(module.commands)


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
