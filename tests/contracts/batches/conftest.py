"""What the batches share: errors encoded by hand, and the check that one bad item costs the others nothing."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from eth_abi import encode

from jamjar.crypto.hashing import keccak256

SIZE = 5


class Error(NamedTuple):
    """A custom error as an interface declares it, and its arguments."""

    name: str
    types: tuple[str, ...]
    arguments: tuple[Any, ...]

    @property
    def data(self) -> bytes:
        """The ABI encoding (Solidity ABI specification, "Errors")."""
        signature = f"{self.name}({','.join(self.types)})"
        return keccak256(signature.encode())[:4] + encode(self.types, self.arguments)

    @property
    def shown(self) -> str:
        """As Brownie shows it when a call reverts."""
        arguments = (a.lower() if isinstance(a, str) else str(a) for a in self.arguments)
        return f"{self.name}: {', '.join(arguments)}"


def error(signature: str, *arguments: Any) -> Error:
    """`error("RootZero(address)", consent)`."""
    name, types = signature.removesuffix(")").split("(")
    return Error(name, tuple(types.split(",")), arguments)


class Kind(NamedTuple):
    """One kind of batch: how it is sent, one by one and together, and what is recorded."""

    one: Any
    many: Any
    sender: Any
    rejected: str
    carrier: str  # what the rejection's event calls whoever sent it
    recorded: Callable[[Any], tuple[str, dict[str, Any]]]  # the event of an item


class Batch:
    """Sends the items of one kind, and knows what must come of them."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def send(self, items: list[Any]) -> Any:
        return self.kind.many(items, {"from": self.kind.sender})

    def send_long(self, items: list[Any]) -> Any:
        """Send what a node mines for so long that Brownie takes the transaction for dropped."""
        from brownie import chain, web3

        call = {"from": self.kind.sender.address, "to": self.kind.many._address, "gas": 30_000_000}
        sent = web3.eth.send_transaction(call | {"data": self.kind.many.encode_input(items)})
        web3.eth.wait_for_transaction_receipt(sent)
        return chain.get_transaction(sent)

    def rejection(self, index: int, consent: str, reason: Error) -> tuple[str, dict[str, Any]]:
        return self.kind.rejected, {
            "consent": consent,
            self.kind.carrier: self.kind.sender.address,
            "index": index,
            "reason": "0x" + reason.data.hex(),
        }

    def check_bad(self, good: list[Any], at: int, bad: Any, consent: str, reason: Any) -> None:
        """With `bad` at place `at` among good items: it alone is rejected, for `reason`.

        `reason` is an Error, or makes one from the time of the block.
        """
        items = [*good[:at], bad, *good[at : SIZE - 1]]
        tx = self.send(items)
        expected = [self.kind.recorded(item) for item in items]
        expected[at] = self.rejection(at, consent, reason(tx.timestamp) if callable(reason) else reason)
        assert [(event.name, dict(event)) for event in tx.events] == expected

    def check_single(self, bad: Any, reason: Any) -> None:
        """The single call reverts with the very same error."""
        from brownie import chain
        from brownie.exceptions import VirtualMachineError

        with pytest.raises(VirtualMachineError) as caught:
            self.kind.one(bad, {"from": self.kind.sender})
        expected = reason(chain[-1].timestamp) if callable(reason) else reason
        assert caught.value.revert_msg == expected.shown


@pytest.fixture(scope="session")
def make_error() -> Callable[..., Error]:
    return error


@pytest.fixture(scope="module")
def live(system: Any, claimants: Any, people: Any) -> list[Any]:
    """The keys of five consents to member 2 that have begun, with three uses each."""
    keys = [claimants.key() for _ in range(SIZE)]
    items = [claimants.grant(key) for key in keys]
    system.consents.grantBatch(items, {"from": people.operator})
    claimants.move_to(max(item[0][2] for item in items))
    return keys


@pytest.fixture(scope="module")
def kinds(system: Any, people: Any) -> dict[str, Batch]:
    """The five batches: what is sent by whom, and the event of each item."""

    def carried(event: str, *names: str) -> Callable[[Any], tuple[str, dict[str, Any]]]:
        def recorded(item: Any) -> tuple[str, dict[str, Any]]:
            consent, *words = item[0] if names else (item[0],)
            named = {name: "0x" + word.hex() for name, word in zip(names, words, strict=False)}
            return event, {"consent": consent, "carrier": people.stranger.address} | named

        return recorded

    def granted(item: Any) -> tuple[str, dict[str, Any]]:
        names = ("consent", "recipient", "validFrom", "validUntil", "reconfirmBy", "maxUses", "termsDigest")
        fields = dict(zip(names, item[0], strict=True))
        digest = {"termsDigest": "0x" + item[0][6].hex()}
        return "ConsentGranted", fields | digest | {"carrier": people.operator.address}

    def used(item: Any) -> tuple[str, dict[str, Any]]:
        by = {"recipient": 2, "account": people.adviser.address, "uses": 1}
        return "ConsentUsed", by | {"consent": item[0], "commitment": "0x" + item[1].hex()}

    consents, commitments, advice = system.consents, system.commitments, system.advice
    committed = carried("Committed", "root")
    withdrawn = carried("ConsentWithdrawn")
    acknowledged = carried("AdviceAcknowledged", "commitment", "advice")
    operator, adviser, stranger = people.operator, people.adviser, people.stranger
    table = {
        "grant": (consents.grant, consents.grantBatch, operator, "GrantRejected", "carrier", granted),
        "commit": (commitments.commit, commitments.commitBatch, stranger, "CommitmentRejected", "carrier", committed),
        "use": (consents.use, consents.useBatch, adviser, "UseRejected", "account", used),
        "withdraw": (consents.withdraw, consents.withdrawBatch, stranger, "WithdrawalRejected", "carrier", withdrawn),
        "acknowledge": (advice.acknowledge, advice.acknowledgeBatch, stranger, "AcknowledgementRejected", "carrier",
                        acknowledged),
    }  # fmt: skip
    return {name: Batch(Kind(*row)) for name, row in table.items()}
