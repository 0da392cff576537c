"""Files are written and folders made in two places, which make them private and follow no symbolic link."""

import ast
from collections.abc import Iterator

from tests.meta.imports import modules

# The modules of jamjar that write files or make folders themselves, and how often.
WRITERS = {
    "jamjar.service.private_file": ["fdopen", "fdopen", "mkdir", "open", "open"],
    "jamjar.vault.whole_file": ["fdopen", "link", "open", "open"],
    # Of mode 0700 already; a backup, encrypted, on its way to or from a text.
    "jamjar.vault.portable": ["TemporaryDirectory", "TemporaryDirectory"],
    "jamjar.tlog.folder": ["mkdir", "mkdir", "open", "open"],  # a log's folders are public, and are opened to be synced
    "jamjar.ledger.deployment_file": ["mkdir"],  # public
    # A new folder is of mode 0700 already; in it, exported pages are for everybody.
    "jamjar.cli.files": ["mkdir", "mkdtemp", "write_bytes"],
    "jamjar.module.folder": ["fdopen", "open"],  # reads only, and waits for nothing
    "jamjar.cli.main": ["open"],  # /dev/null
    "jamjar.wallet_pages.keeping": ["TemporaryDirectory"],  # of mode 0700 already; a backup, encrypted, on its way out
}
# Of `os`, `tempfile` and paths; a method that opens something else is left out by its owner.
CALLS = {"open", "fdopen", "mkdir", "makedirs", "mkdtemp", "mkstemp", "write_text", "write_bytes", "touch", "link"}
CALLS |= {"symlink", "NamedTemporaryFile", "TemporaryDirectory", "copy", "copyfile", "copytree"}


def written(source: str) -> Iterator[str]:
    """The calls of a module that can make a file or folder."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open" and node.args[1:]:
            yield "open"
        if isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
            owner = node.func.value
            of_os = isinstance(owner, ast.Name) and owner.id == "os"
            mode = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
            if node.func.attr not in ("open", "copy") or of_os or str(mode)[:1] in ("w", "x", "a"):
                yield node.func.attr


def test_who_writes_files() -> None:
    found = {name: sorted(written(path.read_text(encoding="utf-8"))) for name, path in modules("jamjar").items()}
    # The sandbox's folders are for show, like its keys.
    kept = {name: calls for name, calls in found.items() if calls and not name.startswith("jamjar.sandbox.")}
    assert kept == WRITERS


def test_it_sees_a_writer() -> None:
    source = "open(p, 'w'); p.open('wb'); p.write_text(t); os.open(p, 1); os.makedirs(p); p.open('rb'); vault.open(p)"
    assert list(written(source)) == ["open", "open", "write_text", "open", "makedirs"]
