"""The claimant's own bookkeeping: in the vault, all of a file or nothing, and no word of it anywhere else."""

import ast
import io
from datetime import date
from pathlib import Path

import pytest

import jamjar.wallet.jars
from jamjar.bank.rules import Rule
from jamjar.errors import InvalidInput
from jamjar.plan.budget import Budget, Line
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import Plan
from jamjar.wallet.jars import Jars
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import content

PERIOD = AssessmentPeriod.containing(date(2026, 11, 5), date(2026, 11, 5))
PLAN = Plan.of(Budget(PERIOD, (Line("fixed.home.rent", 40000), Line("income.benefits.universal-credit", 42490))))
HEAD = "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n"
RENT = "06/11/2026,TOWN HOUSING,NOV,DIRECT DEBIT,-480.00,220.00\n"
BUS = "09/11/2026,BUS COMPANY,CARD,CONTACTLESS,-2.00,218.00\n"


def file(*rows: str) -> io.BytesIO:
    return io.BytesIO((HEAD + "".join(rows)).encode())


def test_a_damaged_file_changes_nothing(wallet: Wallet) -> None:
    jars = Jars(wallet.vault)
    before = content(wallet.vault)
    with pytest.raises(InvalidInput, match="row 3"):
        jars.read(file(RENT, "09/11/2026,BUS COMPANY,CARD,CONTACTLESS,two pounds,218.00\n"))
    assert content(wallet.vault) == before


def test_no_plan_for_that_day(wallet: Wallet) -> None:
    with pytest.raises(InvalidInput, match="no plan for 2026-11-07"):
        Jars(wallet.vault).spending(date(2026, 11, 7))


def test_overspending_shows_here_and_nowhere_else(wallet: Wallet) -> None:
    jars = Jars(wallet.vault)
    waiting = wallet.outgoing()
    jars.plan(PLAN)
    jars.follow(jars.rules().adding(Rule("HOUSING", "fixed.home.rent")))
    assert [jars.read(file(RENT, BUS)).new for _ in range(2)] == [2, 0]
    assert jars.read(file(BUS)).new == 0
    found = jars.spending(date(2026, 11, 30))
    rent = next(jar for jar in found.jars if jar.code == "fixed.home.rent")
    assert (rent.planned, rent.spent, rent.over) == (40000, 48000, 8000)
    assert [(each.payee, each.pence) for each in jars.without_jar()] == [("BUS COMPANY", -200)]
    assert [each.pence for each in jars.transactions()] == [-48000, -200]
    assert wallet.outgoing() == waiting  # nothing was signed, so nothing can come to a ledger


def test_knows_no_ledger() -> None:
    """Nothing that reaches a node, a mailbox or a signature is imported, by it or by what it imports."""
    seen: set[str] = set()
    waiting = {"jamjar.wallet.jars"}
    folder = Path(jamjar.wallet.jars.__file__).parents[1]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        path = folder.joinpath(*name.split(".")[1:]).with_suffix(".py")
        if path.exists():
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            found = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
            waiting |= found - seen
    assert {"jamjar.vault.vault", "jamjar.bank.book"} <= seen
    assert not {name for name in seen if name.split(".")[0] in ("web3", "requests", "socket", "http")}
    assert seen.isdisjoint({"jamjar.ledger.ledger", "jamjar.protocol.signing", "jamjar.mailbox.client"})
