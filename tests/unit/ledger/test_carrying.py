"""What a ledger carries: no grant of a suite that the deployment's members refuse, alone or in a batch."""

from dataclasses import replace
from typing import Any

import pytest

from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.errors import InvalidInput
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Grant
from tests.unit.wallet.scene import DEPLOYMENT

SUNSET = 1_900_000_000
KEY = ConsentKey(b"\1" * 32)
GRANT = Grant(KEY.address, 2, SUNSET, SUNSET + 9, SUNSET + 9, 3, b"\4" * 32)


class _Carried(Exception):
    """It would have been sent."""


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    def send(*_: Any, **__: Any) -> None:
        raise _Carried

    monkeypatch.setattr(Ledger, "send", send)
    made = Ledger.__new__(Ledger)  # no node is asked
    made.deployment = replace(DEPLOYMENT, ecdsa_only_grants_refused_from=SUNSET)
    return made


def signed(beside: MlDsaKey | None, valid_from: int = SUNSET) -> SignedMessage:
    return sign(KEY, DEPLOYMENT.domain_of(Grant), replace(GRANT, valid_from=valid_from), beside)


def test_a_grant_by_ecdsa_alone_after_its_time(ledger: Ledger) -> None:
    good, early, bad = signed(MlDsaKey(b"\2" * 32)), signed(None, SUNSET - 1), signed(None)
    for refused in (lambda: ledger.carry(bad, KEY.address), lambda: ledger.carry_batch([good, bad], KEY.address)):
        with pytest.raises(InvalidInput, match="ECDSA alone are refused"):
            refused()
    for carried in (lambda: ledger.carry(good, KEY.address), lambda: ledger.carry_batch([good, early], KEY.address)):
        with pytest.raises(_Carried):
            carried()
