"""may_pass: of the contracts' errors, those that a node which is behind gives about what it does not have yet.

When what the message builds on can still come, or the newest block is old   it may pass
When the consent has ended, or another message took its place                it is final
When the refusal has no arguments, or is none of these                       it is final
"""

import pytest

from jamjar.errors import Rejected
from jamjar.ledger.not_yet import may_pass, not_yet
from jamjar.protocol.rejections import ADVICE

CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
PASSING = [
    ("AdviceUnknown", (CONSENT, "0x01", "0x02")),
    ("CarrierNotActiveMember", (CONSENT,)),
    *(("ConsentNotLive", (CONSENT, each)) for each in ("NONE", "SCHEDULED", "PAUSED", "STALE", "ACTIVE")),
    ("ConsentNotOpen", (CONSENT, "NONE")),
    ("SequenceMismatch", (CONSENT, 3, 2)),
    ("ReconfirmByOutOfRange", (901, 100, 900)),
    ("ValidityOutOfRange", (100, 901, 100, 900)),
]
FINAL = [
    *((name, (CONSENT, each)) for name in ("ConsentNotLive", "ConsentNotOpen")
      for each in ("WITHDRAWN", "EXPIRED", "RELEASED")),
    ("SequenceMismatch", (CONSENT, 2, 3)),
    ("ReconfirmByOutOfRange", (99, 100, 900)),
    ("ValidityOutOfRange", (99, 901, 100, 900)),
    ("ValidityOutOfRange", (300, 200, 100, 150)),
    ("HeadMismatch", (CONSENT, "0x01", "0x02")),
    ("AdviceAlreadyAcknowledged", (CONSENT, "0x01", "0x02")),
    ("ConsentNotPaused", (CONSENT,)),
    ("ConsentExists", (CONSENT, "ACTIVE")),
    ("RecipientNotActiveAdviser", (2,)),
    ("SequenceMismatch", ()),
    ("ConsentNotLive", ()),
    ("Unknown", ("0x",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments"), PASSING)
def test_may_pass(name: str, arguments: tuple[object, ...]) -> None:
    assert name in ADVICE
    assert may_pass(name, arguments)


@pytest.mark.parametrize(("name", "arguments"), FINAL)
def test_is_final(name: str, arguments: tuple[object, ...]) -> None:
    assert not may_pass(name, arguments)


def test_it_names_the_node_and_its_block_or_who_may_carry() -> None:
    class Lagging:
        node = "The node http://b.example:8545"

        def height(self) -> int:
            return 41

    said = str(not_yet(Rejected("AdviceUnknown", (), ""), Lagging()))
    assert said.startswith("The node http://b.example:8545 is at block 41, and lacks what this builds on")
    said = str(not_yet(Rejected("CarrierNotActiveMember", ("0x",), ""), Lagging()))
    assert said.endswith("or is behind; have another carry it, or wait.")
