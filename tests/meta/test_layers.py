"""Imports only go downwards, and each edge of the system is one module's.

A new module of jamjar is put into its layer here, one in a folder by its dotted name; one that is in none fails.
"""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# From the bottom up: a module imports from its own layer and from those above it in this table.
LAYERS = {
    "pure": "address advice budget catalogue commitment consent_events consent_history consent_parties "
    "consent_record consent_rules consent_words decision disclosure entries errors event hand_over_rules hashing held "
    "lines member_events member_rules merkle money padding paper_text period purpose record recorded replay "
    "schedule scope settings strict_json terms typed_data verification "
    "bank.bars bank.book bank.csv_files bank.keys bank.layouts bank.open_banking bank.reader bank.rules bank.source "
    "bank.spending bank.svg bank.text bank.transaction",
    "edges": "asking calls card_page carried consent_schema contract_abi database deployment event_log ledger package "
    "panic_card raw_logs recipient_key rejection reply sealing signed_json signing "
    "vault.connecting vault.header vault.page vault.passphrase vault.records vault.secret vault.storage_errors "
    "vault.store vault.tables vault.turns vault.vault vault.whole_file",
    "services": "mailbox.app mailbox.client mailbox.conditions mailbox.rates mailbox.refusal mailbox.service "
    "mailbox.sight mailbox.signed_request mailbox.store mailbox.tables mailbox.watch "
    "relayer.accounts relayer.answers relayer.app relayer.batching relayer.calldata relayer.carrier "
    "relayer.carrier_settings relayer.chain relayer.client relayer.clock relayer.conditions relayer.epochs "
    "relayer.following relayer.health relayer.intake relayer.item relayer.journal relayer.metrics relayer.node "
    "relayer.outcomes relayer.queue relayer.receipt relayer.refusal relayer.shares relayer.sight "
    "relayer.tables relayer.transactions relayer.worker",
    "roles": "administrator adviser adviser_mail claimant claimant_mail erasure jars looks refusals",
    "commands": "cli.adviser cli.carry cli.connections cli.consents cli.ending cli.files cli.keep cli.mailbox cli.main "
    "cli.listening cli.money cli.relayer cli.sending cli.setting cli.show cli.shown cli.sorting cli.wallet __main__",
}
LAYER_OF = {module: layer for layer, modules in LAYERS.items() for module in modules.split()}
ORDER = list(LAYERS)

# What only the named modules of jamjar may import.
RESERVED = {
    "web3": {"asking", "ledger", "raw_logs", "relayer.node"},
    "requests": {"asking", "mailbox.client", "relayer.client"},
    "fastapi": {"mailbox.app", "relayer.app"},
    "coincurve": {"signing"},
    "sqlalchemy": {"database", "mailbox.store", "mailbox.tables"}
    | {"relayer.journal", "relayer.queue", "relayer.tables"}
    | {"vault.connecting", "vault.storage_errors", "vault.store", "vault.tables"},
    "typer": {"cli.adviser", "cli.carry", "cli.consents", "cli.ending", "cli.keep", "cli.mailbox", "cli.main"}
    | {"cli.money", "cli.relayer", "cli.sending", "cli.setting", "cli.show", "cli.shown", "cli.sorting", "cli.wallet"},
    "ijson": {"bank.open_banking"},
    "brownie": set(),
    "scripts": set(),
    "tests": set(),
}
# The time, chance, files, nodes and other programs: what a pure module gets as values.
OUTSIDE = {
    "asyncio",
    "http",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "time",
    "urllib",
}


def imported(path: Path) -> set[str]:
    """The modules a file imports anywhere in it, absolute; of `from jamjar import a`, `jamjar.a`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(filter(None, ["jamjar" if node.level else "", node.module or ""]))
            found |= {f"{base}.{alias.name}" for alias in node.names} if base == "jamjar" else {base}
    return found


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


PACKAGE = ROOT / "jamjar"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in PACKAGE.rglob("*.py")
    if path.stem != "__init__"
}


def module_of(name: str) -> str:
    """The module that an imported name, such as jamjar.bank.rules.Rule, is or is in; empty for what a folder holds."""
    parts = name.split(".")[1:]
    return next((m for end in range(len(parts), 0, -1) if (m := ".".join(parts[:end])) in MODULES), "")


USES = {
    module: {module_of(name) for name in imported(path) if name.startswith("jamjar.")} - {""}
    for module, path in MODULES.items()
}


def test_every_module_has_its_layer() -> None:
    assert MODULES.keys() == LAYER_OF.keys()


def test_folders_hold_nothing_of_their_own() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        assert len(ast.parse(path.read_text(encoding="utf-8")).body) == 1, f"{path} is more than a docstring"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_downwards(module: str) -> None:
    reach = ORDER[: ORDER.index(LAYER_OF[module]) + 1]
    assert {used for used in USES[module] if LAYER_OF[used] not in reach} == set()


def test_no_import_goes_round() -> None:
    TopologicalSorter(USES).prepare()


@pytest.mark.parametrize("package", RESERVED)
def test_an_edge_is_one_modules(package: str) -> None:
    assert {module for module, path in MODULES.items() if package in roots(path)} <= RESERVED[package]


@pytest.mark.parametrize("module", LAYERS["pure"].split())
def test_pure_modules_touch_nothing_outside(module: str) -> None:
    assert roots(MODULES[module]) & OUTSIDE == set()


@pytest.mark.parametrize("path", sorted((ROOT / "scripts").glob("*.py")), ids=lambda path: path.stem)
def test_scripts_do_without_the_tests(path: Path) -> None:
    assert roots(path).isdisjoint({"tests", "pytest", "hypothesis"})
