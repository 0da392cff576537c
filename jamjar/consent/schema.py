"""The JSON Schemas (draft 2020-12) of consent records and receipts; they come with the package and need no network."""

from functools import cache
from importlib import resources
from json import loads
from typing import Any, Final

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput

MAX_BYTES: Final = 4 * 1024 * 1024
"""A receipt of the longest terms with a thousand uses has about 1 MiB."""
_KINDS: Final = {"dpv:ConsentRecord": "record", "dpv:ConsentReceipt": "receipt"}


def read(text: object) -> dict[str, Any]:
    """Return the record or receipt in a JSON text of at most 4 MiB, if it is valid under its schema.

    Raises InvalidInput, which names the place of an error and never the value there.
    """
    value = strict_json.loads(text, "The consent record", MAX_BYTES)
    named = value.get("@type") if isinstance(value, dict) else None
    kind = _KINDS.get(named) if isinstance(named, str) else None
    if kind is None or not isinstance(value, dict):
        raise InvalidInput("The document is neither a consent record nor a receipt; choose the right file.")
    error = next(_validator(kind).iter_errors(value), None)
    if error is not None:
        raise InvalidInput(f"The consent {kind} is wrong or incomplete at {error.json_path}; ask for it again.")
    return value


@cache
def schema(kind: str) -> dict[str, Any]:
    """Return the schema of a "record" or a "receipt"."""
    path = resources.files("jamjar") / "schemas" / f"consent-{kind}.schema.json"
    found: dict[str, Any] = loads(path.read_text(encoding="utf-8"))
    return found


@cache
def _validator(kind: str) -> Draft202012Validator:
    # Only the schemas registered here are read: a reference to any other is an error, not a download.
    known = [(schema(each)["$id"], Resource[Any].from_contents(schema(each))) for each in _KINDS.values()]
    return Draft202012Validator(schema(kind), registry=Registry[Any]().with_resources(known))
