"""A phone's page beside a small consortium, gone through a part at a time."""

import json
import secrets
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

from jamjar.protocol import signed_message
from jamjar.protocol.typed_data import Message
from jamjar.sandbox.doors import SmallConsortium
from tests.phone.walking import AXE, CHROMIUM, NODE

SPONSOR = 4


class Phone:
    """A phone at a small consortium's page, whose browser keeps its profile from part to part."""

    def __init__(self, small: SmallConsortium, address: str, folder: Path) -> None:
        self.small, self.address, self.folder = small, address, folder
        self.passphrase = secrets.token_hex(8)
        self.strict = replace(small.chain.deployment, ecdsa_only_grants_refused_from=0)

    def goes(self, part: str, **more: Any) -> dict[str, Any]:
        given = {
            "chromium": CHROMIUM,
            "axe": str(AXE),
            "address": self.address,
            "folder": str(self.folder),
            "part": part,
            **more,
        }
        done = subprocess.run(
            [str(NODE), str(Path(__file__).with_name("services.mjs"))],
            input=json.dumps({**given, "passphrase": self.passphrase}),
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        assert (found.get("failed"), found["errors"], found["wrong"]) == (None, [], [])
        return found

    def carry(self, found: dict[str, Any], kind: type[Message]) -> None:
        """Carry what the phone gave to the relayer, as that would at the message's own time, hours from now."""
        chain = self.small.chain
        bodies = [each["body"] for each in found["traffic"] if each["method"] == "POST"]
        (body,) = (each for each in bodies if json.loads(each)["type"] == kind.__name__)
        signed = signed_message.from_json(body, self.strict.domain_of(kind))
        self.strict.check_signed(signed)
        chain.send(chain.accounts[SPONSOR], *chain.call(signed))
