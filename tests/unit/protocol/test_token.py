"""Tokens: what one is good for, and what is no key, no token, no request and no answer.

Given a token            good for its consent, epoch, chain and registry, and for no other
Given a published key    refused unless it is of 2,048 to 4,096 bits, and spelt in one way
When a text is changed   InvalidInput, or the token is read as none
"""

from dataclasses import replace

import pytest
from eth_abi.abi import encode

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol import token as tokens
from jamjar.protocol import vouched
from jamjar.protocol.token import EpochKey
from jamjar.protocol.typed_data import Domain, Grant
from tests.support.tokens import ADMITTER, TestAdmitter
from tests.unit.relayer.world import DEPLOYMENT, NOW, grant, key

ADMITTING = TestAdmitter(tokens.epoch_of(NOW))
BY, OTHER = key(), key()
DOMAIN = DEPLOYMENT.domain_of(Grant)
TOKEN = ADMITTING.token(BY.address, DEPLOYMENT)


class TestWhatATokenIsGoodFor:
    def test_its_consent_in_its_epoch(self):
        TOKEN.verify(DOMAIN, ADMITTING.find)
        assert vouched.why_not(grant(BY).message, TOKEN, DEPLOYMENT, ADMITTING.find) == ""

    @pytest.mark.parametrize(
        "change",
        [
            {"consent": OTHER.address},
            {"epoch": tokens.epoch_after(ADMITTING.epoch)},
            {"admitter": 5},
            {"signature": TOKEN.signature[:-1] + bytes([TOKEN.signature[-1] ^ 1])},
            {"signature": TOKEN.signature + b"\0"},
        ],
    )
    def test_no_other_consent_epoch_admitter_or_signature(self, change):
        def find(admitter: int, epoch: int) -> EpochKey | None:
            return replace(ADMITTING.key, epoch=epoch) if admitter == ADMITTER else None

        with pytest.raises(InvalidSignature):
            replace(TOKEN, **change).verify(DOMAIN, find)

    @pytest.mark.parametrize("domain", [Domain(1, DOMAIN.contract), Domain(1337, "0x" + 40 * "1")])
    def test_no_other_chain_or_registry(self, domain: Domain):
        with pytest.raises(InvalidSignature):
            TOKEN.verify(domain, ADMITTING.find)

    def test_the_message_is_the_documented_one(self):
        values = ("jamjar/enrol/1", 1337, DOMAIN.contract, BY.address, ADMITTING.epoch)
        encoded = encode(("string", "uint256", "address", "address", "uint256"), values)
        assert tokens.message_of(DOMAIN, BY.address, ADMITTING.epoch) == keccak256(encoded)

    def test_a_grant_of_this_month_or_the_next(self):
        begins = [
            tokens.begin_of(202612),
            tokens.begin_of(202701),
            tokens.begin_of(202702),
            tokens.begin_of(202612) - 1,
        ]
        made = replace(TOKEN, epoch=202612)
        assert [made.begins_in_time(at) for at in begins] == [True, True, False, False]
        assert [tokens.epoch_of(at) for at in begins] == [202612, 202701, 202702, 202611]

    @pytest.mark.parametrize("begins", [253402300799, 253402300800, 2**40 - 1])
    def test_a_grant_that_begins_in_no_year_of_four_digits_is_of_no_month_near(self, begins: int):
        assert not TOKEN.begins_in_time(begins)

    def test_why_a_grant_is_not_vouched_for(self):
        late = grant(BY, NOW + 70 * 86400).message
        for asked, given, why in (
            (grant(BY).message, None, "No admitter's token"),
            (grant(OTHER).message, TOKEN, "No admitter's token"),
            (late, TOKEN, "newer token"),
            (grant(BY).message, replace(TOKEN, admitter=5), "no key"),
        ):
            assert why in vouched.why_not(asked, given, DEPLOYMENT, ADMITTING.find)


class TestKeys:
    def test_as_it_is_published(self):
        data = ADMITTING.key.to_bytes()
        assert EpochKey.from_bytes(data) == ADMITTING.key
        assert 32 <= len(data) <= 4096  # what IConsortium takes

    @pytest.mark.parametrize("bits", [1024, 2040, 2047, 2052, 4104, 8192])
    def test_another_size_is_refused(self, bits: int):
        with pytest.raises(InvalidInput, match="bits"):
            EpochKey(202612, 4, (1 << bits - 1) + 1)

    @pytest.mark.parametrize(
        ("epoch", "quota"), [(0, 4), (202613, 4), (202600, 4), (True, 4), (202612, 0), (202612, 65)]
    )
    def test_other_numbers_are_refused(self, epoch: int, quota: int):
        with pytest.raises(InvalidInput):
            EpochKey(epoch, quota, ADMITTING.modulus)

    def test_even_and_other_spellings_are_refused(self):
        data = ADMITTING.key.to_bytes()
        with pytest.raises(InvalidInput):
            EpochKey(202612, 4, 1 << 2047)
        for wrong in (b"", data[:20], data[1:], data[:24] + b"\0" + data[24:], b"\4" * 1216, data[:-1]):
            with pytest.raises(InvalidInput):
                EpochKey.from_bytes(wrong)
