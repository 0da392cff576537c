"""Reports that somebody changed, or a claimant made falsely.

check and open
├── Every field changed: refused, also where the consent's key signs it again
├── A cheat's proof of -1, or of the bound + 1: refused
├── Another consent's commitment, signed as one's own: refused
└── A share that is one more: refused, by the member whose it is
"""

from dataclasses import fields, replace

import pytest

from jamjar.crypto import pedersen, range_proof, sealing, secret_sharing
from jamjar.crypto.secret_sharing import SecretShare
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, JamjarError, VerificationFailed
from jamjar.study import paper
from jamjar.study import report as reports
from jamjar.study.report import StudyReport
from tests.unit.study.scene import KEYS, PUBLIC, STUDY, Claimant, drawn

CLAIMANT = Claimant(1, -13)
REPORT = CLAIMANT.report()
OTHER = Claimant(7, -5).report()
CHANGED = {
    "study": replace(STUDY, title="Another").id, "month": "2026-06", "region": "South", "consent": OTHER.consent,
    "root": OTHER.root, "point": OTHER.point, "path": REPORT.path[::-1], "coefficients": OTHER.coefficients,
    "proof": REPORT.proof[:-1] + bytes([REPORT.proof[-1] ^ 1]), "sealed": REPORT.sealed[::-1],
    "signature": OTHER.signature,
}  # fmt: skip


def signed_again(report, key=CLAIMANT.key, **changes):
    """The report with changes, signed by whoever changed it."""
    made = replace(report, **changes)
    return replace(made, signature=paper.sign(made.signed_fields(), key, STUDY.domain))


@pytest.mark.parametrize("amount", [-1, 32])
def test_a_cheat_who_deals_what_is_beyond_the_bounds(amount):
    """All is right but the amount; the proof is the best that there is, of the amount's lowest bits."""
    cheat = Claimant(4, -amount)
    opening = cheat.commitment.opening("balance")
    blinding = STUDY.blinding_of(pedersen.scalar_of(opening.salt))
    dealt = secret_sharing.deal(amount, blinding, 2, 3, drawn("cheat"))
    made = replace(
        REPORT, consent=cheat.consent, root=cheat.commitment.root, path=opening.proof,
        point=pedersen.commit(opening.value, pedersen.scalar_of(opening.salt)).format(),
        coefficients=tuple(each.format() for each in dealt.coefficients),
    )  # fmt: skip
    bound = strict_json.dumps(made.bound()).encode()
    proof = range_proof.prove(bound, amount % 32, blinding, STUDY.bits, drawn("proof"))
    with pytest.raises(VerificationFailed, match="does not prove"):
        signed_again(made, cheat.key, proof=proof).check(STUDY)
    assert all(map(secret_sharing.fits, dealt.shares, (1, 2, 3), [made.stated(STUDY)] * 3, [dealt.coefficients] * 3))


def test_every_field_is_tried():
    assert set(CHANGED) == {each.name for each in fields(StudyReport)}


@pytest.mark.parametrize("name", CHANGED)
def test_a_field_that_another_changed(name):
    with pytest.raises(JamjarError):
        replace(REPORT, **{name: CHANGED[name]}).check(STUDY)


@pytest.mark.parametrize("name", sorted(set(CHANGED) - {"sealed", "signature"}))
def test_a_field_that_the_claimant_changed(name):
    """Signed again by the consent's own key: the proof is bound to each of these."""
    with pytest.raises(JamjarError):
        signed_again(REPORT, **{name: CHANGED[name]}).check(STUDY)


def test_the_commitment_of_another_consent():
    taken = {name: getattr(OTHER, name) for name in ("root", "point", "path", "coefficients", "proof", "sealed")}
    with pytest.raises(VerificationFailed, match="does not prove"):
        signed_again(REPORT, **taken).check(STUDY)


def with_part(place, **changes):
    """The report with another sealed part, signed again by its claimant."""
    part = replace(REPORT.open(STUDY, place, KEYS[STUDY.members[place - 1]]), **changes)
    sealed = list(REPORT.sealed)
    info = reports._info(STUDY, REPORT.consent, place)
    sealed[place - 1] = sealing.seal(part.to_bytes(), PUBLIC[place - 1], info)
    return signed_again(REPORT, sealed=tuple(sealed))


def test_a_share_that_is_one_more():
    share = REPORT.open(STUDY, 2, KEYS[STUDY.members[1]]).share
    wrong = with_part(2, share=SecretShare(share.value + 1, share.blinding))
    wrong.check(STUDY)  # only member 2 can tell
    wrong.open(STUDY, 1, KEYS[STUDY.members[0]])
    with pytest.raises(VerificationFailed, match="does not fit its commitment"):
        wrong.open(STUDY, 2, KEYS[STUDY.members[1]])


def test_a_last_day_of_another_budget():
    end = Claimant(8, -1, end=20260530).commitment.opening("period.end")
    with pytest.raises(VerificationFailed, match="not of its month"):
        with_part(1, end=end).open(STUDY, 1, KEYS[STUDY.members[0]])


@pytest.mark.parametrize("plain", [b"", b"x" * 4096, reports.padding.pad(b"{}", reports.SIZES)])
def test_a_sealed_part_of_another_form(plain):
    sealed = sealing.seal(plain, PUBLIC[0], reports._info(STUDY, REPORT.consent, 1))
    with pytest.raises(InvalidInput):
        signed_again(REPORT, sealed=(sealed, *REPORT.sealed[1:])).open(STUDY, 1, KEYS[STUDY.members[0]])


@pytest.mark.parametrize("name", sorted(strict_json.loads(REPORT.to_json(), "It")))
@pytest.mark.parametrize("value", [None, 7, "zz", [], "00"])
def test_json_of_another_form(name, value):
    record = strict_json.loads(REPORT.to_json(), "It", 1 << 20)
    with pytest.raises(JamjarError):
        StudyReport.from_json(strict_json.dumps(record | {name: value})).check(STUDY)
