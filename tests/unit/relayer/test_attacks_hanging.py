"""When the node hangs on withdrawals, however many: there is a thread for the next, which is taken unlooked-at.

Given the relayer is full besides     what nobody looked at does not take the reserve
"""

import threading
from contextlib import suppress

from jamjar.protocol.typed_data import Withdraw
from jamjar.relayer import refusal
from jamjar.service.refusal import Refused
from tests.unit.relayer.world import SETTINGS, grant, key, nothing, signed

PATIENCE = 120


def withdraw():
    by = key()
    return signed(by, Withdraw(by.address))


def test_withdrawals_that_hang_leave_threads(world, refuses):
    answers, asked, claimant = threading.Event(), threading.Semaphore(0), threading.current_thread()

    def meanwhile():
        assert threading.current_thread() is not claimant, "it waits for the node"
        asked.release()
        answers.wait(PATIENCE)

    world.ledger.meanwhile = meanwhile

    def flood(number):
        with suppress(Refused):  # once the node answers, there is no room left
            world.take(withdraw(), f"flood {number}")

    threads = [threading.Thread(target=flood, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
        assert asked.acquire(timeout=PATIENCE)
    for number in range(SETTINGS.most - 2):
        assert world.take(withdraw(), f"claimant {number}").is_new
    world.ledger.meanwhile = nothing
    for number in range(2):
        world.take(grant(key()), f"another {number}")
    world.ledger.meanwhile = meanwhile
    with refuses(refusal.RelayerCode.FULL):
        world.take(withdraw())
    answers.set()
    for thread in threads:
        thread.join()
