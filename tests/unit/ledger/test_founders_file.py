"""founders_file: a file of founders is whole and right, or is refused by one sentence that names the field.

When the file, or a file with a key, is missing, no text, too large, or no TOML   InvalidInput, which names the file
When a field is unknown, missing, doubled, of another type or out of its range    InvalidInput, which names the field
When two members share a number, a name, an account or a key                      InvalidInput, which names what
When nothing but founders and members is given                                    the settings that hold without
When everything is given                                                          what is given
"""

import re
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.ledger import founders_file
from jamjar.protocol.founding import FoundingMember
from jamjar.protocol.settings import DAY, Settings

A, B, C, D = (
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
)
KEY, OTHER = "0x" + "ab" * 1216, "0x" + "cd" * 1216
FIRST = f'[[member]]\nnumber = 1\nname = "Ada"\nroles = ["OPERATOR"]\naccount = "{C}"\nencryption_key = "{KEY}"\n'
SECOND = f'[[member]]\nnumber = 2\nname = "Eve"\nroles = []\naccount = "{D}"\nencryption_key = "2.key"\n'
GOOD = f'founders = ["{A}", "{B}"]\n{FIRST}{SECOND}'
TIMES = "governance_delay = 8\nsuspension = 20\nrecovery = 15\n"
OPTIONAL = tuple(f"# {name} = " for name in ("governance_delay", "suspension", "recovery", "longest_validity",
                                             "longest_reconfirmation", "most_uses"))  # fmt: skip
LIMITS = "[limits]\nlongest_validity = 30\nlongest_reconfirmation = 10\nmost_uses = 5\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "2.key").write_text("cd" * 1216 + "\n")  # as a desk prints it
    return tmp_path / "founders.toml"


def read(path: Path, text: str) -> Settings:
    path.write_text(text)
    return founders_file.read(path)


def refused(path: Path, text: str) -> str:
    path.write_text(text)
    with pytest.raises(InvalidInput) as raised:
        founders_file.read(path)
    said = str(raised.value)
    assert re.fullmatch(f"{path.parent}[^\n]+; [^\n]+[.]", said)
    return said


def test_what_holds_without(path: Path) -> None:
    settings = read(path, GOOD)
    assert settings == Settings(founders=(A, B), members=settings.members)
    assert settings.members == (FoundingMember(1, "Ada", ("OPERATOR",), C, KEY), FoundingMember(2, "Eve", (), D, OTHER))


def test_everything(path: Path) -> None:
    settings = read(path, TIMES + GOOD + LIMITS)
    assert (settings.governance_delay, settings.suspension, settings.recovery) == (8 * DAY, 20 * DAY, 15 * DAY)
    assert settings.limits == (30 * DAY, 10 * DAY, 5)


