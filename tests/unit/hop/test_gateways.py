"""A gateway of a mailbox, and gateways whose settings differ.

When a wallet sends through hop and gateway      the mailbox answers as if it were asked directly, replays are refused
When it is not a hop, or there is no key         one code each
When there are two keys                          the older one opens what was sealed to it
"""

import secrets

import pytest

from jamjar.errors import InvalidInput
from jamjar.hop.gateway import Gateway
from jamjar.hop.message import GatewayKind, HopRequest, dummy, seal_request
from jamjar.hop.refusal import HopCode as Code
from jamjar.mailbox.app import HOP_PATHS as MAILBOX_PATHS
from jamjar.mailbox.app import create_app as mailbox_app
from jamjar.mailbox.store import MailboxStore
from jamjar.relayer.app import HOP_PATHS, create_app
from tests.support.serving import served
from tests.unit.hop.world import HOP_ADDRESS, MAILBOX, RELAYER, gateway, post, secret, through
from tests.unit.mailbox.world import World as MailboxWorld
from tests.unit.mailbox.world import signed as signed_headers
from tests.unit.relayer.world import World

KEY = secret().signed.key.key


def test_who_is_no_hop(tmp_path):
    world = World(f"sqlite:///{tmp_path / 'relayer.db'}")
    data = seal_request(dummy(), KEY, RELAYER, GatewayKind.RELAYER, secrets.token_bytes).data
    elsewhere = Gateway(GatewayKind.RELAYER, HOP_PATHS, (secret(),), ("192.0.2.1",))
    for made, code in ((elsewhere, Code.NOT_A_HOP), (Gateway(GatewayKind.RELAYER, HOP_PATHS), Code.NO_GATEWAY)):
        with world.running(create_app(world.intake, world.metrics, lambda: None, gateway=made)):
            assert post(world.url, data).json()["code"] == code
    world.queue.close()


def test_a_service_that_fails_is_answered_for(tmp_path, monkeypatch):
    """Else the hop would take the gateway for one that is down, and keep what others sent from it as well."""
    world = World(f"sqlite:///{tmp_path / 'relayer.db'}")

    def fails(*_: object, **__: object) -> None:
        raise ValueError("secret")

    monkeypatch.setattr(world.intake, "take", fails)
    with world.running(create_app(world.intake, world.metrics, lambda: None, gateway=gateway())):
        answer = through(world.url, HopRequest("POST", "/messages", body=b"{}"))
    assert (answer.status, b"secret" in answer.body) == (500, False)
    world.queue.close()


def test_settings_that_cannot_work():
    for parts in (((secret(),), ()), ((), (HOP_ADDRESS,)), ((secret(kind=GatewayKind.MAILBOX),), (HOP_ADDRESS,))):
        with pytest.raises(InvalidInput):
            Gateway(GatewayKind.RELAYER, HOP_PATHS, *parts)


def test_an_older_key_still_opens():
    both = gateway(GatewayKind.RELAYER, secret(seed=b"\15" * 32), secret())
    data = seal_request(dummy(), KEY, RELAYER, GatewayKind.RELAYER, secrets.token_bytes).data
    assert both.open(data, HOP_ADDRESS).request == dummy()
    assert both.key() == secret(seed=b"\15" * 32).signed.to_json()


def test_a_mailbox_behind_a_gateway(tmp_path):
    world = MailboxWorld(f"sqlite:///{tmp_path / 'mailbox.db'}")
    made = Gateway(GatewayKind.MAILBOX, MAILBOX_PATHS, (secret(MAILBOX, GatewayKind.MAILBOX),), (HOP_ADDRESS,))
    with served(mailbox_app(world.settings, world.ledger, MailboxStore(world.database), world.clock, made)) as url:
        by, package = world.claim()
        path, body = f"/packages/{package.id.hex()}", package.to_bytes()
        headers = signed_headers(world, "PUT", path, body, by)
        asked = HopRequest("PUT", path, headers, body)
        ask = lambda each: through(url, each, GatewayKind.MAILBOX, MAILBOX)  # noqa: E731
        assert (ask(asked).status, ask(asked).status) == (201, 409)  # a replay is refused, as it is of a direct one
        listed = f"/consents/{by.address}/replies"
        assert ask(HopRequest("GET", listed, signed_headers(world, "GET", listed, b"", by))).body == b"[]"
        assert ask(HopRequest("GET", listed)).status == 401
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"127.0.0.1" not in stored
    assert by.address.encode() in stored
