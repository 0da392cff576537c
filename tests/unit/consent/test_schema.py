"""The schemas of consent records and receipts: no field can go, none can be of another kind, no state can misfit.

The receipt has a record in it, so that altering it everywhere alters both.
"""

import copy
import json
import re

import pytest
from jsonschema import Draft202012Validator

from jamjar.consent import record
from jamjar.consent import schema as consent_schema
from jamjar.consent.labels import LABELS
from jamjar.consent.purpose import ALLOWED_PURPOSES
from jamjar.errors import InvalidInput
from jamjar.model.state import Status
from tests.support.lives import END, GRANT, START, life, made, use

GIVEN = ("dpv:ConsentGiven", "dpv:RenewedConsentGiven")


def paths(value, path=()):
    """Every place in a document but its @context, whose whole is one value."""
    if path:
        yield path
    for key, below in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(below, (*path, key)) if key != "@context" else [(*path, key)]


WHOLE = record.receipt(made(life(GRANT, use(1)), now=END + 1))
PLACES = list(paths(WHOLE))
TEXTS = ("dct:description", "dct:title", "dpv:hasName", "dpv:hasAddress", "dpv:hasContact", "jamjar:words")
COUNTS = ("jamjar:uses", "jamjar:maxUses", "jamjar:block", "jamjar:logIndex")


def changed(path, change):
    document = parent = copy.deepcopy(WHOLE)
    for key in path[:-1]:
        parent = parent[key]
    change(parent, path[-1])
    return json.dumps(document)


@pytest.mark.parametrize(
    "path", [path for path in PLACES if isinstance(path[-1], str)], ids=lambda p: "/".join(map(str, p))
)
def test_a_field_that_is_gone_is_missed(path):
    with pytest.raises(InvalidInput):
        consent_schema.read(changed(path, lambda parent, key: parent.pop(key)))


@pytest.mark.parametrize("value", [None, "", 7, -1, True, [], {}, [[]], "0x", "dpv:Marketing", "loc:FR "])
def test_a_value_of_another_kind_is_refused_everywhere(value):
    for path in PLACES:
        if (
            value
            and isinstance(value, str)
            and any(key in TEXTS for key in path[-2:])
            and path[-1:] != ("jamjar:words",)
        ):
            continue  # any text is one
        if value == 7 and value is not True and path[-1] in COUNTS:
            continue
        with pytest.raises(InvalidInput):
            consent_schema.read(changed(path, lambda parent, key: parent.__setitem__(key, value)))


@pytest.mark.parametrize(
    "dpv",
    [
        *GIVEN,
        "dpv:ConsentStatusInvalidForProcessing",
        "dpv:ConsentWithdrawn",
        "dpv:ConsentRevoked",
        "dpv:ConsentRefused",
        "dpv:ConsentRequested",
    ],
)
def test_a_state_that_does_not_fit_is_refused(dpv):
    for path in (path for path in PLACES if path[0] == "dct:source" and path[-1] == "dpv:hasConsentStatus"):
        used = path[-2] == 1 and dpv in GIVEN
        if (dpv != GIVEN[0] and not used) or path[-2:-1] == ("dct:source",):
            with pytest.raises(InvalidInput):
                consent_schema.read(changed(path, lambda parent, key: parent.__setitem__(key, dpv)))


@pytest.mark.parametrize("kind", ["record", "receipt"])
def test_the_schemas_are_schemas_and_refer_to_nothing_elsewhere(kind):
    schema = consent_schema.schema(kind)

    Draft202012Validator.check_schema(schema)
    assert set(re.findall(r'"\$ref": "([^#"]*)#', json.dumps(schema))) <= {"", "consent-record.schema.json"}


def test_the_schema_knows_every_purpose_and_status():
    fields = consent_schema.schema("record")["$defs"]["record"]["properties"]

    assert set(fields["dpv:hasPurpose"]["enum"]) == set(ALLOWED_PURPOSES)
    assert set(fields["jamjar:status"]["enum"]) == {status.name for status in Status} - {"NONE"} | {"REFUSED"}


def test_the_longest_life_is_read():
    uses = [use(count) for count in range(1, 1001)]
    granted = (*GRANT[:6], 1000, GRANT[7])
    whole = made(life(granted, *uses), times={10 + block: START for block in range(1001)})

    assert consent_schema.read(record.to_json(record.receipt(whole)))


@pytest.mark.parametrize("text", ["", "[]", "7", "{}", '{"@type": ["dpv:ConsentRecord"]}', "[" * 9999, None])
def test_what_is_no_record_is_refused(text):
    with pytest.raises(InvalidInput):
        consent_schema.read(text)


def test_every_jar_of_the_catalogue_is_valid_in_a_record():
    jars = consent_schema.schema("record")["$defs"]["record"]["properties"]["dpv:hasPersonalData"]["items"]["else"]
    pattern = jars["properties"]["dct:identifier"]["pattern"]
    assert [code for code in LABELS if not re.search(pattern, code)] == []
