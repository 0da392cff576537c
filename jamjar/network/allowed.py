"""The lists of nodes and accounts that each member allows, compared: a rule holds where all validators keep it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.service.json_rpc import JsonRpc, RpcError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE: Final = "permissions_config.toml"
GETH_FILE: Final = "config.toml"
_MOST_BYTES: Final = 1 << 20
_KINDS: Final = {"node": "nodes-allowlist", "account": "accounts-allowlist"}
_METHODS: Final = {"node": "perm_getNodesAllowlist", "account": "perm_getAccountsAllowlist"}
_ANSWER_SECONDS: Final = 10

Allowed = frozenset[tuple[str, str]]
"""What a list allows: each entry's kind, node or account, and the entry."""


@dataclass(frozen=True, slots=True)
class AllowedDifference:
    """An entry that some lists have and some have not, which are named."""

    kind: str
    entry: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]

    def __str__(self) -> str:
        return f"The {self.kind} {self.entry} is allowed by {', '.join(self.has)}, and not by {', '.join(self.lacks)}."


def differences(lists: Mapping[str, Allowed]) -> list[AllowedDifference]:
    """Return every entry that is not in all lists, which are given by their names; none where all are alike."""
    found = list[AllowedDifference]()
    for kind, entry in sorted(frozenset().union(*lists.values())):
        has = tuple(name for name, allowed in lists.items() if (kind, entry) in allowed)
        if len(has) < len(lists):
            found.append(AllowedDifference(kind, entry, has, tuple(name for name in lists if name not in has)))
    return found


def read(place: str) -> Allowed:
    """Return what a place allows: a bundle's folder, a file of permissions, or a running node's address.

    Raises InvalidInput, NodeUnavailable.
    """
    if place.startswith(("http://", "https://")):
        return _of_node(place)
    file = Path(place)
    if file.is_dir():
        file = next((file / name for name in (FILE, GETH_FILE) if (file / name).exists()), file / FILE)
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise InvalidInput(f"{file} is larger than any list; name a member's bundle.")
        found = tomllib.loads(data.decode())
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read ({error.strerror}); name a member's bundle.") from None
    except (ValueError, RecursionError):
        if len(data) > _MOST_BYTES:
            raise
        raise InvalidInput(f"{file} is not TOML; name a member's bundle, or take the file from it again.") from None
    if file.name == GETH_FILE:  # which has no list of accounts
        return _entries({"node": _within(found, "Node", "P2P", "TrustedNodes")}, str(file))
    return _entries({kind: found.get(name) for kind, name in _KINDS.items()}, str(file))


def _within(found: Any, *names: str) -> Any:
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _of_node(url: str) -> Allowed:
    node = JsonRpc(url, seconds=_ANSWER_SECONDS)
    found = dict[str, Any]()
    for kind, method in _METHODS.items():
        answer = node.one(method)
        if isinstance(answer, RpcError):
            raise NodeUnavailable(f"{url} refuses {method} ({answer.message}); ask it on its own machine.")
        found[kind] = answer
    return _entries(found, url)


def _entries(found: Mapping[str, Any], where: str) -> Allowed:
    entries = set[tuple[str, str]]()
    for kind, values in found.items():
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise InvalidInput(f"{where} has no list of {kind}s, so it allows every one; take the bundle's file again.")
        entries |= {(kind, each.lower()) for each in values}
    return frozenset(entries)
