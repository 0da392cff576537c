"""Without psycopg a PostgreSQL database is refused with what to install."""

import sys

import pytest
from sqlalchemy import MetaData

from jamjar.errors import PackagesMissing
from jamjar.service.database import open_engine


def test_postgresql_without_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(PackagesMissing, match=r"PostgreSQL's packages; .* 'FILE\.whl\[postgresql\]'"):
        open_engine("postgresql://host/mailbox", MetaData())
