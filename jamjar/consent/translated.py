"""What a consent says in English or Welsh, part by part: jars, details, purposes, and its notice."""

from collections.abc import Iterable
from typing import Final

from jamjar.consent import welsh
from jamjar.consent.labels import LABELS
from jamjar.consent.notice import DETAILS, NAMED_DETAILS
from jamjar.consent.purpose import ALLOWED_PURPOSES
from jamjar.consent.whole_scope import Item

_LABELS: Final = {"en": LABELS, "cy": welsh.LABELS}
_DETAILS: Final = {"en": DETAILS | NAMED_DETAILS, "cy": welsh.DETAILS | welsh.NAMED_DETAILS}
_IN_ALL: Final = {"en": " (in all)", "cy": " (i gyd)"}
_PURPOSES: Final = {"en": ALLOWED_PURPOSES, "cy": welsh.PURPOSES}


def scope_words(scope: Iterable[Item], language: str) -> str:
    """Return what a consent lets a recipient see."""
    ordered = sorted(scope, key=lambda item: (item.jar, item.what.value))
    return "; ".join(f"{jar_words(item.jar, language)} ({_DETAILS[language][item.what.value]})" for item in ordered)


def jar_words(code: str, language: str) -> str:
    """Return the name of a jar, section or total."""
    return _LABELS[language].get(code) or LABELS.get(code) or code


def entry_words(name: str, language: str) -> str:
    """Return the name of a budget's entry: a jar, a total, whether income covers one, a day of the period."""
    kind, _, code = name.partition(".")
    if kind in {"total", "covers"} and code in LABELS:
        label = _LABELS[language][code]
        return f"{label}: {_DETAILS[language]['total' if kind == 'total' else 'covered']}"
    return jar_words(name, language)


def figure_words(name: str, language: str) -> str:
    """Return the name of a figure that is asked about: a jar, or a total in all."""
    kind, _, code = name.partition(".")
    if kind != "total":
        return jar_words(name, language)
    return jar_words(code, language) + (_IN_ALL[language] if code != "outgoings" else "")


def purpose_words(curie: str, language: str) -> str:
    """Return what a consent is for."""
    return _PURPOSES[language][curie]


def notice_part(notice: str, language: str) -> str:
    """Return the part of a notice in a language; all of it where it has no such part."""
    marks = {"en": "[English]\n", "cy": "[Cymraeg]\n"}
    _, found, rest = notice.partition(marks[language])
    if not found:
        return notice
    for mark in marks.values():
        rest = rest.partition(mark)[0]
    return rest.strip()
