"""ledger, on a real node: what is sent is recorded, what is refused says why, what is read is what was recorded.

When a contract would refuse            Rejected, decoded; nothing is sent
When a local account signs              it is recorded as from a node's own account
When messages are carried               each kind reaches its contract, and its event names the carrier
When a batch holds a bad item           the others are recorded, its rejection decodes
When events are asked for               all; by name; by consent; also those without a topic
"""

from collections import Counter
from dataclasses import replace

import brownie
import pytest
from eth_account import Account
from eth_account.signers.local import LocalAccount

from jamjar.errors import DeploymentError, InvalidInput, LedgerError, Rejected
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.own_member import OwnMember
from jamjar.protocol import rejections
from jamjar.protocol.events import CommitmentRejected, Committed
from jamjar.protocol.settings import DAY
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.members import ROLES
from jamjar.sandbox.network import SampleNetwork
from jamjar.service.log_range import LogRange

UNKNOWN = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55


@pytest.fixture
def claimant(network: SampleNetwork) -> Claimant:
    return network.claimant()


@pytest.fixture
def live(network: SampleNetwork, claimant: Claimant) -> str:
    """A consent that has begun, with a commitment."""
    consent = claimant.grant(2, ["fixed.home"], ["balance"])
    network.wait()
    claimant.commit(consent, network.households()[0].budget)
    return consent


@pytest.fixture
def local(network: SampleNetwork) -> LocalAccount:
    """An account whose key the node does not hold, with ether for nodes that charge, acting for member 2."""
    account = Account.create()
    brownie.accounts[0].transfer(account.address, "1 ether", silent=True)
    OwnMember(network.ledger, network.accounts[2]).offer_account(account.address)
    OwnMember(network.ledger, account).accept_account(2)
    return account


def _names(receipt) -> list[str]:
    return [type(event).__name__ for event in receipt.events]


def test_refused_and_nothing_sent(network: SampleNetwork, live: str) -> None:
    before = brownie.web3.eth.block_number
    with pytest.raises(Rejected, match=rf"NotTheRecipient\({live}, {network.accounts[3]}\)"):
        network.ledger.release(live, network.accounts[3])
    with pytest.raises(Rejected, match=r"NotOfTheCouncil\(0x"):
        network.ledger.send(network.stranger, "Consortium", "suspend", 2, 1)
    assert brownie.web3.eth.block_number == before


def test_a_local_account_is_refused_alike(network: SampleNetwork, local: LocalAccount) -> None:
    with pytest.raises(Rejected, match="NotTheRecipient"):
        network.ledger.use(UNKNOWN, b"\1" * 32, local)


def test_a_local_account_uses_advises_and_releases(network: SampleNetwork, live: str, local: LocalAccount) -> None:
    ledger, head = network.ledger, network.ledger.head_of(live)
    [used] = ledger.use(live, head, local).events
    assert (used.consent, used.recipient, used.account, used.commitment, used.uses) == (live, 2, local.address, head, 1)
    [advised] = ledger.record_advice(live, head, b"\2" * 32, local).events
    assert (advised.account, advised.commitment, advised.advice) == (local.address, head, b"\2" * 32)
    receipt = ledger.release(live, local)
    assert _names(receipt) == ["ConsentReleased"]
    assert receipt.transaction == brownie.web3.eth.get_block(receipt.block)["transactions"][0].to_0x_hex()
    assert ledger.status(live) == "RELEASED"


def test_every_message_is_carried(network: SampleNetwork, claimant: Claimant, live: str) -> None:
    wallet, ledger = claimant.wallet, network.ledger
    advice = network.desks[2].advise(claimant.disclose(live, "fixed.home.rent"), "Ask for a social tariff.")
    signed = [wallet.pause(live), wallet.resume(live), wallet.reconfirm(live, ledger.time() + 80 * DAY),
              wallet.acknowledge(live, wallet.head_of(live), advice.digest), wallet.withdraw(live)]  # fmt: skip
    [events] = zip(*(ledger.carry(each, network.stranger).events for each in signed), strict=True)
    names = ["ConsentPaused", "ConsentResumed", "ConsentReconfirmed", "AdviceAcknowledged", "ConsentWithdrawn"]
    assert [type(event).__name__ for event in events] == names
    assert {(event.consent, event.carrier) for event in events} == {(live, network.stranger)}


