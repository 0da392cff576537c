"""An export and a message, verified against what a ledger says of their consent.

When the ledger has other terms, another commitment, or is another ledger          refused
When a message lacks the second signature, or is another consent's                 refused
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli import verify
from jamjar.cli.options import Locations
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.model.state import Consent
from jamjar.protocol import signed_message
from jamjar.protocol.events import Committed, Origin
from jamjar.protocol.typed_data import Withdraw
from tests.formats.test_signed import AT, KNOWN
from tests.unit.relayer.world import key, signed
from tests.unit.wallet.scene import DEPLOYMENT


class ToldLedger:
    """A ledger that says of one consent what a test tells it."""

    def __init__(self) -> None:
        self.deployment, self.begins = DEPLOYMENT, 100
        self.digest, self.roots = bytes.fromhex(KNOWN["terms_digest"]), [bytes.fromhex(KNOWN["root"])]

    def terms_digest(self, consent: str) -> bytes:
        return self.digest

    def consent(self, consent: str) -> Consent:
        return Consent(valid_from=self.begins)

    def events(self, name: str, consent: str) -> list[Any]:
        return [Committed(Origin(1, "0x", 0, "0x"), consent, "0x", root) for root in self.roots]


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> ToldLedger:
    told = ToldLedger()
    monkeypatch.setattr(Locations, "ledger", lambda _: told)
    return told


def export() -> None:
    verify.export(AT / "shown.sd-jwt")


def message(name: str | Path = AT / "commit.json") -> None:
    verify.message(Path(name), AT / "shown.sd-jwt")


def test_what_is_true(ledger: ToldLedger, capsys: pytest.CaptureFixture[str]) -> None:
    export()
    message()
    said = capsys.readouterr().out
    assert '"fixed.home.rent": 11914' in said
    assert f"True: both keys of {KNOWN['consent']} signed this Commit." in said


@pytest.mark.parametrize("change", [{"digest": b"\1" * 32}, {"roots": []}, {"roots": [b"\1" * 32]}])
def test_what_the_ledger_does_not_say(ledger: ToldLedger, change: dict[str, Any]) -> None:
    vars(ledger).update(change)
    for check in (export, message):
        with pytest.raises(VerificationFailed):
            check()


def test_another_ledger(ledger: ToldLedger) -> None:
    ledger.deployment = replace(DEPLOYMENT, chain_id=7)
    for check in (export, message):
        with pytest.raises(InvalidInput, match="another ledger"):
            check()


def test_a_message_of_one_key_alone_or_of_another_consent(ledger: ToldLedger, tmp_path: Path) -> None:
    of, _ = signed_message.read((AT / "commit.json").read_text())
    other = signed(by := key(), Withdraw(by.address))
    for each, error, sentence in (
        (replace(of, post_quantum=None), VerificationFailed, "did not sign this"),
        (other, InvalidInput, "another consent"),
    ):
        domain = DEPLOYMENT.domain_of(type(each.message))
        (tmp_path / "message").write_text(signed_message.to_json(each, domain))
        with pytest.raises(error, match=sentence):
            message(tmp_path / "message")
