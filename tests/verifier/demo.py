"""The demo's story on an Anvil that is kept until its record has been verified."""

from collections.abc import Iterator
from contextlib import contextmanager

from brownie._config import CONFIG
from brownie.network.main import connect, disconnect
from brownie.project.main import load

from jamjar.sandbox.network import SampleNetwork
from jamjar.service.ports import free_port
from scripts.demo import tell
from tools import sample_network
from tools.patience import be_patient


@contextmanager
def told() -> Iterator[SampleNetwork]:
    """Play the whole story, then keep its network until the block ends."""
    CONFIG.networks["anvil"]["cmd_settings"]["port"] = free_port()
    load(".").load_config()
    try:
        connect("anvil")
        be_patient()
        network = sample_network.build()
        tell(plain=True, network=network)
        yield network
    finally:
        disconnect(kill_rpc=True)
