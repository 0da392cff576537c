"""What a member of a study does: take reports, deal noise, agree to a closing, and publish its sums, once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from jamjar.crypto import pedersen, sealing, secret_sharing
from jamjar.crypto.pedersen import ORDER
from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.crypto.secret_sharing import SecretShare
from jamjar.errors import InvalidInput, JamjarError, VerificationFailed
from jamjar.protocol.signing import Signer
from jamjar.study import kept, paper
from jamjar.study.closing import (
    AgreementPaper,
    ClosedPlace,
    NoisePaper,
    SumsPaper,
    check_members,
    closing_of,
    reports_of,
    signer_of,
)
from jamjar.study.laplace import Below, discrete_laplace
from jamjar.study.report import StudyReport
from jamjar.study.study import MEMBERS, Study

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.vault.vault import Vault

ENDED: Final = ("WITHDRAWN", "RELEASED", "EXPIRED")
_Opened = TypeVar("_Opened")
_Paper = TypeVar("_Paper", NoisePaper, AgreementPaper, SumsPaper)


@dataclass(frozen=True, slots=True)
class StudyMember:
    """One of the members of a study: its node, its vault, its account, and the keys that open what is sealed to it."""

    study: Study
    ledger: Ledger
    vault: Vault
    signer: Signer
    keys: Sequence[EncryptionKey]
    random_bytes: Callable[[int], bytes] = secrets.token_bytes
    below: Below = secrets.randbelow

    def __post_init__(self) -> None:
        at = self.ledger.deployment
        if (at.chain_id, at.commitment_registry.address) != (self.study.chain_id, self.study.contract):
            raise InvalidInput("The study is of another ledger; use that one's deployment file and node.")
        self.study.member_place(self.number)

    @property
    def number(self) -> int:
        """The number of the member that the account acts for."""
        return self.ledger.member_of(self.signer.address)

    def take(self, report: StudyReport) -> bool:
        """Check a report, and keep this member's share of it; return False where it is kept already.

        Raises VerificationFailed or InvalidInput, which say what is wrong with it; then nothing is kept.
        """
        study, ledger, consent = self.study, self.ledger, report.consent
        with self.vault.reading() as transaction:
            if kept.has_share(transaction, study, report):
                return False
        report.check(study)
        if not ledger.is_live(consent):
            raise VerificationFailed("The report's consent is not live; leave it out.")
        if ledger.consent(consent).recipient != study.recipient:
            raise VerificationFailed("The report's consent is for another member than the study's; leave it out.")
        if ledger.head_of(consent) != report.root:
            raise VerificationFailed("The report's budget is not the newest under its consent; ask for another report.")
        place = study.member_place(self.number)
        found = self._with_any_key(lambda key: report.open(study, place, key))
        if found.terms.digest(found.terms_salt) != ledger.terms_digest(consent):
            raise VerificationFailed("The terms in the report are not the consent's on the ledger; leave it out.")
        with self.vault.writing() as transaction:
            kept.check_free(transaction, study, report.month, report.region)
            return kept.keep_share(transaction, study, report, found.share)

    def is_closed(self, month: str, region: str) -> bool:
        """Return whether this member published sums of a month and region."""
        with self.vault.reading() as transaction:
            return kept.published(transaction, self.study, month, region) is not None

    def deal_noise(self, month: str, region: str, keys: Sequence[bytes]) -> NoisePaper:
        """Deal noise to the members' public keys, over the reports whose consents are live now.

        The shares of consents that have ended are destroyed. Raises InvalidInput below the study's threshold.
        """
        study, place = self.study, ClosedPlace(self.study.id, month, region, self.number)
        study.check_place(month, region)
        with self.vault.writing() as transaction:
            kept.check_free(transaction, study, month, region)
            found = kept.kept_shares(transaction, study, month, region)
            live = [each for each in found if self.ledger.is_live(each.consent)]
            others = {each.consent for each in found} - {each.consent for each in live}
            ended = [consent for consent in others if self.ledger.status(consent) in ENDED]
            kept.drop_shares(transaction, study, month, region, ended)
            reports = tuple(sorted(each.digest for each in live))
            if len(reports) >= study.threshold:
                made = self._noise(place, keys, reports)
                kept.put_noise(transaction, study, month, region, made.digest)
        self.vault.scour()
        self._check_threshold(reports)
        return made

    def agree(self, papers: Sequence[NoisePaper]) -> AgreementPaper:
        """Agree to the closing of these papers, once for the noise that this member dealt.

        Raises VerificationFailed, which names the member whose paper is wrong, and InvalidInput where one is missing,
        where too few reports are left, where a consent has ended since, or where it agreed to close another study.
        """
        study, place = self.study, self._place(papers)
        closing, listed = self._checked(papers)
        with self.vault.writing() as transaction:
            before = kept.published(transaction, study, place.month, place.region)
            if before is not None and before.closing == closing:  # nothing more to agree to, and no shares to look at
                return self._signed(AgreementPaper(place, closing))
            dealt, _ = kept.noise_and_agreement(transaction, study, place.month, place.region)
            if dealt not in {each.digest for each in papers}:
                raise InvalidInput("Your own noise is not among the papers, or an older one; deal noise again.")
            own = {
                each.digest: each.consent for each in kept.kept_shares(transaction, study, place.month, place.region)
            }
            if any(each not in own or not self.ledger.is_live(own[each]) for each in listed):
                raise InvalidInput("A consent among the reports is no longer live; have all members deal noise again.")
            kept.put_agreement(transaction, study, place.month, place.region, closing)
        return self._signed(AgreementPaper(place, closing))

    def publish(self, papers: Sequence[NoisePaper], agreements: Iterable[AgreementPaper]) -> SumsPaper:
        """Return this member's sums of a closing to which all have agreed, recorded before anybody sees them.

        The shares are destroyed. Raises as `agree` does, and InvalidInput where other sums were published before.
        """
        study, place = self.study, self._place(papers)
        closing, listed = self._checked(papers)
        agreed = {each.place.member for each in agreements if each.closing == closing and self._is_of(each, place)}
        if missing := sorted({each.place.member for each in papers} - agreed):
            names = ", ".join(map(str, missing))
            raise InvalidInput(f"Agreements to this closing are missing of members {names}; have each agree.")
        with self.vault.writing() as transaction:
            before = kept.published(transaction, study, place.month, place.region)
            if before is not None and before.closing == closing:
                return before
            kept.check_free(transaction, study, place.month, place.region)
            if kept.noise_and_agreement(transaction, study, place.month, place.region)[1] != closing:
                raise InvalidInput("You have not agreed to this closing; agree first.")
            own = {each.digest: each.share for each in kept.kept_shares(transaction, study, place.month, place.region)}
            shares = [own[each] for each in listed] + [self._noise_share(each) for each in papers]
            sums = self._signed(SumsPaper(place, closing, secret_sharing.added(shares)))
            kept.put_published(transaction, study, sums)
            kept.drop_shares(transaction, study, place.month, place.region)
        self.vault.scour()
        return sums

    def is_signed(self, signed: NoisePaper | AgreementPaper | SumsPaper) -> bool:
        """Return whether a paper is of this study, and signed by the member of it that it names."""
        try:
            signed.place.check(self.study)
            signer = signer_of(signed, self.study)
        except (InvalidInput, VerificationFailed):
            return False
        return self.ledger.member_of(signer) == signed.place.member

    # ------------------------------------------------------------------ papers

    def _noise(self, place: ClosedPlace, keys: Sequence[bytes], reports: tuple[bytes, ...]) -> NoisePaper:
        noise, blinding = discrete_laplace(self.study.scale, self.below), 1 + self.below(ORDER - 1)
        dealt = secret_sharing.deal(noise, blinding, self.study.openers, MEMBERS, self.random_bytes)
        sealed = tuple(
            sealing.seal(share.to_bytes(), key, noise_info(place, at))
            for at, (share, key) in enumerate(zip(dealt.shares, keys, strict=True), 1)
        )
        coefficients = tuple(each.format() for each in dealt.coefficients)
        point = pedersen.commit(noise, blinding).format()
        return self._signed(NoisePaper(place, point, coefficients, sealed, reports))

    def _signed(self, unsigned: _Paper) -> _Paper:
        return replace(unsigned, signature=paper.sign(unsigned.signed_fields(), self.signer, self.study.domain))

    def _checked(self, papers: Sequence[NoisePaper]) -> tuple[bytes, tuple[bytes, ...]]:
        """Return the digest of the closing, and its reports."""
        place = self._place(papers)
        digests = check_members(self.study, papers)
        for each in papers:
            if not self._is_of(each, place):
                raise VerificationFailed(
                    f"The noise of member {each.place.member} is of another closing, or not signed by it; ask it again."
                )
            self._noise_share(each)
        listed = reports_of(papers)
        self._check_threshold(listed)
        return closing_of(digests), listed

    def _place(self, papers: Sequence[NoisePaper]) -> ClosedPlace:
        if not papers:
            raise InvalidInput("There is no noise yet; have each member deal it first.")
        return replace(papers[0].place, member=self.number)

    def _is_of(self, signed: NoisePaper | AgreementPaper, place: ClosedPlace) -> bool:
        return replace(signed.place, member=place.member) == place and self.is_signed(signed)

    def _noise_share(self, dealt: NoisePaper) -> SecretShare:
        at, of = self.study.member_place(self.number), dealt.place.member
        try:
            info = noise_info(dealt.place, at)
            share = SecretShare.from_bytes(self._with_any_key(lambda key: key.open(dealt.sealed[at - 1], info)))
            point, *coefficients = dealt.points
            fitting = len(coefficients) == self.study.openers - 1
            if not (fitting and secret_sharing.fits(share, at, point, coefficients)):
                raise VerificationFailed("It does not fit its commitment; ask for another.")
        except JamjarError as error:
            raise VerificationFailed(f"The noise of member {of} is wrong; have it deal again. {error}") from None
        return share

    def _with_any_key(self, opening: Callable[[EncryptionKey], _Opened]) -> _Opened:
        for key in self.keys:
            with suppress(SealBroken):
                return opening(key)
        raise VerificationFailed("It is not sealed to a key of your vault; use the vault that has it.")

    def _check_threshold(self, reports: Sequence[bytes]) -> None:
        if len(reports) < self.study.threshold:
            raise InvalidInput(
                f"There are {len(reports)} reports that all accepted, and the study needs {self.study.threshold}; close"
                " it when there are enough."
            )


def noise_info(place: ClosedPlace, at: int) -> bytes:
    """Return the purpose of a share of noise: of one member's, for the member at a place from 1 to 3."""
    return b"jamjar.study-noise.1/" + paper.digest_of(place.fields("jamjar.study-noise.1")) + bytes([at])
