"""Does on EAS what benchmarks/gas/meter.py does on Jamjar, in the same batch sizes, and reads the gas of each.

Why each call is the cheapest that an EAS user can honestly choose:

- A claimant has no ether: grants, commitments and withdrawals are signed by the claimant's key and carried, by EAS's
  own delegated entry points, many signers to a transaction. A recipient records its uses itself, unsigned.
- No signature has a deadline, and no record a recipient or an end: EAS then leaves those words of storage empty.
  Only a consent has both, and can be revoked. The root is the 32 bytes of data, the terms' digest those of a consent.
- Every consent has a fresh key, as in Jamjar, which its grant uses first. So EAS's nonce of each signer is already
  stored when the first commitment comes. Replacing is attesting again, and the newest attestation counts: the one
  before need not be revoked, and nothing records which was replaced.
- The resolver checks less than Jamjar: no pause, no reconfirmation, no count of uses, no standing of the recipient.
  It reads a consent by the only view EAS has: eight words, of which EAS has read one. A resolver that kept a copy
  of each consent in a word of its own would read six fewer, 12,600 gas a record, and set one, 22,100 more a grant.
"""

from collections.abc import Sequence
from typing import Any, Final

from eth_account import Account
from eth_account.signers.local import LocalAccount

from benchmarks.gas.eas import Attestation, Eas
from benchmarks.gas.meter import SIZES
from jamjar.crypto.hashing import keccak256
from jamjar.protocol.settings import DAY

UNCHECKED: Final = 100
"""The batch size of attestations without a consent check."""


class EasMeter:
    """Grants, commits, uses and withdraws in each size, and attests without consent; the same in every run."""

    def __init__(self, web3: Any) -> None:
        _, self._carrier, self._adviser, *_ = self._accounts = web3.eth.accounts
        self.eas = Eas(web3, self._accounts[0])
        self._words = 0

    def measure(self) -> dict[str, int]:
        """Return gas an item, by kind and batch size: `use of 100`."""
        return {name: gas for size in SIZES for name, gas in self._lives(size).items()}

    def measure_unchecked(self) -> dict[str, int]:
        """Return gas an item of EAS by itself, with a recipient, without a resolver; a `timestamp` is of one root."""
        eas, keys = self.eas, [self._key() for _ in range(UNCHECKED)]
        signed = [[self._attestation(eas.unchecked) for _ in keys] for _ in range(2)]
        revocable = [self._attestation(eas.revocable, revocable=True) for _ in keys]
        first, later = (_each(eas.attest_signed(keys, some, self._carrier), UNCHECKED) for some in signed)
        one, many = (eas.attest(some, self._carrier) for some in (revocable[:1], revocable))
        revoked, all_revoked = (eas.revoke(eas.revocable, eas.uids(made), self._carrier) for made in (one, many))
        return {
            "attest": _each(one),
            f"multiAttestByDelegation, first of each of {UNCHECKED} signers": first,
            f"multiAttestByDelegation, later of each of {UNCHECKED} signers": later,
            "revoke": _each(revoked),
            f"multiRevoke of {UNCHECKED}": _each(all_revoked, UNCHECKED),
            "timestamp": _each(eas.timestamp(self._word(), self._carrier)),
        }

    def _lives(self, size: int) -> dict[str, int]:
        """Take `size` consents from their grant to their withdrawal."""
        eas, keys = self.eas, [self._key() for _ in range(size)]
        ends = eas.web3.eth.get_block("latest")["timestamp"] + 180 * DAY
        asked = [self._attestation(eas.consent, expires=ends, revocable=True) for _ in keys]
        granted = eas.attest_signed(keys, asked, self._carrier)
        consents = eas.uids(granted)
        gas = {
            "grant": granted,
            "commitment, first": eas.attest_signed(keys, self._under(consents, eas.commitment), self._carrier),
            "commitment, replacing": eas.attest_signed(keys, self._under(consents, eas.commitment), self._carrier),
            "use": eas.attest(self._under(consents, eas.use), self._adviser),
            "withdrawal": eas.revoke_signed(keys, eas.consent, consents, self._carrier),
        }
        return {f"{name} of {size}": _each(receipt, size) for name, receipt in gas.items()}

    def _under(self, consents: Sequence[bytes], schema: bytes) -> list[Attestation]:
        """Return an attestation of a new root under each consent."""
        return [Attestation(schema, self._word(), consent) for consent in consents]

    def _attestation(self, schema: bytes, *, expires: int = 0, revocable: bool = False) -> Attestation:
        return Attestation(schema, self._word(), recipient=self._adviser, expires=expires, revocable=revocable)

    def _key(self) -> LocalAccount:
        account: LocalAccount = Account.from_key(self._word())
        return account

    def _word(self) -> bytes:
        self._words += 1
        return keccak256(b"EAS" + self._words.to_bytes(32, "big"))


def _each(receipt: Any, size: int = 1) -> int:
    return int(receipt["gasUsed"]) // size
