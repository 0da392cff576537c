"""The ledger, through one node.

A `Ledger` reads with `status`, `consent`, `head_of` ..., carries signed messages with `carry` and `carry_batch`,
records acts of members with `use`, `release`, `record_advice`, and returns everything recorded as events. Every call is
tried on the node before it is sent, so that a refusal costs nothing and gives its reason.

A consent is the address of its key (EIP-55), a commitment and a digest are 32 bytes, a member is its number.
Errors: Rejected (a contract refused), NodeUnavailable (no answer, or no JSON-RPC), DeploymentError (this is not the
chain of the deployment), LedgerError (everything else).
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, cast

from eth_abi.abi import decode as abi_decode
from hexbytes import HexBytes
from web3 import Web3
from web3.exceptions import Web3Exception, Web3RPCError
from web3.types import FilterParams, RPCEndpoint

from jamjar.crypto.hashing import keccak256
from jamjar.errors import DeploymentError, InvalidInput, LedgerError
from jamjar.ledger.rpc import ANSWER_SECONDS, ask, ask_all, connection, name_of
from jamjar.ledger.transacting import Sender, address_of, transact
from jamjar.model.state import Consent, Member, Standing
from jamjar.protocol import event_decoding, rejections
from jamjar.protocol.abi import abi_of, function_of, type_of
from jamjar.protocol.address import parse_address
from jamjar.protocol.calldata import data_of
from jamjar.protocol.calls import batch_of, call_of
from jamjar.protocol.deployment import CONTRACTS, Deployment
from jamjar.protocol.events import ConsentGranted, Event, Origin
from jamjar.protocol.signing import SignedMessage
from jamjar.service.log_range import LogRange

SPARE_GAS: Final = 60_000
"""Gas sent beyond the estimate for each recorded item: more than a grant, the most expensive batch item, costs."""
_CALL: Final = RPCEndpoint("eth_call")


@dataclass(frozen=True, slots=True)
class TransactionReceipt:
    """A transaction on the ledger: its hash (0x hex), block, gas used, and the events it recorded, in order."""

    transaction: str
    block: int
    gas_used: int
    events: tuple[Event, ...]


class Ledger:
    """One deployment, read and written through one node."""

    def __init__(self, node: Web3 | str, deployment: Deployment) -> None:
        """Connect to a node (a Web3 or a URL); raises DeploymentError unless its chain has the deployment's code."""
        self._web3 = connection(node, ANSWER_SECONDS)
        self.deployment = deployment
        self._range = LogRange()
        self._contracts = {
            name: self._web3.eth.contract(Web3.to_checksum_address(at.address), abi=list(abi_of(name)))
            for name, at in deployment.contracts().items()
        }
        chain_id = ask(lambda: self._web3.eth.chain_id)
        if chain_id != deployment.chain_id:
            raise DeploymentError(
                f"The node is on chain {chain_id}, the deployment on {deployment.chain_id}; use the file of that chain."
            )
        for name, at in deployment.contracts().items():
            code = ask(partial(self._web3.eth.get_code, Web3.to_checksum_address(at.address)))
            if f"0x{keccak256(bytes(code)).hex()}" != at.code_hash:
                raise DeploymentError(
                    f"The code of {name} at {at.address} is not what was deployed; deploy again, or ask its deployer."
                )

    # ------------------------------------------------------------------ reading

    @property
    def node(self) -> str:
        """What errors call its node."""
        return name_of(self._web3)

    def time(self, block: int | None = None) -> int:
        """Return a block's time, by default the newest's, in Unix seconds."""
        return ask(lambda: int(self._web3.eth.get_block("latest" if block is None else block)["timestamp"]))

    def height(self) -> int:
        """Return the newest block's number."""
        return ask(lambda: int(self._web3.eth.block_number))

    def status(self, consent: str) -> str:
        """Return the status of a consent by its Solidity name, such as ACTIVE."""
        return ask(lambda: rejections.STATUSES[self.read("ConsentRegistry", "status", consent)])

    def is_live(self, consent: str) -> bool:
        """Return whether anything may be recorded under a consent now."""
        return bool(self.read("ConsentRegistry", "isLive", consent))

    def consent(self, consent: str) -> Consent:
        """Return a consent as stored; all zero for an unknown one."""
        return ask(lambda: Consent(*self.read("ConsentRegistry", "getConsent", consent)))

    def head_of(self, consent: str) -> bytes:
        """Return the newest commitment under a consent, 32 zero bytes if there is none."""
        return bytes(self.read("CommitmentRegistry", "headOf", consent))

    def member_of(self, account: Sender) -> int:
        """Return the number of the member that an account acts for, 0 if none."""
        return int(self.read("Consortium", "memberOf", address_of(account)))

    def member(self, number: int) -> Member:
        """Return a member as stored, without its roles; the empty one for an unknown number."""
        standing, lapses_at, key_digest, name = self.read("Consortium", "getMember", number)
        return Member(Standing(standing), str(name), bytes(key_digest), lapses_at=int(lapses_at))

    def terms_digest(self, consent: str) -> bytes:
        """Return the digest of the terms of a consent; raises LedgerError if it was never granted."""
        for event in self.events("ConsentGranted", consent):
            if isinstance(event, ConsentGranted) and event.consent == consent:
                return event.terms_digest
        raise LedgerError(f"{consent} was never granted here; check the address, and that the node is up to date.")

    def read(self, contract: str, function: str, *arguments: Any) -> Any:
        """Return the result of a view of a contract; raises InvalidInput where it has no such view."""
        return ask(self._call(contract, function, arguments).call)

    def read_all(self, *views: tuple[Any, ...], block: int | None = None) -> list[Any]:
        """Return the results of views (contract, function, arguments) in a block, by default the newest."""
        at, calls, outputs = "latest" if block is None else hex(block), list[Any](), list[list[str]]()
        for contract, function, *arguments in views:
            data = f"0x{data_of(contract, function, *arguments).hex()}"
            calls.append((_CALL, [{"to": self.deployment.contracts()[contract].address, "data": data}, at]))
            outputs.append([type_of(each) for each in function_of(contract, function)["outputs"]])
        answers = ask(lambda: ask_all(self._web3, calls))
        return ask(lambda: [_returned(each, types) for each, types in zip(answers, outputs, strict=True)])

    def events(
        self,
        name: str | Sequence[str] | None = None,
        consent: str | None = None,
        contracts: Iterable[str] = CONTRACTS,
    ) -> Iterator[Event]:
        """Yield the events of contracts, oldest first: all, or those of these names, or about this consent."""
        latest = ask(lambda: int(self._web3.eth.block_number))
        names = [name] if isinstance(name, str) else name or ()
        topics: list[Any] = [[event_decoding.topic_of(each) for each in names] or None]
        if consent is not None:  # a topic in a filter, even null, excludes logs without one in its place
            topics.append("0x" + parse_address(consent).rjust(32, b"\0").hex())
        asked: dict[str, Any] = {"address": [self._contracts[each].address for each in contracts], "topics": topics}

        def search(first: int, last: int) -> list[Any]:
            span = cast(FilterParams, {**asked, "fromBlock": first, "toBlock": last})
            return list(ask(lambda: self._web3.eth.get_logs(span)))

        for log in self._range.over(self.deployment.block, latest, search):
            yield ask(partial(_event, log))

    def sent(self, transaction: str) -> tuple[str, str, bytes]:
        """Return who signed a transaction, the account that it called, and its data, as this node tells them."""
        found: Any = ask(lambda: self._web3.eth.get_transaction(HexBytes(transaction)))
        by, to = ask(lambda: [Web3.to_checksum_address(found[end] or found["from"]) for end in ("from", "to")])
        return by, to, ask(lambda: bytes(HexBytes(found["input"])))

    def is_contract(self, account: str) -> bool:
        """Return whether an account is a contract, such as a Safe."""
        return bool(ask(lambda: bytes(self._web3.eth.get_code(Web3.to_checksum_address(account)))))

    def contract_at(self, address: str, abi: Sequence[Any]) -> Any:
        """Return another contract than the deployment's, for `ask` and `send_call`."""
        return self._web3.eth.contract(Web3.to_checksum_address(address), abi=list(abi))

    def attempt(self, sender: Sender, contract: str, function: str, *arguments: Any) -> None:
        """Try a call from an account and send nothing; raises Rejected when the contract would refuse it now."""
        call = self._call(contract, function, arguments)
        ask(lambda: call.call({"from": address_of(sender)}))

    # ------------------------------------------------------------------ carrying signed messages

    def carry(self, signed: SignedMessage, sender: Sender) -> TransactionReceipt:
        """Send one signed message to the contract that takes it; raises InvalidInput for a suite of the past."""
        self.deployment.check_signed(signed)
        contract, function, arguments = call_of(signed)
        return self.send(sender, contract, function, *arguments)

    def carry_batch(self, batch: Sequence[SignedMessage], sender: Sender) -> TransactionReceipt:
        """Send grants, withdrawals, commitments or acknowledgements as `carry` does; look for `...Rejected` events."""
        for each in batch:
            self.deployment.check_signed(each)
        contract, function, arguments = batch_of(batch)
        return self.send(sender, contract, function, *arguments, items=len(batch))

    # ------------------------------------------------------------------ acts of members

    def use(self, consent: str, commitment: bytes, sender: Sender) -> TransactionReceipt:
        """Record a use of a commitment, which is the consent's head, by the sender's member; raises as `send` does."""
        return self.send(sender, "ConsentRegistry", "use", (consent, commitment))

    def release(self, consent: str, sender: Sender) -> TransactionReceipt:
        """Release a consent permanently, as its recipient; raises as `send` does."""
        return self.send(sender, "ConsentRegistry", "release", consent)

    def record_advice(self, consent: str, commitment: bytes, advice: bytes, sender: Sender) -> TransactionReceipt:
        """Record the digest of advice about a commitment; raises as `send` does."""
        return self.send(sender, "AdviceLog", "record", (consent, commitment, advice))

    def send(self, sender: Sender, contract: str, function: str, *arguments: Any, items: int = 1) -> TransactionReceipt:
        """Send a call from an account and wait until it is recorded.

        items  how many items it records: each may cost more when it is mined than when it is tried

        Raises Rejected, with nothing sent, when the contract would refuse it now.
        """
        return self.send_call(sender, self._call(contract, function, arguments), items)

    def send_call(self, sender: Sender, call: Any, items: int = 1) -> TransactionReceipt:
        """Send a call of any contract, as `send` does."""
        found = transact(self._web3, sender, call, spare_gas=items * SPARE_GAS)
        receipt = ask(lambda: _receipt(found, {bytes.fromhex(at.address[2:]) for at in self._contracts.values()}))
        if ask(lambda: found["status"]) != 1:
            ask(lambda: call.call({"from": address_of(sender)}, receipt.block))  # raises the reason
            raise LedgerError(f"Transaction {receipt.transaction} failed, but would succeed now; send it again.")
        return receipt

    # ------------------------------------------------------------------ contracts

    def _call(self, contract: str, function: str, arguments: Sequence[Any]) -> Any:
        try:
            return self._contracts[contract].get_function_by_name(function)(*arguments)
        except (Web3Exception, KeyError, TypeError, ValueError) as error:
            raise InvalidInput(f"{contract}.{function} does not take these arguments; see interfaces/.") from error


def _returned(answer: Any, types: Sequence[str]) -> Any:
    if answer.get("error") is not None:
        raise Web3RPCError(str(answer["error"]), rpc_response=answer)
    (value,) = abi_decode(types, bytes(HexBytes(answer["result"])))
    return value


def _event(log: Any) -> Event:
    origin = Origin(log["blockNumber"], HexBytes(log["transactionHash"]).to_0x_hex(), log["logIndex"], log["address"])
    return event_decoding.decode(origin, [bytes(topic) for topic in log["topics"]], bytes(log["data"]))


def _receipt(found: Any, ours: Container[bytes]) -> TransactionReceipt:
    events = tuple(_event(log) for log in found["logs"] if bytes(HexBytes(log["address"])) in ours)
    return TransactionReceipt(
        HexBytes(found["transactionHash"]).to_0x_hex(), int(found["blockNumber"]), int(found["gasUsed"]), events
    )
