"""No contract takes ether: sending some fails, with whatever call.

What is not payable refuses it before anything else is looked at, with no revert data. OpenZeppelin's timelock is
payable in three places (a plain transfer, `execute`, `executeBatch`); the governance refuses it there by EtherRefused.
A refusal for another reason has some, too. So each function is called with arguments of the right form, once with one
wei and once without.
"""

import json
from pathlib import Path
from typing import Any

import brownie
import pytest
from eth_abi import encode
from eth_utils import keccak
from eth_utils.abi import abi_to_signature, collapse_if_tuple, function_signature_to_4byte_selector

from jamjar.protocol.address import created_address
from tests.support.governing import WEEK, Operation

CONTRACTS = ("Consortium", "ConsentRegistry", "CommitmentRegistry", "AdviceLog")
PAYABLE = {"receive", "execute", "executeBatch"}
REFUSED = "0x" + keccak(text="EtherRefused()")[:4].hex()
ALL = (*CONTRACTS, "Governance")
BUILD = Path(__file__).parents[2] / "build" / "contracts"
ABIS = {name: json.loads((BUILD / f"{name}.json").read_text(encoding="utf-8"))["abi"] for name in ALL}
FUNCTIONS = [(name, entry) for name, abi in ABIS.items() for entry in abi if entry["type"] == "function"]
PASSED = "passed"


@pytest.fixture(scope="module")
def contracts(system: Any) -> dict[str, Any]:
    deployed = (system.consortium, system.consents, system.commitments, system.advice, system.governance)
    return dict(zip(ALL, deployed, strict=True))


def attempt(account: Any, contract: Any, data: str, wei: int) -> str:
    """The revert data of a call, or `PASSED`."""
    call = {"from": account.address, "to": contract.address, "data": data, "value": hex(wei)}
    answer = brownie.web3.provider.make_request("eth_call", [call, "latest"])
    return str(answer["error"]["data"]) if "error" in answer else PASSED


def empty(entry: dict[str, Any]) -> str:
    """A call of the function with zeros and empty lists."""
    types = [collapse_if_tuple(given) for given in entry["inputs"]]
    selector = function_signature_to_4byte_selector(abi_to_signature(entry))  # type: ignore[arg-type]
    return "0x" + (selector + encode(types, [zero(given) for given in entry["inputs"]])).hex()


def zero(given: dict[str, Any]) -> Any:
    kind = given["type"]
    if kind.endswith("[]"):
        return []
    if kind == "tuple":
        return tuple(zero(part) for part in given["components"])
    if kind == "address":
        return "0x" + 40 * "0"
    return {"string": "", "bool": False}.get(kind, b"" if kind.startswith("bytes") else 0)


@pytest.mark.parametrize("name", CONTRACTS)
def test_nothing_is_payable(name: str) -> None:
    assert {"fallback", "receive"}.isdisjoint(entry["type"] for entry in ABIS[name])
    mutable = [e for e in ABIS[name] if e["type"] in ("constructor", "function")]
    assert [e["type"] for e in mutable].count("constructor") == 1
    assert "payable" not in {e["stateMutability"] for e in mutable}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("data", ["0x", "0x12345678"])
def test_a_transfer_fails(name: str, data: str, contracts: dict[str, Any], people: Any) -> None:
    before = people.stranger.balance()
    with brownie.reverts():
        people.stranger.transfer(contracts[name], 1, data=data, gas_price=0)
    assert contracts[name].balance() == 0
    assert people.stranger.balance() == before


def test_every_call_with_ether_fails(contracts: dict[str, Any], people: Any) -> None:
    took, unclear = [], []
    for name, entry in FUNCTIONS:
        for account in (people.founder, people.adviser, people.stranger):
            data = empty(entry)
            payable = name == "Governance" and entry["name"] in PAYABLE
            if attempt(account, contracts[name], data, 1) != (REFUSED if payable else "0x"):
                took.append((name, entry["name"]))
            if attempt(account, contracts[name], data, 0) == "0x":
                unclear.append((name, entry["name"]))
    assert (took, unclear) == ([], [])


@pytest.mark.parametrize("name", ALL)
def test_deploying_with_ether_fails(name: str, contracts: dict[str, Any], people: Any) -> None:
    account, week = people.stranger, 7 * 24 * 60 * 60
    member = (1, "First", [], account, b"k" * 32)
    governance = created_address(account.address, account.nonce + 2)
    delays = (2 * week, 2 * week)
    given: dict[str, Any] = {
        "Consortium": (governance, delays, [member]),
        "ConsentRegistry": (contracts["Consortium"], (1, 1, 1)),
        "CommitmentRegistry": (contracts["ConsentRegistry"],),
        "AdviceLog": (contracts["ConsentRegistry"],),
    }
    if name == "Governance":  # the refused one takes a nonce, too
        given[name] = (brownie.Consortium.deploy(governance, delays, [member], {"from": account}), week, [account])
    container = getattr(brownie, name)
    with brownie.reverts():
        container.deploy(*given[name], {"from": account, "value": 1})
    assert container.deploy(*given[name], {"from": account}).balance() == 0


def test_what_of_the_governance_is_payable() -> None:
    abi = ABIS["Governance"]
    assert {e.get("name", e["type"]) for e in abi if e.get("stateMutability") == "payable"} == PAYABLE


def test_a_plain_transfer_to_the_governance_says_why(system: Any, people: Any, refused: Any) -> None:
    for wei in (0, 1):
        with refused("EtherRefused"):
            people.stranger.transfer(system.governance, wei, gas_price=0)


@pytest.mark.parametrize("target", [*CONTRACTS, "0x" + 20 * "77"])
def test_no_proposal_sends_ether(
    target: str, contracts: dict[str, Any], governing: Any, people: Any, refused: Any
) -> None:
    governance = contracts["Governance"]
    at = contracts[target].address if target in contracts else target
    gift = Operation(at, 1, "0x", bytes(32), bytes(32))
    governing.propose(gift)
    governing.wait(WEEK)
    with refused("EtherRefused"):
        governance.execute(*gift, {"from": people.stranger, "value": 1})
    with brownie.reverts():
        governance.execute(*gift, {"from": people.stranger})
    batch = [gift.target], [1], ["0x"], bytes(32), bytes(32)
    with refused("EtherRefused"):
        governance.executeBatch(*batch, {"from": people.stranger, "value": 1})
    assert governance.balance() == 0
