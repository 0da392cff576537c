"""A command whose packages are missing names the extra that has them; any other missing module stays an error."""

import sys

import pytest

from jamjar.cli.extras import EXTRAS, what_to_install
from tests.unit.cli.home import here


def missing(package: str, command: str, monkeypatch: pytest.MonkeyPatch) -> ModuleNotFoundError:
    """Import a package, as if it were not installed, in the module of a command."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModuleNotFoundError) as found:
        exec(f"import {package}.responses", {"__name__": f"jamjar.cli.{command}"})  # noqa: S102
    return found.value


@pytest.mark.parametrize(("extra", "package"), [(extra, each) for extra in EXTRAS for each in sorted(EXTRAS[extra])])
def test_of_the_command_s_extra(extra: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = str(what_to_install(missing(package, extra, monkeypatch)))
    assert sentence.startswith(f"This needs the {extra}'")
    assert sentence.endswith(f" packages; install them with Jamjar's wheel: pip install 'FILE.whl[{extra}]'.")


@pytest.mark.parametrize(
    ("package", "command"), [("web3", "mailbox"), ("prometheus_client", "mailbox"), ("fastapi", "wallet.app")]
)
def test_of_no_extra_of_the_command(package: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    error = missing(package, command, monkeypatch)
    with pytest.raises(ModuleNotFoundError) as seen:
        what_to_install(error)
    assert seen.value is error


@pytest.mark.parametrize(
    ("words", "module"),
    [
        (["mailbox", "serve"], "jamjar.mailbox.app"),
        (["relayer", "serve", "--account", "key"], "jamjar.relayer.app"),
        (["hop", "serve", "--relayer", "http://127.0.0.1:1"], "jamjar.hop.app"),
        (["witness", "serve", "--key-file", "key", "--log", "log"], "jamjar.tlog.witness_app"),
    ],
)
def test_the_command_says_so(words: list[str], module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastapi", None)
    monkeypatch.delitem(sys.modules, module, raising=False)
    assert here(*words).refusal.endswith(
        f" packages; install them with Jamjar's wheel: pip install 'FILE.whl[{words[0]}]'.\n"
    )
