"""The contracts' code as built, and with the immutables of a deployment.

Immutables are places in the runtime code that the constructor fills. A build leaves zeros there, so all builds of one
commit have the same hash; deployments/code.json lists the places of each immutable. Their values follow from the
deployment file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.errors import DeploymentError
from jamjar.protocol.deployment import CONTRACTS, Deployment
from jamjar.protocol.roles import Role
from jamjar.protocol.typed_data import Domain

FORMAT: Final = "jamjar.code.1"
WORD: Final = 32


@dataclass(frozen=True, slots=True)
class BuiltCode:
    """One contract's creation and runtime code, and where in the latter each immutable goes, in bytes."""

    creation: bytes
    runtime: bytes
    immutables: Mapping[str, tuple[int, ...]]

    @property
    def hash(self) -> str:
        """Return the Keccak-256 of the runtime code as built, the same in every build of the commit."""
        return hash_of(self.runtime)

    def emptied(self, code: bytes) -> bytes:
        """Return code with zeros in place of the immutables."""
        return self._with(code, dict.fromkeys(self.immutables, bytes(WORD)))

    def filled(self, values: Mapping[str, bytes]) -> bytes:
        """Return the runtime code with a value for each immutable."""
        return self._with(self.runtime, {name: values[name] for name in self.immutables})

    def found(self, code: bytes) -> dict[str, set[bytes]]:
        """Return the values that code has for each immutable: exactly one for each in valid code."""
        return {name: {code[at : at + WORD] for at in places} for name, places in self.immutables.items()}

    def _with(self, code: bytes, values: Mapping[str, bytes]) -> bytes:
        changed = bytearray(code)
        for name, value in values.items():
            for at in self.immutables[name]:
                changed[at : at + WORD] = value
        return bytes(changed)


def hash_of(code: bytes) -> str:
    """Return the Keccak-256 of code as 0x-prefixed hex."""
    return "0x" + keccak256(code).hex()


def immutable_values(name: str, deployment: Deployment) -> dict[str, bytes]:
    """Return the values of a deployed contract's immutables, by their Solidity names."""
    domain = Domain(deployment.chain_id, deployment.contracts()[name].address)
    longest_validity, longest_reconfirmation, most_uses = deployment.settings.limits
    suspension, recovery = deployment.settings.delays
    return {
        "_cachedDomainSeparator": domain.separator,
        "_cachedChainId": _word(domain.chain_id),
        "_cachedThis": _word(domain.contract),
        "_hashedName": keccak256(domain.name.encode()),
        "_hashedVersion": keccak256(domain.version.encode()),
        "_name": _short(domain.name),
        "_version": _short(domain.version),
        "GOVERNANCE": _word(deployment.governance.address),
        "SUSPENSION": _word(suspension),
        "RECOVERY": _word(recovery),
        "CONSORTIUM": _word(deployment.consortium.address),
        "CONSENTS": _word(deployment.consent_registry.address),
        "ADVISER": Role.ADVISER.value,
        "LONGEST_VALIDITY": _word(longest_validity),
        "LONGEST_RECONFIRMATION": _word(longest_reconfirmation),
        "MOST_USES": _word(most_uses),
    }


def read(folder: Path, table: Path) -> dict[str, BuiltCode]:
    """Return the five contracts as built in a folder of artifacts.

    Raises DeploymentError when they are missing, or do not match the table.
    """
    try:
        listed = json.loads(table.read_text(encoding="utf-8"))
        if listed["format"] != FORMAT:
            raise DeploymentError(f"{table} is not in the format {FORMAT}; restore it.")
        built = {name: _built(folder, name, listed["contracts"][name]) for name in CONTRACTS}
    except FileNotFoundError as error:
        raise DeploymentError(f"There is no {error.filename}; run make build.") from None
    except (KeyError, TypeError, ValueError) as error:
        raise DeploymentError(f"{table} or {folder} is damaged; restore it, and run make build.") from error
    for name, code in built.items():
        if code.hash != listed["contracts"][name]["hash"]:
            raise DeploymentError(
                f"{name} in {folder} is not the code of {table}; run make build, "
                "or python -m assurance.bytecode.layout --write if it was changed on purpose."
            )
    return built


def _built(folder: Path, name: str, listed: Mapping[str, Any]) -> BuiltCode:
    artifact = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    creation, runtime = (bytes.fromhex(artifact[key].removeprefix("0x")) for key in ("bytecode", "deployedBytecode"))
    return BuiltCode(creation, runtime, {each: tuple(places) for each, places in listed["immutables"].items()})


def _word(value: int | str) -> bytes:
    return (value if isinstance(value, int) else int(value, 16)).to_bytes(WORD, "big")


def _short(text: str) -> bytes:
    """Return a text as OpenZeppelin's ShortStrings do: left-aligned in a word, with its length in the last byte."""
    return text.encode().ljust(WORD - 1, b"\0") + bytes([len(text)])
