"""The kept vectors, judged by the contracts: their code at the address that the vectors' signatures are for.

Given the ConsentRegistry's code there, on the vectors' chain
├── the withdrawal that is kept                  it is recorded
└── each of its signatures that must be refused  it reverts with NotSignedByConsent
"""

import json
from pathlib import Path

import pytest

from tests.conftest import rpc

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "messages.json").read_text(encoding="ascii"))
WITHDRAWAL = next(json.loads(each["file"]) for each in VECTORS["signed"] if each["type"] == "Withdraw")
CONSENT = WITHDRAWAL["message"]["consent"]
SIGNATURES = ("a high s", "an s of zero", "an r of zero", "an r beyond the order", "the other parity")
REFUSED = {each["why"]: json.loads(each["file"]) for each in VECTORS["refused"] if each["why"] in SIGNATURES}
WITHDRAWN = 8


@pytest.fixture
def registry(system, fn_isolation):
    """The registry, as if it had been deployed where the vectors say."""
    from brownie import Contract, web3

    assert web3.eth.chain_id == WITHDRAWAL["chain_id"]
    set_code = "anvil_setCode" if "anvil" in rpc("web3_clientVersion") else "evm_setAccountCode"
    code = web3.eth.get_code(system.consents.address).hex().removeprefix("0x")
    rpc(set_code, WITHDRAWAL["contract"], f"0x{code}")
    return Contract.from_abi("ConsentRegistry", WITHDRAWAL["contract"], system.consents.abi, persist=False)


def test_the_kept_withdrawal(registry, people):
    registry.withdraw((CONSENT, (WITHDRAWAL["r"], WITHDRAWAL["vs"])), {"from": people.operator})
    assert registry.status(CONSENT) == WITHDRAWN


@pytest.mark.parametrize("why", SIGNATURES)
def test_what_must_be_refused(why, registry, people, refused):
    with refused("NotSignedByConsent", CONSENT):
        registry.withdraw((CONSENT, (REFUSED[why]["r"], REFUSED[why]["vs"])), {"from": people.operator})
