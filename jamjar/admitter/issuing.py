"""Issuing: signing what a person's wallet asks for, once the admitter knows who the person is."""

from jamjar.admitter.book import Book
from jamjar.admitter.key_file import KeyFile
from jamjar.errors import InvalidInput
from jamjar.protocol.enrolment import EnrolmentAnswer, EnrolmentRequest
from jamjar.protocol.token import EpochKey, epoch_of


def issue(
    request: EnrolmentRequest, published: EpochKey | None, key: KeyFile, book: Book, *, person: str, now: int
) -> EnrolmentAnswer:
    """Return the blind signatures that a request asks for, counted under the admitter's own label for the person.

    published  the admitter's first key on the ledger for the request's epoch, as everybody sees it
    now        Unix seconds

    Asked again with the same request, as after a crash, it answers the same and counts nothing. Raises InvalidInput for
    a request of another key or month and beyond the quota, SigningFailed and InvalidSignature when nothing is signed.
    """
    if published is None or published.modulus != key.modulus:
        raise InvalidInput("This key is not on the ledger for that month; publish it, or name the right file.")
    if published.epoch != epoch_of(now):
        raise InvalidInput(f"Tokens of {published.epoch} are signed in that month alone; ask again with its key.")
    request.check(request.admitter, published)
    book.count(request.admitter, published.epoch, person, request.items, published.quota)
    return EnrolmentAnswer(
        request.admitter, published.epoch, published.digest, tuple(key.sign(each) for each in request.items)
    )
