"""What attacks are made of: a consent ready for each kind of message, and the call that takes it."""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import pytest

from jamjar.protocol.settings import DAY, Settings
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import (
    MESSAGES,
    Acknowledge,
    Commit,
    Domain,
    Grant,
    Message,
    Pause,
    Reconfirm,
    Resume,
    Withdraw,
)
from jamjar.sandbox.members import founding

ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32
CALLS = {
    Grant: ("consents", "grant"),
    Pause: ("consents", "pause"),
    Resume: ("consents", "resume"),
    Reconfirm: ("consents", "reconfirm"),
    Withdraw: ("consents", "withdraw"),
    Commit: ("commitments", "commit"),
    Acknowledge: ("advice", "acknowledge"),
}


class Attack:
    """The seven messages against one system: make, sign and carry them, and look at what they did."""

    def __init__(self, claimants: Any) -> None:
        self.claimants = claimants
        self.system = claimants.system
        self.people = claimants.people

    def message(self, kind: type[Message], key: ConsentKey) -> Message:
        """The message of this kind that `ready` prepares for."""
        consent = key.address
        made: dict[type[Message], Callable[[], Message]] = {
            Grant: lambda: self.claimants.grant_message(key),
            Pause: lambda: Pause(consent, 0),
            Resume: lambda: Resume(consent, 1),
            Reconfirm: lambda: Reconfirm(consent, 0, self.claimants.now() + 60 * DAY),
            Withdraw: lambda: Withdraw(consent),
            Commit: lambda: Commit(consent, ROOT, bytes(32)),
            Acknowledge: lambda: Acknowledge(consent, ROOT, ADVICE),
        }
        return made[kind]()

    def ready(self, kind: type[Message], key: ConsentKey | None = None) -> tuple[ConsentKey, Message]:
        """A key, and a message that is recorded once the key's signature is carried with it."""
        key = key or self.claimants.key()
        if kind is not Grant:
            grant = self.claimants.grant_message(key)
            self.carry(grant, self.sign(key, grant))
            self.claimants.move_to(grant.valid_from)
        if kind is Resume:
            pause = Pause(key.address, 0)
            self.carry(pause, self.sign(key, pause))
        if kind is Acknowledge:
            self.system.advice.record((key.address, ROOT, ADVICE), {"from": self.people.adviser})
        return key, self.message(kind, key)

    def sign(self, key: ConsentKey, message: Message, domain: Domain | None = None) -> tuple[bytes, bytes]:
        return self.claimants.sign(key, message, domain)

    def contract(self, message: Message) -> Any:
        """The contract that takes this message."""
        return getattr(self.system, CALLS[type(message)][0])

    def call(self, message: Message) -> Any:
        """The contract function that takes this message."""
        return getattr(self.contract(message), CALLS[type(message)][1])

    def arguments(self, message: Message, signature: tuple[bytes, bytes]) -> tuple[Any, ...]:
        if isinstance(message, Withdraw):
            return ((message.consent, signature),)
        if isinstance(message, (Pause, Resume, Reconfirm)):
            return (*astuple(message), signature)
        return ((astuple(message), signature),)

    def carrier(self, message: Message) -> Any:
        """The operator for a grant, the stranger for all else."""
        return self.people.operator if isinstance(message, Grant) else self.people.stranger

    def carry(self, message: Message, signature: tuple[bytes, bytes], by: Any = None) -> Any:
        """Send it."""
        sender = {"from": by or self.carrier(message)}
        return self.call(message)(*self.arguments(message, signature), sender)

    def ask(self, message: Message, signature: tuple[bytes, bytes]) -> None:
        """Find out what `carry` would revert with, without sending anything."""
        self.call(message).call(*self.arguments(message, signature), {"from": self.carrier(message)})

    def record_of(self, consent: str) -> tuple[Any, ...]:
        """Everything that is on the record about a consent."""
        return (
            tuple(self.system.consents.getConsent(consent)),
            self.system.commitments.headOf(consent),
            self.system.advice.stageOf((consent, ROOT, ADVICE)),
        )


@pytest.fixture(scope="module")
def attack(claimants: Any) -> Attack:
    return Attack(claimants)


@pytest.fixture(scope="module")
def elsewhere(system: Any, claimants: Any, people: Any) -> Attack:
    """A second deployment on the same chain, with the same operator and adviser."""
    from tools.deployer import deploy

    addresses = [account.address for account in people[:6]]
    other = deploy(people.founder, Settings(members=founding(addresses, lambda _: bytes(32))))
    return Attack(type(claimants)(other, people))


@pytest.fixture(params=MESSAGES, ids=lambda kind: kind.__name__)
def kind(request: pytest.FixtureRequest) -> Any:
    """Each of the seven kinds of message in turn."""
    return request.param


@pytest.fixture(scope="session")
def refusal() -> Callable[[Callable[[], Any]], str]:
    """What a call is refused with, as `Name: arguments`, for errors that tell the time."""
    from brownie.exceptions import VirtualMachineError

    def refusal(call: Callable[[], Any]) -> str:
        with pytest.raises(VirtualMachineError) as caught:
            call()
        return str(caught.value.revert_msg)

    return refusal
