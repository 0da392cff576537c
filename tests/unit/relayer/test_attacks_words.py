"""Words that would be believed: a receipt that promises nothing, a pause that is said to be on the ledger.

Given a receipt for a grant promises a time after its start  a lie: no grant is recorded then
Given something else took a pause's sequence                 the pause is not carried; after more, nobody asks
"""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from jamjar.ledger.carried import is_carried
from jamjar.model.state import Consent, Stage
from jamjar.protocol.typed_data import Grant, Pause
from jamjar.relayer import answers
from jamjar.relayer.promise import domain_of, sign_promise
from jamjar.relayer.refusal import RelayerLied
from tests.unit.relayer.world import DEPLOYMENT, grant, key, signed


@pytest.mark.parametrize("late", [0, 1])
def test_a_receipt_that_promises_a_grant_too_late(world, late):
    message, app = grant(key()), FastAPI()
    answer = world.take(message)
    promised = replace(answer.receipt.receipt, carry_by=message.message.valid_from + late)
    receipt = sign_promise(promised, world.operator, domain_of(DEPLOYMENT.domain_of(Grant)))

    @app.post("/messages")
    def take():
        return answers.to_json(replace(answer, receipt=receipt))

    with world.running(app):
        if not late:
            assert world.client().send(message).receipt == receipt
            return
        with pytest.raises(RelayerLied, match="only after its start"):
            world.client().send(message)


@pytest.mark.parametrize(
    ("sequence", "stage", "there"),
    [
        (4, Stage.PAUSED, False),
        (5, Stage.PAUSED, True),
        (5, Stage.GRANTED, False),  # a resumption or reconfirmation by another device
        (6, Stage.GRANTED, True),
        (5, Stage.WITHDRAWN, True),
    ],
)
def test_whether_a_pause_is_carried(sequence, stage, there):
    by = key()
    ledger = SimpleNamespace(consent=lambda _: Consent(2, 1, 9, 5, sequence=sequence, max_uses=1, stage=stage))
    assert is_carried(signed(by, Pause(by.address, 4)), ledger) is there
