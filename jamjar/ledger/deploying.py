"""The deployment of the five contracts of a consortium, by one account through one node."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from web3 import Web3

from jamjar.crypto.hashing import keccak256
from jamjar.errors import DeploymentError, InvalidInput
from jamjar.ledger.rpc import ask
from jamjar.ledger.transacting import CONFIRM_SECONDS, Sender, address_of, transact
from jamjar.protocol.abi import abi_of, creation_code
from jamjar.protocol.address import checksum_address, created_address, parse_address
from jamjar.protocol.deployment import CONTRACTS, DeployedContract, Deployment, checked
from jamjar.protocol.settings import Settings, constructor_arguments

GAS: Final = 10_500_000
"""The gas of five contracts without a member, rounded down, as a development node counts it."""
GAS_OF_MEMBER: Final = 250_000
"""The gas of a founding member, likewise."""


def deploy(
    web3: Web3, deployer: Sender, settings: Settings, commit: str, progress: Callable[[str], None] = lambda _name: None
) -> Deployment:
    """Deploy the contracts, and return their record; raises InvalidInput, DeploymentError, NodeUnavailable, Rejected.

    The account must send nothing else meanwhile: the address of the second contract, which governs, follows from it.

    commit    the commit of the source
    progress  is called with each contract's name before it is deployed
    """
    address = address_of(deployer)
    settings = checked(replace(settings, founders=settings.founders or (address,)))
    if not settings.members:
        raise InvalidInput("There is no founding member; name at least one in the file of founders.")
    _check_funds(web3, address, len(settings.members))
    first = _next_number(web3, address)
    at = {name: created_address(address, first + place) for place, name in enumerate(CONTRACTS)}
    deployed, block = dict[str, DeployedContract](), 0
    for place, name in enumerate(CONTRACTS):
        progress(name)
        if _next_number(web3, address) != first + place:
            raise DeploymentError(
                f"{address} sent something else meanwhile; deploy again, from an account that only deploys."
            )
        contract = web3.eth.contract(abi=list(abi_of(name)), bytecode=creation_code(name))
        call: Any = contract.constructor(*constructor_arguments(name, settings, at))
        receipt = transact(web3, deployer, call, spare_gas=0, nonce=first + place)
        created = receipt["contractAddress"] and checksum_address(parse_address(receipt["contractAddress"]))
        if receipt["status"] != 1 or created != at[name]:
            raise DeploymentError(
                f"{name} was not deployed at {at[name]}; deploy again, from an account that sends nothing else."
            )
        block = block or int(receipt["blockNumber"])
        deployed[name] = DeployedContract(at[name], "0x" + keccak256(_code(web3, created)).hex())
    return Deployment.of(ask(lambda: int(web3.eth.chain_id)), block, commit, deployed, settings)


def _code(web3: Web3, address: str) -> bytes:
    """Return a contract's code; waits where a reorganisation took it back, until its transaction is recorded again."""
    deadline = time.monotonic() + CONFIRM_SECONDS
    while not (code := bytes(ask(partial(web3.eth.get_code, Web3.to_checksum_address(address))))):
        if time.monotonic() > deadline:
            raise DeploymentError(f"The node has no contract at {address} any more; look at it, and deploy again.")
        time.sleep(0.2)
    return code


def _next_number(web3: Web3, address: str) -> int:
    return ask(lambda: int(web3.eth.get_transaction_count(Web3.to_checksum_address(address), "pending")))


def _check_funds(web3: Web3, address: str, members: int) -> None:
    price = ask(lambda: int(web3.eth.gas_price))
    least = price * (GAS + members * GAS_OF_MEMBER)
    held = ask(lambda: int(web3.eth.get_balance(Web3.to_checksum_address(address)))) if price else 0
    if held < least:
        what = "too little" if held else "nothing"
        raise DeploymentError(
            f"{address} has {what} to pay for gas with, {held} wei of about {least} at the node's price; fund it."
        )
