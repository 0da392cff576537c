"""Compares what is on a chain with a deployment's file and with a build of its commit.

`checks` yields every comparison, right or wrong. Code comes first: if it is as built, with its immutables, and was
created by its own constructor, then only the functions in interfaces/ can have changed the storage.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias, TypeVar

from requests.exceptions import RequestException
from web3 import Web3
from web3.exceptions import Web3Exception

from assurance.bytecode.creation import Creation, creations
from assurance.bytecode.role_table import ROLES, replayed, role_table
from jamjar.audit.built_code import BuiltCode, hash_of, immutable_values
from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.rpc import connect
from jamjar.protocol.deployment import CONTRACTS, DeployedContract, Deployment
from jamjar.protocol.roles import ADMINISTRATION, FOUNDER
from jamjar.protocol.settings import MOST_ITEMS, SHORTEST_GOVERNANCE_DELAY

Look: TypeAlias = Callable[[str, Ledger, Deployment], Iterator["Check"]]
_T = TypeVar("_T")

AS_BUILT: Final = "as built"
SIGNED: Final = ("ConsentRegistry", "CommitmentRegistry", "AdviceLog")
"""The contracts that take signatures of consent keys, and so have an EIP-712 domain."""


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: the contract, what was compared, the expected value, the value found."""

    contract: str
    what: str
    expected: str
    found: str

    @property
    def right(self) -> bool:
        """Return whether it is as it must be."""
        return self.expected == self.found

    def __str__(self) -> str:
        wrong = "" if self.right else f", not {self.expected}"
        return f"{'ok   ' if self.right else 'WRONG'} {self.contract:18} {self.what}: {self.found}{wrong}"


def checks(url: str, deployment: Deployment, built: Mapping[str, BuiltCode]) -> Iterator[Check]:
    """Yield what is right and wrong with a deployment, and which founders came and went, as its events say.

    Raises NodeUnavailable when the node stops answering.
    """
    node, chain_id = connect(url)
    yield Check("the node", "chain", str(deployment.chain_id), str(chain_id))
    if chain_id != deployment.chain_id:
        return  # the addresses mean nothing on another chain
    contracts = deployment.contracts()
    code = _asked(
        lambda: {name: bytes(node.eth.get_code(Web3.to_checksum_address(at.address))) for name, at in contracts.items()}
    )
    ways = _asked(lambda: creations(node, deployment, built))
    for name in CONTRACTS:
        yield from _code_checks(name, code[name], deployment, built[name], ways[name])
    consortium, governance, consents, commitments, advice = (
        DeployedContract(at.address, hash_of(code[name])) for name, at in contracts.items()
    )
    as_there = replace(
        deployment, consortium=consortium, governance=governance, consent_registry=consents,
        commitment_registry=commitments, advice_log=advice,
    )  # fmt: skip
    ledger = Ledger(node, as_there)  # which accepts only the code that its deployment names
    for name, look in _LOOKS:
        if code[name]:
            yield from look(name, ledger, as_there)


def _code_checks(
    name: str, code: bytes, deployment: Deployment, built: BuiltCode, creation: Creation
) -> Iterator[Check]:
    at = deployment.contracts()[name]
    if not code:
        yield Check(name, f"code at {at.address}", AS_BUILT, "missing")
        return
    same = built.emptied(code) == built.runtime if len(code) == len(built.runtime) else False
    yield Check(name, f"code at {at.address}", AS_BUILT, AS_BUILT if same else f"other code, {hash_of(code)}")
    yield Check(name, "code hash in the file", hash_of(code), at.code_hash)
    values = immutable_values(name, deployment)
    for immutable, found in built.found(code).items() if same else ():
        expected = values[immutable].hex()
        yield Check(name, f"{immutable} in its code", expected, " and ".join(sorted(value.hex() for value in found)))
    yield Check(name, "created", creation.expected, creation.found)


