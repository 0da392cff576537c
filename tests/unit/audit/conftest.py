"""Databases for audits, on SQLite and PostgreSQL."""

import pytest

from tests import postgres


@pytest.fixture(scope="package")
def server():
    with postgres.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'audit.db'}"
    return request.getfixturevalue("server").new_database()
