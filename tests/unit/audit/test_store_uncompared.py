"""audit.store: what nodes could not be asked, in SQLite and PostgreSQL.

Given blocks that nodes could not be asked about    kept until each was
Given a database from before these were kept        it opens, and goes on
"""

from dataclasses import replace

from jamjar.audit.store import AuditStore
from jamjar.audit.tables import METADATA, UNCOMPARED
from jamjar.service.database import open_engine, transaction
from tests.unit.audit.made import RULES, admitted
from tests.unit.audit.test_store import AWAY, DEPLOYMENT, FINDING, after


def test_what_nodes_could_not_be_asked(url):
    store = AuditStore(url, DEPLOYMENT)
    progress, keys = after(*admitted())
    third, earlier = replace(AWAY, node="third"), replace(AWAY, first=1, last=2)
    store.write(progress, "0xab", keys, [], [AWAY, third, earlier])
    assert store.uncompared() == [earlier, AWAY, third]
    store.compared(AWAY, [FINDING])
    assert store.uncompared() == [earlier, replace(third, asked=2)]
    assert store.findings() == ([FINDING], {"not-live": 1})
    store.close()


def test_a_database_from_before(url):
    store = AuditStore(url, DEPLOYMENT)
    progress, keys = after(*admitted())
    store.write(progress, "0xab", keys, [FINDING])
    store.close()
    engine = open_engine(url, METADATA)
    with transaction(engine) as connection:
        UNCOMPARED.drop(connection)
    engine.dispose()
    store = AuditStore(url, DEPLOYMENT)
    assert (store.progress(RULES), store.uncompared()) == (progress, [])
    store.write(progress, "0xab", [], [], [AWAY])
    assert store.uncompared() == [AWAY]
    store.close()
