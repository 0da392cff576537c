"""What waits in a wallet, and when each consent's calendar has it sent."""

from jamjar.protocol import signed_message
from jamjar.protocol.signing import SignedMessage
from jamjar.vault.secret import ConsentSecret
from jamjar.wallet.calendar import Calendar, Waiting, due_times
from jamjar.wallet.wallet import OUTGOING, SECRET, WAITING, Wallet, record_name


def timetable(wallet: Wallet, *, patient: bool = False) -> dict[str, tuple[tuple[Waiting, int], ...]]:
    """Return, by consent, what waits in the order in which it was signed, each with when it is sent (Unix seconds).

    `patient` is as in `due_times`.
    """
    waiting, secrets = dict[str, list[Waiting]](), dict[str, bytes]()
    with wallet.vault.reading() as transaction:
        for name, text in transaction.all(OUTGOING):
            signed = signed_message.from_json(text.decode())
            each = Waiting.from_json(signed, transaction.get(WAITING, name))
            waiting.setdefault(signed.message.consent, []).append(each)
        for consent in waiting:
            secrets[consent] = transaction.get(SECRET, consent) or b""
    found = dict[str, tuple[tuple[Waiting, int], ...]]()
    for consent, messages in waiting.items():
        due = due_times(messages, Calendar(ConsentSecret(secrets[consent])), patient=patient)
        found[consent] = tuple(zip(messages, due, strict=True))
    return found


def put_off(wallet: Wallet, signed: SignedMessage, since: int, *, is_given: bool) -> None:
    """Count a message's waiting from `since`: by then a relayer promised to carry it, or then one refused it."""
    name = record_name(signed.message.consent, signed.signature.to_bytes())
    with wallet.vault.writing() as transaction:
        if transaction.get(OUTGOING, name) is not None:
            transaction.put(WAITING, name, Waiting(signed, since, is_given).to_json())
