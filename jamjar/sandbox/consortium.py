"""The sandbox's front door: a sample consortium on a development node, or through any node.

Nothing but this package is needed: the contracts' creation code is in it, and keys of members are made or known here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.sandbox.anvil import Anvil, Ganache, found
from jamjar.sandbox.network import STRANGER, SampleNetwork
from jamjar.sandbox.sample_chain import MNEMONICS, keys_of

NODES: Final = ("anvil", "pyrevm", "ganache")
"""Development nodes that can be started, in the order in which one is looked for."""
_HOW: Final = {
    "anvil": "put Foundry's anvil on PATH (npm install @foundry-rs/anvil, or https://getfoundry.sh)",
    "pyrevm": "pip install 'FILE.whl[sandbox]' with Jamjar's wheel, on Python 3.10 to 3.12",
    "ganache": "put it on PATH (npm install ganache)",
}
_OR: Final = "or give the address of a node that runs"


@contextmanager
def consortium(node: str = "") -> Iterator[SampleNetwork]:
    """Start a node, deploy on it a consortium of five sample members, and end both with the block.

    node  `anvil`, `ganache` or `pyrevm` (an EVM in this process), to start it; or the http(s) address of a node that
          runs, which keeps running, and the deployment; empty for the first of the three that is installed

    Raises NodeUnavailable where there is no such node or it does not answer, InvalidInput for another name, or where
    gas has a price on the node and it funds no account that is known here.
    """
    chosen = node or first_installed()
    if chosen is None:
        raise NodeUnavailable(f"There is no development node; {_HOW['anvil']}, or {_HOW['pyrevm']}, {_OR}.")
    with _address_of(chosen) as url:
        yield SampleNetwork.at(url)


def first_installed() -> str | None:
    """Return the first of NODES that is installed, None where none is."""
    return next((node for node in NODES if _is_installed(node)), None)


def _is_installed(node: str) -> bool:
    if node != "pyrevm":
        return found(node) is not None
    try:
        import pyrevm  # noqa: F401, PLC0415 - an extra's
    except ImportError:
        return False
    return True


@contextmanager
def _address_of(node: str) -> Iterator[str]:
    if node.startswith(("http://", "https://")):
        yield node
        return
    if node not in NODES:
        raise InvalidInput(f"{node!r} is no node; name one of {', '.join(NODES)}, {_OR}, http://... or https://...")
    if not _is_installed(node):
        raise NodeUnavailable(f"{node} is not installed; {_HOW[node]}, {_OR}.")
    if node == "pyrevm":
        from jamjar.sandbox.evm_node import evm_node  # noqa: PLC0415 - it imports what an extra installs

        with evm_node([each.address for each in keys_of(MNEMONICS[0], STRANGER + 1)]) as url:
            yield url
        return
    process = Anvil() if node == "anvil" else Ganache()
    try:
        process.start()
    except RuntimeError as error:
        raise NodeUnavailable(str(error).replace(": ", "; ", 1)) from error
    try:
        yield process.url
    finally:
        process.end()
