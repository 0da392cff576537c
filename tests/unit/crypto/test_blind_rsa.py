"""Blind RSA signatures: the four vectors of RFC 9474, appendix A, and what is refused.

The vectors give the inverse of the blinding; the signer's part is theirs too, so no secret key is needed here.
"""

import json
from pathlib import Path

import pytest

from jamjar.crypto import blind_rsa
from jamjar.errors import InvalidInput, InvalidSignature

FOUND = json.loads((Path(__file__).parent / "rfc9474.json").read_text())
VECTORS = {each["name"]: {name: value for name, value in each.items() if name != "name"} for each in FOUND["vectors"]}
MODULUS = int(FOUND["n"], 16)
OURS = "RSABSSA-SHA384-PSSZERO-Deterministic"


def never(_size: int) -> bytes:
    raise AssertionError("nothing random is drawn when the blinding is given")


def part(vector, name: str) -> bytes:
    return bytes.fromhex(vector[name])


@pytest.fixture(params=VECTORS)
def vector(request):
    return VECTORS[request.param]


class TestTheVectors:
    def test_there_are_all_four_of_the_rfc(self):
        assert set(VECTORS) == {
            f"RSABSSA-SHA384-{padding}-{kind}"
            for padding in ("PSS", "PSSZERO")
            for kind in ("Randomized", "Deterministic")
        }
        assert int(FOUND["e"], 16) == blind_rsa.EXPONENT

    def test_a_message_is_blinded_to_the_same_bytes(self, vector):
        inverse = int(vector["inv"], 16)
        message, salt = part(vector, "input_msg"), part(vector, "salt")
        blinded = blind_rsa.blind(message, MODULUS, never, salt, pow(inverse, -1, MODULUS))
        assert (blinded.message, blinded.inverse) == (part(vector, "blinded_msg"), inverse)

    def test_the_signature_comes_out_and_verifies(self, vector):
        message, signature = part(vector, "input_msg"), part(vector, "sig")
        blind_rsa.check_answer(part(vector, "blinded_msg"), MODULUS, part(vector, "blind_sig"))
        number = int.from_bytes(part(vector, "blind_sig"), "big") * int(vector["inv"], 16) % MODULUS
        assert number.to_bytes(512, "big") == signature
        blind_rsa.verify(message, MODULUS, signature, len(part(vector, "salt")))


class TestFinalising:
    vector = VECTORS[OURS]

    def finalise(self, answer: bytes, message: bytes = part(VECTORS[OURS], "input_msg")) -> bytes:
        return blind_rsa.finalise(message, MODULUS, answer, int(self.vector["inv"], 16))

    def test_the_right_answer(self):
        assert self.finalise(part(self.vector, "blind_sig")) == part(self.vector, "sig")

    @pytest.mark.parametrize("place", [0, 200, 511])
    def test_a_changed_answer_is_refused(self, place: int):
        answer = bytearray(part(self.vector, "blind_sig"))
        answer[place] ^= 1
        with pytest.raises(InvalidSignature):
            self.finalise(bytes(answer))
        with pytest.raises(InvalidSignature, match="not given out"):
            blind_rsa.check_answer(part(self.vector, "blinded_msg"), MODULUS, bytes(answer))

    @pytest.mark.parametrize("answer", [b"", bytes(511), bytes(513), bytes(512), MODULUS.to_bytes(512, "big")])
    def test_an_answer_of_another_form_is_refused(self, answer: bytes):
        with pytest.raises(InvalidSignature):
            self.finalise(answer)

    def test_the_answer_for_another_message_is_refused(self):
        with pytest.raises(InvalidSignature, match="did not sign"):
            self.finalise(part(self.vector, "blind_sig"), b"another message")


class TestBlinding:
    def test_a_blinding_is_drawn_again_until_it_can_be_undone(self):
        drawn = [bytes(528), (MODULUS - 1).to_bytes(528, "big"), b"\7" * 528]
        blinded = blind_rsa.blind(b"message", MODULUS, lambda size: drawn.pop(0) if size == 528 else b"")
        assert blinded.inverse == MODULUS - 1  # of the second: -1 is its own inverse
        assert str(blinded.inverse) not in repr(blinded)

    def test_a_key_that_a_message_divides_is_refused(self):
        modulus = 3 * ((1 << 1022) + 1)
        messages = (bytes([number]) for number in range(256))
        message = next(each for each in messages if blind_rsa.encode(each, modulus) % 3 == 0)
        with pytest.raises(InvalidInput, match="broken"):
            blind_rsa.blind(message, modulus, never)

    def test_a_signature_longer_or_altered_is_refused(self):
        message, signature = part(VECTORS[OURS], "input_msg"), part(VECTORS[OURS], "sig")
        for wrong in (signature + b"\0", signature[:-1], bytes(512), signature[:-1] + bytes([signature[-1] ^ 1])):
            with pytest.raises(InvalidSignature):
                blind_rsa.verify(message, MODULUS, wrong)
        with pytest.raises(InvalidSignature):
            blind_rsa.verify(message, 15, signature)
