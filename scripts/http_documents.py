"""Writes the services' OpenAPI documents, from which `packages/client` and pages of the documentation site are made.

python -m scripts.http_documents     writes packages/client/openapi/{hop,mailbox,relayer,witness}.json
"""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from jamjar.hop.app import create_app as hop
from jamjar.mailbox.app import create_app as mailbox
from jamjar.mailbox.settings import MailboxSettings
from jamjar.protocol.typed_data import Domain
from jamjar.relayer.app import create_app as relayer
from jamjar.service.openapi import PATH
from jamjar.tlog.witness_app import create_app as witness

ADDRESS = "0x" + "11" * 20
FOLDER = Path(__file__).resolve().parents[1] / "packages" / "client" / "openapi"


def documents() -> dict[str, str]:
    """Return the documents by service, as the services answer them; no service is started."""
    nothing: Any = None
    settings = MailboxSettings("https://mailbox.example", Domain(1, ADDRESS))
    apps = {
        "hop": hop(nothing, nothing, nothing),
        "mailbox": mailbox(settings, nothing, nothing, lambda: 0.0),
        "relayer": relayer(nothing, nothing, nothing),
        "witness": witness(nothing),
    }
    return {name: json.dumps(_document(app), indent=1, sort_keys=True) + "\n" for name, app in apps.items()}


def _document(app: FastAPI) -> Any:
    [answer] = [route.endpoint() for route in app.routes if getattr(route, "path", None) == PATH]  # type: ignore[attr-defined]
    return json.loads(answer.body)


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in documents().items():
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
