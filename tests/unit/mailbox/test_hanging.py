"""A mailbox whose node hangs: strangers wait for it in a number of their own, and whoever erases does not."""

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor

from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.service import MOST_LOOKING
from jamjar.protocol.signing import ConsentKey
from jamjar.service.refusal import Refused

STRANGERS = 3 * MOST_LOOKING


def test_nobody_waits_behind_strangers_to_erase(world, monkeypatch):
    key, _ = world.deposited()
    asked, released, look = threading.Semaphore(0), threading.Event(), world.ledger.look

    def hang(consent):
        asked.release()
        released.wait(60)
        return look(consent)

    def ask(stranger):
        try:
            return world.client(stranger).replies(stranger.address)
        except Refused as error:
            return error.refusal.code

    monkeypatch.setattr(world.ledger, "look", hang)
    strangers = [ConsentKey.generate(secrets.token_bytes) for _ in range(STRANGERS)]
    with ThreadPoolExecutor(STRANGERS) as pool:
        answers = pool.map(ask, strangers)
        for _ in range(MOST_LOOKING):
            asked.acquire()
        world.client(key).erase(key.address)
        released.set()
        codes = list(answers)
    assert world.client(world.adviser).waiting() == ()
    assert set(codes) == {Code.UNKNOWN_CONSENT, Code.NODE_UNAVAILABLE}
    assert codes.count(Code.UNKNOWN_CONSENT) >= MOST_LOOKING
