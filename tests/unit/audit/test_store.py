"""audit.store: how far an audit has come, in SQLite and PostgreSQL.

When the database is of another deployment          InvalidInput, and nothing is changed
When it is of an audit by an earlier version        InvalidInput, and what to do
Given nothing yet                                   no progress
Given what was touched, bit by bit                  the whole state again
Given it is killed at any statement                 what was before, or what was to be
Given more findings of a rule than are kept         how many there were
Given it begins again                               nothing but why
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from sqlalchemy import text

from jamjar.audit.figures import Figures
from jamjar.audit.findings import Finding
from jamjar.audit.saved_state import loaded, saved, touched
from jamjar.audit.store import KEPT, AuditStore, Progress
from jamjar.audit.tables import METADATA, PROGRESS
from jamjar.audit.uncompared import Uncompared
from jamjar.errors import InvalidInput
from jamjar.model.replay import Fold, emitted
from jamjar.service.database import open_engine, transaction
from tests.support.killing import dies
from tests.unit.audit.made import DEPLOYMENT, GRANTED, RULES, START, USED, admitted, event, histories

AWAY = Uncompared("other", "one", 3, 9, "0x" + "ef" * 32, 1)
FINDING = Finding("not-live", "what", 7, "0x" + "cd" * 32, 3)


def after(*told, block=9):
    fold, keys = Fold(START), set()
    for each in told:
        fold.add(each)
        keys |= set(touched(event(each, 1), RULES))
    return Progress(block, fold.state, len(admitted()), Figures(events=len(told))), keys


def test_another_deployment(url):
    store = AuditStore(url, DEPLOYMENT)
    progress, keys = after(*admitted())
    store.write(progress, "0xab", keys, [])
    store.close()
    with pytest.raises(InvalidInput, match="another deployment"):
        AuditStore(url, replace(DEPLOYMENT, chain_id=5))


def test_a_database_of_an_earlier_version(url):
    engine = open_engine(url, METADATA)
    with transaction(engine) as connection:
        PROGRESS.drop(connection)
        connection.execute(text("CREATE TABLE audit_progress (deployment VARCHAR(66), successor VARCHAR(42))"))
    engine.dispose()
    with pytest.raises(InvalidInput, match=r"earlier version of Jamjar, .*; name another database"):
        AuditStore(url, DEPLOYMENT)


def test_nothing_yet(url):
    store = AuditStore(url, DEPLOYMENT)
    assert store.progress(RULES) is None
    assert store.blocks() == []
    assert store.findings() == ([], {})
    store.close()


def test_bit_by_bit(url):
    store = AuditStore(url, DEPLOYMENT)
    told = [*admitted(), GRANTED, USED]
    for count in range(1, len(told) + 1):
        progress, _ = after(*told[:count], block=count)
        store.write(progress, f"0x{count}", touched(event(told[count - 1], 1), RULES), [FINDING] * (count == 3))
    assert store.progress(RULES) == progress
    assert store.blocks() == [(n, f"0x{n}") for n in range(1, len(told) + 1)]
    assert store.findings() == ([FINDING], {"not-live": 1})
    store.close()


@settings(max_examples=100)
@given(histories())
def test_what_is_touched_is_all_that_changes(told):
    fold, rows = Fold(START), {}
    for each, now in ((each, now) for events, now in told for each in events):
        fold.add(emitted(each), now)
        rows |= {key: saved(fold.state, key) for key in touched(each, RULES)}
    assert loaded(RULES, ((key, value) for key, value in rows.items() if value is not None)) == fold.state


def test_killed_at_any_statement(tmp_path):
    url = f"sqlite:///{tmp_path / 'audit.db'}"
    store = AuditStore(url, DEPLOYMENT)
    first, keys = after(*admitted(), block=1)
    store.write(first, "0xab", keys, [])
    store.close()
    second, keys = after(*admitted(), GRANTED, USED, block=2)
    seen = []

    def act():
        AuditStore(url, DEPLOYMENT).write(second, "0xcd", keys, [FINDING])

    statement = 0
    while dies(statement := statement + 1, act):
        store = AuditStore(url, DEPLOYMENT)
        found = store.progress(RULES)
        assert found in (first, second)
        assert len(store.blocks()) == found.block
        assert store.findings()[1].get("not-live", 0) >= found.block - 1
        seen.append(found.block)
        store.close()
    assert set(seen) == {1}  # what is committed is told after the last statement
    assert len(seen) > 10


def test_more_findings_than_are_kept(url):
    store = AuditStore(url, DEPLOYMENT)
    progress, keys = after(*admitted())
    for _ in range(2):
        store.write(progress, "0xab", keys, [FINDING] * (KEPT - 1) + [replace(FINDING, rule="payable")])
    found, counts = store.findings()
    assert counts == {"not-live": 2 * KEPT - 2, "payable": 2}
    assert [each.rule for each in found].count("not-live") == KEPT
    store.close()


def test_it_begins_again(url):
    store = AuditStore(url, DEPLOYMENT)
    progress, keys = after(*admitted())
    store.write(progress, "0xab", keys, [FINDING], [AWAY])
    because = Finding("history-rewritten", "why", 4)
    for count in (1, 2):
        store.begin_again(because)
        assert store.progress(RULES) is None
        assert (store.blocks(), store.uncompared()) == ([], [])
        assert store.findings() == ([because] * count, {"history-rewritten": count})
    store.close()
