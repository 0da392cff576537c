"""The registry of modules that the members admitted: its file, its deployment, and what it says.

The file, `modules.json`, lies beside the deployment's, which knows nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from web3 import Web3

from jamjar.encoding import strict_json
from jamjar.errors import DeploymentError, InvalidInput
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.own_contract import OwnContract
from jamjar.ledger.proposal_words import module_name
from jamjar.ledger.rpc import ask
from jamjar.ledger.transacting import Sender, created_by, transact
from jamjar.protocol.abi import abi_of, creation_code
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.service import private_file

CONTRACT: Final = "ModuleRegistry"
FORMAT: Final = "jamjar.modules.1"
FILE: Final = "modules.json"
NO_CONTRACT: Final = checksum_address(bytes(20))
_BEGINS: Final = bytes.fromhex("6080604052")
"""How code that Solidity compiled begins."""


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
    address, block = created_by(transact(web3, deployer, call, spare_gas=0))
    if not address:
        raise DeploymentError("The registry was not deployed; see what the account can pay for, and deploy it again.")
    chain_id = ask(lambda: int(web3.eth.chain_id))
    return RegistryPlace(chain_id, address, block)


def contract_of(ledger: Ledger, place: RegistryPlace) -> Any:
    """Return the registry, for `ask`; raises DeploymentError unless this deployment's governance decides in it."""
    if place.chain_id != ledger.deployment.chain_id:
        raise DeploymentError(f"The registry is on chain {place.chain_id}; name the deployment of that chain.")
    contract = ledger.contract_at(place.address, abi_of(CONTRACT))
    code = ask(lambda: bytes(contract.w3.eth.get_code(place.address)))
    if not _is_registry(code, ledger.deployment.governance.address):
        raise DeploymentError(f"{place.address} is no registry of this deployment's members; restore its file.")
    return contract


def admitted(ledger: Ledger, place: RegistryPlace, last: int | None = None) -> Mapping[str, AdmittedModule]:
    """Return the modules that are admitted, by their names, read from the registry's events.

    last  the block up to which they are read, by default the newest

    Raises LedgerError, also for events that no registry emits.
    """
    contract_of(ledger, place)
    found = dict[str, AdmittedModule]()
    for event in OwnContract(ledger, place.address, abi_of(CONTRACT)).events(place.block, last):
        given: dict[str, Any] = dict(event.arguments)
        name = module_name(given["name"])
        found.pop(name, None)
        if event.name == "ModuleAdmitted":
            about = (given["codeHash"], given["target"], given["targetHash"])
            found[name] = AdmittedModule(name, *about, event.block)
    return found


def _is_registry(code: bytes, governance: str) -> bool:
    """Return whether code is that which the creation code deploys, with a governance in the place for it."""
    built = code.replace(bytes.fromhex(governance[2:]).rjust(32, b"\0"), bytes(32))
    return built.startswith(_BEGINS) and creation_code(CONTRACT).endswith(b"\xfe" + built)
