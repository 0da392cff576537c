"""Award letters: kept when a department's key signed them, and shown beside the income that they prove.

When a letter is changed, expired, early, another's, or of an unknown algorithm    it is refused, and nothing is kept
When it is signed by a key that is not the department's                            it is refused
When it expires in the vault                                                       it is listed, and proves nothing
When it does not concern the period                                                it is not beside its income
Given the same letter twice                                                        it is kept once
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from jamjar.crypto.es256 import P256PrivateKey, to_base64url
from jamjar.disclosure import sd_jwt
from jamjar.errors import InvalidInput, JamjarError, VerificationFailed
from jamjar.plan.period import AssessmentPeriod
from jamjar.vault.vault import Vault
from jamjar.wallet.awards import awards, beside, forget, import_letter
from tests.unit.wallet.scene import CHEAP, PASSPHRASE

NOW = 1_750_000_000
DEPARTMENT, STRANGER = P256PrivateKey(b"\1" * 48), P256PrivateKey(b"\2" * 48)
LINE = "income.benefits.universal-credit"
CLAIMS = {"vct": "urn:jamjar:award:1", "iss": "https://department.example", "iat": NOW - 9, "exp": NOW + 9}
SHOWN = {"line": LINE, "pence": 42490, "each": "monthly", "from": "2025-06-01", "name": "Ann  Example"}
JUNE = AssessmentPeriod.containing(date(2025, 6, 1), date(2025, 6, 5))


@pytest.fixture
def vault() -> Iterator[Vault]:
    made = Vault.create(":memory:", PASSPHRASE, cost=CHEAP)
    yield made
    made.close()


def letter(key: P256PrivateKey = DEPARTMENT, typ: str = "dc+sd-jwt", **changes: Any) -> str:
    """A letter with these claims; one that is given in `CLAIMS` is seen by all, any other may be left out."""
    claims = {name: changes.pop(name, value) for name, value in {**CLAIMS, "nbf": None}.items()}
    shown = {name: value for name, value in (SHOWN | changes).items() if value is not None}
    return sd_jwt.issue(
        key, typ, {name: value for name, value in claims.items() if value is not None}, shown, lambda size: b"\7" * size
    )


def taken(vault: Vault, text: str, name: str = "ann example", now: int = NOW) -> Any:
    return import_letter(vault, text, DEPARTMENT.public.jwk, name, now)


@pytest.mark.parametrize("typ", ["dc+sd-jwt", "vc+sd-jwt"])
def test_it_is_kept_and_shown_beside_its_income(vault: Vault, typ: str) -> None:
    text = letter(typ=typ)
    for _ in range(2):
        assert taken(vault, f"{text}\n").pence == 42490
    (kept,) = awards(vault, NOW)
    assert (kept.letter.line, kept.problem) == (LINE, "")
    assert str(kept.letter) == "https://department.example: £424.90 monthly, from 2025-06-01"
    assert beside(vault, JUNE, NOW) == {LINE: (kept.letter,)}
    assert "42490" not in repr(kept)
    forget(vault, kept.name)
    assert awards(vault, NOW) == ()
    with pytest.raises(InvalidInput):
        forget(vault, kept.name)


def test_other_times_of_payment_and_other_days(vault: Vault) -> None:
    taken(vault, letter(each="four-weekly", until="2025-06-30", exp=None, name=None), "")
    found = beside(vault, JUNE, NOW)[LINE][0]
    assert str(found).endswith("£424.90 four-weekly, £460.31 a month, from 2025-06-01 until 2025-06-30")
    for day in (date(2025, 5, 5), date(2025, 7, 5)):
        assert beside(vault, AssessmentPeriod.containing(day.replace(day=1), day), NOW) == {}


def test_once_it_expires_it_proves_nothing(vault: Vault) -> None:
    taken(vault, letter())
    (kept,) = awards(vault, NOW + 9)
    assert (kept.letter, kept.problem) == (None, "The letter has expired; ask for a new one.")
    assert beside(vault, JUNE, NOW + 9) == {}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"key": STRANGER}, "not signed by this key"), ({"exp": NOW}, "expired"), ({"iat": NOW + 1}, "not hold yet"),
        ({"nbf": NOW + 1}, "not hold yet"), ({"name": "Bob Example"}, "another name than yours"),
    ],
)  # fmt: skip
def test_what_is_not_true_of_this_person_now(vault: Vault, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(VerificationFailed, match=sentence):
        taken(vault, letter(**change))
    assert awards(vault, NOW) == ()


def test_a_letter_that_names_somebody_needs_a_name(vault: Vault) -> None:
    with pytest.raises(VerificationFailed, match="--name"):
        taken(vault, letter(), "")


@pytest.mark.parametrize("change", [{"vct": "urn:jamjar:award:2"}, {"vct": None}, {"iss": None}, {"iat": None},
                                    {"exp": "tomorrow"}, {"nbf": True}, {"line": "fixed.home.rent"}, {"line": "x"},
                                    {"line": None}, {"pence": 0}, {"pence": -1}, {"pence": "42490"}, {"each": "daily"},
                                    {"each": ["monthly"]}, {"each": {}}, {"line": []},
                                    {"pence": 10**12}, {"from": "1 June"}, {"from": None}, {"until": "2025-05-31"},
                                    {"until": 7}, {"name": 7}, {"iss": "two\nlines"}, {"typ": "JWT"}])  # fmt: skip
def test_what_is_no_award(vault: Vault, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        taken(vault, letter(**change))
    assert awards(vault, NOW) == ()


def test_claims_twice_and_unknown_algorithms(vault: Vault) -> None:
    text = letter()
    jwt, *shares = text.split("~")
    header, payload, signature = jwt.split(".")
    twice = to_base64url(b'{"vct":"urn:jamjar:award:1",' + sd_jwt._text(payload)[1:].encode())
    signed = f"{header}.{twice}"
    attempts = [f"{signed}.{to_base64url(DEPARTMENT.sign(signed.encode()))}"]
    for alg in ("none", "HS256", "ES384"):
        other = to_base64url(json.dumps({"alg": alg, "typ": "dc+sd-jwt"}).encode())
        attempts += [f"{other}.{payload}.{signature}", f"{other}.{payload}."]
    for attempt in attempts:
        with pytest.raises(JamjarError):
            taken(vault, "~".join([attempt, *shares]))
    with pytest.raises(JamjarError):
        taken(vault, letter(iss="x", vct=CLAIMS["vct"], **{"exp": NOW + 9}) + shares[0] + "~")
    assert awards(vault, NOW) == ()


def test_the_letters_own_key_is_not_believed(vault: Vault) -> None:
    """The header has the stranger's key, as an attacker would put it there; the pinned one decides."""
    text = letter(STRANGER)
    assert sd_jwt.header_of(text)["jwk"] == STRANGER.public.jwk
    with pytest.raises(VerificationFailed):
        taken(vault, text)
    with pytest.raises(InvalidInput):
        import_letter(vault, letter(), {"kty": "oct", "k": "AAAA"}, "Ann Example", NOW)
