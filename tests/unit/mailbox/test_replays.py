"""A request is done once: copied on its way and sent again, it is refused, and changes nothing.

When any kind of request is made again                  REPLAYED
When it would undo what its signer did since            REPLAYED, and what was done stays
"""

import pytest
import requests

from jamjar.disclosure.advice import Advice
from jamjar.disclosure.reply import seal_advice
from tests.support.disclosures import REGISTRY
from tests.unit.mailbox.world import signed


@pytest.fixture
def life(world):
    """A claimant's key, a package and a reply, both there."""
    key, sealed = world.deposited()
    reply = seal_advice(
        Advice("Wait.", b"\1" * 32), world.reply_key.public_bytes, REGISTRY,
        consent=key.address, commitment=sealed.content.root,
    )  # fmt: skip
    world.client(world.adviser).reply(reply)
    return key, sealed, reply


def send(world, signer, method, path, body=b""):
    """Return a way to send one signed request, as often as it is called."""
    headers = signed(world, method, path, body, signer=signer)

    def again():
        return requests.request(method, world.url + path, headers=headers, data=body, timeout=60)

    return again


def is_replay(answer):
    return (answer.status_code, answer.json()["code"]) == (409, "REPLAYED")


def test_each_kind(world, life):
    key, sealed, reply = life
    name = sealed.id.hex()
    for signer, method, path, body in (
        (key, "PUT", f"/packages/{name}", sealed.to_bytes()),
        (key, "GET", f"/consents/{key.address}/replies", b""),
        (key, "GET", f"/replies/{reply.id.hex()}", b""),
        (world.adviser, "GET", "/packages", b""),
        (world.adviser, "GET", f"/packages/{name}", b""),
        (world.adviser, "PUT", f"/replies/{reply.id.hex()}", reply.to_bytes()),
    ):
        once = send(world, signer, method, path, body)
        assert once().status_code in (200, 201)
        assert is_replay(once()), (method, path)


def test_a_hand_over_spends_no_second_use(world, life):
    key, sealed, _ = life
    world.ledger.use(key.address, sealed.content.root)
    once = send(world, world.adviser, "POST", f"/packages/{sealed.id.hex()}/key")
    assert once().status_code == 200
    world.ledger.use(key.address, sealed.content.root)
    assert is_replay(once())
    assert world.client(world.adviser).key(sealed.content) == sealed


def test_a_deposit_does_not_come_back_after_it_was_erased(world, life):
    key, sealed, _ = life
    world.client(key).erase(key.address)
    once = send(world, key, "PUT", f"/packages/{sealed.id.hex()}", sealed.to_bytes())
    assert once().status_code == 201
    world.client(key).erase(key.address)
    assert is_replay(once())
    assert world.client(world.adviser).waiting() == ()


def test_erasing_does_not_take_what_came_later(world, life):
    key, sealed, _ = life
    once = send(world, key, "DELETE", f"/consents/{key.address}")
    assert once().status_code == 204
    world.client(key).deposit(sealed)
    assert is_replay(once())
    assert world.client(world.adviser).waiting() == (sealed.id.hex(),)
