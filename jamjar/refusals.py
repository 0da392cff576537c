"""What a claimant did not agree to: on record in the vault, and nowhere else."""

from typing import Final

from jamjar import strict_json
from jamjar.terms import Terms
from jamjar.vault.vault import Vault

REFUSAL: Final = "refusal"
"""The kind of record in the vault, by the time in Unix seconds and a count."""


def refuse(vault: Vault, terms: Terms, now: int) -> None:
    """Keep that these terms were refused at a time, in Unix seconds."""
    with vault.writing() as page:
        count = sum(1 for _ in page.all(REFUSAL))
        page.put(REFUSAL, f"{now}/{count}", strict_json.dumps({"at": now, "terms": terms.to_json()}).encode())


def refused(vault: Vault) -> tuple[tuple[int, Terms], ...]:
    """Return when which terms were refused, oldest first."""
    with vault.reading() as page:
        records = [strict_json.loads(value.decode(), "a refusal") for _, value in page.all(REFUSAL)]
    return tuple((record["at"], Terms.from_json(record["terms"])) for record in records)
