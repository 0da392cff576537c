"""A release of the wallet's page for a phone, as a member publishes it on the ledger.

It is published in the place of the member's encryption key, as an admitter's keys are: the event keeps every one, a log
has each as a leaf, and witnesses cosign it. So whoever serves another page than everyone else has to leave a trace.
"""

from hashlib import sha256
from typing import Final

PREFIX: Final = b"jamjar.page-release.1"
"""What a release begins with where a key stands; the SHA-256 of its list of files follows."""
DIGEST_BYTES: Final = 32


def digest_of(listed: bytes) -> bytes:
    """Return the digest of a release: the SHA-256 of its list, the file SHA256SUMS that a build writes."""
    return sha256(listed).digest()


def to_bytes(digest: bytes) -> bytes:
    """Return what a member publishes for a release with this digest."""
    return PREFIX + digest


def from_bytes(key: bytes) -> bytes | None:
    """Return the digest of the release that a published key is; None for a key of another kind."""
    is_release = key.startswith(PREFIX) and len(key) == len(PREFIX) + DIGEST_BYTES
    return key.removeprefix(PREFIX) if is_release else None
