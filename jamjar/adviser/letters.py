"""Letters that wait in an adviser's vault until they are sent: requests and questions, sealed when they go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jamjar.adviser.clients import Client
from jamjar.consent.request import SignedConsentRequest
from jamjar.disclosure import reply
from jamjar.disclosure.question import SignedQuestion
from jamjar.disclosure.reply import SealedReply
from jamjar.protocol.typed_data import Domain


def letter(client: Client, **content: str) -> dict[str, str]:
    """Return the record of a letter to a client: its `request` or its `question`, as JSON."""
    return {
        "consent": client.consent,
        "commitment": client.commitment.hex(),
        "reply_key": client.reply_key.hex(),
        **content,
    }


def sealed_letter(record: Mapping[str, Any], domain: Domain) -> SealedReply:
    """Seal a letter to the claimant's reply key; `domain` is the CommitmentRegistry's."""
    key = bytes.fromhex(record["reply_key"])
    if "question" in record:
        return reply.seal_question(SignedQuestion.from_json(record["question"]), key, domain)
    signed, commitment = SignedConsentRequest.from_json(record["request"]), bytes.fromhex(record["commitment"])
    return reply.seal_request(signed, key, domain, consent=record["consent"], commitment=commitment)
