"""One site of pages: its templates, its languages and its navigation, with or without a server.

A template is text that is escaped wherever it is filled in, and a name that it lacks is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from importlib.resources import files
from typing import Any, Final

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket

from jamjar.pages.sentences import said
from jamjar.pages.words import LANGUAGES, day, moment, month, translations

BASE: Final = "jamjar.pages"


class _Compiled(BytecodeCache):
    """Templates as compiled, in memory: every site of a program has the same, and each language of it."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


@dataclass(frozen=True)
class Site:
    """The pages of one door.

    room        the package with `templates` and `locale` of these pages
    title       what the site is called in each page's head, in English
    base        what every address of the site begins with, such as /a5f0; or a way up from an exported page, such as ..
    navigation  what each page links to: (path below the base, words in English)
    filters     more filters for templates
    worded      filters that take the language, too: `{{ value | name }}` is name(value, language)
    zone        the zone in which times are shown; this machine's if there is none
    suffix      how each page's address ends: .html where pages are exported
    values      what every template may name
    """

    room: str
    title: str
    base: str = ""
    navigation: tuple[tuple[str, str], ...] = ()
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    worded: Mapping[str, Callable[[Any, str], str]] = field(default_factory=dict)
    zone: tzinfo | None = None
    suffix: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_made", {language: self._environment(language) for language in LANGUAGES})

    def page(self, template: str, language: str = "en", **context: Any) -> str:
        """Return a page in a language.

        The base template uses of the context: `here` (the page's path below the base, with a slash before it), `other`
        (an address by language, for the link to the page in the other), and `is_open` (whether there is a session whose
        forms have `csrf`).
        """
        made: dict[str, Environment] = self._made  # type: ignore[attr-defined]
        given = {"here": "/", "other": {}, "csrf": "", "is_open": False, **context}
        return made[language].get_template(template).render(given)

    def read_templates(self) -> None:
        """Read the room's own templates, which otherwise happens when a page first needs one."""
        made: dict[str, Environment] = self._made  # type: ignore[attr-defined]
        for each in made.values():
            for place in (files(self.room) / "templates").iterdir():
                each.get_template(place.name)

    def _environment(self, language: str) -> Environment:
        rooms = (self.room, BASE) if self.room != BASE else (BASE,)
        loader = FileSystemLoader([str(files(room) / "templates") for room in rooms])
        made = Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        made.install_gettext_translations(translations(rooms, language), newstyle=True)  # type: ignore[attr-defined]
        # `_` of jinja2 takes what it is given for a text of ours and does not escape it: only literals may be given.
        own: dict[str, Callable[..., Any]] = {}
        own["translated"] = translations(rooms, language).gettext
        own["said"] = lambda sentence: said(sentence, language)
        own["day"] = lambda when: day(when if isinstance(when, date) else date.fromisoformat(when), language)
        own["month"] = lambda epoch: month(epoch, language)
        own["moment"] = lambda seconds: moment(seconds, language, self.zone)
        own |= self.filters
        for name, worded in self.worded.items():
            own[name] = lambda value, worded=worded: worded(value, language)
        made.filters.update({name: _when_shown(each) for name, each in own.items()})
        made.globals.update(self.values, site=self, language=language, languages=LANGUAGES)
        return made


def _when_shown(made: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that is not applied when its template is compiled: that is kept, and other sites have others."""

    @pass_context
    def applied(_: Any, *given: Any, **named: Any) -> Any:
        return made(*given, **named)

    return applied
