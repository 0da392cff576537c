"""A claimant's package, and a desk that looks at it while the network is hurt."""

import secrets
import subprocess
import threading
from pathlib import Path

from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.protocol.events import ConsentUsed
from jamjar.sandbox.claimant import PERIOD, Claimant
from jamjar.sandbox.households import households
from jamjar.sandbox.institutions import ADVISER, OPERATOR
from jamjar.sandbox.processes import ProcessError
from jamjar.vault.vault import Vault
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.wallet import Wallet
from tests.network.running import wait
from tests.network.scene import Scene

BEGINS = 60
"""Seconds until a consent begins, in which a busy machine has to record it."""
SHOWN = ("fixed.home.rent", "balance")


class Look:
    """One claimant's package, and a desk that looks at it meanwhile."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene, household, at = scene, households(PERIOD)[0], scene.at
        self.planned = {entry.name: entry.value for entry in household.budget.entries()}
        wallet = Wallet(
            scene.deployment, Vault.create(str(folder / f"{secrets.token_hex(4)}.vault"), secrets.token_urlsafe(16))
        )
        claimant = Claimant(wallet, at.ledger(OPERATOR), at.accounts["1"])
        self.consent = claimant.grant(ADVISER, ["fixed.home"], ["balance"], ahead=BEGINS)
        wait(lambda: claimant.ledger.is_live(self.consent), "the consent does not begin")
        claimant.commit(self.consent, household.budget)
        wait(lambda: at.ledger(ADVISER).head_of(self.consent) == wallet.head_of(self.consent), "the budget is missing")
        mail = ClaimantMail(wallet, claimant.ledger, claimant_connections(scene.deployment, scene.services.mailbox))
        self.package = mail.show(self.consent, SHOWN)
        self.seen: dict[str, int] = {}
        self.thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        try:
            self.seen = self.scene.services.desk.look(self.package)
        except (ProcessError, subprocess.TimeoutExpired) as error:  # as when a halted network records no use
            print(error)

    def _sees(self) -> bool:
        if not self.seen:
            self._look()
        return bool(self.seen)

    def uses(self, member: int) -> int:
        events = self.scene.at.ledger(member).events("ConsentUsed", self.consent)
        return len([each for each in events if isinstance(each, ConsentUsed)])

    def ends(self) -> None:
        """The desk saw what was shown for one use, which every node has."""
        self.thread.join()
        wait(lambda: self.uses(ADVISER) > 0, "the use was lost")
        wait(self._sees, "the desk does not see what is shown")
        assert {name: self.seen.get(name) for name in SHOWN} == {name: self.planned[name] for name in SHOWN}
        for member in self.scene.at.nodes:
            wait(lambda member=member: self.uses(member) > 0, f"node {member} lacks the use")
            assert self.uses(member) == 1
