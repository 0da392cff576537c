"""Every command, walked: help for all, examples, and no option that takes a secret."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from jamjar.cli.main import app
from tests.unit.cli.home import here


def commands(command: Any, name: str = "jamjar") -> Iterator[tuple[str, Any]]:
    yield name, command
    for each, child in getattr(command, "commands", {}).items():
        yield from commands(child, f"{name} {each}")


ALL = dict(commands(typer.main.get_command(app)))
SECRETS = ("passphrase", "password", "secret", "key", "seed", "salt")


@pytest.mark.parametrize("name", ALL)
def test_a_command_says_what_it_does(name: str) -> None:
    command = ALL[name]
    assert command.help
    assert hasattr(command, "commands") or "jamjar" in (command.epilog or ""), "no example"
    for parameter in command.params:
        assert parameter.help, f"{name} {parameter.name} has no help"


@pytest.mark.parametrize("name", ALL)
def test_no_option_takes_a_secret(name: str) -> None:
    for parameter in ALL[name].params:
        if getattr(parameter, "is_flag", False):
            continue
        for option in (*parameter.opts, parameter.envvar or ""):
            plain = option.lower().replace("_", "-")
            assert not any(word in plain for word in SECRETS) or plain.endswith("-file"), option


@pytest.mark.parametrize("name", ALL)
def test_help_is_printed(name: str) -> None:
    done = here(*name.split()[1:], "--help")
    assert (done.status, done.err) == (0, "")
    assert "Usage: " + name in done.out


@pytest.mark.parametrize("words", [["bogus"], ["wallet", "bogus"], ["wallet", "grant"], ["wallet", "plan", "--bogus"]])
def test_what_is_not_understood(words: list[str]) -> None:
    done = here(*words)
    assert (done.status, done.out) == (2, "")
