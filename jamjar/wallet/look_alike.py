"""What a name looks like: two names with one look are taken for each other by whoever reads them.

Of the letters that Unicode calls confusable (UTS #39) those of Cyrillic and Greek are here that look like Latin ones in
usual typefaces, and the digits and letters that look like l and o. Other scripts are not known.
"""

from typing import Final
from unicodedata import normalize

_LATIN: Final = str.maketrans(
    # Cyrillic capitals and small letters, Greek capitals and small letters
    "АВЕЅІЈКМНОРСТУХԌԚԜ" + "аеѕіјорсухһԁԛԝѵɡ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ανορυχι",
    "ABESIJKMHOPCTYXGQW" + "aesijopcyxhdqwvg" + "ABEZHIKMNOPTYX" + "avopuxi",
)
_STROKES: Final = str.maketrans("i1|0", "lllo")


def look_of(name: str) -> str:
    """Return a text that is the same for names that look alike: without spaces, case and scripts."""
    seen = (each for each in normalize("NFKC", name) if each.isprintable() and not each.isspace())
    latin = "".join(seen).translate(_LATIN).casefold()
    return normalize("NFKC", latin).translate(_STROKES)
