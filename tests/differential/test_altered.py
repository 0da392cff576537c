"""What another key signed, what this key signed for elsewhere, and what was altered since, counts for nothing.

L1, L6, L13: each flaw of a signature, and each field of each message.
"""

from dataclasses import fields, replace
from typing import Any

import pytest

from jamjar.model.decision import Revert, SignedBy
from jamjar.model.state import NOBODY, NOTHING
from jamjar.protocol.typed_data import Acknowledge, Commit, Message, Pause, Reconfirm, Resume, Withdraw
from tests.differential.moves import Move, carrying, carrying_all
from tests.differential.scene import OPERATOR, A, B, Scene
from tests.stateful.papers import FLAWS, Paper


def messages(scene: Scene) -> list[Message]:
    """One of every kind that would be taken now, if rightly signed."""
    c = scene.key.address
    life: list[Message] = [Pause(c, 0), Resume(c, 0), Reconfirm(c, 0, scene.time + 1), Withdraw(c)]
    return [*life, Commit(c, B, A), Acknowledge(c, A, A)]


@pytest.mark.parametrize("flaw", ["", *FLAWS])
@pytest.mark.parametrize("history", ["start commit record", "start commit record pause"])
def test_every_flaw_of_a_signature(scene: Scene, history: str, flaw: str) -> None:
    """L1, L6, L13: what another key signed, or this key for elsewhere, counts for nothing."""
    scene.live_through(history)
    sequence = scene.state.consent(scene.key.address).sequence
    for message in messages(scene):
        given = replace(message, sequence=sequence) if hasattr(message, "sequence") else message  # type: ignore[type-var]
        scene.attempt(OPERATOR, carrying(scene.paper(given, flaw)))
    fresh = scene.key = scene.new_key()
    scene.attempt(OPERATOR, carrying(scene.paper(scene.grant(), flaw, fresh)))


@pytest.mark.parametrize("words", [(NOTHING, NOTHING), (A, NOTHING), (b"\xff" * 32, b"\xff" * 32)])
def test_nobody_signs_for_nobody(scene: Scene, words: tuple[bytes, bytes]) -> None:
    """L14, L18: recovery that fails gives the zero address, which is no consent for all that."""
    data = scene.system.contracts["ConsentRegistry"].calldata("withdraw", (NOBODY, words))
    receipt = scene.system.send(scene.time, scene.system.accounts[OPERATOR], "ConsentRegistry", data)
    assert receipt.refused == Revert("NotSignedByConsent", (NOBODY,))


@pytest.mark.parametrize("contract", ["Consortium", "ConsentRegistry", "CommitmentRegistry", "AdviceLog"])
def test_no_contract_takes_ether(scene: Scene, contract: str) -> None:
    """P4.1: not without a call, and not with a call of anything."""
    for data in (
        b"",
        b"\x01",
        bytes(4),
        *(selector for selector, _ in scene.system.contracts[contract].functions.values()),
    ):
        scene.wait_until(scene.time + 1)
        receipt = scene.system.send(scene.time, scene.system.accounts[0], contract, data, 1)
        assert receipt.refused is not None, f"{contract} takes ether with {data.hex() or 'nothing'}"


def test_every_field_is_signed(scene: Scene) -> None:
    """A message of which one field is another than was signed is not the key's."""
    scene.live_through("start commit record")
    c = scene.key.address
    for message in (Pause(c, 0), Withdraw(c), Commit(c, B, A), Acknowledge(c, A, A), Reconfirm(c, 0, scene.time + 1)):
        tampered(scene, message)
    scene.live_through("pause")
    tampered(scene, Resume(c, 1))
    scene.key = scene.new_key()
    tampered(scene, scene.grant())


def tampered(scene: Scene, message: Any) -> None:
    paper = scene.paper(message)
    for field in fields(message)[1:]:
        old = getattr(message, field.name)
        for new in (A, B, NOTHING) if isinstance(old, bytes) else (old - 1, old + 1, 3, 5, 18):
            if isinstance(new, bytes) or new >= 0:
                signer = message.consent if new == old else ""
                told = SignedBy(replace(message, **{field.name: new}), signer)
                scene.attempt(OPERATOR, carrying(Paper(told, paper.signature)))
                scene.attempt(OPERATOR, in_a_batch(Paper(told, paper.signature), paper))


def in_a_batch(*papers: Paper) -> Move:
    """Carry them together, if messages of this kind can be."""
    return carrying_all(papers) if papers[0].kind.many else carrying(papers[0])
