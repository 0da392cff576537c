"""Looking costs a use: not one for what the desk has already, and not one for what it cannot open.

Given the package is sealed to another key    no use is recorded
Given it was seen, and may be kept            it is shown again without a use; once its time is over, only when told to
Given it was seen, and may be viewed only     the desk knows that, and takes a second use only when told to
Given a look failed after the key was given   the desk knows that the use is spent
"""

import pytest

from jamjar.adviser.mail import LOOKED
from jamjar.adviser.seen import LookedAlready
from jamjar.crypto.sealing import EncryptionKey
from jamjar.errors import VerificationFailed
from jamjar.mailbox.refusal import MailboxCode as Code
from tests.unit.adviser.scene import STORE, Desk
from tests.unit.adviser.test_mail import never
from tests.unit.wallet.scene import TERMS, content


def spent(desk: Desk) -> tuple[int, int]:
    """Uses that are on the ledger, and keys that were asked for."""
    return desk.uses(), desk.mailbox.asked


def test_records_no_use_of_what_is_sealed_to_another_key() -> None:
    desk = Desk(STORE)
    desk.ledger.keys.append(EncryptionKey(b"\6" * 32).public_bytes)
    other = desk.letters.show(desk.consent, ["fixed.home.rent"], new_key=True).hex()
    with pytest.raises(VerificationFailed, match="sealed to another key than this vault's"):
        desk.mail.look(other, never)
    assert spent(desk) == (0, 0)


def test_what_is_kept_costs_no_second_use() -> None:
    desk = Desk(STORE)
    desk.mailbox.refusals = [Code.NO_USE_ON_RECORD]
    seen = desk.mail.look(desk.package, never)
    assert seen.figures["fixed.home.rent"] == 11914
    assert spent(desk) == (1, 2)
    assert desk.mail.look(desk.package, never) == seen
    assert spent(desk) == (1, 2)
    desk.mail.expire(seen.keep_until)
    with pytest.raises(LookedAlready):
        desk.mail.look(desk.package, never)


def test_what_may_only_be_viewed_costs_one_when_told_to() -> None:
    desk = Desk(TERMS)
    desk.mailbox.refusals = [Code.NO_USE_ON_RECORD]
    desk.mail.look(desk.package, never)
    with pytest.raises(LookedAlready, match="was looked at already"):
        desk.mail.look(desk.package, never)
    assert spent(desk) == (1, 2)
    desk.mailbox.refusals = [Code.USE_ALREADY_CONSUMED]
    assert desk.mail.look(desk.package, never, again=True).figures["fixed.home.rent"] == 11914
    assert spent(desk) == (2, 4)


def test_a_look_that_failed_once_the_use_was_spent() -> None:
    desk = Desk(TERMS)
    desk.ledger.use(desk.consent, b"\1" * 32)  # of another commitment, so that what was opened does not verify
    with pytest.raises(VerificationFailed, match="No use of this commitment"):
        desk.mail.look(desk.package, lambda _: False)
    assert (LOOKED, desk.package) in content(desk.vault)


def test_a_desk_that_asks_for_tokens_uses_nothing_without_one() -> None:
    desk, asked = Desk(STORE), list[str]()

    def nobody(consent: str) -> None:
        asked.append(consent)
        raise VerificationFailed("Nobody vouches that a real claimant holds this consent.")

    desk.mail.vouched = nobody
    with pytest.raises(VerificationFailed, match="Nobody vouches"):
        desk.mail.look(desk.package, never)
    assert (spent(desk), asked) == ((0, 0), [desk.consent])
