"""Whether a page is served as it was released: every file, many times, in the ways in which browsers ask.

A page can be changed for one visitor, at a second visit, or when a browser asks whether its kept copy is still good;
a server that did the second once had a passphrase. So each file is asked for in each of these ways, again and again.

Warning: a server can still tell a checker by its address, and change the page for others alone. Check from many places,
and know that one that never lied to a checker proves nothing about what it gave to you.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from jamjar.errors import InvalidInput, JamjarError
from jamjar.service.http_client import HttpClient

SECONDS: Final = 60
MOST_BYTES: Final = 4 * 2**20
FOLDER: Final = "site/"
"""What the names of served files begin with in a release's list."""
START: Final = "index.html"
LIST: Final = "SHA256SUMS"
"""The name under which a page serves the list of its own release."""
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*)")
_ANDROID: Final = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
_IPHONE: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari"
)
WAYS: Final[Mapping[str, Mapping[str, str]]] = {
    "a browser on Android": {"User-Agent": _ANDROID, "Accept-Language": "cy,en;q=0.8", "Sec-Fetch-Mode": "navigate"},
    "a browser on an iPhone": {"User-Agent": _IPHONE, "Accept-Language": "en-GB"},
    "a look for a newer service worker": {
        "User-Agent": _ANDROID, "Service-Worker": "script", "Cache-Control": "max-age=0",
        "Sec-Fetch-Mode": "same-origin",
    },
    "a browser on a desk": {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
}  # fmt: skip
"""The headers that tell browsers apart, by who sends them."""


ACTING: Final = frozenset({"refresh", "clear-site-data"})
"""Headers by which an answer with the right bytes leads a browser elsewhere, or has it throw away what it keeps."""


class PageAltered(JamjarError):
    """What is served is not what was released, or was not given at all: nobody should type a passphrase there."""


def read_release(text: str) -> dict[str, bytes]:
    """Return the SHA-256 of each served file by its name, from the list that a build writes (as `sha256sum` reads it).

    Raises InvalidInput for anything else.
    """
    found: dict[str, bytes] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in found or ".." in match[2].split("/"):
            raise InvalidInput(f"Line {number} of the release is not a SHA-256 and a name of its own; build it again.")
        found[match[2]] = bytes.fromhex(match[1])
    served = {name.removeprefix(FOLDER): digest for name, digest in found.items() if name.startswith(FOLDER)}
    if START not in served:
        raise InvalidInput(f"The release has no {FOLDER}{START}; give the list that make phone-build writes.")
    return served


def fetch_list(url: str) -> bytes:
    """Return the list of a release that is served below an address, not yet compared with anything.

    Raises PageAltered where there is none.
    """
    answer = _client().ask("GET", f"{url.rstrip('/')}/{LIST}")
    if answer.status != 200:
        raise PageAltered(f"{url} serves no {LIST}; do not open it, and have whoever serves it upload the whole build.")
    return answer.body


def check_served(url: str, release: Mapping[str, bytes], times: int) -> int:
    """Ask for every file of a release below an address, `times` times in each way, and return how many answers came.

    Raises PageAltered, which names the file and the way, at the first answer that is not the release's.
    """
    client, answers = _client(), 0
    for _ in range(times):
        for path, digest in _paths(release):
            for way, headers in WAYS.items():
                answer = client.ask("GET", f"{url.rstrip('/')}/{path}", headers=headers)
                given = sha256(answer.body)
                if answer.status != 200 or given.digest() != digest:
                    raise PageAltered(
                        f"What {url} gives {way} as {path or 'its first page'} is not the release's (status"
                        f" {answer.status}, SHA-256 {given.hexdigest()}); do not open it, and tell others."
                    )
                if acting := ACTING & answer.headers:
                    raise PageAltered(
                        f"What {url} gives {way} as {path or 'its first page'} comes with the header"
                        f" {min(acting)}, which leads away or empties a browser; do not open it, and tell others."
                    )
                answers += 1
    return answers


def _client() -> HttpClient:
    return HttpClient("The page", PageAltered, seconds=SECONDS, most_bytes=MOST_BYTES)


def _paths(release: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield "", release[START]
    yield from release.items()
