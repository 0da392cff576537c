"""The artefact of a module's contract, made by hand, and what a check says of a module that has it."""

import json
from pathlib import Path
from typing import Any

from tests.unit.module.scene import checked, manifest, sentences

SOURCE = "contract Card {}\n"
CONTRACT = '[contract]\nsource = "Card.sol"\nartefact = "Card.json"\n'
CARD = {"nodeType": "ContractDefinition", "name": "Card", "contractKind": "contract"}
RUNTIME = "6000f3"


def artefact(**changes: Any) -> str:
    tree = {"nodeType": "SourceUnit", "nodes": [CARD]}
    made = {"abi": [], "ast": tree, "bytecode": f"60{RUNTIME}", "deployedBytecode": RUNTIME, "source": SOURCE}
    return json.dumps({**made, **changes})


def found(above: Path, content: str | bytes | None, source: str | None = SOURCE) -> list[tuple[str, str]]:
    text = manifest() + CONTRACT
    said = checked(above, {"module.toml": text, "Card.sol": source, "Card.json": content})
    sentences(said)
    return [(finding.promise, finding.sentence) for finding in said.findings]
