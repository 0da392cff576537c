"""The options of a relayer and a mailbox that take what hops pass on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files

if TYPE_CHECKING:
    from jamjar.hop.gateway import Gateway
    from jamjar.hop.message import GatewayKind

KeyFiles = Annotated[
    list[Path] | None,
    typer.Option(
        help="To take what hops pass on: a file that jamjar hop key made. Name the newest first, and older ones after."
    ),
]
Hops = Annotated[
    list[str] | None,
    typer.Option(help="With --gateway-key-file: the address that a hop connects from; repeat it for each."),
]


def read_gateway(
    kind: GatewayKind, paths: Collection[str], key_files: Sequence[Path] | None, hops: Sequence[str] | None
) -> Gateway:
    """Return the gateway that the options say, which refuses everything where they say nothing."""
    from jamjar.hop.gateway import Gateway
    from jamjar.hop.gateway_key import GatewaySecret

    secrets = [GatewaySecret.from_json(files.text(file, "gateway's key file")) for file in key_files or ()]
    return Gateway(kind, paths, secrets, hops or ())
