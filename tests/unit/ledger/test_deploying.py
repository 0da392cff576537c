"""deploying: five contracts at the addresses that follow from the deployer, or one sentence and no record.

Given no founding member, or settings that the constructors refuse   InvalidInput, nothing is sent
Given the account has nothing to pay for gas with                    DeploymentError, nothing is sent
Given the account sends something else meanwhile                     DeploymentError, and nothing more is sent
When a contract is created elsewhere, or not created                 DeploymentError, and nothing more is sent
When a reorganisation has just taken a contract back                 it is waited for, and its code is recorded
When all are created                                                 their record, with the deployer as founder
"""

from dataclasses import replace
from typing import Any

import pytest
from eth_account import Account
from eth_utils import keccak, to_checksum_address

from jamjar.errors import DeploymentError, InvalidInput
from jamjar.ledger.deploying import deploy
from jamjar.ledger.rpc import connection
from jamjar.protocol.address import created_address
from jamjar.protocol.deployment import CONTRACTS, Deployment
from jamjar.protocol.founding import FoundingMember
from jamjar.protocol.settings import DAY, Settings
from tests.unit.conftest import CODE_HASH, FakeNode

DEPLOYER = Account.from_key(b"\7" * 32)
MEMBER = FoundingMember(1, "Ada", ("ADVISER",), "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x" + "ab" * 32)
SETTINGS = Settings(members=(MEMBER,))
FIRST = 5
PLACES = [created_address(DEPLOYER.address, FIRST + n) for n in range(5)]


class Deploying:
    """A node on which an account deploys: each transaction is mined at once, and creates what it is told."""

    def __init__(self, node: FakeNode) -> None:
        self.node, self.sent, self.progress = node, list[str](), list[str]()
        self.created, self.status = list(PLACES), "0x1"
        node.answers |= {
            "eth_getTransactionCount": lambda: hex(FIRST + len(self.sent)),
            "eth_getBalance": "0x0",
            "eth_estimateGas": "0x100000",
            "eth_sendRawTransaction": self.send,
            "eth_getTransactionReceipt": self.receipt,
        }

    def send(self) -> str:
        self.sent.append(self.node.parameters["eth_sendRawTransaction"][0])
        return "0x" + keccak(hexstr=self.sent[-1]).hex()

    def receipt(self) -> dict[str, Any]:
        number = len(self.sent)
        at, hashed = self.created[number - 1].lower(), "0x" + keccak(hexstr=self.sent[-1]).hex()
        return {"status": self.status, "contractAddress": at, "logs": [], "blockNumber": hex(100 + number),
                "transactionHash": hashed}  # fmt: skip

    def deploy(self, settings: Settings = SETTINGS) -> Deployment:
        return deploy(connection(self.node.url), DEPLOYER, settings, "v1", self.progress.append)


@pytest.fixture
def deploying(node: FakeNode) -> Deploying:
    return Deploying(node)


def test_all_are_created(deploying: Deploying) -> None:
    deployment = deploying.deploy()
    assert [(at.address, at.code_hash) for at in deployment.contracts().values()] == [(at, CODE_HASH) for at in PLACES]
    assert (deployment.chain_id, deployment.block, deployment.commit) == (1337, 101, "v1")
    assert deployment.settings == replace(SETTINGS, founders=(DEPLOYER.address,))
    assert deploying.progress == list(CONTRACTS)
    assert [to_checksum_address(Account.recover_transaction(each)) for each in deploying.sent] == [DEPLOYER.address] * 5
    # The first names the second's address before that is there, and so does each the one that it stands on.
    for earlier, later in ((1, 0), (0, 1), (0, 2), (2, 3), (2, 4)):
        assert PLACES[earlier][2:].lower() in deploying.sent[later]


def test_founders_that_are_named(deploying: Deploying) -> None:
    deployment = deploying.deploy(replace(SETTINGS, founders=(MEMBER.account,)))
    assert deployment.settings.founders == (MEMBER.account,)


@pytest.mark.parametrize("changes", [{"members": ()}, {"recovery": DAY}, {"founders": ("x",)}])
def test_settings_that_are_refused(deploying: Deploying, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        deploying.deploy(replace(SETTINGS, **changes))
    assert (deploying.sent, deploying.node.asked) == ([], [])


def test_nothing_to_pay_with(deploying: Deploying) -> None:
    deploying.node.answers["eth_gasPrice"] = "0x1"
    with pytest.raises(DeploymentError, match=f"{DEPLOYER.address} has nothing to pay for gas with.*; fund it"):
        deploying.deploy()
    assert deploying.sent == []


@pytest.mark.parametrize("after", range(1, 5))
def test_the_account_sends_something_else_meanwhile(deploying: Deploying, after: int) -> None:
    deploying.node.answers["eth_getTransactionCount"] = lambda: hex(
        FIRST + len(deploying.sent) + (len(deploying.sent) >= after)
    )
    with pytest.raises(DeploymentError, match="sent something else meanwhile; deploy again"):
        deploying.deploy()
    assert len(deploying.sent) == after


@pytest.mark.parametrize("place", range(5))
def test_a_contract_elsewhere(deploying: Deploying, place: int) -> None:
    deploying.created[place] = MEMBER.account
    with pytest.raises(DeploymentError, match=f"{CONTRACTS[place]} was not deployed at {PLACES[place]}; deploy again"):
        deploying.deploy()
    assert len(deploying.sent) == place + 1


def test_a_creation_that_fails(deploying: Deploying) -> None:
    deploying.status = "0x0"
    with pytest.raises(DeploymentError, match="Consortium was not deployed"):
        deploying.deploy()
    assert len(deploying.sent) == 1


def test_a_contract_that_was_taken_back_for_a_moment(deploying: Deploying) -> None:
    code, empty = deploying.node.answers["eth_getCode"], ["0x", "0x"]
    deploying.node.answers["eth_getCode"] = lambda: empty.pop() if empty else code
    assert {at.code_hash for at in deploying.deploy().contracts().values()} == {CODE_HASH}
