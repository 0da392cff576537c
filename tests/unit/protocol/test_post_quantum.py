"""Messages of format 2: an ML-DSA-44 signature beside the consent's own, and the time from which grants need one.

When it is of another message, key or length, or cut off      the message is refused, never read as of format 1
When a grant begins from the sunset on and has none           it is refused, and one that begins before is not
When any other message has none                               it is taken: nobody's withdrawal depends on it
Given a deployment file without a sunset                      nothing is refused for it, and the file stays as it was
"""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.encoding.json_schema import Schema
from jamjar.errors import DeploymentError, InvalidInput, InvalidSignature
from jamjar.protocol import signed_message
from jamjar.protocol.deployment import Deployment, from_json
from jamjar.protocol.founding import FoundingMember
from jamjar.protocol.settings import Settings
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Domain, Grant, Message, Pause, Withdraw
from tests.unit.wallet.scene import DEPLOYMENT

DOMAIN = DEPLOYMENT.domain_of(Withdraw)
KEY, BESIDE, OTHER = ConsentKey(b"\1" * 32), MlDsaKey(b"\2" * 32), MlDsaKey(b"\3" * 32)
GRANT = Grant(KEY.address, 2, 100, 900, 500, 3, b"\4" * 32)
SUNSET = 1_900_000_000


def signed(message: Message, beside: MlDsaKey | None = BESIDE, domain: Domain = DOMAIN) -> SignedMessage:
    return sign(KEY, domain, message, beside)


def fields(message: Message = GRANT) -> dict[str, object]:
    return dict(json.loads(signed_message.to_json(signed(message), DOMAIN)))


def test_it_is_written_and_read() -> None:
    text = signed_message.to_json(signed(GRANT), DOMAIN)
    read, domain = signed_message.read(text)
    assert (read, domain, len(text) < signed_message.MAX_BYTES) == (signed(GRANT), DOMAIN, True)
    assert read.post_quantum is not None
    assert read.post_quantum.key_digest == sha256(BESIDE.public_bytes).hexdigest()
    assert signed_message.to_json(read, DOMAIN) == text
    plain = signed_message.to_json(signed(GRANT, None), DOMAIN)
    assert json.loads(plain)["format"] == "jamjar.signed.1"


def schema_of(named: str, kind: str) -> Schema:
    found = signed_message.schema()["oneOf"]
    return next(
        each["properties"]
        for each in found
        if each["properties"]["format"] == {"const": named} and each["properties"]["type"] == {"const": kind}
    )


def test_its_schema_names_the_same_fields() -> None:
    for named, written in (("jamjar.signed.2", fields()), ("jamjar.signed.1", None)):
        found = schema_of(named, "Grant")
        if written is not None:
            assert set(found) == set(written)
        assert ("pq_key" in found) is (named == "jamjar.signed.2")


def test_what_is_not_its_own_is_refused() -> None:
    good, other = fields(), json.loads(signed_message.to_json(signed(GRANT, OTHER), DOMAIN))
    another = fields(replace(GRANT, max_uses=4))
    for change in (
        {"pq_key": other["pq_key"]},
        {"pq_signature": other["pq_signature"]},
        {"pq_signature": another["pq_signature"]},
    ):
        with pytest.raises(InvalidSignature, match="ML-DSA-44"):
            signed_message.read(json.dumps(good | change))
    elsewhere = signed(GRANT, domain=Domain(DOMAIN.chain_id + 1, DOMAIN.contract))
    with pytest.raises(InvalidSignature, match="ML-DSA-44"):
        signed_message.check(replace(signed(GRANT), post_quantum=elsewhere.post_quantum), DOMAIN)


@pytest.mark.parametrize("change", [{"format": "jamjar.signed.1"}, {"format": "jamjar.signed.3"}, {"format": 2},
                                    {"pq_key": None}, {"pq_key": "AAAA"}, {"pq_signature": "AAAA"}, {"pq_key": "?"},
                                    {"pq_suite": "ML-DSA-87"}])  # fmt: skip
def test_another_form_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        signed_message.read(json.dumps(fields() | change))
    for name in ("pq_key", "pq_signature"):
        with pytest.raises(InvalidInput):
            signed_message.read(json.dumps({key: value for key, value in fields().items() if key != name}))


def test_from_the_sunset_on_a_grant_needs_it() -> None:
    at = replace(DEPLOYMENT, ecdsa_only_grants_refused_from=SUNSET)
    late = replace(GRANT, valid_from=SUNSET, valid_until=SUNSET + 9, reconfirm_by=SUNSET + 9)
    with pytest.raises(InvalidInput, match="2030-03-17"):
        at.check_signed(signed(late, None))
    at.check_signed(signed(late))
    at.check_signed(signed(replace(late, valid_from=SUNSET - 1), None))
    DEPLOYMENT.check_signed(signed(late, None))
    for message in (Withdraw(KEY.address), Pause(KEY.address, 0)):
        at.check_signed(signed(message, None))


def test_the_deployment_file_names_it_or_is_as_before() -> None:
    settings = Settings(
        founders=(KEY.address,), members=(FoundingMember(1, "Bank", ("SPONSOR",), KEY.address, "0x" + "05" * 32),)
    )
    made: Deployment = replace(DEPLOYMENT, settings=settings)
    assert "sunset" not in made.to_json()
    assert "ecdsa_only" not in made.to_json()
    assert from_json(made.to_json(), "f") == made
    dated = replace(made, ecdsa_only_grants_refused_from=SUNSET)
    assert from_json(dated.to_json(), "f") == dated
    last = replace(made, ecdsa_only_grants_refused_from=253402300799)
    assert from_json(last.to_json(), "f").sunset_day == "9999-12-31 23:59 UTC"
    with pytest.raises(DeploymentError, match="after the year 9999; write seconds"):
        from_json(last.to_json().replace("253402300799", "1893456000000"), "f")  # milliseconds
    for wrong in ("2030-01-01", -1, 1.5, True, 2**53):
        with pytest.raises(DeploymentError):
            from_json(json.dumps(json.loads(made.to_json()) | {"ecdsa_only_grants_refused_from": wrong}), "f")
    with pytest.raises(DeploymentError):
        from_json(json.dumps(json.loads(made.to_json()) | {"ecdsa_only_grants_refused_form": SUNSET}), "f")
