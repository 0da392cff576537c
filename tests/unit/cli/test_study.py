"""jamjar study take, close and verify; a fake ledger. Whole studies are in journeys/test_studies.py."""

import os
import stat
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from eth_account import Account

from jamjar.adviser.keys import ENCRYPTION_KEY
from jamjar.cli import options
from jamjar.cli.options import Locations
from jamjar.cli.study_folder import StudyFolder
from jamjar.errors import InvalidInput
from jamjar.ledger import recipient_key
from jamjar.study import paper
from jamjar.study.closing import SumsPaper
from jamjar.vault.vault import Vault
from tests.unit.cli.home import Done, here
from tests.unit.cli.study_folders import write
from tests.unit.study.scene import ACCOUNTS, KEYS, MONTH, REGION, STUDY, Three, closed, people
from tests.unit.wallet.scene import CHEAP, PASSPHRASE


@pytest.fixture
def three(home: Path, monkeypatch: pytest.MonkeyPatch) -> Three:
    """Members whose vaults and accounts commands open; member 4's is at hand unless told."""
    made = Three()
    made.ledger.record(*people())
    for member, key in KEYS.items():
        vault = Vault.create(str(home / f"{member}.vault"), PASSPHRASE, cost=CHEAP)
        with vault, vault.writing() as transaction:
            transaction.put(ENCRYPTION_KEY, "current", key.to_bytes())
    monkeypatch.setattr(Locations, "ledger", lambda _: made.ledger)
    monkeypatch.setattr(options, "local_account", lambda file, _: Account.from_key(bytes([int(str(file))]) * 32))
    monkeypatch.setattr(
        recipient_key, "recipient_key", lambda _, member: SimpleNamespace(key=KEYS[member].public_bytes)
    )
    (home / "may").mkdir()
    (home / "may/study.json").write_text(STUDY.to_json())
    return made


def readable_by_others(*files: Path) -> bool:
    """Whether all have the mode of a file that anybody may read, as other members, and a web server, have to."""
    os.umask(mask := os.umask(0))
    return {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o666 & ~mask}


def run(member: int, *words: object) -> Done:
    return here("study", *words, "--account", member, "--vault", f"{member}.vault")


def test_others_read_the_study_and_its_reports(home: Path) -> None:
    StudyFolder(home / "may").propose(STUDY)
    report = people()[0].report()
    file = StudyFolder(home / "may").add_report(report)
    assert readable_by_others(home / "may/study.json", file)
    with pytest.raises(InvalidInput, match="exists already"):
        StudyFolder(home / "may").add_report(report)


def test_one_bad_report_costs_the_others_nothing(home: Path, three: Three) -> None:
    for place, each in enumerate(people()[:4]):
        (home / f"may/report-{place}.json").write_text(each.report().to_json())
    three.ledger.statuses[people()[1].consent] = "WITHDRAWN"
    (home / "may/report-0.json").write_text("{")
    done = run(4, "take", "may")
    assert (done.status, done.out) == (1, "2 new reports, 0 taken before, 0 too late, 1 refused.\n")
    assert "report-0.json is left out." in done.err
    assert f"{people()[1].consent}: The report's consent is not live" in done.err
    done = run(4, "take", "may")  # as every day: what was said is not said again
    assert (done.status, done.out) == (0, "0 new reports, 2 taken before, 0 too late, 0 refused, 1 refused before.\n")
    assert people()[1].consent not in done.err
    three.ledger.statuses[people()[1].consent] = "ACTIVE"
    assert run(4, "take", "may").out == "1 new reports, 2 taken before, 0 too late, 0 refused.\n"
    three.ledger.statuses[people()[1].consent] = "WITHDRAWN"
    assert (
        "There are 2 reports that all accepted, and the study needs 10" in run(4, "close", "may", MONTH, REGION).refusal
    )
    assert "choose of North, South" in run(4, "close", "may", MONTH, "East").refusal
    assert list((home / "may").glob("noise-*")) == []


def changed_sums(file: Path, member: int) -> None:
    """Sums that are one more, signed by this member."""
    made = SumsPaper.from_json(file.read_text())
    made = replace(made, share=replace(made.share, value=made.share.value + 1))
    signature = paper.sign(made.signed_fields(), ACCOUNTS[member], STUDY.domain)
    file.write_text(replace(made, signature=signature).to_json())


def put_junk(folder: Path) -> None:
    """Papers in members' names that they did not sign, and copies of theirs: whoever shares the folder can."""
    for file in [*folder.glob("noise-*-?.json"), *folder.glob("agreed-*-?.json")]:
        (folder / f"{file.stem}-copy.json").write_text(file.read_text())
        (folder / f"{file.stem}-junk.json").write_text(file.read_text().replace(STUDY.id.hex(), "00" * 32))


def test_a_member_that_lies_is_named_and_the_others_open_it(home: Path, three: Three) -> None:
    for place, each in enumerate(people()):
        (home / f"may/report-{place}.json").write_text(each.report().to_json())
    close = ("close", "may", MONTH, REGION)
    for words in (("take", "may"), close, close):
        assert [run(member, *words).status for member in STUDY.members] == [0, 0, 0]
        put_junk(home / "may")
    assert "The result is" in run(4, *close).out
    made = [home / f"may/{kind}-{MONTH}-1-{of}.json" for kind in ("noise", "agreed", "sums") for of in STUDY.members]
    assert readable_by_others(*made, home / f"may/result-{MONTH}-1.json")
    assert "11 too late, 0 refused." in run(4, "take", "may").out
    (home / f"may/result-{MONTH}-1.json").unlink()
    for liar, why in ((2, "The sums of member 2 are wrong"), (4, "Sums are left out that member 2 did not sign")):
        changed_sums(home / f"may/sums-{MONTH}-1-2.json", liar)
        done = run(7, *close)
        assert why in done.err
        assert "The result is" in done.out
        assert [each.place.member for each in StudyFolder(home / "may").results().__next__().sums] == [4, 7]


@pytest.mark.parametrize(("signer", "why"), [(2, "The sums of member 2 are wrong"), (4, "does not act for it now")])
def test_nobody_has_a_member_blamed_by_a_result(home: Path, three: Three, signer: int, why: str) -> None:
    (home / "may/study.json").unlink()
    (home / "may").rmdir()
    folder, done = write(home, closed()), closed()
    lie = replace(done.sums[1], share=replace(done.sums[1].share, value=done.sums[1].share.value + 1))
    signature = paper.sign(lie.signed_fields(), ACCOUNTS[signer], STUDY.domain)
    sums = tuple(replace(lie, signature=signature) if each.place.member == 2 else each for each in done.result().sums)
    (folder / "result-3.json").write_text(replace(done.result(), sums=sums).to_json())
    assert why in here("study", "verify", "may").refusal
