"""The file of founders: who founds a consortium, and with which settings, as a person writes it (TOML 1.0).

`template` has an example with every field; times are whole days.
"""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from jamjar.errors import InvalidInput
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.deployment import checked
from jamjar.protocol.founding import KEY_BYTES, FoundingMember, check_shown
from jamjar.protocol.settings import DAY, SHORTEST_GOVERNANCE_DELAY, SHORTEST_RECOVERY, Settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MOST_BYTES: Final = 1 << 20
"""The most bytes of a file of founders."""
_MOST_DAYS: Final = (2**32 - 1) // DAY
_TIMES: Final = {
    "governance_delay": SHORTEST_GOVERNANCE_DELAY // DAY,
    "suspension": 1,
    "recovery": SHORTEST_RECOVERY // DAY,
}
"""The least days of each time."""
_LIMITS: Final = ("longest_validity", "longest_reconfirmation", "most_uses")
_FIELDS: Final = ("founders", *_TIMES, "limits", "member")
_MEMBER_FIELDS: Final = ("number", "name", "roles", "account", "encryption_key")
_TEMPLATE: Final = """\
# Who founds the consortium. Replace every text in <>; a line that starts with # is a comment.

# The accounts that may propose changes of the members: one a founder, or the address of one Safe of all founders.
founders = ["<0x...>", "<0x...>"]

# Days. Before the # is removed, a line says what holds without it.
# governance_delay = 7     # from a proposal to its execution, in which every active member can veto it; at least 7
# suspension = 14          # after which a suspension by the council lapses; longer than governance_delay
# recovery = 14            # in which a member can object to an account that the council proposes for it; at least 14

[limits]
# longest_validity = 366       # days of a consent
# longest_reconfirmation = 90  # days after which a consent has to be reconfirmed
# most_uses = 1000             # looks under one consent

# One [[member]] each; at least one.
[[member]]
number = 1                       # chosen once
name = "<Northern Node Co-operative>"
roles = ["OPERATOR"]             # any of SPONSOR, ADVISER, AUDITOR, OPERATOR, COUNCIL, or none: []
account = "<0x...>"              # the first account that acts for the member; it can add and remove others itself
encryption_key = "<1.key>"       # 0x and hex digits, or a file that holds them, beside this one

[[member]]
number = 2
name = "<Town Debt Advice>"
roles = ["ADVISER", "COUNCIL"]
account = "<0x...>"
encryption_key = "<2.key>"       # such as `jamjar adviser create` prints it
"""


def template() -> str:
    """Return an example of a file of founders, with a comment on each field."""
    return _TEMPLATE


def read(path: Path) -> Settings:
    """Return the settings that a file of founders gives; raises InvalidInput, which names the file and the field."""
    try:
        data = tomllib.loads(_text(path, MOST_BYTES, "file of founders"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidInput(f"{path} is not TOML: {error}; correct it, and name each field once.") from None
    try:
        return _settings(data, path.parent)
    except InvalidInput as error:
        raise InvalidInput(f"{path}: {error}") from None


def _settings(data: Mapping[str, Any], folder: Path) -> Settings:
    _check_fields(data, "The file", ("founders", "member"), _FIELDS)
    limits = data.get("limits", {})
    _check_table(limits, "The field limits")
    _check_fields(limits, "The table limits", (), _LIMITS)
    times = {name: _days(name, data[name], least) for name, least in _TIMES.items() if name in data}
    times |= {name: _days(name, limits[name], 1) for name in _LIMITS[:2] if name in limits}
    uses = {"most_uses": _whole("most_uses", limits["most_uses"], "", 1, 2**16 - 1)} if "most_uses" in limits else {}
    founders = [_address(each, f"Founder {place}") for place, each in enumerate(_list(data, "founders"), 1)]
    _check_doubled(founders, "The founder")
    members = [_member(each, place, folder) for place, each in enumerate(_list(data, "member"), 1)]
    _check_keys(members)
    return checked(Settings(founders=tuple(founders), members=tuple(members), **times, **uses))


def _member(entry: Any, place: int, folder: Path) -> FoundingMember:
    what = f"Member entry {place}"
    _check_table(entry, what)
    _check_fields(entry, what, _MEMBER_FIELDS, _MEMBER_FIELDS)
    roles = entry["roles"]
    if not isinstance(roles, list) or not all(isinstance(each, str) for each in roles):
        raise InvalidInput(f'{what} has roles that are no list of names; write them as ["ADVISER"], or [] for none.')
    _check_doubled(roles, f"{what} has a role that")
    account = _address(entry["account"], f"The account of member entry {place}")
    key = _encryption_key(entry["encryption_key"], what, folder)
    try:
        made = FoundingMember(entry["number"], entry["name"], tuple(roles), account, key)
        check_shown(made.name)
        return made
    except InvalidInput as error:
        raise InvalidInput(f"{what}: {error}") from None


def _encryption_key(value: Any, what: str, folder: Path) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise InvalidInput(f"{what} has an encryption_key that is no text; write 0x and hex digits, or a file's name.")
    if value.startswith("0x"):
        return value
    text = _text(folder / value, 4 * KEY_BYTES[1], f"encryption key of m{what[1:]}").strip()
    return text if text.startswith("0x") else f"0x{text}"


def _check_keys(members: Collection[FoundingMember]) -> None:
    owners = dict[str, int]()
    for each in members:
        owner = owners.setdefault(each.encryption_key, each.number)
        if owner != each.number:
            raise InvalidInput(f"Members {owner} and {each.number} have one encryption key; give each its own.")


def _check_table(value: Any, what: str) -> None:
    if not isinstance(value, dict):
        raise InvalidInput(f"{what} is no table; write its fields one a line, as in the template.")


def _check_fields(table: Mapping[str, Any], what: str, needed: Collection[str], known: Collection[str]) -> None:
    if unknown := [each for each in table if each not in known]:
        raise InvalidInput(f"{what} has the unknown field {unknown[0]!r}; the fields are {', '.join(known)}.")
    if missing := [each for each in needed if each not in table]:
        raise InvalidInput(f"{what} lacks the field {missing[0]}; add it, as in the template.")


def _check_doubled(names: Collection[str], what: str) -> None:
    seen = set[str]()
    for each in names:
        if each in seen:
            raise InvalidInput(f"{what} {each} is named twice; name it once.")
        seen.add(each)


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data[name]
    if not isinstance(found, list) or not found:
        raise InvalidInput(f"The field {name} is no list, or an empty one; name at least one, as in the template.")
    return found


def _address(value: Any, what: str) -> str:
    try:
        return checksum_address(parse_address(value))
    except InvalidInput as error:
        raise InvalidInput(f"{what}: {error}") from None


def _days(name: str, value: Any, least: int) -> int:
    return _whole(name, value, " of days", least, _MOST_DAYS) * DAY


def _whole(name: str, value: Any, unit: str, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise InvalidInput(f"The field {name} is not a whole number{unit} from {least} to {most}; correct it.")
    return value


def _text(path: Path, most: int, what: str) -> str:
    try:
        with path.open("rb") as opened:
            data = opened.read(most + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a file's name"
        raise InvalidInput(f"{path} cannot be read ({why}); name the {what}.") from None
    if len(data) > most:
        raise InvalidInput(f"{path} is larger than any {what}; name the right file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{path} is not UTF-8 text; name the {what}.") from None
