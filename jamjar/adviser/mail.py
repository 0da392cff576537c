"""The adviser's side of the mailbox: records each use, stores only what the terms allow, and replies.

look      fetch, record the use, open, verify; what may be stored is in the vault, of the rest only the package's id
advise    on the ledger first, then sealed to the claimant; a draft waits in the vault until both are done
expire    delete what was kept long enough, and send the claimant a signed word that it is deleted
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from jamjar.adviser.behind import await_node
from jamjar.adviser.clients import CLIENT, Client, clients, remember
from jamjar.adviser.desk import Desk
from jamjar.adviser.keys import all_keys, opened_with_any
from jamjar.adviser.letters import letter, sealed_letter
from jamjar.adviser.questions import check_answer, forget_questions, make_question, record_answered, remember_question
from jamjar.adviser.seen import LookedAlready, Seen
from jamjar.consent.request import SignedConsentRequest
from jamjar.consent.terms import Storage
from jamjar.disclosure import reply
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.package import Body, SealedPackage
from jamjar.disclosure.question import Question
from jamjar.disclosure.reply import Deletion, SealedReply
from jamjar.disclosure.statement import BudgetStatement
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, NotYet, Rejected, VerificationFailed
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import ENDED
from jamjar.model.status_words import STATUS
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Commit
from jamjar.service.refusal import Refused
from jamjar.vault.vault import Vault

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.ledger.ledger import Ledger
    from jamjar.mailbox.client import MailboxClient

KEPT, DRAFT, DELETED, LOOKED, ASKED = "kept", "draft", "deleted", "looked", "asked"
"""Kinds of records in an adviser's vault, beside its keys."""
_LAGGING: Final = (Code.NO_USE_ON_RECORD, Code.USE_ALREADY_CONSUMED, Code.NOT_DEEP_ENOUGH)
_LONGEST: Final = 1 << 20
_ENDED: Final = tuple(status.name for status in ENDED)


