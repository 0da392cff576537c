"""grant: only the consent's own key grants it, and only what it signed.

When another key signed                           it reverts with NotSignedByConsent
When a field was changed after signing            it reverts with NotSignedByConsent
When it is a withdrawal that the key signed       it reverts with NotSignedByConsent
When the signature can be no key's                it reverts with NotSignedByConsent
When the consent is the zero address, whether the signature can be no key's or is some key's
                                                  it reverts with NotSignedByConsent
"""

from dataclasses import replace

import pytest

from jamjar.protocol.typed_data import Withdraw

ZERO = "0x" + "00" * 20
NOTHING = (bytes(32), bytes(32))
OFF_CURVE = (b"\xff" * 32, b"\x7f" * 32)  # r beyond the group order (SEC 2, 2.4.1): no key's


@pytest.fixture
def carry(system, people):
    def run(message, signature):
        item = tuple(getattr(message, name) for name in message.__slots__), signature
        return system.consents.grant(item, {"from": people.operator})

    return run


def test_reverts_when_another_key_signed(carry, claimants, refused):
    key = claimants.key()
    message = claimants.grant_message(key)
    with refused("NotSignedByConsent", key.address):
        carry(message, claimants.sign(claimants.key(), message))


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("recipient", lambda _: 3),
        ("valid_from", lambda value: value + 1),
        ("valid_from", lambda value: value - 1),
        ("valid_until", lambda value: value + 1),
        ("valid_until", lambda value: value - 1),
        ("reconfirm_by", lambda value: value + 1),
        ("reconfirm_by", lambda value: value - 1),
        ("max_uses", lambda value: value + 1),
        ("max_uses", lambda value: value - 1),
        ("terms_digest", lambda value: value[:-1] + bytes([value[-1] ^ 1])),
    ],
)
def test_reverts_when_a_field_was_changed(carry, claimants, refused, field, change):
    key = claimants.key()
    signed = claimants.grant_message(key)
    carried = replace(signed, **{field: change(getattr(signed, field))})
    with refused("NotSignedByConsent", key.address):
        carry(carried, claimants.sign(key, signed))


def test_reverts_when_the_consent_was_changed(carry, claimants, refused):
    key, other = claimants.key(), claimants.key()
    signed = claimants.grant_message(key)
    with refused("NotSignedByConsent", other.address):
        carry(replace(signed, consent=other.address), claimants.sign(key, signed))


@pytest.mark.parametrize("signature", [NOTHING, OFF_CURVE])
def test_reverts_when_no_key_signed(carry, claimants, refused, signature):
    key = claimants.key()
    with refused("NotSignedByConsent", key.address):
        carry(claimants.grant_message(key), signature)


@pytest.mark.parametrize("signature", [NOTHING, OFF_CURVE, "a key's"])
def test_reverts_when_the_consent_is_zero(system, claimants, people, refused, signature):
    (_, *fields), by_key = claimants.grant(claimants.key())
    item = (ZERO, *fields), by_key if signature == "a key's" else signature
    with refused("NotSignedByConsent", ZERO):
        system.consents.grant(item, {"from": people.operator})


def test_reverts_when_the_signature_is_of_another_type(carry, claimants, refused):
    key = claimants.key()
    with refused("NotSignedByConsent", key.address):
        carry(claimants.grant_message(key), claimants.sign(key, Withdraw(key.address)))
