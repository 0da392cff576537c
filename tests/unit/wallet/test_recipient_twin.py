"""A member that takes a name which looks like another's, and gives claimants terms with that.

Given another form of the same letters           refused, also once the first to have it renamed itself
When the first to have it takes it in a new form   it is shown to
"""

from dataclasses import replace
from unicodedata import normalize

import pytest

from jamjar.errors import InvalidInput
from jamjar.protocol.events import MemberAdmitted, MemberRenamed, Origin
from jamjar.wallet.recipient import checked_key
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import DESK, TERMS, FakeLedger

NAME = TERMS.recipient_name
AT = Origin(1, "0x", 0, "0x")
TWINS = [normalize("NFD", "Städtischer Rat"), "städtischer rat", "\uff33tädtischer Rat", "StädtischerRat"]
TWINS += ["Stä\u0501tischer Rat", "\u0405tädtischer Rat", "Städtischer R\u03b1t", "StädtIscher Rat", "Städt1scher Rat"]


def scene(wallet: Wallet, *names: tuple[int, str]) -> FakeLedger:
    """A ledger on which members were admitted, and renamed, in this order; the last name is the recipient's."""
    ledger, seen = FakeLedger(wallet), set[int]()
    for member, name in names:
        kind = MemberRenamed if member in seen else MemberAdmitted
        ledger.recorded.append(kind(AT, member, name, DESK))
        seen.add(member)
    ledger.name = names[-1][1]
    return ledger


def asked(ledger: FakeLedger, wallet: Wallet) -> bytes:
    return checked_key(wallet.vault, ledger, replace(TERMS, recipient_name=normalize("NFC", ledger.name)))


@pytest.mark.parametrize("twin", TWINS, ids=ascii)
def test_a_twin(wallet: Wallet, twin: str) -> None:
    for first in ([(3, "Städtischer Rat")], [(3, "Städtischer Rat"), (3, "Council")]):
        with pytest.raises(InvalidInput, match="looks like a name of member 3"):
            asked(scene(wallet, *first, (2, NAME), (2, twin)), wallet)


def test_who_had_it_first(wallet: Wallet) -> None:
    ledger = scene(wallet, (2, "Town Advice"), (3, "Council"), (3, "town advice"), (2, "TOWN ADVICE"))
    assert asked(ledger, wallet) == ledger.keys[-1]
