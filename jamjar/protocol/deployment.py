"""The deployment of the five contracts on one chain, as a file that the deployer writes and everyone else reads.

The file states everything that their code depends on: from the commit, the addresses, the chain and the settings anyone
can compute the code that must be on the chain, and its hash (`scripts/check_deployment.py` does).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timezone
from typing import Final

from jamjar.errors import DeploymentError, InvalidInput
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.founding import FoundingMember, check_together
from jamjar.protocol.settings import SHORTEST_GOVERNANCE_DELAY, SHORTEST_RECOVERY, Settings
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Acknowledge, Commit, Domain, Grant, Message

FORMAT: Final = "jamjar.deployment.3"
"""Of the file."""
CONTRACTS: Final = ("Consortium", "Governance", "ConsentRegistry", "CommitmentRegistry", "AdviceLog")
"""In the order in which one account deploys them, by transactions of consecutive numbers."""
BESIDE: Final = ("ModuleRegistry",)
"""Contracts that ship too, and are no part of a deployment: each is deployed by itself, and has a file of its own."""
_SUNSET: Final = "ecdsa_only_grants_refused_from"
_LAST_DAY: Final = 253402300799
"""The last second of the year 9999, in Unix seconds."""
_FIELDS: Final = ("consortium", "governance", "consent_registry", "commitment_registry", "advice_log")


@dataclass(frozen=True, slots=True)
class DeployedContract:
    """One contract: its address (EIP-55) and the Keccak-256 of its runtime code, as 0x-prefixed hex."""

    address: str
    code_hash: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", checksum_address(parse_address(self.address)))
        if not _is_hex32(self.code_hash):
            raise InvalidInput("A code hash is not 0x and 64 hex digits; deploy again to write a good file.")


@dataclass(frozen=True, slots=True)
class Deployment:
    """The five contracts of one chain, the block of the first, the commit they were built from, and their settings.

    chain_id, block                 whole numbers below 2**53: the EIP-155 chain id, and the first contract's block
    commit                          of the source, as Git names it, or another text that is not empty
    ecdsa_only_grants_refused_from  Unix seconds: a grant that begins then or later needs an ML-DSA-44 key in its terms
                                    and a signature by it, or wallets, carriers, relayers and desks refuse it;
                                    None, and left out of the file, where the members have set no such time

    Raises InvalidInput for numbers out of range, no commit, and settings that the constructors would refuse.
    """

    chain_id: int
    block: int
    commit: str
    consortium: DeployedContract
    governance: DeployedContract
    consent_registry: DeployedContract
    commitment_registry: DeployedContract
    advice_log: DeployedContract
    settings: Settings = field(default_factory=Settings)
    ecdsa_only_grants_refused_from: int | None = None

    def __post_init__(self) -> None:
        sunset = self.ecdsa_only_grants_refused_from
        for number, least in ((self.chain_id, 1), (self.block, 0), (0 if sunset is None else sunset, 0)):
            if type(number) is not int or not least <= number < 2**53:
                raise InvalidInput(
                    "The chain id, the block or a time is not a whole number in range; correct it, or deploy again."
                )
        if sunset is not None and sunset > _LAST_DAY:
            raise InvalidInput("The time from which ECDSA alone is refused is after the year 9999; write seconds.")
        if not isinstance(self.commit, str) or not self.commit:
            raise InvalidInput("The commit is not a text; deploy again to write a good file.")
        object.__setattr__(self, "settings", checked(self.settings))

    @classmethod
    def of(
        cls, chain_id: int, block: int, commit: str, contracts: Mapping[str, DeployedContract], settings: Settings
    ) -> "Deployment":
        """Return the deployment of contracts that are given by their Solidity names, all of CONTRACTS."""
        named = {field: contracts[name] for name, field in zip(CONTRACTS, _FIELDS, strict=True)}
        return cls(chain_id, block, commit, settings=settings, ecdsa_only_grants_refused_from=None, **named)

    def contracts(self) -> dict[str, DeployedContract]:
        """Return the contracts by their Solidity names."""
        return {name: getattr(self, field) for name, field in zip(CONTRACTS, _FIELDS, strict=True)}

    def domain_of(self, message: type[Message]) -> Domain:
        """Return the EIP-712 domain of the contract that takes this type of message."""
        takers = {Commit: self.commitment_registry, Acknowledge: self.advice_log}
        return Domain(self.chain_id, takers.get(message, self.consent_registry).address)

    def to_json(self) -> str:
        """Return the file's text; raises InvalidInput unless the settings name a founder and a founding member."""
        if not self.settings.founders or not self.settings.members:
            raise InvalidInput("The settings name no founder, or no founding member; name at least one of each.")
        record = asdict(self)
        if record[_SUNSET] is None:
            del record[_SUNSET]
        return json.dumps({"format": FORMAT, **record}, indent=2) + "\n"

    def check_signed(self, signed: SignedMessage) -> None:
        """Raise InvalidInput for a grant that is signed under a suite refused by the time at which it begins."""
        if isinstance(signed.message, Grant):
            self.check_suite(signed.message.valid_from, has_post_quantum=signed.post_quantum is not None)

    def check_suite(self, valid_from: int, *, has_post_quantum: bool) -> None:
        """Raise InvalidInput for a grant that begins at `valid_from`, in Unix seconds, under a suite then refused."""
        sunset = self.ecdsa_only_grants_refused_from
        if sunset is not None and valid_from >= sunset and not has_post_quantum:
            raise InvalidInput(
                f"Grants that are signed by ECDSA alone are refused from {self.sunset_day} on; update the wallet."
            )

    @property
    def sunset_day(self) -> str:
        """The time from which grants by ECDSA alone are refused, as text; empty where there is none."""
        sunset = self.ecdsa_only_grants_refused_from
        return "" if sunset is None else datetime.fromtimestamp(sunset, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def from_json(text: str, file: str) -> Deployment:
    """Read a deployment file's text; raises DeploymentError, which names `file`, when it is not one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DeploymentError(f"{file} cannot be read as JSON; restore it or deploy again.") from error
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        raise DeploymentError(f"{file} is not a deployment in the format {FORMAT}; update Jamjar, or deploy again.")
    try:
        for name in _FIELDS:
            data[name] = DeployedContract(**data[name])
        if {each.name for each in fields(Settings)} != set(data["settings"]):
            raise InvalidInput("The settings lack a field, or have an unknown one; deploy again.")
        members = tuple(FoundingMember(**each) for each in data["settings"].pop("members"))
        data["settings"] = Settings(**data["settings"], members=members)
        return Deployment(**data)
    except (KeyError, TypeError) as error:
        raise DeploymentError(f"{file} lacks or misspells a field; restore it or deploy again.") from error
    except InvalidInput as error:
        raise DeploymentError(f"{error} {file} lacks or misspells a field; restore it or deploy again.") from error


def checked(settings: Settings) -> Settings:
    """Return settings in their form; raises InvalidInput for such as the constructors would refuse."""
    if not isinstance(settings, Settings):
        raise InvalidInput("The settings are not Settings; deploy again to write a good file.")
    for number, least, bits in (
        (settings.governance_delay, SHORTEST_GOVERNANCE_DELAY, 32),
        (settings.suspension, 1, 32),
        (settings.recovery, SHORTEST_RECOVERY, 32),
        (settings.longest_validity, 1, 32),
        (settings.longest_reconfirmation, 1, 32),
        (settings.most_uses, 1, 16),
    ):
        if type(number) is not int or not least <= number < 2**bits:
            raise InvalidInput("A setting is not a whole number in its range; deploy again.")
    if settings.suspension <= settings.governance_delay:
        raise InvalidInput("A suspension lapses before it can be confirmed; make it longer than governance_delay.")
    if not all(isinstance(each, FoundingMember) for each in settings.members):
        raise InvalidInput("A founding member is not one; deploy again to write a good file.")
    check_together(settings.members)
    founders = tuple(dict.fromkeys(checksum_address(parse_address(each)) for each in settings.founders))
    return replace(settings, founders=founders)


def _is_hex32(text: object) -> bool:
    if not isinstance(text, str) or len(text) != 66 or not text.startswith("0x"):
        return False
    try:
        return len(bytes.fromhex(text[2:])) == 32
    except ValueError:
        return False
