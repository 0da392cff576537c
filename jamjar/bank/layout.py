"""What a bank's file looks like, as data: which names hold what, how days are written, what is pending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from jamjar.bank.days import USUAL, is_form
from jamjar.errors import InvalidInput

Family = Literal["table", "blocks", "ofx", "camt", "mt940", "json"]
ROLES = frozenset(
    (
        *("day", "amount", "out", "in", "fee", "direction", "currency", "status", "declined", "type"),
        *("payee", "payee_out", "payee_in", "note", "number", "account"),
    )
)
_STATES = frozenset({"booked", "pending", "void", "in", "out", "transfer", "declined"})


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file of one bank, as its layout file describes it; docs/banks.md explains each field.

    - `columns`: for each role the names of the columns, or of the fields, that may hold it; of those in the file the
      first that is not empty is used.
    - `needs`: further columns that must be there, to tell this bank's file from another's.
    - `values`: the cells that mean booked, pending or void, in or out, transfer, and declined (any, if none is named).
    - `order`: the names of the columns of a file without a header, from the left, "" where they are not used.
    - `sign`: "in" where an amount without a sign came in; "out" where it went out, as on a statement of a card; or
      "direction" where only another column tells, whatever sign the amount has.
    - `unique`: whether the bank never uses a number again; `texts`: whether every value must be text, for JSON.
    - `lists`: where in JSON the rows are; `begins`, `separates`: how blocks of lines begin and end.
    """

    name: str
    family: Family
    source: str
    columns: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...] = ()
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    days: tuple[str, ...] = USUAL
    order: tuple[str, ...] = ()
    above: int = 0
    footers: tuple[str, ...] = ()
    sign: str = "in"
    unit: str = "pounds"
    unique: bool = False
    labelled: bool = False
    texts: bool = False
    generic: bool = False
    lists: tuple[str, ...] = ()
    begins: str = ""
    separates: str = ""
    way: str = ""

    def __post_init__(self) -> None:
        what = f"The layout {self.name[:60]!r}" if isinstance(self.name, str) else "The layout"
        if not isinstance(self.name, str) or not self.name.isprintable() or not 1 <= len(self.name) <= 60:
            raise InvalidInput("The name of a layout is not 1 to 60 printable characters; give it one.")
        if self.family not in get_args(Family):
            raise InvalidInput(f"{what} is of no family; give one of {', '.join(get_args(Family))}.")
        if unknown := set(self.columns) - ROLES:
            raise InvalidInput(f"{what} has the unknown column {min(unknown)!r}; use {', '.join(sorted(ROLES))}.")
        if not self.columns.get("day") or not self._has_amount:
            raise InvalidInput(f"{what} lacks a day, or an amount; give columns for day, and amount or out and in.")
        if unknown := set(self.values) - _STATES:
            raise InvalidInput(f"{what} has the unknown value {min(unknown)!r}; use {', '.join(sorted(_STATES))}.")
        if wrong := [form for form in self.days if not is_form(form)] or (["none"] if not self.days else []):
            raise InvalidInput(f"{what} has days as {wrong[0]!r}; write them as dd/mm/yyyy, dd mmm yy or iso.")
        if self.order and not {self.columns[role][0] for role in self.columns} <= set(self.order):
            raise InvalidInput(f"{what} uses a column that its order lacks; name the columns from the left.")
        if self.sign not in ("in", "out", "direction") or self.unit not in ("pounds", "pence"):
            raise InvalidInput(
                f"{what} has another sign than in, out or direction, or unit than pounds or pence; correct it."
            )
        if self.family == "blocks" and not (self.begins and self.separates):
            raise InvalidInput(f"{what} has no begins or separates; say how its blocks begin and end.")

    @property
    def _has_amount(self) -> bool:
        return bool(self.columns.get("amount")) or bool(self.columns.get("out") and self.columns.get("in"))

    @property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """The columns of which, in each group, at least one must be there."""
        roles = ("day", "amount" if self.columns.get("amount") else "out", "in", "direction", "status", "number")
        wanted = [role for role in roles if role in self.columns and (role != "number" or self.unique)]
        groups = [self.columns[role] for role in wanted]
        if self.family == "table" and (payees := self.columns.get("payee")):
            groups.insert(1, payees)
        return (*groups, *((name,) for name in self.needs))


def layout_from(found: object) -> Layout:
    """Return the layout that the content of a TOML file describes; raises InvalidInput for anything else."""
    if not isinstance(found, dict):
        raise InvalidInput("The layout is not a table of TOML; see docs/banks.md for an example.")
    known = {each.name for each in fields(Layout)}
    if unknown := found.keys() - known:
        raise InvalidInput(f"The layout has the unknown field {min(unknown)[:40]!r}; use {', '.join(sorted(known))}.")
    if missing := {"name", "family", "source", "columns"} - found.keys():
        raise InvalidInput(f"The layout lacks {min(missing)}; see docs/banks.md for an example.")
    made: dict[str, Any] = dict(found)
    made["columns"] = {role: _texts(names, f"The column {role}") for role, names in _table(found["columns"]).items()}
    values = _table(found.get("values", {}))
    made["values"] = {name: frozenset(_texts(texts, f"The value {name}")) for name, texts in values.items()}
    for name in ("needs", "days", "order", "footers", "lists"):
        if name in found:
            made[name] = _texts(found[name], f"The field {name}")
    for each in fields(Layout):
        if each.type in ("str", "bool", "int") and each.name in made and type(made[each.name]).__name__ != each.type:
            raise InvalidInput(f"The field {each.name} of a layout is not of type {each.type}; correct it.")
    return Layout(**made)


def _table(found: object) -> dict[str, object]:
    if not isinstance(found, dict):
        raise InvalidInput("The columns or values of a layout are not a table; see docs/banks.md for an example.")
    return found


def _texts(found: object, what: str) -> tuple[str, ...]:
    texts = [found] if isinstance(found, str) else found
    if not isinstance(texts, list) or not all(isinstance(text, str) and len(text) <= 200 for text in texts):
        raise InvalidInput(f"{what} of a layout is neither a text nor a list of texts; correct it.")
    return tuple(texts)