def _pointer(name: str, ledger: Ledger, deployment: Deployment) -> Iterator[Check]:
    if name == "ConsentRegistry":
        yield _view(ledger, name, "consortium", deployment.consortium.address)
    else:
        yield _view(ledger, name, "consents", deployment.consent_registry.address)


def _signed(name: str, ledger: Ledger, deployment: Deployment) -> Iterator[Check]:
    address = deployment.contracts()[name].address
    domain: tuple[object, ...] = (b"\x0f", "Jamjar", "1", deployment.chain_id, address, bytes(32), [])
    yield _view(ledger, name, "eip712Domain", domain)
    yield _view(ledger, name, "MOST_ITEMS", MOST_ITEMS)


def _limits(name: str, ledger: Ledger, deployment: Deployment) -> Iterator[Check]:
    yield _view(ledger, name, "limits", deployment.settings.limits)


def _governed(name: str, ledger: Ledger, deployment: Deployment) -> Iterator[Check]:
    yield _view(ledger, name, "governance", deployment.governance.address)
    yield _view(ledger, name, "delays", deployment.settings.delays)


def _governing(name: str, ledger: Ledger, deployment: Deployment) -> Iterator[Check]:
    yield _view(ledger, name, "consortium", deployment.consortium.address)
    yield _view(ledger, name, "SHORTEST_DELAY", SHORTEST_GOVERNANCE_DELAY)
    yield _view(ledger, name, "getMinDelay", deployment.settings.governance_delay)


def _founders(name: str, ledger: Ledger, deployment: Deployment) -> Iterator[Check]:
    first = set(deployment.settings.founders)
    now = {account for (role, account), holds in replayed(ledger, name).items() if role == FOUNDER and holds}
    yield Check(name, "founders, by its events", "at least one", "at least one" if now else "none")
    for account in sorted(first | now):
        since = "as deployed" if account in first & now else "added since" if account in now else "removed since"
        yield Check(name, f"founder {account}", since, since)


def _roles(name: str, ledger: Ledger, _deployment: Deployment) -> Iterator[Check]:
    for role, role_id in ROLES[name].items():
        if role_id != ADMINISTRATION:
            yield _view(ledger, name, role, role_id)
        yield _view(ledger, name, "getRoleAdmin", ADMINISTRATION, role_id, label=f"getRoleAdmin({role})")
    for line in role_table(ledger, name):
        yield Check(name, line.what, line.expected, line.found)


def _from_events(look: Look) -> Look:
    """Return a look that becomes one wrong line where the events cannot be read."""

    def read(name: str, ledger: Ledger, deployment: Deployment) -> Iterator[Check]:
        try:
            found = list(look(name, ledger, deployment))
        except NodeUnavailable:
            raise
        except LedgerError as error:
            found = [Check(name, "roles", "readable from its events", str(error))]
        yield from found

    return read


_LOOKS: Final[tuple[tuple[str, Look], ...]] = (
    *((name, _pointer) for name in SIGNED),
    *((name, _signed) for name in SIGNED),
    ("ConsentRegistry", _limits),
    ("Consortium", _governed),
    ("Consortium", _from_events(_roles)),
    ("Governance", _from_events(_governing)),
    ("Governance", _from_events(_founders)),
    ("Governance", _from_events(_roles)),
)


def _view(ledger: Ledger, name: str, function: str, expected: Any, *arguments: Any, label: str = "") -> Check:
    try:
        found = _text(ledger.read(name, function, *arguments))
    except LedgerError as error:
        found = f"no answer ({error})"
    return Check(name, label or function, _text(expected), found)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, list | tuple):
        return f"({', '.join(map(_text, value))})"
    return str(value)


def _asked(question: Callable[[], _T]) -> _T:
    try:
        return question()
    except (RequestException, OSError) as error:
        raise NodeUnavailable(f"The node did not answer ({type(error).__name__}); check that it is running.") from error
    except (Web3Exception, ValueError, TypeError, AttributeError, LookupError) as error:
        raise NodeUnavailable(f"The node's answer is invalid ({type(error).__name__}); ask another node.") from error
