"""Commands of the members of a study: take reports, and close a month and region step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from jamjar.cli import options, output
from jamjar.cli.adviser import DEFAULT_DESK
from jamjar.cli.desk import Keystore
from jamjar.cli.options import Locations
from jamjar.cli.study_folder import StudyFolder
from jamjar.errors import JamjarError

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.study.closing import AgreementPaper, NoisePaper, SumsPaper
    from jamjar.study.member import StudyMember
    from jamjar.study.result import StudyResult
    from jamjar.study.study import Study

commands = typer.Typer()
_Paper = TypeVar("_Paper", "NoisePaper", "AgreementPaper", "SumsPaper")
FolderPlace = Annotated[Path, typer.Argument(help="The study's folder.")]


@commands.command(epilog="Example: jamjar study take may --account our.keystore --vault our.vault")
def take(
    context: typer.Context,
    folder: FolderPlace,
    account: Keystore,
    vault: options.VaultPlace = DEFAULT_DESK,
    passphrase_file: options.PassphraseFile = None,
    password_file: options.PasswordFile = None,
) -> None:
    """Check the reports in the folder, and keep your member's shares; what is wrong with one is said once, in one line.

    A report that was refused is tried again each time; the status is 1 where one is refused for the first time.
    """
    from jamjar.study import kept as kept_of_studies

    shared = StudyFolder(folder)
    member = _member(context, shared.study(), account, password_file, vault=vault, passphrase_file=passphrase_file)
    new, kept, closed, refused = 0, 0, 0, dict[str, str]()
    with member.vault.reading() as transaction:
        before = kept_of_studies.refusals(transaction, member.study)
    for report in shared.reports():
        if member.is_closed(report.month, report.region):
            closed += 1
            continue
        try:
            taken = member.take(report)
        except JamjarError as error:
            refused[report.digest.hex()] = why = str(error)
            if before.get(report.digest.hex()) != why:
                output.print_error(f"{report.consent}: {why}")
        else:
            new, kept = new + taken, kept + (not taken)
    if refused != before:
        with member.vault.writing() as transaction:
            kept_of_studies.put_refusals(transaction, member.study, refused)
    again = sum(before.get(digest) == why for digest, why in refused.items())
    said = f"{new} new reports, {kept} taken before, {closed} too late, {len(refused) - again} refused"
    typer.echo(f"{said}, {again} refused before." if again else f"{said}.")
    raise typer.Exit(1 if len(refused) > again else 0)


@commands.command(epilog="Example: jamjar study close may 2026-05 North --account our.keystore --vault our.vault")
def close(
    context: typer.Context,
    folder: FolderPlace,
    month: Annotated[str, typer.Argument(help="The month, YYYY-MM.")],
    region: Annotated[str, typer.Argument(help="The region.")],
    account: Keystore,
    again: Annotated[bool, typer.Option("--again", help="Deal noise again, as others or consents changed.")] = False,
    vault: options.VaultPlace = DEFAULT_DESK,
    passphrase_file: options.PassphraseFile = None,
    password_file: options.PasswordFile = None,
) -> None:
    """Do what is next: deal noise; agree, once all dealt; publish your sums, once all agreed; open the sum.

    A month and region is published once: afterwards your shares are destroyed, and no report can be taken out.
    """
    from jamjar.ledger.recipient_key import recipient_key
    from jamjar.study.closing import closing_of

    shared = StudyFolder(folder)
    study = shared.study()
    member = _member(context, study, account, password_file, vault=vault, passphrase_file=passphrase_file)
    papers = _used(shared, member, month, region)
    if again or member.number not in {each.place.member for each in papers}:
        keys = [recipient_key(member.ledger, number).key for number in study.members]
        dealt = member.deal_noise(month, region, keys)
        shared.put("noise", study, dealt.place, dealt.to_json())
        typer.echo(f"Noise is dealt, over {len(dealt.reports)} reports.")
        papers = _used(shared, member, month, region)
    if waits := _missing(study, {each.place.member for each in papers}):
        typer.echo(f"Next: members {waits} deal noise. Then run this again.")
        return
    agreed = member.agree(papers)
    shared.put("agreed", study, agreed.place, agreed.to_json())
    closing = closing_of({each.place.member: each.digest for each in papers})
    shown = [each for each in shared.agreements(study, month, region) if each.closing == closing]
    agreements = _signed(shown, member, "An agreement is")
    if waits := _missing(study, {each.place.member for each in agreements}):
        typer.echo(f"You agreed. Next: members {waits} agree. Then run this again.")
        return
    sums = member.publish(papers, agreements)
    shared.put("sums", study, sums.place, sums.to_json())
    _open(shared, member, papers, month, region)


def _open(shared: StudyFolder, member: StudyMember, papers: Sequence[NoisePaper], month: str, region: str) -> None:
    """Write the result of all sums that are right, once there are enough, and print it."""
    from jamjar.study.result import WrongSums, make_result

    study = member.study
    sums = _signed(shared.sums(study, month, region), member, "Sums are")  # or anybody could have a member blamed
    while True:
        result = make_result(study, month, region, reports=shared.reports(), papers=papers, sums=sums)
        if len(result.sums) < study.openers:
            typer.echo(f"Your sums are published. {study.openers} members open the sum: the next one runs this, too.")
            return
        try:
            result.check()
        except WrongSums as error:
            output.print_error(error)
            sums = [each for each in sums if each.place.member != error.member]
        else:
            break
    typer.echo(f"The result is {shared.put_result(result)}.")
    print_results([result])


def roots_of(ledger: Ledger, consents: set[str]) -> dict[str, set[bytes]]:
    """Return every root that the ledger has of these consents."""
    from jamjar.protocol.events import Committed

    found: dict[str, set[bytes]] = {consent: set() for consent in consents}
    for event in ledger.events("Committed"):
        if isinstance(event, Committed) and event.consent in found:
            found[event.consent].add(event.root)
    return found


def row(result: StudyResult) -> dict[str, object]:
    """Return a result that was checked, for programs; amounts in pence, to the hundredth."""
    opened = result.check()
    facts = {"study": result.study.id.hex(), "month": result.month, "region": result.region, "count": opened.count}
    numbers = {"sum": opened.value, "mean": float(round(opened.mean, 2)), "range_95": float(round(opened.range, 2))}
    return facts | numbers | {"epsilon": result.study.epsilon_hundredths / 100, "accounts": result.accounts}


def print_results(results: Sequence[StudyResult]) -> None:
    """Print results that were checked."""
    from jamjar.plan.money import format_pounds

    table = output.OutputTable("Month", "Region", "Reports", "Mean", "Noise, 95 %", "Sums of", right=("Reports",))
    for each in results:
        opened = each.check()
        members = ", ".join(str(sums.place.member) for sums in each.sums)
        mean, bound = format_pounds(round(opened.mean)), f"± {format_pounds(round(opened.range))}"
        table.add(each.month, each.region, opened.count, mean, bound, members)
    table.print(empty="There are no results yet.")


def _member(
    context: typer.Context,
    study: Study,
    account: Path,
    password_file: Path | None,
    *,
    vault: str,
    passphrase_file: Path | None,
) -> StudyMember:
    from jamjar.adviser.keys import all_keys
    from jamjar.protocol.signing import AccountSigner
    from jamjar.study.member import StudyMember

    place = Locations(vault, passphrase_file, context.obj.deployment, context.obj.node)
    signer, ledger = AccountSigner(options.local_account(account, password_file)), place.ledger()
    opened = context.with_resource(place.open_vault())
    return StudyMember(study, ledger, opened, signer, list(all_keys(opened).values()))


def _used(shared: StudyFolder, member: StudyMember, month: str, region: str) -> list[NoisePaper]:
    return _signed(shared.noise(member.study, month, region), member, "Noise is")


def _signed(papers: Iterable[_Paper], member: StudyMember, what: str) -> list[_Paper]:
    """Return the papers that the members whom they name signed, each once; say of others that they are left out."""
    found = dict[str, _Paper]()
    for each in papers:
        if member.is_signed(each):
            found[each.to_json()] = each
        else:
            output.print_error(f"{what} left out that member {each.place.member} did not sign; ask it for its own.")
    return list(found.values())


def _missing(study: Study, there: set[int]) -> str:
    return ", ".join(str(each) for each in study.members if each not in there)
