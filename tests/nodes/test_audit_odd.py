"""An audit of what is odd and honest: it is sound, whatever founders and members call, and through what.

Given a proposal that executes another, directly or through a contract    sound
Given a proposal whose text is filled up otherwise, or has more bytes     sound: the contracts do not look there
Given a proposal for a time beyond the calendar, or after itself          sound
Given the governance acts for a member, and founds                        sound
Given a contract acts for a member, founds, vetoes and carries            sound, and it is said that nobody was asked
Given offers that outlive accounts, and names with what nobody sees       sound
"""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jamjar.audit.report import Verdict
from jamjar.model.member_rules import seat_of
from jamjar.protocol.address import checksum_address
from jamjar.protocol.calldata import data_of
from jamjar.protocol.roles import FOUNDER, Role
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import audit, broken

# Calls the address that its data begins with, with the rest of it, and fails as that does.
PUPPET = bytes.fromhex(
    "6014360380601460003760006000826000600060003560601c5af1"  # calldata from byte 20 on; CALL
    "3d6000" "60003e602857" "3d6000fd" "5b3d6000f3"  # what comes back; JUMPI to its return
)  # fmt: skip


class Odd:
    """A chain, proposals of any calldata, and a contract that anyone has call what they like."""

    def __init__(self, chain: LocalChain) -> None:
        self.chain = chain
        begin = bytes.fromhex(f"60{len(PUPPET):02x}80600b6000396000f3")
        made = self.sent({"data": "0x" + (begin + PUPPET).hex()})
        self.puppet = checksum_address(bytes.fromhex(made["contractAddress"][2:]))

    def sent(self, fields: dict[str, str]) -> Any:
        (receipt,) = self.chain.mine([{"from": self.chain.accounts[5], "gas": hex(10**7), **fields}])
        assert receipt["status"] == "0x1"
        return receipt

    def through(self, contract: str, function: str, *arguments: Any) -> Any:
        """Have the contract call one of ours."""
        data = self.chain.at[contract][2:] + data_of(contract, function, *arguments).hex()
        return self.sent({"to": self.puppet, "data": f"0x{data}"})

    def proposed(self, target: str, data: bytes) -> tuple[Any, ...]:
        """Propose calldata as it is, and return what `execute` takes."""
        call = (self.chain.at.get(target, target), 0, data, bytes(32), secrets.token_bytes(32))
        self.chain.propose(*call)
        return call

    def executed(self, *call: Any) -> None:
        self.chain.wait_until(self.chain.now() + 7 * DAY)
        self.chain.send(self.chain.accounts[5], "Governance", "execute", *call)


def council(member: int = 2) -> bytes:
    return data_of("Consortium", "grantRole", Role.COUNCIL.value, seat_of(member))


def nested(odd: Odd) -> None:
    for target, before in (("Governance", b""), (odd.puppet, bytes.fromhex(odd.chain.at["Governance"][2:]))):
        inner = odd.proposed("Consortium", council(1 if before else 2))
        odd.executed(*odd.proposed(target, before + data_of("Governance", "execute", *inner)))


def filled_up(odd: Odd) -> None:
    admission = (7, "Lake Advice", [Role.COUNCIL.value], odd.chain.accounts[7], bytes(40))
    data = bytearray(data_of("Consortium", "admit", admission))
    data[data.index(b"Lake Advice") + 14] = 0x41
    odd.executed(*odd.proposed("Consortium", bytes(data)))
    odd.executed(*odd.proposed("Consortium", council() + b"more"))
    rename = data_of("Consortium", "rename", "Other")[:-1] + b"A"
    odd.sent({"from": odd.chain.accounts[7], "to": odd.chain.at["Consortium"], "data": f"0x{rename.hex()}"})


def never(odd: Odd) -> None:
    for most in (2**64, 2**255):
        call = (odd.chain.at["Consortium"], most, b"", most.to_bytes(32, "big"), bytes(32))
        odd.chain.send(odd.chain.accounts[0], "Governance", "schedule", *call, most)


def governance_is_a_member(odd: Odd) -> None:
    chain, itself = odd.chain, odd.chain.at["Governance"]
    chain.govern("Consortium", "admit", (7, "Gov", [Role.COUNCIL.value], itself, bytes(40)))
    for function, *arguments in (
        ("rename", "Gov 2"), ("changeEncryptionKey", bytes(50)), ("proposeRecovery", 2, chain.accounts[8]),
        ("suspend", 2, 1), ("offerAccount", chain.accounts[9]), ("removeAccount", chain.accounts[9]), ("suspend", 7, 3),
    ):  # fmt: skip
        chain.govern("Consortium", function, *arguments)
    chain.govern("Governance", "grantRole", FOUNDER, itself)
    inner = (chain.at["Consortium"], 0, data_of("Consortium", "reinstate", 2), bytes(32), bytes(32))
    chain.govern("Governance", "schedule", *inner, 7 * DAY)
    odd.executed(*inner)
    chain.govern("Governance", "renounceRole", FOUNDER, itself)


def contract_is_a_member(odd: Odd) -> None:
    chain, key = odd.chain, ConsentKey.generate(secrets.token_bytes)
    chain.send(chain.accounts[1], "Consortium", "offerAccount", odd.puppet)
    odd.through("Consortium", "acceptAccount", 1)
    odd.through("Consortium", "rename", "Puppet")
    chain.govern("Governance", "grantRole", FOUNDER, odd.puppet)
    call = (chain.at["Consortium"], 0, council(), bytes(32), bytes(32))
    made = odd.through("Governance", "schedule", *call, 7 * DAY)
    odd.through("Governance", "cancel", bytes.fromhex(made["logs"][0]["topics"][1][2:]))
    odd.through("Governance", "schedule", *call, 7 * DAY)
    odd.executed(*call)
    odd.through("Consortium", "removeAccount", chain.accounts[1])
    odd.through(*chain.call(chain.grant_to_adviser(key)))


def offers_and_names(odd: Odd) -> None:
    chain, (one, two, other) = odd.chain, odd.chain.accounts[1:4]
    for sender, function, argument in (
        (one, "offerAccount", other), (two, "offerAccount", other), (other, "acceptAccount", 2),
        (one, "removeAccount", other), (other, "removeAccount", two), (one, "rename", "x\ny\0\u202e\u200b"),
        (one, "rename", "e\u0301"), (other, "rename", "\u00e9"), (one, "rename", "x\ny\0\u202e\u200b"),
    ):  # fmt: skip
        chain.send(sender, "Consortium", function, argument)


@pytest.mark.parametrize(
    "act", [nested, filled_up, never, governance_is_a_member, contract_is_a_member, offers_and_names]
)
def test_it_is_sound(act: Callable[[Odd], None], tmp_path: Path) -> None:
    with local_chain() as chain:
        act(Odd(chain))
        report = audit(chain, tmp_path)
    assert (report.verdict, set(broken(report)) <= {"recovery-pending", "indirect-call"}) == (Verdict.SOUND, True)
