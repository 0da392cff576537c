"""A small consortium for a phone: a node, a mailbox, a relayer, an adviser's pages, and the phone's page."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from jamjar.sandbox.anvil import anvil
from jamjar.sandbox.doors import ADVISERS, SmallConsortium, account_of, block_by_block, door
from jamjar.sandbox.front import Front, served
from jamjar.sandbox.processes import JAMJAR, desk_environment
from jamjar.sandbox.small_log import SmallLog, small_log

SITE: Final = Path(__file__).resolve().parents[2] / "phone" / "dist" / "site"
_START: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Jamjar: to try</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="style.css"></head><body><main>
<h1>To try it</h1><ol><li><a href="ledger.json" download>Save the ledger's file</a>.</li>
<li><a href="index.html">Open the wallet</a>, or <a href="index.html#request={request}">with a request</a>.</li></ol>
</main></body></html>"""


class BesidePhone(NamedTuple):
    """The address to open on a phone, and that of the adviser's pages, which opens once."""

    phone: str
    adviser: str


@contextmanager
def beside_phone(folder: Path, host: str) -> Iterator[BesidePhone]:
    """Set all of it up below a folder, for phones that reach this machine at an IP address; it ends with the block."""
    with small_consortium(folder) as small, ExitStack() as stack:
        (adviser,) = ADVISERS[:1]
        request = small.asked(adviser, "For our meeting on Tuesday.").to_json()
        address = stack.enter_context(beside(small, folder, host, request))
        desk = desk_environment(folder, adviser, account_of(adviser), small.environment)
        opened = stack.enter_context(door(["adviser", "open"], desk))
        yield BesidePhone(f"{address}/start.html", opened.address)


@contextmanager
def small_consortium(folder: Path) -> Iterator[SmallConsortium]:
    """Run a node that mines by itself, a mailbox and a relayer, for one adviser."""
    with anvil("--no-mining") as node, ExitStack() as stack:
        small = SmallConsortium(node.url, folder, ADVISERS[:1])
        stack.enter_context(small.stores())
        block_by_block(node)
        stack.enter_context(small.carries())
        yield small


@contextmanager
def beside(small: SmallConsortium, folder: Path, host: str, request: str) -> Iterator[str]:
    """Publish the log, and serve the phone's page and all services; yield the address."""
    with small_log(folder, small.environment) as log:
        front = Front({"relayer": small.relayer, "mailbox": small.mailbox}, log.folder)
        with served(front, host, folder) as address:
            front.files |= {path.name: path.read_bytes() for path in SITE.iterdir()}
            front.files["start.html"] = _START.format(request=quote(request, safe="")).encode()
            front.files["ledger.json"] = _ledger_file(small, log, address, folder / "ledger.json")
            yield address


def _ledger_file(small: SmallConsortium, log: SmallLog, address: str, file: Path) -> bytes:
    at = [f"--{name}={address}/{name}" for name in ("relayer", "mailbox", "log")]
    policies = [f"--policy={log.policy}", f"--members-policy={log.members_policy}"]
    words = ["phone", "ledger", *at, f"--mailbox-name={small.mailbox}", *policies, f"--out={file}"]
    subprocess.run([*JAMJAR, *words], env={**os.environ, **small.environment}, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - a fixed command
    return file.read_bytes()


def own_address() -> str:
    """Return the IP address by which others in this machine's network reach it; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # RFC 5737: of documentation, nobody's
        except OSError:
            return "127.0.0.1"
        return str(asking.getsockname()[0])
