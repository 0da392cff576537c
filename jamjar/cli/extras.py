"""What to install when the packages of a command are missing; pyproject.toml names the extras."""

import traceback
from typing import Final

from jamjar.errors import PackagesMissing

EXTRAS: Final = {
    "hop": frozenset({"fastapi", "h11", "prometheus_client", "starlette", "uvicorn"}),
    "mailbox": frozenset({"fastapi", "h11", "starlette", "uvicorn"}),
    "pages": frozenset({"babel", "fastapi", "h11", "jinja2", "prometheus_client", "starlette", "uvicorn"}),
    "relayer": frozenset({"fastapi", "h11", "prometheus_client", "rlp", "starlette", "uvicorn"}),
    "witness": frozenset({"fastapi", "h11", "starlette", "uvicorn"}),
}
"""Of each extra with commands, in the module or package of its name, the packages that only these commands import."""
_WHOSE: Final = {
    "hop": "the hop's",
    "mailbox": "the mailbox's",
    "pages": "the pages'",
    "relayer": "the relayer's",
    "witness": "the witness'",
}


def what_to_install(error: ModuleNotFoundError) -> PackagesMissing:
    """Return the error that names the extra of the command that imported what is missing.

    Raises `error` when the missing module is of no extra: then something else is wrong.
    """
    missing = (error.name or "").partition(".")[0]
    for frame, _ in traceback.walk_tb(error.__traceback__):
        extra = str(frame.f_globals.get("__name__")).removeprefix("jamjar.cli.").partition(".")[0]
        if missing in EXTRAS.get(extra, ()):
            return PackagesMissing(_WHOSE[extra], extra)
    raise error
