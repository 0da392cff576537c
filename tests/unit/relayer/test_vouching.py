"""A relayer that asks for tokens: which grants it takes, by what it counts, and that withdrawals never need one.

When a grant has no good token      refused, and nothing is queued
Given a good token                  taken, kept to be published, and counted by its consent
When what needs no token has none, a broken one, or no key can be read    taken
Given no admitter is named          whatever comes with a message is ignored, and not kept
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from jamjar.protocol.settings import DAY
from jamjar.protocol.token import Token
from jamjar.protocol.typed_data import Pause, Withdraw
from jamjar.relayer.item import ItemState
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.relayer.retention import Retention
from jamjar.relayer.tables import ITEMS
from jamjar.service.database import transaction
from tests.unit.relayer.vouching import ADMITTING, Broken, door, text
from tests.unit.relayer.world import DEPLOYMENT, NOW, World, commit, grant, key, signed


@pytest.fixture
def take(world: World) -> Callable[..., object]:
    intake = door(world)
    return lambda message, token=None, sender="hop": intake.take(text(message, token), sender)


class TestGrants:
    def test_with_its_token_it_is_taken_and_the_token_kept(self, world, take):
        by = key()
        token = ADMITTING.token(by.address, DEPLOYMENT)
        assert take(grant(by), token).is_new
        assert not take(grant(by), token).is_new
        assert world.queue.tokens() == (token,)

    def test_one_that_begins_in_no_year_is_refused(self, world, take, refuses):
        by = key()
        asked = replace(grant(by).message, valid_from=2**40 - 2, valid_until=2**40 - 1, reconfirm_by=2**40 - 1)
        with refuses(Code.NOT_VOUCHED):
            take(signed(by, asked), ADMITTING.token(by.address, DEPLOYMENT))
        assert world.queue.open() == 0

    def test_without_a_good_one_it_is_refused(self, world, take, refuses):
        by, other = key(), key()
        wrong = [
            None,
            ADMITTING.token(other.address, DEPLOYMENT),
            ADMITTING.token(by.address, DEPLOYMENT, 202401),
            Token(5, ADMITTING.epoch, by.address, bytes(256)),
            Token(4, ADMITTING.epoch, by.address, ADMITTING.token(other.address, DEPLOYMENT).signature),
        ]
        for token in wrong:
            with refuses(Code.NOT_VOUCHED):
                take(grant(by), token)
        assert (world.queue.open(), world.queue.tokens()) == (0, ())

    def test_while_keys_cannot_be_read_it_is_to_come_again(self, world, refuses):
        by = key()
        with refuses(Code.NODE_UNAVAILABLE):
            door(world, Broken()).take(text(grant(by), ADMITTING.token(by.address, DEPLOYMENT)), "hop")

    def test_one_that_was_taken_is_known_whatever_became_of_keys_and_tokens(self, world, take, refuses):
        by = key()
        token = ADMITTING.token(by.address, DEPLOYMENT)
        item = take(grant(by), token).id
        later = door(world, Broken(), burst=2, per_second=0.01)
        assert [later.take(text(grant(by), each), "hop").id for each in (token, None)] == [item, item]
        with refuses(Code.NODE_UNAVAILABLE):  # counted by its address like others
            later.take(text(grant(by), token), "hop")

    def test_where_no_admitter_is_named_tokens_are_ignored(self, world):
        by = key()
        assert world.intake.take(text(grant(by), Token(9, 202401, by.address, bytes(256))), "hop").is_new
        by = key()
        assert world.intake.take(text(grant(by), ADMITTING.token(by.address, DEPLOYMENT)), "hop").is_new
        assert world.queue.tokens() == ()  # nor what may be good: nobody here verified it


class TestWhatNeedsNone:
    @pytest.mark.parametrize("kind", [Withdraw, Pause])
    @pytest.mark.parametrize("keys", [ADMITTING, Broken()])
    def test_no_broken_token_and_no_missing_key_stops_it(self, world, keys, kind):
        by = key()
        world.ledger.grant(by.address)
        wrong = [None, Token(5, 202401, by.address, bytes(256)), Token(4, ADMITTING.epoch, by.address, b"\1" * 256)]
        message = signed(by, kind(by.address, *((0,) if kind is Pause else ())))
        for token in wrong:
            assert door(world, keys).take(text(message, token), "hop")
        assert world.queue.open() == 1

    def test_a_commitment_without_one_is_taken(self, world, take):
        by = key()
        world.ledger.grant(by.address)
        assert take(commit(by)).is_new


class TestCounting:
    def test_behind_a_hop_each_token_has_its_own_share(self, world, refuses):
        intake = door(world, burst=2, per_second=0.01)
        for _ in range(5):
            by = key()
            assert intake.take(text(grant(by), ADMITTING.token(by.address, DEPLOYMENT)), "hop").is_new
        token = ADMITTING.token(by.address, DEPLOYMENT)
        assert intake.take(text(commit(by), token), "hop").is_new
        with refuses(Code.TOO_FAST):  # the third of its own
            intake.take(text(grant(by), token), "hop")

    def test_without_one_it_is_the_address(self, world, refuses):
        intake = door(world, burst=2, per_second=0.01)
        keys = [key() for _ in range(3)]
        for by in keys:
            world.ledger.grant(by.address)
        for by in keys[:2]:
            intake.take(text(commit(by), None), "hop")
        with refuses(Code.TOO_FAST):  # a token that nobody signed gives no share of its own
            intake.take(text(commit(keys[2]), Token(4, ADMITTING.epoch, keys[2].address, bytes(256))), "hop")
        assert intake.take(text(commit(keys[2]), ADMITTING.token(keys[2].address, DEPLOYMENT)), "hop").is_new


def test_the_token_goes_with_a_grant_that_never_was_and_stays_with_one_that_is(url):
    world = World(url)
    intake, consents = door(world), [key(), key(), key()]
    for by in consents:
        intake.take(text(grant(by), ADMITTING.token(by.address, DEPLOYMENT)), "hop")
    states = dict(zip((by.address for by in consents), (ItemState.RECORDED, ItemState.REJECTED, None), strict=True))
    with transaction(world.queue.engine) as connection:
        for consent, state in states.items():
            if state is not None:
                ended = {"state": state, "ended_at": NOW, "due_at": NOW, "reason": "X: y"}
                connection.execute(ITEMS.update().where(ITEMS.c.consent == consent).values(**ended))
    Retention(world.queue.engine, 1).sweep(NOW + 3 * DAY)
    kept = {token.consent for token in world.queue.tokens()}
    world.queue.close()
    assert kept == {consent for consent, state in states.items() if state is not ItemState.REJECTED}
