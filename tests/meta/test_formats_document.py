"""docs/formats.md: its constants and types are the code's, and each format of the wallet is in it."""

import re
from functools import reduce
from importlib import import_module

import pytest

from jamjar.consent import request
from jamjar.crypto.hashing import keccak256
from jamjar.disclosure import question, reply
from jamjar.mailbox import signed_request
from jamjar.protocol import typed_data
from jamjar.relayer import promise
from tests.meta.imports import ROOT
from tests.meta.places import read, tables

TABLES = tables(read("formats.md"))
CONSTANTS = [row for table in TABLES if table.head == ["constant", "value"] for row in table.rows]
TYPES = [re.findall("`([^`]+)`", row[0])[0] for table in TABLES if table.head[0] == "type" for row in table.rows]
HASHES = {keccak256(each.encode()) for each in TYPES}


def constant(place):
    path, _, name = place.partition("::")
    module = import_module(path.removesuffix(".py").replace("/", "."))
    if name.startswith("Domain."):
        return module.Domain.__dataclass_fields__[name.removeprefix("Domain.")].default
    return reduce(getattr, name.split("."), module)


def written(value):
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.decode().replace("\0", "\\0") if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize("row", CONSTANTS, ids=lambda row: row[0])
def test_a_constant_is_the_code_s(row):
    assert written(constant(row[0].strip("`"))) == row[1].strip("`")


def test_every_type_that_a_wallet_signs_or_checks_is_there():
    others = {module._TYPE_HASH for module in (request, question, reply, promise, signed_request)}
    assert {schema.type_hash for schema in typed_data._SCHEMAS.values()} | others == HASHES


def test_no_label_of_a_secret_is_missing():
    text = (ROOT / "jamjar/vault/secret.py").read_text(encoding="utf-8")
    labels = set(re.findall(r'"(jamjar/1/[a-z/-]+)"', text))
    assert labels == {row[1].strip("`") for row in CONSTANTS if "/secret.py::" in row[0]}
