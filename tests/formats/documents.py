"""A document of each format that the package reads, and what reads it: for the test of unknown numbers."""

import json
import tarfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jamjar.audit import built_code
from jamjar.bank.rules import Rules
from jamjar.bank.transaction import Transaction
from jamjar.cli.safe_file import read_safe_file
from jamjar.consent import schema
from jamjar.consent.request import SignedConsentRequest
from jamjar.consent.terms import Terms
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.package import SealedPackage
from jamjar.disclosure.question import _KEYS as QUESTION_KEYS
from jamjar.disclosure.question import Question
from jamjar.disclosure.reply import SealedReply
from jamjar.hop.gateway_key import _FIELDS as GATEWAY_KEYS
from jamjar.hop.gateway_key import GatewaySecret, SignedGatewayKey
from jamjar.hop.message import GatewayKind, key_digest
from jamjar.ledger.module_registry import read_place
from jamjar.module import manifest
from jamjar.module.template import new_module
from jamjar.network import agreement, approval, archive, join_request, plan
from jamjar.plan.budget import Budget
from jamjar.plan.plan import Plan
from jamjar.protocol import deployment, signed_message, token, vouched
from jamjar.protocol.enrolment import EnrolmentAnswer, EnrolmentRequest
from jamjar.protocol.panic_card import Card
from jamjar.study.closing import _PLACE, AgreementPaper, NoisePaper, SumsPaper
from jamjar.study.report import _KEYS as REPORT_KEYS
from jamjar.study.report import StudyReport
from jamjar.study.result import _KEYS as RESULT_KEYS
from jamjar.study.result import StudyResult
from jamjar.study.study import _NUMBERS, _TEXTS, Study
from jamjar.tlog import leaf, monitor_state
from jamjar.tlog.evidence import read_evidence
from jamjar.vault.header import VaultHeader
from jamjar.vault.portable import _FIELDS as FILE_KEYS
from jamjar.vault.portable import from_text
from jamjar.wallet.accounts import KnownAccounts
from jamjar.wallet.awards import _kept
from jamjar.wallet.by_hop import _FIELDS as HOPPED_KEYS
from jamjar.wallet.by_hop import HopRecord
from jamjar.wallet.calendar import Waiting
from jamjar.wallet.settled import _block
from jamjar.wallet.stored import StoredConsent
from jamjar.wallet.undoing import ImportLog
from tests.formats.known import FILES
from tests.unit.wallet.scene import asking


def file(name: str) -> str:
    """A kept file's text."""
    return (FILES / name).read_text(encoding="utf-8")


def of(form: str, *names: str) -> str:
    """A document of this format with these fields, which nobody looks at before the format."""
    return json.dumps({"format": form, **dict.fromkeys(names, 0)})


def stored(kind: Callable[[Any], object]) -> Callable[[str], object]:
    """Read a document as a record of a vault."""
    return lambda text: kind(SimpleNamespace(all=lambda _: [("00000001", text.encode())], get=lambda *_: None))


def backup(text: str, at: Path) -> object:
    content = text.encode()
    with tarfile.open(at, mode="w") as made:
        entry = tarfile.TarInfo(archive.MANIFEST)
        entry.size = len(content)
        made.addfile(entry, BytesIO(content))
    return archive.read(at)


def written(read: Callable[[Path], object]) -> Callable[[str, Path], object]:
    """Read a document from a file."""

    def from_file(text: str, at: Path) -> object:
        at.write_text(text)
        return read(at)

    return from_file


