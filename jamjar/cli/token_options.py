"""The options of commands that ask for tokens."""

from pathlib import Path
from typing import Annotated

import typer

Admitters = Annotated[
    list[int] | None,
    typer.Option(
        "--admitter",
        min=1,
        help="Ask for a token of this member, by its number; may be repeated. No grant needs one unless it is named.",
    ),
]
Tokens = Annotated[
    list[Path] | None,
    typer.Option("--tokens", help="Published tokens, as a relayer's `jamjar relayer tokens` wrote them; repeat it."),
]
