"""A message with an ML-DSA-44 signature beside its own, at the relayer's door.

When that signature is not its own               the message is refused
When a grant begins from the sunset on without   it is refused; a withdrawal without is taken
Given either kind                                it is carried as the contracts take it, and kept in one format
"""

import json
from dataclasses import replace

from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.protocol.signing import sign
from jamjar.protocol.typed_data import Withdraw
from jamjar.relayer import refusal
from tests.unit.relayer.world import DEPLOYMENT, NOW, SETTINGS, grant, key, signed, text

BESIDE = MlDsaKey(b"\2" * 32)


def beside(message, by):
    return sign(by, DEPLOYMENT.domain_of(type(message)), message, BESIDE)


def test_it_is_taken_and_kept_as_the_contracts_take_it(world):
    made = beside(grant(by := key()).message, by)
    answer = world.take(made)
    assert (answer.is_new, world.take(made).is_new) == (True, False)
    item = world.queue.item(answer.id)
    assert (item.signed, item.signed.post_quantum) == (made, None)


def test_a_signature_that_is_not_its_own(world, refuses):
    made = json.loads(text(beside(grant(by := key()).message, by)))
    other = json.loads(text(beside(grant(by, max_uses=4).message, by)))
    with refuses(refusal.RelayerCode.BAD_SIGNATURE):
        world.intake.take(json.dumps(made | {"pq_signature": other["pq_signature"]}), "anybody")
    with refuses(refusal.RelayerCode.MALFORMED):
        world.intake.take(json.dumps(made | {"format": "jamjar.signed.3"}), "anybody")
    assert world.queue.open() == 0


def test_from_the_sunset_on_a_grant_needs_it(world, refuses):
    world.intake = world.door(SETTINGS)
    world.intake._deployment = replace(DEPLOYMENT, ecdsa_only_grants_refused_from=NOW)
    by, other = key(), key()
    with refuses(refusal.RelayerCode.BAD_SIGNATURE):
        world.take(grant(by))
    assert world.take(beside(grant(by).message, by)).is_new
    assert world.take(signed(other, Withdraw(other.address))).is_new
