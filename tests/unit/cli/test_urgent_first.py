"""What is urgent goes before what other consents send, which may fail and end the look."""

from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.wallet.relaying import Relaying, send_due
from jamjar.errors import NodeUnavailable
from jamjar.protocol.settings import DAY
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from tests.unit.relayer.world import DEPLOYMENT, NOW, Clock
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS, drawn


class Failing(Relaying):
    """A way on which everything fails."""

    def send(self, waiting: Any, now: int, *, at_once: bool = False) -> None:
        sent.extend(type(each.signed.message).__name__ for each in waiting)
        raise NodeUnavailable("The node does not answer; try again.")


sent = list[str]()


def test_a_withdrawal_goes_before_what_waited_longer(tmp_path: Path) -> None:
    clock = Clock()
    with Vault.create(str(tmp_path / "vault"), PASSPHRASE, cost=CHEAP) as vault:
        wallet = Wallet(DEPLOYMENT, vault, drawn(), clock)
        begins = NOW + DAY - NOW % DAY
        times = {"valid_from": begins, "valid_until": begins + 90 * DAY, "reconfirm_by": begins + 30 * DAY}
        ended, _ = (wallet.grant(TERMS, **times, max_uses=3).message.consent for _ in range(2))
        wallet.settle(next(each for each in wallet.outgoing() if each.message.consent == ended))
        clock.now += 3 * DAY
        wallet.withdraw(ended)
        with pytest.raises(NodeUnavailable):
            send_due(Failing(wallet, lambda: None, None), int(clock()))
    assert sent == ["Withdraw"]
