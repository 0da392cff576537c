"""What an audit says of the modules that the members admitted, by the ABIs in their folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import output
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.audit.foreign import ForeignSeen
    from jamjar.audit.node import AuditNode
    from jamjar.audit.report import AuditReport
    from jamjar.ledger.ledger import Ledger
    from jamjar.protocol.abi import Entry

Modules = Annotated[
    Path | None,
    typer.Option(
        "--modules", help="The file of the registry of modules: they are shown, and their contracts examined."
    ),
]
ModuleFolders = Annotated[
    list[Path] | None,
    typer.Option("--module", help="An admitted module's folder, by whose ABI its events are read."),
]


def examined(
    report: AuditReport, node: AuditNode, ledger: Ledger, registry: Path, folders: Sequence[Path]
) -> tuple[AuditReport, ForeignSeen]:
    """Return a report with what was found of the modules, and what was seen of them."""
    from jamjar.audit.foreign import ForeignContract, examine
    from jamjar.ledger.module_registry import admitted, read_place

    found = admitted(ledger, read_place(registry), report.last)
    abis = dict(_abi(folder, {name: module.code_hash for name, module in found.items()}) for folder in folders)
    contracts = [
        ForeignContract(each.name, each.target, each.target_hash, each.block, abis.get(each.name, ()))
        for each in found.values()
        if each.has_contract
    ]
    seen = examine(node, contracts, report.last)
    counts = dict(report.counts)
    for finding in seen.findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return replace(report, findings=(*report.findings, *seen.findings), counts=counts), seen


def print_seen(seen: ForeignSeen) -> None:
    """Print how often each event of the modules was emitted."""
    table = output.OutputTable("Module", "Event", "Times", right=("Times",))
    for (module, event), times in sorted(seen.events.items()):
        table.add(module, event, times)
    table.print(empty="No event of a module is known.")


def _abi(folder: Path, admitted: dict[str, bytes]) -> tuple[str, Sequence[Entry]]:
    from jamjar.module import artefact, manifest
    from jamjar.module import folder as folders

    files = folders.read(folder)
    module = manifest.parsed(files.contents.get(manifest.FILE, b""))
    if files.wrong or admitted.get(module.name) != folders.code_hash(files.contents):
        raise InvalidInput(f"{folder} is not what was admitted; name the one that jamjar module list finds the same.")
    if module.contract is None:
        return module.name, ()
    return module.name, artefact.read(files.text(module.contract.artefact) or "", module.contract.artefact).abi