def test_the_template_says_everything_and_is_no_deployment_of_anyone(path: Path) -> None:
    text = founders_file.template()
    assert "Founder 1: The address is not 0x and 40" in refused(path, text)
    for place, account in zip(("<0x...>",) * 4, (A, B, C, D), strict=True):
        text = text.replace(place, account, 1)
    text = text.replace("<1.key>", KEY).replace("<2.key>", "2.key").replace("<", "").replace(">", "")
    plain = read(path, text)
    assert [each.roles for each in plain.members] == [("OPERATOR",), ("ADVISER", "COUNCIL")]
    lines = [line.removeprefix("# ") if line.startswith(OPTIONAL) else line for line in text.split("\n")]
    assert len(set(lines) - set(text.split("\n"))) == len(OPTIONAL)
    assert read(path, "\n".join(lines)) == plain  # what the comments say holds without them, does


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("founders = [", "is not TOML"),
        (GOOD.replace("number = 1", "number = 1\nnumber = 1"), "name each field once"),
        ("a = " + "[" * 100_000, "is not TOML"),
        ("", "lacks the field founders"),
        (f'founders = ["{A}"]', "lacks the field member"),
        (GOOD.replace("founders", "founder"), "unknown field 'founder'"),
        (GOOD + "[limits]\nuses = 3", "unknown field 'uses'"),
        (GOOD.replace("roles = []", "roles = []\nrole = 1"), "Member entry 2 has the unknown field 'role'"),
        *((GOOD.replace(f"\n{each} = ", f"\n# {each} = ", 1), f"Member entry 1 lacks the field {each}")
          for each in ("number", "name", "roles", "account", "encryption_key")),
        (GOOD.replace(f'["{A}", "{B}"]', "[]"), "founders is no list, or an empty one"),
        (GOOD.replace(f'["{A}", "{B}"]', f'"{A}"'), "founders is no list"),
        (GOOD.replace(B, A.lower()), f"The founder {A} is named twice"),
        (GOOD.replace(B, B.swapcase()), "Founder 2: The address"),
        (GOOD.replace(B, "0x" + "0" * 40), "Founder 2: The zero address"),
        (GOOD.replace(f'"{B}"', "7"), "Founder 2: The address"),
        (f'founders = ["{A}"]\nmember = []', "member is no list, or an empty one"),
        (f'founders = ["{A}"]\nmember = [1]', "Member entry 1 is no table"),
        (f'founders = ["{A}"]\n[member]\nnumber = 1', "member is no list"),
        ("limits = 7\n" + GOOD, "limits is no table"),
        *((f"{name} = {value}\n{GOOD}", f"The field {name} is not a whole number of days from {least} to 49710")
          for name, least in (("governance_delay", 7), ("suspension", 1), ("recovery", 14))
          for value in (least - 1, -1, 49711, "7.0", '"7"', "true", "[]", "2026-11-29")),
        *((f"{GOOD}[limits]\n{name} = {value}", f"The field {name} is not a whole number")
          for name, most in (("longest_validity", 49710), ("longest_reconfirmation", 49710), ("most_uses", 65535))
          for value in (0, -1, most + 1, "1.0", '"1"', "false")),
        ("governance_delay = 14\n" + GOOD, "make it longer than governance_delay"),
        ("suspension = 7\n" + GOOD, "make it longer than governance_delay"),
        *((GOOD.replace("number = 2", f"number = {value}"), "Member entry 2: A member's number")
          for value in (0, -1, 2**32, "2.0", '"2"', "true")),
        *((GOOD.replace('"Eve"', value), "Member entry 2: A member's name")
          for value in ('""', "7", f'"{65 * "x"}"', f'"{22 * "€"}"')),
        *((GOOD.replace("roles = []", f"roles = {value}"), "Member entry 2 has roles that are no list")
          for value in ('"ADVISER"', "[1]", "{}", "[[]]")),
        (GOOD.replace("roles = []", 'roles = ["adviser"]'), "role 'adviser'; the roles are SPONSOR, ADVISER"),
        (GOOD.replace("roles = []", 'roles = ["AUDITOR", "AUDITOR"]'), "AUDITOR is named twice"),
        (GOOD.replace(D, D[:-1]), "The account of member entry 2: The address"),
        *((GOOD.replace(f'"{KEY}"', value), "Member entry 1 has an encryption_key that is no text")
          for value in ("7", '""', r'"a\u0000b"')),
        (GOOD.replace(KEY, "0x12"), "has a wrong length"),
        (GOOD.replace(KEY, "0x" + "ab" * 4097), "has a wrong length"),
        (GOOD.replace(KEY, "0x" + "xy" * 32), "is not 0x and hex digits"),
        (GOOD.replace("2.key", "away.key"), "away.key cannot be read (No such file or directory); name the encryption"),
        (GOOD.replace("2.key", "."), "cannot be read (Is a directory)"),
        (GOOD.replace("number = 2", "number = 1"), "Two members have the number 1"),
        (GOOD.replace("Eve", "Ada"), "Two members have the name Ada"),
        (GOOD.replace(D, C), f"Two members have the account {C}"),
        (GOOD.replace(KEY, OTHER), "Members 1 and 2 have one encryption key"),
    ],
    ids=lambda value: value if len(value) < 99 else "file",
)  # fmt: skip
def test_refused(path: Path, text: str, said: str) -> None:
    assert said in refused(path, text)


@pytest.mark.parametrize("data", [b"\xff", b"#" * (2**20 + 1)])
def test_no_text(path: Path, data: bytes) -> None:
    for file in (path, path.with_name("2.key")):
        path.write_text(GOOD)
        file.write_bytes(data)
        with pytest.raises(InvalidInput, match=rf"{file}.*name the"):
            founders_file.read(path)


def test_missing(path: Path) -> None:
    with pytest.raises(InvalidInput, match=rf"{path} cannot be read"):
        founders_file.read(path)
