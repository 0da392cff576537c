"""A relayer that asks for tokens, and an admitter whose tokens it takes."""

from dataclasses import replace

from jamjar.errors import NodeUnavailable
from jamjar.protocol import token as tokens
from jamjar.protocol import vouched
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.token import EpochKey, Token
from jamjar.relayer.intake import Intake
from jamjar.relayer.vouching import Vouching
from tests.support.tokens import TestAdmitter
from tests.unit.relayer.world import DEPLOYMENT, NOW, SETTINGS, World

ADMITTING = TestAdmitter(tokens.epoch_of(NOW))


class Broken:
    """Keys that cannot be read."""

    def find(self, admitter: int, epoch: int) -> EpochKey | None:
        raise NodeUnavailable("down")

    def known(self, admitter: int, epoch: int) -> EpochKey | None:
        return None


def door(world: World, keys=ADMITTING, **changes) -> Intake:
    """A relayer that asks for tokens."""
    parts = {"ledger_view": world.ledger, "queue": world.queue, "replayed": world.replayed, "clock": world.clock}
    counted = Vouching(DEPLOYMENT, keys).sender
    carrier = world.operator.address
    settings = replace(SETTINGS, **changes)
    return Intake(settings, DEPLOYMENT, **parts, operator=world.operator, carrier=carrier, counted=counted)


def text(message: SignedMessage, token: Token | None) -> str:
    return vouched.to_json(message, DEPLOYMENT.domain_of(type(message.message)), token)
