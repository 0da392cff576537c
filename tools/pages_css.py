"""The style of all pages, from npm's `govuk-frontend` (MIT), without the typeface and the crest that are GOV.UK's own.

`python -m tools.pages_css` writes it into the package; a test compares it with what npm installed.
"""

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.css"
STYLE: Final = ROOT / "jamjar" / "pages" / "static" / "govuk-frontend.css"
LICENCE: Final = """\
The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


def built() -> str:
    """Return the style: no typeface but the reader's own, and no address of anything."""
    text = SOURCE.read_text(encoding="utf-8")
    text = re.sub(r"@font-face\{[^}]*\}", "", text).replace("GDS Transport,arial", "arial")
    text = re.sub(r"[^{};]*\{[^{}]*url\([^{}]*\}", "", text)
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text).rstrip()
    if "url(" in text or "GDS" in text:
        raise SystemExit("The style names a file or a typeface that is not ours; look at what is new in it.")
    charset = '@charset "UTF-8";'
    return f"{charset}\n/* govuk-frontend\n{LICENCE}\n*/\n{text.removeprefix(charset)}\n"


if __name__ == "__main__":
    STYLE.write_text(built(), encoding="utf-8")
