"""A deployed system with members, as every test that needs a chain sees it.

Members: 1 an operator, 2 and 3 advisers, 4 the sponsor, 5 an auditor, as jamjar/sandbox/members.py names them;
accounts[n] acts for member n, accounts[0] is the founder's and accounts[9] a stranger's.
"""

import gc
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from jamjar.protocol import typed_data
from jamjar.protocol.settings import DAY, Settings
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Domain, Message
from jamjar.sandbox.members import founding
from tests.support import brownie_node
from tools.patience import be_patient

# A busy machine is no failure. All else stays as Brownie has it, where it is loaded.
settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

BROWNIE = "pytest-brownie"


def pytest_collectstart() -> None:
    settings.load_profile("patient")  # Brownie has another loaded wherever a test imports it


def pytest_collection_finish() -> None:
    settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    if config.pluginmanager.hasplugin(BROWNIE):
        brownie_node.before_it_starts()


class People(NamedTuple):
    """Who acts in the tests: accounts by the member they act for."""

    founder: Any
    operator: Any
    adviser: Any
    other_adviser: Any
    sponsor: Any
    auditor: Any
    stranger: Any


@pytest.fixture(scope="session")
def people() -> People:
    from brownie import accounts

    return People(*accounts[:6], accounts[9])


@pytest.fixture(scope="module")
def system(module_isolation: None, people: People) -> Any:
    """The five contracts, deployed as scripts deploy them, with five members."""
    from tools.deployer import deploy

    addresses = [account.address for account in people[:6]]
    return deploy(people.founder, Settings(members=founding(addresses, lambda number: bytes([number]) * 1216)))


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """Keep what is loaded out of the garbage collection that Brownie does at every revert: twice as fast."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _ready(pytestconfig: pytest.Config) -> None:
    """Have Brownie as these tests need it, where it is at work."""
    if pytestconfig.pluginmanager.hasplugin(BROWNIE):
        brownie_node.be_quick()
        be_patient()


@pytest.fixture(autouse=True)
def isolation(request: pytest.FixtureRequest) -> None:
    """Take every test's changes to the chain back, where there is a chain."""
    if "system" in request.fixturenames:
        request.getfixturevalue("system")
        request.getfixturevalue("fn_isolation")


class Claimants:
    """Makes consent keys and what they sign, against one deployed system."""

    def __init__(self, system: Any, people: People) -> None:
        self.system, self.people = system, people

    def now(self) -> int:
        from brownie import web3

        return int(web3.eth.get_block("latest")["timestamp"])

    def move_to(self, time: int) -> None:
        """Mine a block at exactly `time`, which views then see; a transaction comes in that second or later."""
        with self.at(time):
            rpc("evm_mine", time)

    @contextmanager
    def at(self, time: int) -> Iterator[None]:
        """`with claimants.at(time): ...`: the one transaction inside is mined at exactly `time`."""
        if "anvil" in rpc("web3_clientVersion"):
            rpc("evm_setNextBlockTimestamp", time)
        else:  # which Ganache adds its second to
            rpc("evm_setTime", (time - 1) * 1000)
        yield
        assert self.now() == time, "The block is at another time."

    def key(self) -> ConsentKey:
        return ConsentKey.generate(secrets.token_bytes)

    def sign(self, key: ConsentKey, message: Message, domain: Domain | None = None) -> tuple[bytes, bytes]:
        """Sign as the wallet does, for the contract that takes the message unless another domain is given."""
        signature = key.sign(typed_data.digest(domain or self.domain(message), message))
        return signature.r, signature.vs

    def domain(self, message: Message) -> Domain:
        contract = {typed_data.Commit: self.system.commitments, typed_data.Acknowledge: self.system.advice}
        address = contract.get(type(message), self.system.consents).address
        return Domain(self.system.deployment.chain_id, address)

    def grant_message(self, key: ConsentKey, **changes: Any) -> typed_data.Grant:
        """A good grant to member 2: starts in an hour, runs 180 days, reconfirm in 80, 3 uses."""
        now = self.now()
        fields: dict[str, Any] = {
            "consent": key.address,
            "recipient": 2,
            "valid_from": now + 3600,
            "valid_until": now + 180 * DAY,
            "reconfirm_by": now + 80 * DAY,
            "max_uses": 3,
            "terms_digest": secrets.token_bytes(32),
        }
        return typed_data.Grant(**(fields | changes))

    def grant(self, key: ConsentKey, **changes: Any) -> tuple[Any, ...]:
        message = self.grant_message(key, **changes)
        return as_item(message), self.sign(key, message)

    def pause(self, key: ConsentKey, sequence: int) -> tuple[Any, ...]:
        return key.address, sequence, self.sign(key, typed_data.Pause(key.address, sequence))

    def resume(self, key: ConsentKey, sequence: int) -> tuple[Any, ...]:
        return key.address, sequence, self.sign(key, typed_data.Resume(key.address, sequence))

    def reconfirm(self, key: ConsentKey, sequence: int, by: int) -> tuple[Any, ...]:
        return key.address, sequence, by, self.sign(key, typed_data.Reconfirm(key.address, sequence, by))

    def withdraw(self, key: ConsentKey) -> tuple[Any, ...]:
        return key.address, self.sign(key, typed_data.Withdraw(key.address))

    def commit(self, key: ConsentKey, root: bytes, replaces: bytes = bytes(32)) -> tuple[Any, ...]:
        message = typed_data.Commit(key.address, root, replaces)
        return as_item(message), self.sign(key, message)

    def acknowledge(self, key: ConsentKey, commitment: bytes, advice: bytes) -> tuple[Any, ...]:
        message = typed_data.Acknowledge(key.address, commitment, advice)
        return as_item(message), self.sign(key, message)

    def granted(self, **changes: Any) -> ConsentKey:
        """A consent on the record that starts within the hour."""
        key = self.key()
        self.system.consents.grant(self.grant(key, **changes), {"from": self.people.operator})
        return key

    def live(self, **changes: Any) -> ConsentKey:
        """A consent that has begun."""
        key = self.granted(**changes)
        self.move_to(self.system.consents.getConsent(key.address)["validFrom"])
        return key


def rpc(method: str, *parameters: Any) -> Any:
    """Ask the node itself, where Brownie's way differs from node to node."""
    from brownie import web3

    answer = web3.provider.make_request(method, list(parameters))
    assert "error" not in answer, answer["error"]
    return answer["result"]


def as_item(message: Message) -> tuple[Any, ...]:
    """The message as the contracts' struct."""
    return tuple(getattr(message, name) for name in message.__slots__)


@pytest.fixture(scope="module")
def claimants(system: Any, people: People) -> Claimants:
    return Claimants(system, people)


@pytest.fixture(scope="session")
def refused() -> Callable[..., AbstractContextManager[None]]:
    """`with refused("ConsentNotLive", consent, 3): ...`: the call reverts with exactly this custom error."""
    from brownie import reverts

    def expect(name: str, *arguments: Any) -> AbstractContextManager[None]:
        shown = (a.lower() if isinstance(a, str) else str(a) for a in arguments)
        return reverts(f"{name}: {', '.join(shown)}")  # type: ignore[no-any-return]

    return expect


@pytest.fixture(scope="session")
def events() -> Callable[[Any], list[tuple[str, dict[str, Any]]]]:
    """The exact list of a transaction's events, as (name, arguments)."""
    return lambda tx: [(event.name, dict(event)) for event in tx.events]
