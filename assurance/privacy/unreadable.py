"""Promise P1, checked on a chain: everything that a network left there is searched for what nobody may read there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import brownie

from assurance.privacy.chain_bytes import chain_bytes
from assurance.privacy.permitted import Facts
from assurance.privacy.plaintext_scan import Finding, Forbidden, findings
from jamjar.plan.budget import Budget
from sandbox.members import NAMES
from sandbox.network import NOTICE, SampleNetwork


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched, as pieces and bytes by kind (see chain_bytes.Piece), and what was found."""

    pieces: Mapping[str, int]
    sizes: Mapping[str, int]
    findings: tuple[Finding, ...]


def search(network: SampleNetwork, budgets: Iterable[Budget], texts: Iterable[str]) -> Search:
    """Search all blocks since the deployment for these budgets, these texts and every notice of the network."""
    deployment = network.system.deployment
    last = brownie.web3.eth.get_block("latest")
    pieces = list(chain_bytes(brownie.web3, deployment.block, last["number"]))
    notices = [NOTICE.format(recipient=NAMES[number], uses="some") for number in network.desks]
    facts = Facts(
        contracts={at.address: name for name, at in deployment.contracts().items()},
        members=NAMES,
        earliest=brownie.web3.eth.get_block(deployment.block)["timestamp"],
        latest=last["timestamp"],
        most_uses=network.ledger.read("ConsentRegistry", "limits")[2],
    )
    sizes: Counter[str] = Counter()
    for piece in pieces:
        sizes[piece.kind] += len(piece.data)
    found = findings(pieces, Forbidden.of(budgets, [*texts, *notices]), facts)
    return Search(Counter(piece.kind for piece in pieces), sizes, tuple(found))
