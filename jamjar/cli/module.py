"""Commands about modules: what other organisations build on this ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, output

if TYPE_CHECKING:
    from jamjar.module.checking import CheckedModule

app = typer.Typer(no_args_is_help=True, help="Modules that organisations build on this ledger: make and check them.")

ModuleFolder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The module's folder.")]


@app.callback()
def of_modules() -> None:
    """Modules that organisations build on this ledger: make and check them."""


@app.command(epilog="Example: jamjar module new library_card --folder modules")
def new(
    name: Annotated[str, typer.Argument(help="Its name: at most 31 of a-z, 0-9 and _, a letter first.")],
    folder: Annotated[Path, typer.Option(help="The folder in which the module's own is made.")] = Path(),
) -> None:
    """Make the folder of a new module, which passes every check at once."""
    from jamjar.module.template import new_module

    contents = new_module(name)
    place = folder / name
    files.write_public_folder(place, contents.items())
    typer.echo(f"{place} is a module. Change its files, and check it: jamjar module check {place}")


@app.command(epilog="Example: jamjar module check modules/library_card")
def check(folder: ModuleFolder) -> None:
    """Check that a module keeps the promises, as far as its files show it, and print its hash (exit status 1)."""
    from jamjar.module.checking import READ_BY_PEOPLE

    found = checked(folder)
    typer.echo(READ_BY_PEOPLE)
    if found.files.left_out:
        typer.echo(f"No part of it, and to be deleted before anybody runs it: {', '.join(found.files.left_out)}.")
    if found.code_hash:
        typer.echo(f"Code hash: 0x{found.code_hash.hex()}")
    if found.findings:
        raise typer.Exit(1)


def checked(folder: Path) -> CheckedModule:
    """Check a module, and print what was looked at and each finding."""
    from jamjar.module.checking import CHECKED
    from jamjar.module.checking import check as check_module

    found = check_module(folder)
    table = output.OutputTable("For", "What was checked", "Result")
    for promise, what in CHECKED.items():
        table.add(promise, what, found.result(promise))
    table.print()
    for finding in found.findings:
        output.print_error(finding.sentence)
    return found
