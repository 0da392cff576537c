"""Commands about modules: what other organisations build on this ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files, module_admission, options
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations

app = typer.Typer(
    no_args_is_help=True,
    help="Modules that organisations build on this ledger: make, check and admit them.",
    epilog="The options above come before the command: jamjar module --deployment FILE list",
)

ModuleFolder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The module's folder.")]


@app.callback()
def of_modules(
    context: typer.Context,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
) -> None:
    """Modules that organisations build on this ledger: make, check and admit them."""
    context.obj = Locations("", None, deployment, node)


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

    found = module_admission.checked(folder)
    typer.echo(READ_BY_PEOPLE)
    if found.files.left_out:
        typer.echo(f"No part of it, and to be deleted before anybody runs it: {', '.join(found.files.left_out)}.")
    if found.findings:
        raise typer.Exit(1)


app.command(epilog="Example: jamjar module registry --keystore-file deployer.keystore")(module_admission.registry)
app.command(epilog="Example: jamjar module propose library_card --target 0x... --keystore-file founder.keystore")(
    module_admission.propose
)
app.command(epilog="Example: jamjar module dismiss library_card --keystore-file founder.keystore")(
    module_admission.dismiss
)
app.command(name="list", epilog="Example: jamjar module list library_card")(module_admission.list_modules)
