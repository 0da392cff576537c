"""Members of a network that is not there, with requests signed at one time."""

import json
from pathlib import Path
from typing import Any

from jamjar.network import join_request
from jamjar.network.join_request import SignedJoinRequest

NOW = 1_800_000_000
"""2027-01-15T08:00:00Z"""
DAY = 86_400
NAMES = ("Northern Node Co-operative", "Town Debt Advice", "Council of Tyne", "Banc y Dref", "Ymchwil Älphä")
CHAIN = 20261122


def key(number: int) -> bytes:
    return bytes([number]) * 32


def account(number: int) -> str:
    return "0x" + f"{number:02d}" * 20


def asking(number: int, **changes: Any) -> SignedJoinRequest:
    """The request of one of the members, by number from 1; of a sixth, too."""
    fields = {
        "network": "Town Jamjar",
        "chain_id": CHAIN,
        "name": [*NAMES, "A Sixth"][number - 1],
        "host": f"192.0.2.{number}",
        "port": 30303,
        "accounts": (account(number),),
        "signed_at": NOW,
        "expires": NOW + 30 * DAY,
        **changes,
    }
    return join_request.sign(key(number), **fields)


def written(folder: Path, *requests: SignedJoinRequest, **changes: Any) -> Path:
    """A file of members and their requests, all five unless some are given."""
    folder.mkdir(parents=True, exist_ok=True)
    fields = {
        "network": "Town Jamjar", "chain_id": CHAIN, "period": 2, "version": "26.8.1", **changes,
    }  # fmt: skip
    starts = fields.pop("starts", "2027-01-16T08:00:00Z")
    lines = [f"starts = {starts}", *(f"{name} = {json.dumps(value)}" for name, value in fields.items())]
    for number, each in enumerate(requests or map(asking, range(1, 6)), 1):
        (folder / f"{number}.json").write_text(each.to_json())
        entry = {"name": each.request.name, "validator": each.request.address, "request": f"{number}.json"}
        lines += ["[[member]]", *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in entry.items())]
    (folder / "members.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder / "members.toml"
