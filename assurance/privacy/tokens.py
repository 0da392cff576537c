"""Attackers with an admitter's whole transcript, who ask which token came of which issuance.

An admitter that keeps everything (every blinded message in order, every answer, its secret key) gets all tokens
afterwards, shuffled. Each attacker guesses a token for each issuance. By chance a guess among N is right once in N, so
that of N guesses one is right on average, whatever N is. Where wallets blind badly, or use tokens in the order in which
they came, the attackers find them all: one that finds nothing anywhere would show nothing.

    python -m assurance.privacy.tokens [--issuances 1000] [--seed 1]

The key has 1,024 bits, so that it takes seconds; wallets refuse such a one, and no attacker here depends on its size.
"""

import argparse
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from jamjar.crypto import blind_rsa
from jamjar.crypto.blind_rsa import EXPONENT

P: Final = int(
    "cbab7070a25a36feefcf0e336da568647058b26870124e9b89017b62c8363bd2"
    "2fbf831f3e65a5708abd7a19a657c37ab9754d65ca0bec013fc6f8b026fdad43",
    16,
)
Q: Final = int(
    "de90b60b01071fee8712b20bd463152090f322125b2808b8058c6199dd6c7040"
    "5f40f61ee1ea5ce9f253700921409ea509eb60dd2e8d1ed0a107a6ef75328cbb",
    16,
)
MODULUS: Final = P * Q
BY_CHANCE: Final = 6
"""More right guesses than this come by chance once in 12,000 runs, however many issuances (Poisson, mean 1)."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What an admitter has: numbers modulo its key, in the order of issuance, and tokens in another order.

    blinded   the blinded messages, and `answers` their blind signatures
    messages  what the tokens' signatures are of, encoded, and `tokens` the signatures
    truth     for each issuance the place of its token, to count with
    """

    blinded: Sequence[int]
    answers: Sequence[int]
    messages: Sequence[int]
    tokens: Sequence[int]
    truth: Sequence[int]


Blinding: TypeAlias = Callable[[random.Random], int]
Attacker: TypeAlias = Callable[[Transcript], Sequence[int]]


def random_blinding(_: random.Random) -> int:
    """Leave the blinding to `blind_rsa.blind`, which draws it from the whole range."""
    return 0


def small_blinding(chance: random.Random) -> int:
    """Return a blinding of 16 bits, as a broken generator might."""
    return chance.randrange(2, 1 << 16)


def no_blinding(_: random.Random) -> int:
    """Return the blinding that changes nothing."""
    return 1


def issued(issuances: int, seed: int, blinding: Blinding = random_blinding, *, shuffled: bool = True) -> Transcript:
    """Return the transcript of so many issuances, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same in every run
    messages = [chance.randbytes(32) for _ in range(issuances)]
    drawn = [blind_rsa.blind(each, MODULUS, chance.randbytes, blinding=blinding(chance)) for each in messages]
    answers = [_signed(int.from_bytes(each.message, "big")) for each in drawn]
    size = blind_rsa.size_of(MODULUS)
    finished = [
        blind_rsa.finalise(message, MODULUS, answer.to_bytes(size, "big"), each.inverse)
        for message, answer, each in zip(messages, answers, drawn, strict=True)
    ]
    order = list(range(issuances))
    if shuffled:
        chance.shuffle(order)
    return Transcript(
        [int.from_bytes(each.message, "big") for each in drawn],
        answers,
        [blind_rsa.encode(messages[each], MODULUS) for each in order],
        [int.from_bytes(finished[each], "big") for each in order],
        [order.index(each) for each in range(issuances)],
    )


def by_order(seen: Transcript) -> Sequence[int]:
    """Guess that tokens are used in the order in which they were asked for."""
    return range(len(seen.tokens))


def by_size(seen: Transcript) -> Sequence[int]:
    """Guess that the larger answer made the larger token."""
    ranked = sorted(range(len(seen.tokens)), key=seen.tokens.__getitem__)
    guesses = dict(zip(sorted(range(len(seen.answers)), key=seen.answers.__getitem__), ranked, strict=True))
    return [guesses[each] for each in range(len(seen.answers))]


def by_bits(seen: Transcript) -> Sequence[int]:
    """Guess the message that differs from the blinded one in the fewest bits."""
    places = range(len(seen.messages))
    return [min(places, key=_differing(seen.messages, each)) for each in seen.blinded]


def by_smallest_blinding(seen: Transcript) -> Sequence[int]:
    """Guess the token that needs the smallest blinding: answer over signature, which only the admitter computes."""
    inverses = [pow(each, -1, MODULUS) for each in seen.tokens]
    places = range(len(inverses))
    return [min(places, key=_needed(inverses, each)) for each in seen.answers]


def by_residues(seen: Transcript) -> Sequence[int]:
    """Guess among the messages that are squares modulo the admitter's primes just where the blinded one is."""
    alike: dict[tuple[int, int], list[int]] = {}
    for place, message in enumerate(seen.messages):
        alike.setdefault(_squares(message), []).append(place)
    left = [alike.get(_squares(each), []) for each in seen.blinded]
    return [each.pop(0) if each else 0 for each in left]


ATTACKERS: Final[Mapping[str, Attacker]] = {
    "order": by_order,
    "size": by_size,
    "bits": by_bits,
    "smallest blinding": by_smallest_blinding,
    "squares": by_residues,
}


def found(seen: Transcript) -> dict[str, int]:
    """Return how many issuances each attacker ties to their tokens."""
    return {
        name: sum(guess == true for guess, true in zip(attack(seen), seen.truth, strict=True))
        for name, attack in ATTACKERS.items()
    }


def possible(seen: Transcript, issuance: int, token: int) -> bool:
    """Return whether some blinding leads from an issuance to a token; if so for every pair, none is likelier."""
    blinding = seen.answers[issuance] * pow(seen.tokens[token], -1, MODULUS) % MODULUS
    return pow(blinding, EXPONENT, MODULUS) * seen.messages[token] % MODULUS == seen.blinded[issuance]


def _signed(number: int) -> int:
    of_p, of_q = (pow(number, pow(EXPONENT, -1, prime - 1), prime) for prime in (P, Q))
    return of_q + Q * ((of_p - of_q) * pow(Q, -1, P) % P)


def _differing(messages: Sequence[int], blinded: int) -> Callable[[int], int]:
    return lambda place: (messages[place] ^ blinded).bit_count()


def _needed(inverses: Sequence[int], answer: int) -> Callable[[int], int]:
    return lambda place: answer * inverses[place] % MODULUS


def _squares(number: int) -> tuple[int, int]:
    return pow(number, (P - 1) // 2, P), pow(number, (Q - 1) // 2, Q)


def main() -> None:
    """Print how many each attacker finds, with the wallet as it is and with what it must not do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issuances", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    cases = {
        "as wallets do it": issued(asked.issuances, asked.seed),
        "blindings of 16 bits": issued(asked.issuances, asked.seed, small_blinding),
        "no blinding": issued(asked.issuances, asked.seed, no_blinding),
        "used in the order of asking": issued(asked.issuances, asked.seed, shuffled=False),
    }
    print(f"Of {asked.issuances} issuances, tied to their token; by chance 1, and more than {BY_CHANCE} hardly ever:")
    for name, seen in cases.items():
        print(f"  {name}: " + ", ".join(f"{attacker} {count}" for attacker, count in found(seen).items()))


if __name__ == "__main__":
    main()
