"""Commands about the wallet's page for a phone."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from jamjar.cli import files, options
from jamjar.cli.log import load_policy
from jamjar.cli.options import DEFAULT_DEPLOYMENT, Locations, web_address
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput

app = typer.Typer(no_args_is_help=True, help="The wallet's page for a phone: its ledger's file, and how it is served.")
FORMAT: Final = "jamjar.phone.1"
_LONGEST = 64 * 1024


@app.callback()
def of_the_phone() -> None:
    """The wallet's page for a phone: its ledger's file, and how it is served."""


@app.command(epilog="Example: jamjar phone check https://wallet.example phone/dist/SHA256SUMS --times 20")
def check(
    url: Annotated[str, typer.Argument(help="The address of the page.")],
    release: Annotated[Path, typer.Argument(help="The list that a build writes: dist/SHA256SUMS.")],
    times: Annotated[int, typer.Option(min=1, max=1000, help="How often each file is asked for, in each way.")] = 3,
) -> None:
    """Compare every file that is served with the release, many times, as different browsers ask (exit status 1)."""
    from jamjar.service.served_page import check_served, read_release

    known = read_release(files.read(release, "release", _LONGEST).decode("utf-8", "replace"))
    answers = check_served(url, known, times)
    typer.echo(f"All {answers} answers are the release's, {len(known)} files. A server may still lie to others alone.")


@app.command(
    epilog="Example: jamjar phone ledger --relayer https://relay.example --mailbox https://mail.example "
    "--log https://log.example --policy policy --members-policy members-policy --out ledger.json"
)
def ledger(
    relayer: Annotated[str, typer.Option(help="The relayer's address.")],
    mailbox: Annotated[str, typer.Option(help="The mailbox's address.")],
    log: Annotated[str, typer.Option(help="The log's address; the log of members is at /members below it.")],
    policy: Annotated[Path, typer.Option(help="The policy of the log.")],
    members_policy: Annotated[Path, typer.Option(help="The policy of the log of members.")],
    out: Annotated[Path, typer.Option(help="The new file.")],
    mailbox_name: Annotated[str, typer.Option(help="The mailbox's own name, if it is not its address.")] = "",
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
) -> None:
    """Write the one file that a phone needs of a ledger: its contracts, services, and whose signatures to rely on."""
    from jamjar.tlog.policy import is_of_members

    text = Locations("", None, deployment, "").read_deployment().to_json()
    for file, members in ((policy, False), (members_policy, True)):
        if is_of_members(load_policy(file).logs[0].name) is not members:
            raise InvalidInput(f"The policy {file} is for the other log; swap the two files.")
    record = {
        "format": FORMAT,
        "deployment": json.loads(text),
        "relayer": web_address(relayer, "relayer"),
        "mailbox": (mail := web_address(mailbox, "mailbox")),
        "mailbox_name": mailbox_name or mail,
        "log": web_address(log, "log"),
        "policy": files.text(policy, "policy"),
        "members_policy": files.text(members_policy, "policy of members"),
    }
    files.write({out: strict_json.dumps(record).encode()})
    typer.echo(f"{out} is for phones; give it to them with the address of the page.")