def test_a_batch_with_a_bad_item(network: SampleNetwork, claimant: Claimant) -> None:
    consents = [claimant.grant(2, ["fixed.home"]) for _ in range(2)]
    network.wait()
    late = claimant.grant(2, ["fixed.home"])
    budget = network.households()[0].budget
    signed = [claimant.wallet.commit(consent, budget) for consent in (consents[0], late, consents[1])]
    first, bad, last = network.ledger.carry_batch(signed, claimant.carrier).events
    assert [type(event) for event in (first, bad, last)] == [Committed, CommitmentRejected, Committed]
    rejected = rejections.decode(bad.reason)
    assert (bad.index, rejected.name, rejected.arguments) == (1, "ConsentNotLive", (late, "SCHEDULED"))
    assert network.ledger.head_of(consents[1]) == signed[2].message.root
    ended = [claimant.wallet.withdraw(each) for each in [*consents, late]]
    assert _names(network.ledger.carry_batch(ended, network.stranger)) == ["ConsentWithdrawn"] * 3


def test_no_batch(network: SampleNetwork, claimant: Claimant, live: str) -> None:
    pause, withdraw = claimant.wallet.pause(live), claimant.wallet.withdraw(live)
    commit = claimant.wallet.commit(live, network.households()[0].budget)
    for batch in ([], [pause], [withdraw, commit]):
        with pytest.raises(InvalidInput, match="one batch"):
            network.ledger.carry_batch(batch, claimant.carrier)


def test_reading(network: SampleNetwork, claimant: Claimant, live: str) -> None:
    ledger, stored = network.ledger, network.ledger.consent(live)
    assert (stored.recipient, stored.max_uses, stored.uses, stored.sequence, stored.stage) == (2, 3, 0, 0, 1)
    assert (ledger.status(live), ledger.is_live(live)) == ("ACTIVE", True)
    assert ledger.head_of(live) == claimant.wallet.head_of(live)
    assert ledger.terms_digest(live) == next(ledger.events("ConsentGranted", live)).terms_digest
    assert ledger.time() == brownie.web3.eth.get_block("latest")["timestamp"]
    assert (ledger.status(UNKNOWN), ledger.is_live(UNKNOWN), ledger.head_of(UNKNOWN)) == ("NONE", False, bytes(32))
    with pytest.raises(LedgerError, match="never granted"):
        ledger.terms_digest(UNKNOWN)


def test_events(network: SampleNetwork, claimant: Claimant, live: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = claimant.grant(3, ["fixed.home"])
    everything = list(network.ledger.events())
    names = [type(event).__name__ for event in everything]
    once_each = dict.fromkeys(("MemberAdmitted", "AccountAdded", "EncryptionKeyChanged"), len(ROLES))
    assert Counter(names[:-3]) == once_each | {"RoleGranted": 4 + sum(map(len, ROLES.values())), "MinDelayChange": 1}
    assert names[-3:] == ["ConsentGranted", "Committed", "ConsentGranted"]
    assert [event.consent for event in network.ledger.events("ConsentGranted")] == [live, other]
    assert [type(event).__name__ for event in network.ledger.events(consent=live)] == ["ConsentGranted", "Committed"]
    assert [event.new_duration for event in network.ledger.events("MinDelayChange")] == [7 * DAY]  # without a topic
    monkeypatch.setattr(network.ledger, "_range", LogRange(1))
    assert list(network.ledger.events()) == everything


def test_the_contracts_are_others(network: SampleNetwork) -> None:
    good = network.deployment
    moved = replace(good, advice_log=replace(good.advice_log, address=good.consortium.address))
    with pytest.raises(DeploymentError, match="AdviceLog"):
        Ledger(brownie.web3.provider.endpoint_uri, moved)
