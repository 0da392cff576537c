"""The command about the wallet's page for a phone."""

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files

app = typer.Typer(no_args_is_help=True, help="Check how the wallet's page for a phone is served.")
_LONGEST = 64 * 1024


@app.callback()
def of_the_phone() -> None:
    """Check how the wallet's page for a phone is served."""


@app.command(epilog="Example: jamjar phone check https://wallet.example phone/dist/SHA256SUMS --times 20")
def check(
    url: Annotated[str, typer.Argument(help="The address of the page.")],
    release: Annotated[Path, typer.Argument(help="The list that a build writes: dist/SHA256SUMS.")],
    times: Annotated[int, typer.Option(min=1, max=1000, help="How often each file is asked for, in each way.")] = 3,
) -> None:
    """Compare every file that is served with the release, many times, as different browsers ask (exit status 1)."""
    from jamjar.service.served_page import check_served, read_release

    known = read_release(files.read(release, "release", _LONGEST).decode("utf-8", "replace"))
    answers = check_served(url, known, times)
    typer.echo(f"All {answers} answers are the release's, {len(known)} files. A server may still lie to others alone.")
