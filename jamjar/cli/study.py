"""Commands of a study: propose one, report to it, and verify its results."""

from __future__ import annotations

import secrets
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import options, output, study_closing
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, DEFAULT_VAULT, Locations
from jamjar.cli.study_closing import FolderPlace
from jamjar.cli.study_folder import StudyFolder
from jamjar.cli.wallet.opening import ConsentName, named, opened
from jamjar.errors import InvalidInput, VerificationFailed

if TYPE_CHECKING:
    from jamjar.study.study import Study

app = typer.Typer(
    no_args_is_help=True,
    help="Sums for research, by consent: nobody holds the figures, and anybody checks the sum.",
    epilog="The options above come before the command: jamjar study --node http://... take FOLDER",
)
app.add_typer(study_closing.commands)


@app.callback()
def study(
    context: typer.Context,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
) -> None:
    """Sums for research, by consent: nobody holds the figures, and anybody checks the sum."""
    context.obj = Locations("", None, deployment, node)


@app.command(
    epilog="Example: jamjar study propose may --title Shortfalls --figure balance --minus --most 2621.43 "
    "--month 2026-05 --region North --region South --member 2 --member 4 --member 7 --recipient 9 --threshold 100"
)
def propose(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new folder for the study, its reports and its results.")],
    title: Annotated[str, typer.Option(help="What people call the study.")],
    figure: Annotated[str, typer.Option(help="The name of a line, of a total (total.fixed.home), or balance.")],
    most: Annotated[str, typer.Option(help="The largest amount, in pounds; who has more cannot take part.")],
    month: Annotated[list[str], typer.Option(help="A month in which budgets end, YYYY-MM. May be repeated.")],
    region: Annotated[list[str], typer.Option(help="A region. May be repeated.")],
    member: Annotated[list[int], typer.Option(help="A member among whom figures are dealt. Three times.")],
    recipient: Annotated[int, typer.Option(help="The member to which people consent.")],
    threshold: Annotated[int, typer.Option(help="The least number of reports of a month and region.")],
    least: Annotated[str, typer.Option(help="The smallest amount, in pounds.")] = "0",
    minus: Annotated[bool, typer.Option("--minus", help="Sum minus the figure; a shortfall is -balance.")] = False,
    epsilon: Annotated[str, typer.Option(help="What one month and region costs of privacy, 0.01 to 10.")] = "1",
    openers: Annotated[int, typer.Option(help="How many of the members open a sum: 2, or 3.")] = 2,
) -> None:
    """Write down a study, and print what a request for consents to it has to say."""
    from jamjar.plan.money import from_pounds
    from jamjar.study.study import Study

    lowest = from_pounds(least, "The smallest amount", negative=True)
    at = context.obj.read_deployment()
    made = Study(
        title=title,
        chain_id=at.chain_id,
        contract=at.commitment_registry.address,
        recipient=recipient,
        members=tuple(member),
        openers=openers,
        figure=figure,
        sign=-1 if minus else 1,
        least=lowest,
        bits=_bits(from_pounds(most, "The largest amount", negative=True) - lowest),
        months=tuple(sorted(month)),
        regions=tuple(sorted(region)),
        threshold=threshold,
        epsilon_hundredths=_hundredths(epsilon),
    )
    StudyFolder(folder).propose(made)
    typer.echo(f"Study {made.id.hex()} is in {folder}. Ask for a consent of its own, which says so:")
    typer.echo(
        f"jamjar adviser ask request.json --purpose research --threshold {_jar(figure)} --questions 1 --looks 1 --about"
        f" '{made.words}' ..."
    )


