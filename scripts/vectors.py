"""Writes `vectors/*.json`: what every implementation of the formats must make, read and refuse.

All is made of fixed bytes, so the same code writes the same files; `docs/formats.md` says what they are vectors of.
Only sealing and ML-DSA-44 draw randomness of their own: what is kept of these stays for as long as it is good.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from tools.vectors import commitments, logs, logs_pq, members, messages, sets, tables, texts, vaults

FOLDER = Path(__file__).resolve().parent.parent / "vectors"


def files() -> Iterator[tuple[Path, str]]:
    """Yield each file with the text that it is to have."""
    made = {
        "texts": texts.vectors(),
        "derivation": messages.derivation(),
        "messages": messages.messages(FOLDER / "messages.json"),
        "terms": commitments.terms(),
        "commitments": commitments.commitments(),
        "sets": sets.vectors(),
        "sealed": commitments.sealed(FOLDER / "sealed.json"),
        "vault": vaults.vectors(),
        "log": {**logs.vectors(), "post_quantum": logs_pq.vectors(FOLDER / "log.json")},
        "members": members.vectors(),
        "tables": tables.vectors(),
    }
    for name, content in made.items():
        yield FOLDER / f"{name}.json", json.dumps(content, indent=1, ensure_ascii=True) + "\n"


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in files():
        path.write_text(text, encoding="ascii")
        print(f"{path.name}: {len(text):,} bytes")


if __name__ == "__main__":
    main()
