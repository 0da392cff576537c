"""Commands about the wallet's page for a phone."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamjar.cli import acting, files, options
from jamjar.cli.acting import Keystore
from jamjar.cli.log import load_policy, reader
from jamjar.cli.options import DEFAULT_DEPLOYMENT, Locations, web_address
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.tlog.page_releases import PageReleases

app = typer.Typer(
    no_args_is_help=True, help="The wallet's page for a phone: its ledger's file, its releases, and how it is served."
)
FORMAT: Final = "jamjar.phone.1"
_LONGEST = 64 * 1024


@app.callback()
def of_the_phone() -> None:
    """The wallet's page for a phone: its ledger's file, its releases, and how it is served."""


@app.command(
    epilog="Example: jamjar phone check https://wallet.example --log https://log.example/members "
    "--policy members-policy --member 7 --times 20"
)
def check(
    url: Annotated[str, typer.Argument(help="The address of the page.")],
    release: Annotated[Path | None, typer.Argument(help="Your own build's list: dist/SHA256SUMS.")] = None,
    log: Annotated[
        str, typer.Option(envvar="JAMJAR_LOG", help="The log, or that of members: a folder or address.")
    ] = "",
    policy: Annotated[Path | None, typer.Option(envvar="JAMJAR_POLICY", help="The policy of that log.")] = None,
    member: Annotated[int, typer.Option(help="The number of the member that publishes the releases.")] = 0,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    times: Annotated[int, typer.Option(min=1, max=1000, help="How often each file is asked for, in each way.")] = 3,
) -> None:
    """Compare every file that is served with the newest release in the log, many times, as different browsers ask.

    Without --log it is compared with your own build alone. Exit status 1 where anything differs.
    """
    from jamjar.protocol.page_release import digest_of
    from jamjar.service.served_page import LIST, check_served, fetch_list, read_release

    if release is None and not log:
        raise InvalidInput("There is nothing to compare the page with; name --log, or the list of your own build.")
    listed = fetch_list(url) if release is None else files.read(release, "release", _LONGEST)
    known, whose = read_release(listed.decode("utf-8", "replace")), "your build's"
    if log:
        releases = _releases(log, policy, member, deployment)
        found = releases.check(digest_of(listed), "The build" if release else f"What {url} serves")
        known[LIST] = digest_of(listed)
        whose = f"those of the newest release, event {found.number} of the log, in block {found.block}"
    answers = check_served(url, known, times)
    typer.echo(f"All {answers} answers are {whose}, {len(known)} files. A server may still lie to others alone.")


def _releases(log: str, policy: Path | None, member: int, deployment: Path) -> PageReleases:
    from jamjar.tlog.page_releases import PageReleases

    if policy is None or not member:
        raise InvalidInput("The log needs --policy, and --member, whose releases count; name both.")
    there = Locations("", None, deployment, "").read_deployment()
    return PageReleases(reader(log), load_policy(policy), there, member, time.time())


@app.command(epilog="Example: jamjar phone publish phone/dist/SHA256SUMS --keystore-file our.keystore")
def publish(
    context: typer.Context,
    release: Annotated[Path, typer.Argument(help="The list that a build writes: dist/SHA256SUMS.")],
    keystore: Keystore,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = options.DEFAULT_NODE,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Publish the digest of a release of the page on the ledger, and so in its log, where witnesses cosign it."""
    from jamjar.ledger.proposal_words import Change
    from jamjar.protocol.page_release import digest_of, to_bytes
    from jamjar.protocol.roles import Role
    from jamjar.service.served_page import read_release

    listed = files.read(release, "release", _LONGEST)
    served = read_release(listed.decode("utf-8", "replace"))
    context.obj = Locations("", None, deployment, node)
    actor = acting.enter(context, keystore, password_file)
    member = actor.own_member()
    if actor.ledger.read("Consortium", "isActiveAs", member, Role.ADVISER.value):
        raise InvalidInput(
            f"Member {member} advises, and claimants seal to its encryption key, whose place this takes; "
            "have a member of its own admitted for this."
        )
    then = f"SHA-256 {digest_of(listed).hex()}, {len(served)} files"
    changes = [Change(f"Release of the phone's page, of member {member}", "another, or none", then)]
    question = "It stands in the log for ever. Did you build it yourself, from the source? Publish it?"
    acting.act(actor, ("Consortium", "changeEncryptionKey", to_bytes(digest_of(listed))), changes, question, yes=yes)


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
