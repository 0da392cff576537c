"""The bytecode against the model, in random order: P2 consented, P3 withdrawable, P4 free, P6.1; L1 to L19, M1 to M6.

JAMJAR_EXAMPLES and JAMJAR_SEED make it another run: with fewer examples than usual no coverage is demanded, and what
fails is shown as it was met, not made short. JAMJAR_BUILD names other artifacts to test.
"""

import time

import pytest
from hypothesis import Phase

from jamjar.model.state import LedgerState
from jamjar.protocol.deployment import CONTRACTS
from tests.differential.machine import Differential
from tests.stateful.report import NEVER, missing, number_from, run, table
from tests.stateful.system import System

USUAL = 300
EXAMPLES = number_from("JAMJAR_EXAMPLES", USUAL)
NEVER_HERE = NEVER | {
    "RoleAdminChanged": "the administration is over all others from the start",
    "renounceRole": "a role is a seat's or the governance's, and neither calls it: tests/contracts does",
    "AccessControlBadConfirmation": "of renounceRole",
}
BUT_GOVERNANCE = tuple(name for name in CONTRACTS if name != "Governance")
"""That one is OpenZeppelin's but for a few lines, which tests/contracts shows; its calls come from it here."""


def test_bytecode_is_the_model(deployed: System, start: LedgerState, capsys: pytest.CaptureFixture[str]) -> None:
    whole, begun = EXAMPLES >= USUAL, time.monotonic()
    phases = (Phase.generate, Phase.shrink) if whole else (Phase.generate,)
    tally = run(Differential, deployed, start, EXAMPLES, 10, phases)
    seconds = time.monotonic() - begun
    with capsys.disabled():
        print(f"\n{table(tally)}\n{tally.calls.total() / seconds:,.0f} calls a second, {seconds:.0f} seconds")
    if whole:
        assert tally.examples >= EXAMPLES
        assert missing(deployed, tally, BUT_GOVERNANCE, NEVER_HERE) == []
