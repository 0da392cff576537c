"""What no ordinary history comes to: contracts as accounts, times beyond 32 bits, states placed in storage."""

from dataclasses import replace

import pytest

from jamjar.crypto.hashing import keccak256
from jamjar.model import council_rules, member_rules
from jamjar.model.decision import Revert
from jamjar.model.state import Consent
from jamjar.protocol.typed_data import Commit, Pause, Reconfirm, Resume
from tests.differential.forwarder import Forwarder
from tests.differential.moves import carrying, changing, recording, releasing, suspending, using
from tests.differential.scene import ADVISER, OPERATOR, A, Scene

STRANGER = 9
CONSENTS_SLOT = 2  # of ConsentRegistry, as in docs/storage.md


def test_a_contract_acts_for_a_member(scene: Scene) -> None:
    """What is recorded names the contract that called, not the account whose transaction it was."""
    forwarder, c = Forwarder(scene), scene.key.address
    scene.live_through("start commit")
    for move in (using(c, A), releasing(c), recording((c, A, A))):
        assert isinstance(forwarder.make(ADVISER, move), Revert)  # its origin acts for the recipient, it does not
    scene.make(ADVISER, changing("offerAccount", member_rules.offer_account, forwarder.address))
    for move in (
        changing("acceptAccount", member_rules.accept_account, ADVISER),
        using(c, A),
        recording((c, A, A)),
        changing("changeEncryptionKey", member_rules.change_encryption_key, bytes(32)),
        changing("rename", member_rules.rename, "By a contract"),
        changing("removeAccount", member_rules.remove_account, scene.system.accounts[ADVISER]),
        releasing(c),
    ):
        assert not isinstance(forwarder.make(STRANGER, move), Revert), move.function
    assert scene.state.accounts_of(ADVISER) == [forwarder.address]


def test_a_contract_is_on_the_council(scene: Scene) -> None:
    forwarder = Forwarder(scene)
    scene.make(4, changing("offerAccount", member_rules.offer_account, forwarder.address))
    assert isinstance(forwarder.make(4, suspending(2)), Revert)
    for move in (
        changing("acceptAccount", member_rules.accept_account, 4),
        suspending(2),
        changing("proposeRecovery", council_rules.propose_recovery, 3, scene.system.accounts[8]),
    ):
        assert not isinstance(forwarder.make(STRANGER, move), Revert), move.function


def test_a_contract_carries(scene: Scene) -> None:
    """A grant, and the withdrawal of a key that was never granted, only when it acts for a member; all else always."""
    forwarder, c = Forwarder(scene), scene.key.address
    scene.live_through("start")
    fresh = scene.new_key()
    grant = carrying(scene.paper(replace(scene.grant(), consent=fresh.address), key=fresh))
    unborn = carrying(scene.withdrawals[scene.new_key().address])
    for move in (grant, unborn):
        assert isinstance(forwarder.make(OPERATOR, move), Revert)
    for message in (Commit(c, A, bytes(32)), Pause(c, 0), Resume(c, 1)):
        assert not isinstance(forwarder.make(STRANGER, scene.signed(message)), Revert)
    assert not isinstance(forwarder.make(STRANGER, carrying(scene.withdrawals[c])), Revert)
    scene.make(OPERATOR, changing("offerAccount", member_rules.offer_account, forwarder.address))
    forwarder.make(STRANGER, changing("acceptAccount", member_rules.accept_account, OPERATOR))
    for move in (grant, unborn):
        assert not isinstance(forwarder.make(STRANGER, move), Revert)


@pytest.mark.parametrize("moment", [2**32 - 1, 2**32, 2**32 + 2**31, 2**33, 2**39])
def test_times_beyond_32_bits(scene: Scene, moment: int) -> None:
    scene.wait_until(moment)
    scene.key = scene.new_key()
    scene.make(OPERATOR, scene.signed(scene.grant()))
    scene.live_through("start commit use record")
    for later in list(scene.moments()):
        scene.wait_until(later)
        for caller, move in scene.moves().values():
            scene.attempt(caller, move)
    scene.make(4, suspending(2))
    scene.wait_until(scene.time + scene.state.rules.suspension)
    scene.make(STRANGER, changing("reinstate", council_rules.reinstate, 2))
    scene.attempt(4, suspending(2))


@pytest.mark.parametrize("sequence", [2**16 - 1, 2**16, 2**31, 2**32 - 3, 2**32 - 2, 2**32 - 1])
def test_a_sequence_comes_to_its_end(scene: Scene, sequence: int) -> None:
    """L9: the last that can be named is 2**32 - 2; then nothing but its end can be done to a consent."""
    scene.live_through("start")
    c = scene.key.address
    stored = replace(scene.state.consent(c), sequence=sequence)
    place(scene, stored)
    for message in (
        Pause(c, sequence),
        Reconfirm(c, sequence, stored.valid_until),
        Pause(c, (sequence + 1) % 2**32),
        Resume(c, (sequence + 1) % 2**32),
    ):
        scene.make(OPERATOR, scene.signed(message))
    scene.make(STRANGER, carrying(scene.withdrawals[c]))


@pytest.mark.parametrize("uses", [2**8 - 1, 2**8, 2**15, 2**16 - 2, 2**16 - 1])
def test_uses_come_to_their_end(scene: Scene, uses: int) -> None:
    scene.live_through("start")
    place(scene, replace(scene.state.consent(scene.key.address), uses=uses, max_uses=2**16 - 1))
    for _ in range(3):
        scene.make(ADVISER, using(scene.key.address, A))


def place(scene: Scene, stored: Consent) -> None:
    """Put a consent into the contract's storage and into the model, as if it had come to that."""
    widths = (32, 40, 40, 40, 32, 16, 16, 8)
    word, at = 0, 0
    for value, width in zip((getattr(stored, name) for name in Consent.__slots__), widths, strict=True):
        word, at = word | int(value) << at, at + width
    address = bytes.fromhex(scene.key.address[2:]).rjust(32, b"\0")
    slot = keccak256(address + CONSENTS_SLOT.to_bytes(32, "big"))
    scene.system.chain.place(scene.system.contracts["ConsentRegistry"].address, slot, word)
    scene.state = replace(scene.state, consents={**scene.state.consents, scene.key.address: stored})
    scene.everything_holds()
