"""Five institutions' nodes, of each engine: the story across them, and what happens when nodes are lost.

When the story is played across the nodes     every sentence is true
Given one node is killed                      blocks go on, a message is recorded, status says who is missing
When it starts again                          it has what the others have
Given too few validators are left             blocks stand still, the doctor says who and how many; what was sent waits
When they start again                         blocks go on, and what was sent is recorded once
When all are killed at once                   nothing recorded is lost
When a node is stopped, and goes on           blocks go on, and it catches up
Given all that                                the audit over five nodes is sound
"""

import secrets
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from jamjar.ledger.ledger import Ledger
from jamjar.network.engines import ENGINES
from jamjar.protocol.calls import call_of
from jamjar.protocol.events import ConsentWithdrawn
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Withdraw
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.story_across import audited, founded, play
from tests.network.running import CHOSEN, RealNetwork, real_network, wait


@pytest.fixture(scope="module", params=CHOSEN)
def network(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealNetwork]:
    with real_network(tmp_path_factory.mktemp("networks") / "net", request.param) as running:
        founded(running.institutions, Narrator(plain=True))
        yield running


def withdrawal(network: RealNetwork) -> SignedMessage:
    """A withdrawal before any grant, which a member's account may carry at any time."""
    key, deployment = ConsentKey.generate(secrets.token_bytes), network.institutions.found()
    return sign(key, deployment.domain_of(Withdraw), Withdraw(key.address))


def recorded(network: RealNetwork, member: int, signed: SignedMessage) -> int:
    """How often a member's node has a withdrawal."""
    events = network.institutions.ledger(member).events("ConsentWithdrawn", signed.message.consent)
    return len([each for each in events if isinstance(each, ConsentWithdrawn)])


def everywhere(network: RealNetwork, signed: SignedMessage) -> None:
    """Each node has it, once."""
    for member in network.numbers:
        wait(lambda member=member: recorded(network, member, signed) > 0, f"node {member} has no withdrawal")
        assert recorded(network, member, signed) == 1


def carry(network: RealNetwork, signed: SignedMessage) -> None:
    network.institutions.ledger(1).carry(signed, network.institutions.accounts["1"])


def left_in_the_pool(ledger: Ledger, account: Any, signed: SignedMessage) -> None:
    """Send a message's transaction, and do not wait."""
    contract, function, arguments = call_of(signed)
    web3 = ledger._web3
    call = ledger._contracts[contract].get_function_by_name(function)(*arguments)
    fields = {"from": account.address, "gasPrice": 0, "gas": 500_000, "chainId": web3.eth.chain_id,
              "nonce": web3.eth.get_transaction_count(account.address)}  # fmt: skip
    web3.eth.send_raw_transaction(account.sign_transaction(call.build_transaction(fields)).raw_transaction)


def test_the_story(network: RealNetwork) -> None:
    told = Narrator(plain=True)
    play(network.institutions, told)
    assert told.checked > 10


def test_one_is_killed(network: RealNetwork) -> None:
    network.kill(5)
    network.goes_on(1, 2, 3, 4)
    assert "Node 5 does not run; start it." in network.status().problems
    assert [each for each in network.doctor().causes if "do not run" in each] == ["These nodes do not run: 5."]
    signed = withdrawal(network)
    carry(network, signed)
    network.up()
    network.agree()
    everywhere(network, signed)


def test_below_the_quorum(network: RealNetwork) -> None:
    engine, ledger = ENGINES[network.plan.engine], network.institutions.ledger(1)
    left = engine.quorum(len(network.numbers)) - 1
    missing = network.numbers[left:]
    network.kill(*missing)
    network.halts(1)
    found = network.doctor()
    assert found.blocks == 0
    assert f"{left} of 5 validators answer, and {engine.consensus} needs {left + 1}." in found.causes
    assert found.steps[0].endswith(" ".join(f"--node {number}" for number in missing))
    signed = withdrawal(network)
    left_in_the_pool(ledger, network.institutions.accounts["1"], signed)
    assert recorded(network, 1, signed) == 0
    network.up()
    network.agree()
    everywhere(network, signed)


def test_all_are_killed(network: RealNetwork) -> None:
    signed = withdrawal(network)
    carry(network, signed)
    everywhere(network, signed)
    before = [each.origin for each in network.institutions.ledger(2).events()]
    network.kill(*network.numbers)
    assert {node.pid for node in network.status().nodes} == {0}
    network.up()
    network.agree()
    for member in network.numbers:
        assert [each.origin for each in network.institutions.ledger(member).events()] == before


def test_one_is_stopped(network: RealNetwork) -> None:
    network.signal(3, signal.SIGSTOP)
    try:
        network.goes_on(1, 2, 4, 5)
        found = network.doctor()
        assert [each for each in found.causes if "does not answer" in each]
    finally:
        network.signal(3, signal.SIGCONT)
    network.agree()


def test_the_audit_over_all(network: RealNetwork) -> None:
    told, signed = Narrator(plain=True), withdrawal(network)
    carry(network, signed)
    everywhere(network, signed)
    network.agree()
    for member in network.numbers:
        assert network.institutions.ledger(member).status(signed.message.consent) == "WITHDRAWN"
    audited(network.institutions, told, signed.message.consent)
