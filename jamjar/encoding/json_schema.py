"""JSON Schema (draft 2020-12, as in OpenAPI 3.1) of the strict forms that this package reads and writes."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

TEXT: Final[Schema] = {"type": "string"}
NOTHING: Final[Schema] = {"type": "null"}
ADDRESS: Final[Schema] = {
    "type": "string",
    "format": "address",
    "pattern": "^0x(?!0{40}$)[0-9a-fA-F]{40}$",
    "description": "An Ethereum address with its EIP-55 checksum, and not the zero address.",
}


def record(fields: Mapping[str, Schema], *optional: str) -> Schema:
    """Return the schema of an object with exactly these fields, of which the optional ones may be missing."""
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": dict(fields), "required": required, "additionalProperties": False}


def listed(item: Schema) -> Schema:
    """Return the schema of an array of such items."""
    return {"type": "array", "items": item}


def one_of(*schemas: Schema) -> Schema:
    """Return the schema of what fits exactly one of these."""
    return {"oneOf": list(schemas)}


def matching(pattern: str) -> Schema:
    """Return the schema of a text that a regular expression matches as a whole."""
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def hex_digits(length: int, prefix: str = "") -> Schema:
    """Return the schema of `length` bytes as lower-case hex digits, after a prefix such as 0x."""
    return {"type": "string", "pattern": f"^{prefix}[0-9a-f]{{{2 * length}}}$"}


def whole(least: int = 0, most: int | None = None) -> Schema:
    """Return the schema of a whole number from `least` to `most`."""
    return {"type": "integer", "minimum": least, **({} if most is None else {"maximum": most})}
