"""A study's files made before: each is read, checked and written again the same, and a member's vault has its shares.

All keys are of repeated bytes, `bytes([member]) * 32`; eleven people reported amounts of 0, 3, 6, ... modulo 32 pence.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jamjar.crypto.sealing import EncryptionKey
from jamjar.errors import InvalidInput
from jamjar.study import kept
from jamjar.study.closing import AgreementPaper, NoisePaper, SumsPaper, signer_of
from jamjar.study.report import StudyReport
from jamjar.study.result import StudyResult
from jamjar.study.study import Study
from jamjar.vault.vault import Vault
from tests.formats.known import FILES
from tests.formats.study_schemas import SCHEMAS

STUDY = Study.from_json((FILES / "study/study.json").read_text())
READ: dict[str, Callable[[str], Any]] = {
    "study": Study.from_json, "report": StudyReport.from_json, "noise": NoisePaper.from_json,
    "agreed": AgreementPaper.from_json, "sums": SumsPaper.from_json, "result": StudyResult.from_json,
}  # fmt: skip
CONSENT, SOUTH = "0x7cD9dAf72fa54C2515013231d0d82843da6B5Dd7", "0x98FF6020D3702e458EE4F6cFaDD5459D68Abdb9a"


@pytest.mark.parametrize("name", READ)
def test_a_paper_is_written_again_the_same(name: str) -> None:
    text = (FILES / f"study/{name}.json").read_text()
    assert READ[name](text).to_json() == text
    value, schema = json.loads(text), Draft202012Validator(SCHEMAS[name])
    assert schema.is_valid(value)
    assert not any(schema.is_valid({each: value[each] for each in value if each != gone}) for gone in value)
    assert not schema.is_valid(value | {"more": 1})


def test_what_they_say() -> None:
    assert STUDY.id.hex() == "1042cec7c8293326555cb5b70eef0b8ce35976001a7cb579b805a081bc95d69e"
    read = {name: READ[name]((FILES / f"study/{name}.json").read_text()) for name in READ}
    read["report"].check(STUDY)
    assert read["report"].consent == CONSENT
    assert read["report"].open(STUDY, 1, EncryptionKey(b"\4" * 32)).terms.recipient == 9
    opened = read["result"].check()
    assert (opened.value, opened.count) == (131, 11)
    assert read["report"].digest in read["noise"].reports
    for name, member in (("noise", 2), ("agreed", 7), ("sums", 4)):
        assert read[name].place.member == member
        assert signer_of(read[name], STUDY) == read["result"].accounts[member]
    assert read["agreed"].closing == read["sums"].closing


def test_a_member_s_vault(files: Path) -> None:
    vault = Vault.open(str(files / "study/member.vault"), "a passphrase for tests")
    with vault, vault.reading() as transaction:
        published = kept.published(transaction, STUDY, "2026-05", "North")
        (south,) = kept.kept_shares(transaction, STUDY, "2026-05", "South")
        assert kept.kept_shares(transaction, STUDY, "2026-05", "North") == []
        with pytest.raises(InvalidInput, match="no second ones"):
            kept.check_free(transaction, replace(STUDY, figure="total.income", sign=1), "2026-05", "NORTH")
    assert published is not None
    assert published.to_json() == (FILES / "study/sums.json").read_text()
    assert south.consent == SOUTH
