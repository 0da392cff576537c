"""Commands for a network that institutions run on machines of their own: how one joins, and who is allowed."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.network.agreement import NetworkAgreement
    from jamjar.network.join_request import SignedJoinRequest

WRONG = 3
"""The exit status when something is wrong with the network."""
DAY = 86_400
Network = Annotated[Path, typer.Argument(help="The network's folder, with its members.json.")]
Request = Annotated[Path, typer.Argument(help="The file that jamjar network join-request wrote.")]
NodeKey = Annotated[Path, typer.Option("--key-file", help="Your own node's key, node.key.")]
Days = Annotated[int, typer.Option(min=1, max=90, help="Days for which the file is valid.")]


def register(app: typer.Typer) -> None:
    """Add these commands to those of a network."""
    example = "Example: jamjar network"
    app.command("template", epilog=f"{example} template > members.toml")(template)
    app.command(
        "join-request",
        epilog=f"{example} join-request ours --network 'Town Jamjar' --chain-id 7 --name Northern --host 192.0.2.7",
    )(join_request)
    app.command("approve", epilog=f"{example} approve town their.json --key-file ours/node.key --out yes.json")(approve)
    app.command("admit", epilog=f"{example} admit town their.json town2 --approval a.json --approval b.json")(admit)
    app.command("allowed", epilog=f"{example} allowed a/bundle b/bundle. Exit status: 3 when lists differ.")(allowed)


def template() -> None:
    """Print a file of members, to fill in."""
    from jamjar.network.members_file import template as text

    typer.echo(text(), nl=False)


def found(folder: Path, members: Path, engine: str) -> None:
    """Make the files of a network, from a file of members and their requests."""
    from jamjar.network import members_file

    _write_network(folder, members_file.read(members, engine))


def join_request(
    folder: Annotated[Path, typer.Argument(help="A new folder, for your node's key and the request.")],
    network: Annotated[str, typer.Option(help="The network's name.")],
    chain_id: Annotated[int, typer.Option(help="The network's chain id.")],
    name: Annotated[str, typer.Option(help="Your institution's name.")],
    host: Annotated[str, typer.Option(help="The IP address at which other members' nodes reach yours.")],
    port: Annotated[int, typer.Option(help="The port at which they do.")] = 30303,
    account: Annotated[
        list[str] | None, typer.Option(help="An account that may send through the network. May be repeated.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key-file", help="Your node's key, if it has one; a new one is made otherwise.")
    ] = None,
    days: Days = 30,
) -> None:
    """Make your node's key, which stays with you, and the signed request to send to the other members."""
    from jamjar.network import join_request as requests
    from jamjar.network.join_request import check_address
    from jamjar.network.setting_up import KEY_BYTES, write_new

    now, secret = int(time.time()), secrets.token_bytes(KEY_BYTES) if key is None else _key(key)
    signed = requests.sign(
        secret,
        network=network,
        chain_id=chain_id,
        name=name,
        host=host,
        port=port,
        accounts=tuple(check_address(each, "An account") for each in account or ()),
        signed_at=now,
        expires=now + days * DAY,
    )
    made = {"request.json": signed.to_json().encode()}
    if key is None:
        made["node.key"] = f"{secret.hex()}\n".encode()
    write_new(folder, made)
    typer.echo(
        f"Send {folder / 'request.json'} to the other members, and keep {key or folder / 'node.key'} to yourself."
    )
    typer.echo(f"Tell them in another way than the file, by telephone or on paper: {signed.request.address}")


def approve(
    network: Network,
    request: Request,
    key: NodeKey,
    out: Annotated[Path, typer.Option(help="The new file of the approval.")],
    days: Days = 30,
    yes: options.Yes = False,
) -> None:
    """Check another institution's join request, and sign your approval of it."""
    from jamjar.network import approval
    from jamjar.network.bundle import genesis_digest

    agreement, signed, now = _agreement(network), _request(request), int(time.time())
    agreement.check_candidate(signed, now)
    wanted = signed.request
    made = approval.sign(
        _key(key),
        chain_id=agreement.chain_id,
        genesis=genesis_digest(agreement),
        request=wanted.digest(),
        signed_at=now,
        expires=now + days * DAY,
    )
    if made.approval.approver not in [each.request.address for each in agreement.members]:
        raise InvalidInput(f"{key} is the key of no member's node; name your own node's.")
    table = output.OutputTable("Field", "Asked for")
    for field, value in (("Name", wanted.name), ("Validator", wanted.address), ("Node", wanted.enode)):
        table.add(field, value)
    for each in wanted.accounts:
        table.add("Account", each)
    table.print()
    if not options.agreed("Has the member told you this validator in another way than the file? Approve?", yes=yes):
        raise InvalidInput("Nothing was approved; ask the member for its validator's address, and approve then.")
    files.write({out: made.to_json().encode()})
    typer.echo(f"Send {out} to the other members.")


def admit(
    network: Network,
    request: Request,
    new: Annotated[Path, typer.Argument(help="The new folder, of the network with this member.")],
    approval: Annotated[list[Path], typer.Option(help="A member's approval. May be repeated.")],
) -> None:
    """Make the network's files again, with one more member, or a member's newer request, once enough approve."""
    from jamjar.network import approval as approvals
    from jamjar.network.bundle import genesis_digest

    agreement = _agreement(network)
    given = [approvals.read(files.text(each, "approval")) for each in approval]
    genesis = genesis_digest(agreement)
    _write_network(new, agreement.joined(_request(request), given, genesis, int(time.time())))


def allowed(
    places: Annotated[list[str], typer.Argument(help="Bundles, their files of permissions, or your node's address.")],
    as_json: options.Json = False,
) -> None:
    """Compare the lists of nodes and accounts that members allow, and say who allows what others do not."""
    from dataclasses import asdict

    from jamjar.network.allowed import differences, read

    if len(set(places)) < 2:
        raise InvalidInput("There is one list, and nothing to compare it with; name another member's bundle, too.")
    found = differences({place: read(place) for place in places})
    if as_json:
        output.print_json({"differences": [asdict(each) for each in found]})
    else:
        for each in found:
            typer.echo(str(each))
        if not found:
            typer.echo("All allow the same nodes and accounts.")
    if found:
        raise typer.Exit(WRONG)


def _write_network(folder: Path, agreement: NetworkAgreement) -> None:
    from jamjar.network.bundle import BUNDLES, agreement_digest, folder_of, genesis_digest, network_files
    from jamjar.network.setting_up import write_new

    write_new(folder, network_files(agreement))
    typer.echo(f"Made {folder}: {len(agreement.members)} members of {agreement.network}.")
    for each in agreement.members:
        typer.echo(f"{each.request.name}: {folder / BUNDLES / folder_of(each.request)}")
    typer.echo(f"Compare with every other member, by telephone: agreement {agreement_digest(agreement)}")
    typer.echo(f"and first block {genesis_digest(agreement).hex()}.")


def _agreement(folder: Path) -> NetworkAgreement:
    from jamjar.network import agreement
    from jamjar.network.bundle import MEMBERS

    file = folder / MEMBERS
    return agreement.from_json(files.text(file, "network's folder", agreement.MOST_BYTES), str(file))


def _request(file: Path) -> SignedJoinRequest:
    from jamjar.network import join_request as requests

    return requests.read(files.text(file, "join request"))


def _key(file: Path) -> bytes:
    text = files.text(file, "node's key").strip().removeprefix("0x")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32 or not any(key):
        raise InvalidInput(f"{file} is no key of a node; name the node.key that join-request made.")
    return key
