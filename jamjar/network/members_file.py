"""The file of members: who founds a network, as a person writes it (TOML 1.0), and the same at every member.

`template` has an example with every field.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from jamjar.errors import InvalidInput
from jamjar.network import join_request
from jamjar.network.agreement import MOST_BYTES, NetworkAgreement
from jamjar.network.join_request import SignedJoinRequest, check_address
from jamjar.network.signed_file import check_current

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_FIELDS: Final = ("network", "chain_id", "starts", "period", "version", "member")
_MEMBER_FIELDS: Final = ("name", "validator", "request")
_TEMPLATE: Final = """\
# Who founds the network. All members write the same, and compare what jamjar network init prints.

network = "<Town Jamjar>"
chain_id = 20261122              # as in the join requests; of no other network that you know
starts = 2026-12-01T12:00:00Z    # the first block's time, after every join request was signed
period = 2                       # seconds from one block to the next
version = "<26.8.1>"             # of Besu, the same at every member

# One [[member]] each; at least four.
[[member]]
name = "<Northern Node Co-operative>"
validator = "<0x...>"            # as the member told you in another way than its request came: by telephone, on paper
request = "<northern.json>"      # what the member's jamjar network join-request wrote, beside this file

[[member]]
name = "<Town Debt Advice>"
validator = "<0x...>"
request = "<advice.json>"
"""


def template() -> str:
    """Return an example of a file of members, with a comment on each field."""
    return _TEMPLATE


def read(path: Path, engine: str) -> NetworkAgreement:
    """Return what a file of members and the join requests beside it agree on, for an engine.

    Raises InvalidInput, which names the file, for a request that is not what the file says, or not valid at the time
    of the first block, and InvalidSignature for one that was changed.
    """
    try:
        data = tomllib.loads(_text(path, "file of members"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidInput(f"{path} is not TOML: {error}; correct it, and name each field once.") from None
    try:
        return _agreement(data, path.parent, engine)
    except InvalidInput as error:
        raise type(error)(f"{path}: {error}") from None


def _agreement(data: dict[str, Any], folder: Path, engine: str) -> NetworkAgreement:
    _check_fields(data, "The file", _FIELDS)
    starts, entries = data["starts"], data["member"]
    if not isinstance(starts, datetime) or starts.tzinfo is None or starts.microsecond:
        raise InvalidInput("The field starts is no time such as 2026-12-01T12:00:00Z; write it so, without quotes.")
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise InvalidInput("The members are no tables; begin each with [[member]], as in the template.")
    began = int(starts.timestamp())
    members = [_member(each, f"Member entry {place}", folder, began) for place, each in enumerate(entries, 1)]
    return NetworkAgreement(
        engine=engine,
        network=data["network"],
        chain_id=data["chain_id"],
        version=data["version"],
        starts=began,
        period=data["period"],
        validators=tuple(each.request.address for each in members),
        members=tuple(members),
    )


def _member(entry: dict[str, Any], what: str, folder: Path, starts: int) -> SignedJoinRequest:
    _check_fields(entry, what, _MEMBER_FIELDS)
    file = entry["request"]
    if not isinstance(file, str) or not file or "\0" in file:
        raise InvalidInput(f"{what} has a request that is no file's name; write one, beside this file.")
    signed = join_request.read(_text(folder / file, "join request"))
    request, validator = signed.request, check_address(entry["validator"], f"The validator of m{what[1:]}")
    if request.name != entry["name"]:
        raise InvalidInput(f"{what} is {entry['name']!r}, and its request {request.name!r}'s; name the right file.")
    if request.address != validator:
        raise InvalidInput(
            f"{request.title} is signed by {request.address}, and not by {validator}; ask the member, in another way "
            "than the file came, which of both is its own."
        )
    check_current(f"{request.title}", request.signed_at, request.expires, starts)
    return signed


def _check_fields(table: dict[str, Any], what: str, fields: Collection[str]) -> None:
    if unknown := [each for each in table if each not in fields]:
        raise InvalidInput(f"{what} has the unknown field {unknown[0]!r}; the fields are {', '.join(fields)}.")
    if missing := [each for each in fields if each not in table]:
        raise InvalidInput(f"{what} lacks the field {missing[0]}; add it, as in the template.")


def _text(path: Path, what: str) -> str:
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) <= MOST_BYTES:
            return data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InvalidInput(f"{path} cannot be read ({why}); name the {what}.") from None
    raise InvalidInput(f"{path} is larger than any {what}; name the right file.")
