"""Where the four contracts of one chain are, as written by whoever deployed them and read by everyone else."""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from .address import checksum_address, parse_address
from .errors import DeploymentError, InvalidInput

FORMAT: Final = "jamjar.deployment.1"
CONTRACTS: Final = ("Consortium", "ConsentRegistry", "CommitmentRegistry", "AdviceLog")


@dataclass(frozen=True, slots=True)
class DeployedContract:
    """One contract: its address (EIP-55) and the Keccak-256 of its runtime code, as 0x-prefixed hex."""

    address: str
    code_hash: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", checksum_address(parse_address(self.address)))
        if not _is_hex32(self.code_hash):
            raise InvalidInput("A code hash is 0x and 64 hex digits; deploy again to write a good file.")


@dataclass(frozen=True, slots=True)
class Deployment:
    """The four contracts of one chain, the block of the first, and the commit they were built from."""

    chain_id: int
    block: int
    commit: str
    consortium: DeployedContract
    consent_registry: DeployedContract
    commitment_registry: DeployedContract
    advice_log: DeployedContract

    def contracts(self) -> dict[str, DeployedContract]:
        """Return the contracts by their Solidity names."""
        return dict(
            zip(
                CONTRACTS,
                (self.consortium, self.consent_registry, self.commitment_registry, self.advice_log),
                strict=True,
            )
        )

    def write(self, folder: Path) -> Path:
        """Write `<folder>/<chain id>.json`, whole or not at all, and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = path_of(folder, self.chain_id)
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n"
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, path)  # noqa: PTH105 - atomic on one file system, as pathlib's is not promised to be
        return path


def path_of(folder: Path, chain_id: int) -> Path:
    """Return where the deployment of a chain is written."""
    return folder / f"{chain_id}.json"


def read(path: Path) -> Deployment:
    """Read a deployment file; raises DeploymentError when it is missing, damaged or of another format."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DeploymentError(f"There is no {path}; deploy first, or name the right chain.") from None
    except (OSError, ValueError) as error:
        raise DeploymentError(f"{path} cannot be read as JSON; restore it or deploy again.") from error
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        raise DeploymentError(f"{path} is not a deployment in the format {FORMAT}; deploy again.")
    try:
        contracts = {
            f.name: DeployedContract(**data.pop(f.name)) for f in fields(Deployment) if f.type is DeployedContract
        }
        deployment = Deployment(**data, **contracts)
    except (KeyError, TypeError, InvalidInput) as error:
        raise DeploymentError(f"{path} lacks or misspells a field; restore it or deploy again.") from error
    if type(deployment.chain_id) is not int or type(deployment.block) is not int:
        raise DeploymentError(f"{path} has a chain id or block that is no number; restore it or deploy again.")
    return deployment


def _is_hex32(text: object) -> bool:
    if not isinstance(text, str) or len(text) != 66 or not text.startswith("0x"):
        return False
    try:
        return len(bytes.fromhex(text[2:])) == 32
    except ValueError:
        return False
