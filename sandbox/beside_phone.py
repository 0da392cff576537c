"""A small consortium for a phone: a node, a mailbox, a relayer, an adviser's pages, and the phone's page."""

import html
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from sandbox.anvil import anvil
from sandbox.doors import ADVISERS, SmallConsortium, account_of, block_by_block, door
from sandbox.front import front
from sandbox.processes import desk_environment

SITE: Final = Path(__file__).resolve().parents[1] / "phone" / "dist" / "site"
_START: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Jamjar: to try</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="style.css"></head><body><main>
<h1>To try it</h1><ol><li><a href="ledger.json" download>Save the ledger's file</a>.</li>
<li>The relayer's address is <code>{relayer}</code>.</li>
<li><a href="index.html">Open the wallet</a>, or <a href="index.html#request={request}">with a request</a>.</li></ol>
</main></body></html>"""


class BesidePhone(NamedTuple):
    """The address to open on a phone, and that of the adviser's pages, which opens once."""

    phone: str
    adviser: str


@contextmanager
def beside_phone(folder: Path, host: str) -> Iterator[BesidePhone]:
    """Set all of it up below a folder, for phones that reach this machine at an IP address; it ends with the block."""
    with anvil("--no-mining") as node, ExitStack() as stack:
        small = SmallConsortium(node.url, folder, ADVISERS[:1])
        (adviser,) = ADVISERS[:1]
        stack.enter_context(small.stores())
        request = small.asked(adviser, "For our meeting on Tuesday.").to_json()
        block_by_block(node)
        stack.enter_context(small.carries())
        files = {path.name: path.read_bytes() for path in SITE.iterdir()}
        files["ledger.json"] = Path(small.environment["JAMJAR_DEPLOYMENT"]).read_bytes()
        behind = {"relayer": small.relayer, "mailbox": small.mailbox}
        address = stack.enter_context(front(host, folder, files, behind))
        start = _START.format(relayer=html.escape(f"{address}/relayer"), request=quote(request, safe=""))
        files["start.html"] = start.encode()
        desk = desk_environment(folder, adviser, account_of(adviser), small.environment)
        opened = stack.enter_context(door(["adviser", "open"], desk))
        yield BesidePhone(f"{address}/start.html", opened.address)


def own_address() -> str:
    """Return the IP address by which others in this machine's network reach it; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # RFC 5737: of documentation, nobody's
        except OSError:
            return "127.0.0.1"
        return str(asking.getsockname()[0])