@app.command(epilog="Example: jamjar study join may 0x3fa94b --region North")
def join(
    context: typer.Context,
    folder: FolderPlace,
    consent: ConsentName,
    region: Annotated[str, typer.Option(help="Where you live, as the study names it.")],
    vault: options.VaultPlace = DEFAULT_VAULT,
    passphrase_file: options.PassphraseFile = None,
    yes: options.Yes = False,
) -> None:
    """Report the budget that you committed under a consent for this study; no member alone learns its figure."""
    from jamjar.ledger.recipient_key import recipient_key
    from jamjar.study.report import make_report
    from jamjar.wallet.consent_keys import key_of

    place: Locations = context.obj
    context.obj = Locations(vault, passphrase_file, place.deployment, place.node)
    shared = StudyFolder(folder)
    found, wallet = shared.study(), opened(context)
    found.check_place(found.months[0], region)
    name, ledger = named(wallet, consent), context.obj.ledger()
    report = make_report(
        found,
        region,
        wallet.committed(name),
        terms=wallet.stored(name).terms,
        terms_salt=wallet.terms_salt(name),
        signer=key_of(wallet.secret(name)),
        keys=[recipient_key(ledger, member).key for member in found.members],
        random_bytes=secrets.token_bytes,
    )
    _print_study(found, report.month, region, [ledger.member(member).name for member in found.members])
    if not options.agreed("Report? Withdraw the consent before the members close it, and you are left out.", yes=yes):
        output.print_error("Nothing was written.")
        raise typer.Exit(1)
    file = shared.add_report(report)
    typer.echo(f"The report is {file}. Send it to the members, if they do not share the folder.")


@app.command(epilog="Example: jamjar study verify may --offline")
def verify(
    context: typer.Context,
    folders: Annotated[list[Path], typer.Argument(help="The study's folder; several, to find a sum published twice.")],
    offline: Annotated[
        bool,
        typer.Option("--offline", help="Ask no node; no consent, budget or account is compared: blame nobody."),
    ] = False,
    sums_only: Annotated[
        bool,
        typer.Option("--sums-only", help="Check the sums, and no report or noise: who wrote the result is trusted."),
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Verify each result: sums, every report, papers, and against the ledger; print the means."""
    from jamjar.study.checking import check_accounts, check_on_ledger, check_published_once, check_reports

    found = [(place, result) for place in map(StudyFolder, folders) for result in place.results()]
    results = [result for _, result in found]
    ledger = context.obj.ledger() if results and not offline else None
    for place, result in found:
        if result.study != place.study():
            raise VerificationFailed(
                f"A result in {place.folder} is of another study than the folder's; ask for its own."
            )
        if ledger is not None:
            check_accounts(result, ledger)
        result.check()
        if not sums_only:
            check_reports(result, place.reports(), place.noise(result.study, result.month, result.region))
    check_published_once(results)
    if ledger is not None:
        roots = study_closing.roots_of(ledger, {each.consent for result in results for each in result.reports})
        for result in results:
            check_on_ledger(result, ledger, roots)
    if as_json:
        output.print_json([study_closing.row(each) for each in results])
        return
    study_closing.print_results(results)


def _print_study(study: Study, month: str, region: str, names: list[str]) -> None:
    from jamjar.plan.money import format_pounds

    table = output.OutputTable("", "", title=study.title)
    table.add("what is summed", study.words)
    table.add("your report is of", f"{month}, {region}")
    bounds = f"{format_pounds(study.least)} to {format_pounds(study.most)}"
    table.add("everybody learns", f"that this consent reports of that month and region, and is within {bounds}")
    shared = ", ".join(f"{name} (member {number})" for number, name in zip(study.members, names, strict=True))
    table.add("dealt among", shared)
    table.add("your figure is known", f"to any {study.openers} of them who collude, and to nobody else")
    table.add("the mean has noise", f"epsilon {study.epsilon_hundredths / 100:g} for each month that you report")
    table.add("after it is closed", "your report cannot be taken out of the sum")
    table.print()


def _jar(figure: str) -> str:
    return figure.removeprefix("total.")


def _bits(width: int) -> int:
    if width < 1 or width & (width + 1):
        choices = ", ".join(f"{((1 << bits) - 1) // 100}.{((1 << bits) - 1) % 100:02}" for bits in range(14, 22))
        raise InvalidInput(
            f"The amounts do not span one penny less than a power of two; let most be least and one of {choices}."
        )
    return width.bit_length()


def _hundredths(text: str) -> int:
    try:
        value = Decimal(text) * 100
    except InvalidOperation:
        value = Decimal("0.1")
    if value != value.to_integral_value():
        raise InvalidInput("The epsilon is not a number with at most two decimals; write 1 or 0.5.")
    return int(value)
