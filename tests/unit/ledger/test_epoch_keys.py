"""The admitters' keys on the ledger.

Given several keys for one month    the first counts, and the others are named
Given a service that asks           it reads at most once a minute for what is missing, every ten for what is there
When an admitter is suspended       none of its keys counts for services
When the node is down               LedgerError; what was read before is known still
When the node hangs                 one thread waits for it
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from jamjar.errors import NodeUnavailable
from jamjar.ledger.epoch_keys import MISSED_AGAIN, READ_AGAIN, EpochKeys, published
from tests.support.tokens import ADMITTER
from tests.unit.ledger.published import KEY, SECOND, PublishedLedger

PATIENCE = 120


def test_the_first_of_a_month_counts_for_ever():
    others = [(2, b"\5" * 1216), (2, b"jamjar.epoch-key.1")]
    rows = [*others, (ADMITTER, KEY.to_bytes()), (6, SECOND.to_bytes()), (ADMITTER, SECOND.to_bytes())]
    found = published(PublishedLedger(*rows, (ADMITTER, KEY.to_bytes())))
    assert found.keys == {(ADMITTER, KEY.epoch): KEY, (6, KEY.epoch): SECOND}
    assert found.second == ((ADMITTER, KEY.epoch, 5),)


class TestServices:
    def test_only_named_and_active_members_count(self):
        ledger = PublishedLedger((ADMITTER, KEY.to_bytes()), (6, KEY.to_bytes()))
        keys = EpochKeys(lambda: ledger, [ADMITTER], lambda: 0.0)
        assert (keys.find(ADMITTER, KEY.epoch), keys.find(6, KEY.epoch)) == (KEY, None)
        ledger.active = set()
        assert EpochKeys(lambda: ledger, [ADMITTER], lambda: 0.0).find(ADMITTER, KEY.epoch) is None

    def test_how_often_the_node_is_asked(self):
        ledger, now = PublishedLedger(), [0.0]
        keys = EpochKeys(lambda: ledger, [ADMITTER], lambda: now[0])
        for at, asked in ((0, 1), (MISSED_AGAIN - 1, 1), (MISSED_AGAIN, 2)):
            now[0] = at
            assert (keys.find(ADMITTER, KEY.epoch), keys.find(9, KEY.epoch), ledger.asked) == (None, None, asked)
        ledger.keys = [(ADMITTER, KEY.to_bytes())]
        read_at = 2 * MISSED_AGAIN
        for at, asked in ((read_at, 3), (read_at + READ_AGAIN - 1, 3), (read_at + READ_AGAIN, 4)):
            now[0] = at
            assert (keys.find(ADMITTER, KEY.epoch), ledger.asked) == (KEY, asked)

    def test_the_node_is_down(self):
        ledger = PublishedLedger((ADMITTER, KEY.to_bytes()))
        keys = EpochKeys(lambda: ledger, [ADMITTER], lambda: 0.0)
        assert keys.known(ADMITTER, KEY.epoch) is None
        ledger.down = True
        with pytest.raises(NodeUnavailable):
            keys.find(ADMITTER, KEY.epoch)
        ledger.down = False
        assert keys.find(ADMITTER, KEY.epoch) == KEY
        ledger.down = True
        assert keys.find(ADMITTER, KEY.epoch) == keys.known(ADMITTER, KEY.epoch) == KEY

    def test_a_node_that_hangs_takes_one_thread(self):
        ledger = PublishedLedger((ADMITTER, KEY.to_bytes()))
        asked, answers = threading.Event(), threading.Event()

        def connect():
            asked.set()
            assert answers.wait(PATIENCE)
            return ledger

        keys = EpochKeys(connect, [ADMITTER], lambda: 0.0)
        with ThreadPoolExecutor(1) as one:
            first = one.submit(keys.find, ADMITTER, KEY.epoch)
            assert asked.wait(PATIENCE)
            with pytest.raises(NodeUnavailable, match="being read"):
                keys.find(ADMITTER, KEY.epoch)
            assert keys.find(9, KEY.epoch) is None
            answers.set()
            assert first.result(PATIENCE) == KEY
