"""A wallet keeps a receipt for whatever a log shows under its consents, and believes no log that changes its past.

Given a log that grows                              a true receipt for each event under the wallet's consents, once
Given a log that rolls back, forks or changes       an alarm, the evidence, and nothing else is taken in
Given a log without a checkpoint that counts        nothing is taken in
Given a log that nobody cosigned lately             an alarm, and the receipts
Given two logs                                      each is followed on its own
"""

import pytest

from jamjar.errors import VerificationFailed
from jamjar.tlog import receipt
from jamjar.tlog.errors import LogUnavailable
from jamjar.tlog.evidence import read_evidence
from jamjar.tlog.note import LOG, Note
from jamjar.tlog.policy import read_policy
from jamjar.wallet.log_receipts import FetchedReceipts, evidence, kept
from jamjar.wallet.wallet import Wallet
from tests.unit.tlog.world import LOG_KEY, WITNESSES, event, files_of, note_of, policy, policy_text, signer
from tests.unit.wallet.logs import LATER, fetched, history, named, shown
from tests.unit.wallet.scene import content


def test_a_receipt_for_each(wallet: Wallet, consent: str) -> None:
    made = history(consent, 7)
    assert fetched(wallet, shown(made)) == FetchedReceipts(3, ())
    assert fetched(wallet, shown(made)) == FetchedReceipts(0, ())
    assert fetched(wallet, shown([*made, event(7).to_bytes(), event(8, **named(consent)).to_bytes()])).new == 1
    assert [(each.consent, each.number) for each in kept(wallet.vault)] == [(consent, n) for n in (0, 3, 6, 8)]
    for each in kept(wallet.vault):
        true = receipt.verify(each.text, policy())
        assert (true.event, true.index) == (each.event, each.number)
        assert true.event.concerns(bytes.fromhex(consent[2:]))


@pytest.mark.parametrize(
    ("count", "change", "kind", "proves"),
    [
        (6, {}, "ROLLBACK", False),
        (9, {"data": b"other"}, "SPLIT_VIEW", True),
        (12, {}, "SPLIT_VIEW", True),  # another event has the place of one that was the last
    ],
)
def test_a_past_that_changes(
    wallet: Wallet, consent: str, count: int, change: dict[str, object], kind: str, proves: bool
) -> None:
    assert fetched(wallet, shown(history(consent, 9))).new == 4
    before, changed = content(wallet.vault), shown(history(consent, count, **change))
    for _ in range(2):
        found = fetched(wallet, changed)
        assert (found.new, [alarm.kind.value for alarm in found.alarms]) == (0, [kind])
    added = {name: value for name, value in content(wallet.vault).items() if before.get(name) != value}
    assert list(added) == [("log-evidence", f"{LOG_KEY.verifier.name}/{kind}")]
    (text,) = evidence(wallet.vault)
    assert read_evidence(text.decode()).proves([LOG_KEY.verifier]) is proves
    grown = [*history(consent, 9), event(9).to_bytes()]
    assert fetched(wallet, shown(grown)) == FetchedReceipts(0, ())


def test_a_log_that_does_not_show_what_it_signed(wallet: Wallet, consent: str) -> None:
    files = shown(history(consent, 9))
    files["tile/entries/000.p/9"] = shown(history(consent, 9, data=b"other"))["tile/entries/000.p/9"]
    before = content(wallet.vault)
    assert [alarm.kind.value for alarm in fetched(wallet, files).alarms] == ["DIFFERS"]
    assert content(wallet.vault) == before


def test_no_checkpoint_that_counts(wallet: Wallet, consent: str) -> None:
    files, edge = files_of(history(consent, 9))
    before = content(wallet.vault)
    with pytest.raises(LogUnavailable):
        fetched(wallet, files)
    files["checkpoint"] = str(note_of(edge, cosigners=WITNESSES[:1])).encode()
    with pytest.raises(VerificationFailed, match="Too few witnesses"):
        fetched(wallet, files)
    assert content(wallet.vault) == before


def test_a_log_that_fell_silent(wallet: Wallet, consent: str) -> None:
    found = fetched(wallet, shown(history(consent, 9), time=LATER - 61))
    assert (found.new, [alarm.kind.value for alarm in found.alarms]) == (4, ["SILENCE"])


def test_two_logs(wallet: Wallet, consent: str) -> None:
    other = signer("log.example/other", LOG)
    both = read_policy(f"log {other.verifier}\n{policy_text()}")
    assert fetched(wallet, shown(history(consent, 9)), both).new == 4
    files, edge = files_of(history(consent, 5))
    text = note_of(edge).text.replace(LOG_KEY.verifier.name, other.verifier.name)
    cosigned = [each.cosign(text, LATER) for each in WITNESSES]
    files["checkpoint"] = str(Note(text, (other.sign(text), *cosigned))).encode()
    assert fetched(wallet, files, both) == FetchedReceipts(3, ())
    assert fetched(wallet, shown(history(consent, 9)), both) == FetchedReceipts(0, ())
    assert [each.number for each in kept(wallet.vault)] == [0, 3, 6, 8, 0, 3, 4]


def test_what_is_not_true_is_not_kept(wallet: Wallet, consent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, write = content(wallet.vault), receipt.write
    monkeypatch.setattr(receipt, "write", lambda leaf, index, *rest: write(leaf, index - index % 2, *rest))
    with pytest.raises(VerificationFailed):
        fetched(wallet, shown(history(consent, 9)))
    assert content(wallet.vault) == before
