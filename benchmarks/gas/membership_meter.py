"""Calls every function of Consortium and Governance: what members, council, governance and anyone do.

The founder is account 0, the council's member acts by account 1, and the adviser by account 2.
"""

from typing import Any, Final

import brownie

from benchmarks.gas.chain_meter import ChainMeter
from jamjar.protocol.founding import FoundingMember
from jamjar.protocol.settings import Settings

FIRST_OF_TEN: Final = 10
"""The number of the first of ten advisers besides member 2."""
KEY: Final = bytes(range(1, 33)) * 38
"""1,216 bytes, as long as an ML-KEM-768 and an X25519 key together."""


class MembershipMeter(ChainMeter):
    """A consortium of a council's member that carries, an adviser, and ten advisers more."""

    def __init__(self) -> None:
        carrier, adviser = (str(brownie.accounts[place]) for place in (1, 2))
        key = f"0x{KEY.hex()}"
        ten = range(FIRST_OF_TEN, FIRST_OF_TEN + 10)
        members = (
            FoundingMember(1, "Northern Node Co-operative", ("OPERATOR", "COUNCIL"), carrier, key),
            FoundingMember(2, "Town Debt Advice", ("ADVISER",), adviser, key),
            *(FoundingMember(n, f"Advice {n}", ("ADVISER",), f"0x{n:040x}", f"0x{n:064x}") for n in ten),
        )
        super().__init__(Settings(members=members))
        self._proposals = 0

    def _membership(self) -> None:
        """Measure every function that changes members, and leave members 1 and 2 as they were founded."""
        self._member_for_itself()
        self._suspensions()
        self._recoveries()
        c = self.system.consortium
        self._decide("admit", c.admit, (3, "Eastern Law Centre", [c.ADVISER()], self.accounts[5], KEY))
        self._decide("grantRole", c.grantRole, c.AUDITOR(), c.seatOf(2))
        self._decide("revokeRole", c.revokeRole, c.AUDITOR(), c.seatOf(2))
        operation = self._propose("admit, vetoed", c.admit.encode_input((4, "n", [], self.accounts[6], KEY)))
        self._do("veto", self.system.governance.cancel, self.system.governance.hashOperation(*operation))

    def _member_for_itself(self) -> None:
        c, own, other = self.system.consortium, self.accounts[2], self.accounts[3]
        self._do("offerAccount", c.offerAccount, other, by=own)
        self._do("acceptAccount", c.acceptAccount, 2, by=other)
        self._do("removeAccount", c.removeAccount, other, by=own)
        self._do("changeEncryptionKey", c.changeEncryptionKey, KEY[::-1], by=own)
        self._do("rename", c.rename, "Town Debt and Money Advice", by=own)

    def _suspensions(self) -> None:
        c, delays = self.system.consortium, self.system.deployment.settings
        self._do("suspend (council)", c.suspend, FIRST_OF_TEN, 1)
        self._skip(delays.suspension)
        self._do("reinstate (lapsed)", c.reinstate, FIRST_OF_TEN)
        self._decide("suspend", c.suspend, FIRST_OF_TEN, 1)
        self._decide("reinstate", c.reinstate, FIRST_OF_TEN)

    def _recoveries(self) -> None:
        c, own, new = self.system.consortium, self.accounts[2], self.accounts[4]
        delay = self.system.deployment.settings.recovery
        self._do("proposeRecovery", c.proposeRecovery, 2, new)
        self._do("objectToRecovery", c.objectToRecovery, by=own)
        self._do("proposeRecovery (again)", c.proposeRecovery, 2, new)
        self._skip(2 * delay)
        self._do("lapseRecovery", c.lapseRecovery, 2)
        self._do("proposeRecovery (again)", c.proposeRecovery, 2, new)
        self._skip(delay)
        self._do("completeRecovery", c.completeRecovery, 2, by=new)
        self._do("removeAccount (recovered)", c.removeAccount, new, by=own)

    # ------------------------------------------------------------------ the governance

    def _decide(self, name: str, call: Any, *arguments: Any) -> None:
        """Measure the proposal of a call to the consortium, and its execution once its delay has passed."""
        operation = self._propose(name, call.encode_input(*arguments))
        self._skip(self.system.deployment.settings.governance_delay)
        self._do(f"execute ({name})", self.system.governance.execute, *operation)

    def _propose(self, name: str, data: str) -> tuple[Any, ...]:
        """Measure a proposal; return the operation: target, value, data, predecessor, salt."""
        self._proposals += 1
        salt = self._proposals.to_bytes(32, "big")
        operation = (self.system.consortium.address, 0, data, bytes(32), salt)
        delay = self.system.deployment.settings.governance_delay
        self._do(f"propose ({name})", self.system.governance.schedule, *operation, delay, by=self.accounts[0])
        return operation
