"""Receipts tell nobody whose they are: not the log that they are fetched from, nor a vault in which they were erased.

When receipts are fetched       the log is asked the same, whosever consents they are
When a consent is erased        its receipts are, and nothing that is left names it
"""

import pytest

from jamjar.tlog import tiles
from jamjar.tlog.receipt_maker import receipts
from jamjar.vault.vault import Vault
from jamjar.wallet.erasure import erase
from jamjar.wallet.log_receipts import kept
from jamjar.wallet.wallet import Wallet
from tests.unit.tlog.world import Files, event, policy
from tests.unit.wallet.logs import fetched, history, named, shown
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS, TIMES, FakeLedger, content


class Asked(Files):
    """A log's files, and which of them were asked for."""

    def __init__(self, files: Files) -> None:
        super().__init__(files)
        self.paths: list[str] = []

    def read(self, path: str) -> bytes | None:
        self.paths.append(path)
        return super().read(path)


def test_a_log_does_not_learn_whose_they_are(wallet: Wallet, consent: str) -> None:
    made = [event(number).to_bytes() for number in range(1000)]
    made[300] = event(300, **named(consent)).to_bytes()
    made[700] = event(700, **named(consent)).to_bytes()
    first, second = (Asked(shown(made[:600])), Asked(shown(made))), (Asked(shown(made[:600])), Asked(shown(made)))
    with Vault.create(":memory:", PASSPHRASE, cost=CHEAP) as vault:
        nobody = Wallet(wallet.deployment, vault)
        assert [fetched(nobody, files).new for files in second] == [0, 0]
    assert [fetched(wallet, files).new for files in first] == [1, 1]
    assert [files.paths for files in first] == [files.paths for files in second]


def test_nor_does_it_from_whoever_keeps_none(consent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "_KEPT", 1)  # as of a log that is larger than what a tree remembers
    made = [event(number).to_bytes() for number in range(1000)]
    made[700] = event(700, **named(consent)).to_bytes()
    first, second = Asked(shown(made)), Asked(shown(made))
    assert [number for number, _, _ in receipts(first, policy(), {bytes.fromhex(consent[2:])})] == [700]
    assert list(receipts(second, policy(), set())) == []
    assert first.paths == second.paths


@pytest.mark.parametrize("count", [9, 10])
def test_erased_with_its_consent(wallet: Wallet, consent: str, count: int) -> None:
    other = wallet.grant(TERMS, **TIMES, max_uses=3).message.consent
    fetched(wallet, shown([*history(other, 5), *history(consent, count)[5:]]))
    assert {each.consent for each in kept(wallet.vault)} == {consent, other}
    assert erase(wallet, consent, FakeLedger(wallet, "WITHDRAWN")).is_complete
    assert {each.consent for each in kept(wallet.vault)} == {other}
    digits, left = consent[2:].lower().encode(), content(wallet.vault)
    assert [
        name for name, value in left.items() if digits in value.lower() or bytes.fromhex(digits.decode()) in value
    ] == []
    assert "log" in {kind for kind, _ in left}
