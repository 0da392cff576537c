"""The registry of modules that the members admitted: its file, its deployment, and what it says.

The file, `modules.json`, lies beside the deployment's, which knows nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from hexbytes import HexBytes
from web3 import Web3
from web3.types import FilterParams

from jamjar.encoding import strict_json
from jamjar.errors import DeploymentError, InvalidInput, LedgerError
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.proposal_words import module_name
from jamjar.ledger.rpc import ask
from jamjar.ledger.transacting import Sender, transact
from jamjar.protocol.abi import abi_of, creation_code
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.foreign_events import decoded
from jamjar.service import private_file
from jamjar.service.log_range import LogRange

CONTRACT: Final = "ModuleRegistry"
FORMAT: Final = "jamjar.modules.1"
FILE: Final = "modules.json"
NO_CONTRACT: Final = checksum_address(bytes(20))


@dataclass(frozen=True, slots=True)
class RegistryPlace:
    """Where a registry of modules is: its chain, its address (EIP-55), and the block that it was deployed in."""

    chain_id: int
    address: str
    block: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", checksum_address(parse_address(self.address)))
        if not all(type(each) is int and 0 <= each < 2**53 for each in (self.chain_id, self.block)):
            raise InvalidInput("The chain id or the block is not a whole number in range; correct it.")

    def write(self, path: Path) -> None:
        """Write a new file; raises DeploymentError where there is one, or it cannot be written."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n"
        try:
            private_file.create(path, text.encode(), private_file.PUBLIC)
        except OSError as error:
            raise DeploymentError(f"{path} was not written ({error.strerror}); write this into it: {text}") from None


@dataclass(frozen=True, slots=True)
class AdmittedModule:
    """A module that is admitted: the hash over its files, its contract and the Keccak-256 of that one's code.

    target, target_hash  the address zero and 32 zero bytes where it has no contract
    block                the block in which it was admitted
    """

    name: str
    code_hash: bytes
    target: str
    target_hash: bytes
    block: int

    @property
    def has_contract(self) -> bool:
        """Whether it has a contract."""
        return self.target != NO_CONTRACT


def read_place(path: Path) -> RegistryPlace:
    """Read the file of a registry; raises DeploymentError when it is missing, damaged or of another format."""
    try:
        with path.open("rb") as opened:
            text = opened.read(strict_json.MAX_BYTES + 1).decode("utf-8")
        read = strict_json.loads(text, str(path))
        found = strict_json.fields(read, str(path), "format", "chain_id", "address", "block")
        if found.pop("format") != FORMAT:
            raise InvalidInput(f"{path} is not in the format {FORMAT}; update Jamjar.")
        return RegistryPlace(**found)
    except FileNotFoundError:
        raise DeploymentError(f"There is no {path}; make one: jamjar module registry.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DeploymentError(f"{path} cannot be read; restore it.") from error
    except InvalidInput as error:
        raise DeploymentError(f"{path} is no file of a registry. {error}") from None


def deploy(web3: Web3, deployer: Sender, consortium: str) -> RegistryPlace:
    """Deploy the registry of a consortium's modules; raises NodeUnavailable, Rejected, DeploymentError."""
    contract = web3.eth.contract(abi=list(abi_of(CONTRACT)), bytecode=creation_code(CONTRACT))
    call: Any = contract.constructor(consortium)
    receipt = transact(web3, deployer, call, spare_gas=0)
    if receipt["status"] != 1 or not receipt["contractAddress"]:
        raise DeploymentError("The registry was not deployed; see what the account can pay for, and deploy it again.")
    chain_id = ask(lambda: int(web3.eth.chain_id))
    return RegistryPlace(chain_id, str(receipt["contractAddress"]), int(receipt["blockNumber"]))


def contract_of(ledger: Ledger, place: RegistryPlace) -> Any:
    """Return the registry, for `ask`; raises DeploymentError unless this deployment's governance decides in it."""
    if place.chain_id != ledger.deployment.chain_id:
        raise DeploymentError(f"The registry is on chain {place.chain_id}; name the deployment of that chain.")
    contract = ledger.contract_at(place.address, abi_of(CONTRACT))
    governance = ask(contract.functions.governance().call) if ledger.is_contract(place.address) else ""
    if governance != ledger.deployment.governance.address:
        raise DeploymentError(f"{place.address} is no registry of this deployment's members; restore its file.")
    return contract


def admitted(ledger: Ledger, place: RegistryPlace, last: int | None = None) -> Mapping[str, AdmittedModule]:
    """Return the modules that are admitted, by their names, read from the registry's events.

    last  the block up to which they are read, by default the newest

    Raises LedgerError, also for events that no registry emits.
    """
    web3, found = contract_of(ledger, place).w3, dict[str, AdmittedModule]()

    def search(first: int, last: int) -> list[Any]:
        span = {"address": place.address, "fromBlock": first, "toBlock": last}
        return list(ask(lambda: web3.eth.get_logs(cast(FilterParams, span))))

    for log in LogRange().over(place.block, ledger.height() if last is None else last, search):
        event = ask(partial(_event, log))
        if event is None:
            raise LedgerError("The node's events of the registry make no sense; ask another node.")
        given: dict[str, Any] = dict(event.arguments)
        name = module_name(given["name"])
        found.pop(name, None)
        if event.name == "ModuleAdmitted":
            about = (given["codeHash"], given["target"], given["targetHash"])
            found[name] = AdmittedModule(name, *about, int(log["blockNumber"]))
    return found


def _event(log: Any) -> Any:
    return decoded(abi_of(CONTRACT), [bytes(topic) for topic in log["topics"]], bytes(HexBytes(log["data"])))