SIGNED_FILE = ("chain_id", "content", "signature")
BACKUP = '{"format":"jamjar.node-backup.1","files":{},' + ",".join(
    f'"{name}":""' for name in archive.Backup.__dataclass_fields__ if name != "files"
) + "}"  # fmt: skip
WITH_FILE: dict[str, tuple[str, Callable[[str, Path], object]]] = {
    "jamjar.code": (of("jamjar.code.1"), written(lambda at: built_code.read(at.parent, at))),
    "jamjar.safe-transaction": (
        json.dumps({"format": "jamjar.safe-transaction.1", "value": "0", "operation": 0}),
        written(lambda at: read_safe_file(at, SimpleNamespace())),  # type: ignore[arg-type]
    ),
    "jamjar.node-backup": (BACKUP, backup),
    "jamjar.modules": (of("jamjar.modules.1", "chain_id", "address", "block"), written(read_place)),
}
EVENT = json.loads(file("monitor.state"))["last"]
READ: dict[str, tuple[str, Callable[[str], object]]] = {
    "jamjar.account": (of("jamjar.account.1", "label", "same_as", "apart"), stored(KnownAccounts)),
    "jamjar.answer": (of("jamjar.answer.1", "shown", "question", "proof"), StatementAnswer.from_json),
    "jamjar.award": (of("jamjar.award.1", "letter", "key"), lambda text: _kept("a", text.encode(), 0)),
    "jamjar.budget": (file("budget.json"), Budget.from_json),
    "jamjar.card": (file("card.json"), Card.from_json),
    "jamjar.consent-record": ('{"@type":"dpv:ConsentRecord","dct:hasVersion":"jamjar.consent-record.1"}', schema.read),
    "jamjar.deployment": (file("1337.json"), lambda text: deployment.from_json(text, "The file")),
    "jamjar.disclosure": (file("disclosure.json"), Disclosure.from_json),
    "jamjar.enrolment-answer": (
        of("jamjar.enrolment-answer.1", "admitter", "epoch", "key", "signatures"), EnrolmentAnswer.from_json,
    ),
    "jamjar.enrolment-request": (
        of("jamjar.enrolment-request.1", "admitter", "epoch", "key", "blinded"), EnrolmentRequest.from_json,
    ),
    "jamjar.event": (EVENT, lambda text: leaf.from_bytes(text.encode())),
    "jamjar.gateway": (
        of("jamjar.gateway.1", *GATEWAY_KEYS[1:]), lambda text: SignedGatewayKey.from_json(json.loads(text)),
    ),
    "jamjar.gateway-file": (of("jamjar.gateway-file.1", "seed", "signed"), GatewaySecret.from_json),
    "jamjar.held": (
        of("jamjar.held.1", "terms", "head", "valid_from", "valid_until", "sequence", "signed"),
        lambda text: StoredConsent.from_json(text.encode()),
    ),
    "jamjar.hop": (
        "jamjar.hop.1".ljust(GatewayKind.RELAYER.request_bytes, "\0"),
        lambda text: key_digest(text.encode(), GatewayKind.RELAYER),
    ),
    "jamjar.hopped": (of("jamjar.hopped.1", *HOPPED_KEYS), lambda text: HopRecord.from_json(text.encode())),
    "jamjar.import": (
        '{"format":"jamjar.import.1","files":[],"parts":0}', stored(lambda found: ImportLog(found).take_back()),
    ),
    "jamjar.join-approval": (of("jamjar.join-approval.1", *SIGNED_FILE), approval.read),
    "jamjar.join-request": (of("jamjar.join-request.1", *SIGNED_FILE), join_request.read),
    "jamjar.log-evidence": (file("proven.log-evidence"), read_evidence),
    "jamjar.members": (
        of("jamjar.members.1", *agreement._FIELDS, "members"), lambda text: agreement.from_json(text, "The file"),
    ),
    "jamjar.module": (new_module("a")["module.toml"].decode(), lambda text: manifest.parsed(text.encode())),
    "jamjar.monitor": (file("monitor.state"), monitor_state.read_state),
    "jamjar.network": (of("jamjar.network.1"), lambda text: plan.from_json(text, "The file")),
    "jamjar.package": ("jamjar.package.1" + "\0" * 999, lambda text: SealedPackage.from_bytes(text.encode())),
    "jamjar.plan": (file("budget.json").replace("jamjar.budget.1", "jamjar.plan.1"), Plan.from_json),
    "jamjar.question": (
        of("jamjar.question.1", *QUESTION_KEYS[1:]),
        lambda text: Question.from_fields(json.loads(text)),
    ),
    "jamjar.reply": ("jamjar.reply.1\0\0" + "\0" * 999, lambda text: SealedReply.from_bytes(text.encode())),
    "jamjar.request": (asking().to_json(), SignedConsentRequest.from_json),
    "jamjar.rules": (file("rules.json"), Rules.from_json),
    "jamjar.settled": (of("jamjar.settled.1", "block"), lambda text: _block(text.encode())),
    "jamjar.signed": (file("messages/004-grant.json"), signed_message.read),
    "jamjar.study": (of("jamjar.study.1", *_TEXTS, *_NUMBERS, "members", "months", "regions"), Study.from_json),
    "jamjar.study-agreement": (
        of("jamjar.study-agreement.1", *_PLACE, "closing", "signature"), AgreementPaper.from_json,
    ),
    "jamjar.study-noise": (
        of("jamjar.study-noise.1", *_PLACE, "point", "coefficients", "sealed", "reports", "signature"),
        NoisePaper.from_json,
    ),
    "jamjar.study-report": (of("jamjar.study-report.1", *REPORT_KEYS), StudyReport.from_json),
    "jamjar.study-result": (of("jamjar.study-result.1", *RESULT_KEYS), StudyResult.from_json),
    "jamjar.study-sums": (
        of("jamjar.study-sums.1", *_PLACE, "closing", "share", "signature"), SumsPaper.from_json,
    ),
    "jamjar.terms": (file("terms.json"), Terms.from_json),
    "jamjar.token": (of("jamjar.token.1", "admitter", "epoch", "consent", "signature"), token.from_json),
    "jamjar.transaction": (of("jamjar.transaction.2"), lambda text: Transaction.from_json(text.encode())),
    "jamjar.vault": (
        of("jamjar.vault.1"), lambda text: VaultHeader.from_bytes(text.encode(), sha256(text.encode()).digest()),
    ),
    "jamjar.vault-file": (
        of("jamjar.vault-file.1", *(name for name in FILE_KEYS if name != "format")),
        lambda text: from_text(text, Path("/nowhere")),
    ),
    "jamjar.vouched": (of("jamjar.vouched.1", "signed", "token"), vouched.read),
    "jamjar.waiting": (
        of("jamjar.waiting.1", "since", "is_given"),
        lambda text: Waiting.from_json(signed_message.from_json(file("messages/004-grant.json")), text.encode()),
    ),
}  # fmt: skip
BY_TEXT = {name: (text, lambda text, _, read=read: read(text)) for name, (text, read) in READ.items()}
ALL = BY_TEXT | WITH_FILE
