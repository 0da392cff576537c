"""P1 on a chain: after the whole story, nothing that it left there can be read.

search
├── When the whole story was played
│   ├── it finds nothing
│   └── it has searched calldata, logs, storage and the contracts' creation
└── Given something that must not be there was put on chain after all
    ├── When it is a rejected item of a batch: it is accounted for
    ├── When an amount stands in the place of a root: it is found
    ├── When an amount is a member's number: it is found
    ├── When a jar is a member's public name: it is found
    └── When text follows a call's arguments: it is found
"""

import secrets
from collections.abc import Sequence
from typing import Any

import brownie
import pytest

from assurance.privacy.plaintext_scan import Search, search
from jamjar.plan.budget import Budget
from jamjar.protocol.calldata import data_of
from jamjar.protocol.roles import Role
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.network import SampleNetwork
from jamjar.sandbox.story import WORDS, staged
from jamjar.sandbox.story_of_members import play

RENT = 11914  # pence: what the story's first household pays, from the table in data/


@pytest.fixture(scope="module")
def budgets(network: SampleNetwork) -> Sequence[Budget]:
    return [household.budget for household in network.households()]


@pytest.fixture(scope="module")
def searched(network: SampleNetwork, budgets: Sequence[Budget]) -> Search:
    with staged(network, Narrator(plain=True)) as story:
        play(story)
    return search(network, budgets, [WORDS])


def _found(network: SampleNetwork, budgets: Sequence[Budget]) -> set[str]:
    return {finding.what for finding in search(network, budgets, [WORDS]).findings}


def test_finds_nothing(searched: Search) -> None:
    assert searched.findings == ()


def test_has_searched_everything(searched: Search) -> None:
    # 5 deployments, the first of which founds 5 members; at least 20 calls, most of which log and write at least once.
    assert searched.pieces["creation"] == 5
    assert searched.pieces["call"] >= 25
    assert searched.pieces["log"] >= 40
    assert searched.pieces["write"] >= 40
    assert searched.sizes["creation"] > 30_000
    assert searched.sizes["call"] > 5 * 1216 + 20 * 4  # the members' keys are most of it
    assert searched.sizes["log"] > 5 * 1216 + 40 * 32
    assert searched.sizes["write"] == 64 * searched.pieces["write"]


def test_has_searched_for_what_the_households_plan(budgets: Sequence[Budget]) -> None:
    assert RENT in [entry.value for entry in budgets[0].entries()]


def test_accounts_for_a_rejected_item_of_a_batch(network: SampleNetwork, budgets: Sequence[Budget]) -> None:
    claimant = network.claimant()
    consent = claimant.grant(2, totals=["balance"])
    receipt = network.ledger.carry_batch([claimant.wallet.commit(consent, budgets[0])], claimant.carrier)
    assert [type(event).__name__ for event in receipt.events] == ["CommitmentRejected"]
    assert _found(network, budgets) == set()


def test_finds_an_amount_in_the_place_of_a_root(network: SampleNetwork, budgets: Sequence[Budget]) -> None:
    claimant = network.claimant()
    consent = claimant.grant(2, totals=["balance"])
    network.wait()
    network.ledger.use(consent, RENT.to_bytes(32, "big"), network.accounts[2])
    found = _found(network, budgets)
    assert "bytes32 commitment: not of a kind that is permitted" in found
    assert "an amount, as a word" in found


def test_finds_an_amount_as_the_number_of_a_member(network: SampleNetwork, budgets: Sequence[Budget]) -> None:
    account = "0x" + secrets.token_bytes(20).hex()
    _admit(network, RENT, "Lake Advice", account)
    assert {"an amount, as a word", "uint32 member: not of a kind that is permitted"} <= _found(network, budgets)


def test_finds_a_jar_as_the_name_of_a_member(network: SampleNetwork, budgets: Sequence[Budget]) -> None:
    _admit(network, 6, "fixed.home.rent", "0x" + secrets.token_bytes(20).hex())
    assert {"the name of a jar", "string name: not of a kind that is permitted"} <= _found(network, budgets)


def test_finds_text_behind_the_arguments_of_a_call(network: SampleNetwork, budgets: Sequence[Budget]) -> None:
    data: Any = "0x" + (data_of("Consortium", "suspend", 3, 1) + b"discretionary payment").hex()
    brownie.accounts[4].transfer(network.deployment.consortium.address, 0, data=data, silent=True)
    assert {"free text", "bytes that are not accounted for (bytes after the last field)"} <= _found(network, budgets)


def _admit(network: SampleNetwork, number: int, name: str, account: str) -> None:
    key = secrets.token_bytes(1216)
    account = brownie.web3.to_checksum_address(account)
    network.govern(("admit", (number, name, [Role.ADVISER.value], account, key)))
