"""What an audit says of signatures by more than ECDSA, of which the ledger holds none."""

from collections.abc import Iterator

from jamjar.audit.findings import Finding
from jamjar.model.state import LedgerState
from jamjar.protocol.deployment import Deployment


def after_sunset(deployment: Deployment, state: LedgerState) -> Iterator[Finding]:
    """Yield one finding that counts the grants beginning when ECDSA alone is refused, if the deployment says when.

    Events and calldata hold ECDSA signatures only, and no terms, which name the key of the second: whoever can forge
    ECDSA can bring a second key and signature of its own, so that only who has the terms can tell.
    """
    sunset = deployment.ecdsa_only_grants_refused_from
    if sunset is None:
        return
    late = sorted(name for name, consent in state.consents.items() if consent.valid_from >= sunset)
    if late:
        yield Finding(
            "beyond-sunset",
            f"{len(late)} consents begin at {deployment.sunset_day} or later, such as {late[0]}; the ledger shows their"
            " ECDSA signatures alone.",
        )