class AdviserMail:
    """One adviser's mail; `account` acts for its member at the desk and at the mailbox.

    vouched  is called with a consent before a use of it, and raises VerificationFailed to prevent that
    """

    def __init__(self, ledger: Ledger, account: LocalAccount, vault: Vault, mailbox: MailboxClient) -> None:
        self._ledger, self._account = ledger, account
        self._vault, self._mailbox = vault, mailbox
        self.vouched: Callable[[str], object] = lambda _: None
        self._desk = Desk(ledger, account, secrets.token_bytes)
        self._domain = ledger.deployment.domain_of(Commit)

    # ------------------------------------------------------------------ looking

    def waiting(self) -> tuple[str, ...]:
        """Return the ids of the packages that are queued for this adviser's member, oldest first."""
        return self._mailbox.waiting()

    def look(self, name: str, wait: Callable[[int], bool], *, again: bool = False) -> Seen:
        """Record a use of what a package discloses, and return it, verified; what is kept needs no other use.

        A use that is on the record and gave no key, as when the answer was lost, is taken before another is recorded.
        wait   is told how many blocks are missing (0: not known; or BEHIND), waits a little, and says whether to go on
        again  whether another use may be taken for a package that was looked at already

        Raises LookedAlready, NotYet, Refused with the mailbox's reason, and VerificationFailed: rely on none of it.
        """
        with self._vault.reading() as transaction:
            kept, looked = transaction.get(KEPT, name), transaction.get(LOOKED, name) is not None
        if kept is not None:
            return Seen.from_json(kept)
        if looked and not again:
            raise LookedAlready("The package was looked at already; look again only if another use is meant.")
        body = self._mailbox.fetch(name).body
        await_node(self._ledger, body, wait)
        self._check(body)
        package = self._with_key(body, wait)
        with self._vault.writing() as transaction:
            transaction.put(LOOKED, name, b"")
        await_node(self._ledger, body, wait, is_used=True)
        opened = opened_with_any(package, all_keys(self._vault), self._domain)
        figures = self._desk.verify(opened.disclosure)
        if opened.answer is not None:
            check_answer(self._vault, self._ledger, opened.answer)
        with self._vault.writing() as transaction:
            if opened.answer is not None:
                record_answered(transaction, opened.answer.question)
            remember(transaction, body.consent, opened.reply_key, body.root)
        terms = opened.disclosure.terms
        until = self._ledger.time() + terms.retention_days * DAY if terms.storage is Storage.STORE else 0
        seen = Seen(opened, figures, until)
        if until:
            with self._vault.writing() as transaction:
                transaction.put(KEPT, name, seen.to_json())
        return seen

    def kept(self) -> dict[str, Seen]:
        """Return the disclosures that are kept, by the package's id."""
        with self._vault.reading() as transaction:
            return {name: Seen.from_json(value) for name, value in transaction.all(KEPT)}

    # ------------------------------------------------------------------ answering

    def advise(self, seen: Seen, text: str) -> Advice:
        """Record advice about what was disclosed, and send it sealed to the claimant."""
        advice = Advice(text, secrets.token_bytes(32))
        record = seen.address | {"text": advice.text, "salt": advice.salt.hex()}
        with self._vault.writing() as transaction:
            transaction.put(DRAFT, advice.digest.hex(), strict_json.dumps(record).encode())
        self.send()
        return advice

    def client(self, consent: str) -> Client:
        """Return a client to whom letters can go; raises InvalidInput when this desk never looked: it has no key."""
        client = clients(self._vault).get(consent)
        if client is None or not client.reply_key:
            raise InvalidInput("No letter can go to this client before a first look; hand over the file or the code.")
        return client

    def ask(self, signed: SignedConsentRequest, consent: str) -> None:
        """Send a request, sealed, to the claimant of a consent under which this desk looked; ended or not."""
        record = letter(self.client(consent), request=signed.to_json())
        with self._vault.writing() as transaction:
            transaction.put(ASKED, signed.request.id.hex(), strict_json.dumps(record).encode())
        self.send()

    def ask_question(self, statement: BudgetStatement, consent: str) -> Question:
        """Ask the claimant, sealed, whether a statement about the newest budget is true; the answer is the next look.

        Raises InvalidInput before a first look, and VerificationFailed unless the consent is live.
        """
        client = self.client(consent)
        self._desk.check_live(consent)
        signed = make_question(self._ledger, self._account, client, statement, secrets.token_bytes(32))
        record = letter(client, question=signed.to_json())
        with self._vault.writing() as transaction:
            remember_question(transaction, signed.question)
            transaction.put(ASKED, signed.question.id.hex(), strict_json.dumps(record).encode())
        self.send()
        return signed.question

    def expire(self, now: int) -> tuple[str, ...]:
        """Delete what has expired at `now`, in Unix seconds, and inform the claimants; return the packages' ids."""
        due = {name: seen for name, seen in self.kept().items() if seen.keep_until <= now}
        with self._vault.writing() as transaction:
            for name, seen in due.items():
                transaction.delete(KEPT, name)
                transaction.put(DELETED, name, strict_json.dumps({**seen.address, "deleted_at": now}).encode())
        gone = self._forget_clients()
        if due or gone:
            self._vault.scour()
        self.send()
        return tuple(due)

    def send(self) -> None:
        """Complete pending work: what is not on the ledger, or not sent; then raises NotYet for what has to wait."""
        with self._vault.reading() as transaction:
            drafts, told, asked = (
                {name: strict_json.loads(value.decode(), what, _LONGEST) for name, value in transaction.all(kind)}
                for kind, what in ((DRAFT, "A draft"), (DELETED, "A deletion"), (ASKED, "A request"))
            )
        early = list[NotYet]()
        for name, record in drafts.items():
            try:
                self._send_advice(name, record)
            except NotYet as error:
                early.append(error)
        for name, record in told.items():
            deletion = Deletion(record["consent"], (bytes.fromhex(record["commitment"]),), record["deleted_at"])
            signed, key = reply.sign_deletion(deletion, self._account, self._domain), bytes.fromhex(record["reply_key"])
            self._post(DELETED, name, reply.seal_deletion(signed, key, self._domain))
        for name, record in asked.items():
            self._post(ASKED, name, sealed_letter(record, self._domain))
        if early:
            raise early[0]

    # ------------------------------------------------------------------ steps

    def _forget_clients(self) -> bool:
        """Forget the clients whose consent has ended, unless something under it is kept; whether there were any."""
        kept = {seen.disclosure.consent for seen in self.kept().values()}
        over = [each for each in clients(self._vault) if each not in kept and self._ledger.status(each) in _ENDED]
        with self._vault.writing() as transaction:
            for consent in over:
                transaction.delete(CLIENT, consent)
                forget_questions(transaction, consent)
        return bool(over)

    def _check(self, body: Body) -> None:
        """Refuse a package for which a use would be wasted: for another member, not live, or not of the head."""
        if body.recipient != self._ledger.member_of(self._account):
            raise VerificationFailed("The package is for another member; leave it alone.")
        if body.sealed_to and body.sealed_to not in all_keys(self._vault):
            raise VerificationFailed(
                "The package is sealed to another key than this vault's; use the vault that has it, or ask for another."
            )
        if self._ledger.head_of(body.consent) != body.root:
            raise VerificationFailed("The budget was replaced since; ask the claimant to show the new one.")
        if not self._ledger.is_live(body.consent):
            status = STATUS[self._ledger.status(body.consent)]
            raise VerificationFailed(f"The consent is {status}, not live; do not look, and ask the claimant.")
        self.vouched(body.consent)

    def _with_key(self, body: Body, wait: Callable[[int], bool]) -> SealedPackage:
        used = False
        while True:
            try:
                return self._mailbox.key(body)
            except Refused as refused:
                code = refused.refusal.code
                if code not in _LAGGING:
                    raise
                if code != Code.NOT_DEEP_ENOUGH and not used:
                    self._ledger.use(body.consent, body.root, self._account)
                    used = True
                elif not wait(int(refused.refusal.details.get("blocks", 0))):
                    raise

    def _send_advice(self, name: str, record: Mapping[str, Any]) -> None:
        advice = Advice(record["text"], bytes.fromhex(record["salt"]))
        consent, commitment = record["consent"], bytes.fromhex(record["commitment"])
        try:
            self._desk.record(consent, commitment, advice)
        except Rejected:  # advice under it is no longer possible
            self._forget(DRAFT, name)
            raise
        sealed = reply.seal_advice(
            advice, bytes.fromhex(record["reply_key"]), self._domain, consent=consent, commitment=commitment
        )
        self._post(DRAFT, name, sealed)

    def _post(self, kind: str, name: str, sealed: SealedReply) -> None:
        self._mailbox.reply(sealed)
        self._forget(kind, name)

    def _forget(self, kind: str, name: str) -> None:
        with self._vault.writing() as transaction:
            transaction.delete(kind, name)
