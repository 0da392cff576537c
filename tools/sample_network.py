"""The sample network on the development chain that Brownie is connected to, deployed by Brownie."""

from jamjar.sandbox.network import STRANGER, SampleNetwork, settings
from jamjar.sandbox.sample_chain import SampleChain
from tools import deployer


def build() -> SampleNetwork:
    """Deploy by Brownie, which then knows the contracts, and return the network."""
    chain = SampleChain(deployer.url())
    keys = chain.keys(STRANGER + 1)
    return SampleNetwork.of(chain, keys, deployer.deploy_from(keys[0].address, settings(keys)).deployment)
