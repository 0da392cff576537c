"""The notice of a request, in English and Welsh: both texts are made here, from the request's own fields.

Whoever asks writes no text that stands outside quotation marks, so the notice says neither more nor less than what is
agreed to, and the same in both languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from jamjar.consent import welsh
from jamjar.consent.labels import LABELS
from jamjar.consent.named import NamedItem
from jamjar.consent.purpose import ALLOWED_PURPOSES
from jamjar.consent.request import ConsentRequest
from jamjar.consent.terms import Terms
from jamjar.consent.whole_scope import Item

DETAILS: Final = {
    "lines": "each line",
    "total": "the total only",
    "covered": "only whether your income covers it, yes or no",
    "threshold": "only whether it is at least or at most an amount that it asks about, and you decide each time",
}
"""How much of a jar is shown, in English, by the value of a `Detail`."""
NAMED_DETAILS: Final = {"value": "its value"}
"""The same of a name of a set, by the value of a `Showing` that no `Detail` has."""
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_OF_SET: Final = "{name} (member {number} of the ledger) asks to see a part of your set of values “{set}”."
_SENTENCES: Final = """\
{name} (member {number} of the ledger) asks to see a part of your budget.
What for: {purpose}.
{about}What it would see: {seen}.
Of which days: {first} to {last}.
{kept}
{questions}How often: {times} at most. Each look is recorded before it happens, and you can see it.
For how long: {days} days at most from the day on which you agree.
You confirm it again at least every {reconfirm} days; if you do not, nobody can look until you do.
You can end this at any time, without a reason, and nobody can refuse that.
What was shown before cannot be taken back.
You do not have to agree. Refusing changes nothing else for you, and nobody else is told.
Questions: “{contact}”"""


@dataclass(frozen=True, slots=True)
class _Language:
    title: str
    sentences: str
    about: str
    questions: str
    view: str
    store: str
    purposes: Mapping[str, str]
    details: Mapping[str, str]
    times: Mapping[int, str]
    months: tuple[str, ...]
    labels: Mapping[str, str]

    def text(self, asked: ConsentRequest) -> str:
        """Return the notice in this language."""
        of_set, of_names = _OF_SETS[self.title]
        details = {**self.details, **of_names}
        seen = [
            f"{self._label(item)} ({details[item.what.value]})"
            for item in sorted(asked.scope, key=lambda item: (item.jar, item.what.value))
        ]
        set_id = next((item.set_id for item in asked.scope if isinstance(item, NamedItem)), "")
        first, _, others = self.sentences.partition("\n")
        return f"{of_set if set_id else first}\n{others}".format(
            set=set_id,
            name=asked.recipient_name,
            number=asked.recipient,
            purpose=self.purposes[asked.purpose],
            about=f"{self.about.format(about=asked.about)}\n" if asked.about else "",
            seen="; ".join(seen),
            first=self._day(asked.data_from),
            last=self._day(asked.data_until),
            questions=f"{self.questions.format(most=asked.questions)}\n" if asked.questions else "",
            kept=self.store.format(keep=asked.retention_days) if asked.retention_days else self.view,
            times=self.times[asked.looks],
            days=asked.days,
            reconfirm=asked.reconfirm_days,
            contact=asked.contact,
        )

    def _label(self, item: Item) -> str:
        return f"“{item.name}”" if isinstance(item, NamedItem) else self.labels[item.jar]

    def _day(self, day: date) -> str:
        return f"{day.day} {self.months[day.month - 1]} {day.year}"


LANGUAGES: Final = (
    _Language(
        "English",
        _SENTENCES,
        "In its own words: “{about}”",
        "How many such questions: {most} at most, about one figure or a sum. Each answer is a look.",
        "It may look and keep nothing.",
        "It may keep what it is shown for {keep} days, and has to delete it then.",
        ALLOWED_PURPOSES,
        DETAILS,
        {1: "once", 3: "3 times", 12: "12 times"},
        _MONTHS,
        LABELS,
    ),
    _Language(
        "Cymraeg",
        welsh.SENTENCES,
        welsh.ABOUT,
        welsh.QUESTIONS,
        welsh.VIEW,
        welsh.STORE,
        welsh.PURPOSES,
        welsh.DETAILS,
        welsh.TIMES,
        welsh.MONTHS,
        welsh.LABELS,
    ),
)


_OF_SETS: Final = {"English": (_OF_SET, NAMED_DETAILS), "Cymraeg": (welsh.OF_SET, welsh.NAMED_DETAILS)}
"""The first sentence of a notice about a set, and what of its names is shown, by the title of the language."""


def notice(asked: ConsentRequest) -> str:
    """Return the notice of a request: both texts, each under the name of its language."""
    return "\n\n".join(f"[{language.title}]\n{language.text(asked)}" for language in LANGUAGES)


def terms_of(asked: ConsentRequest) -> Terms:
    """Return the terms that are asked for, with the notice in both languages under their one digest."""
    return asked.terms(notice(asked))
