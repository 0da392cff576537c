"""Vectors of keys and labels, EIP-712 messages, signed messages, cards, a relayer's promise and mailbox requests."""

from datetime import date
from functools import partial
from typing import Any

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey
from jamjar.mailbox import signed_request
from jamjar.mailbox.signed_request import MailboxRequest
from jamjar.protocol import panic_card, signed_message, typed_data
from jamjar.protocol.panic_card import Card
from jamjar.protocol.signing import Signature, sign
from jamjar.protocol.typed_data import (
    Acknowledge,
    Commit,
    Domain,
    Grant,
    Message,
    Pause,
    Reconfirm,
    Resume,
    Withdraw,
    members_of,
)
from jamjar.relayer import promise
from jamjar.relayer.promise import Promise
from jamjar.vault import secret
from jamjar.vault.secret import commitment_label
from jamjar.wallet.calendar import Calendar
from tools.vectors.drawn import ADVICE_LOG, ADVISER, COMMITMENTS, KEY, MEMBER, NOW, REGISTRY, SECRET, drawn, taken

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
DAY = 86_400
OF = KEY.address
GRANT = Grant(OF, MEMBER, NOW, NOW + 90 * DAY, NOW + 30 * DAY, 3, keccak256(b"terms"))
MESSAGES: tuple[tuple[Domain, Message], ...] = (
    (REGISTRY, GRANT),
    (REGISTRY, Grant(OF, 2**32 - 1, 2**40 - 1, 2**40 - 1, 2**40 - 1, 2**16 - 1, b"\xff" * 32)),
    (REGISTRY, Pause(OF, 0)),
    (REGISTRY, Resume(OF, 1)),
    (REGISTRY, Reconfirm(OF, 2, NOW + 60 * DAY)),
    (REGISTRY, Withdraw(OF)),
    (COMMITMENTS, Commit(OF, keccak256(b"root"), bytes(32))),
    (ADVICE_LOG, Acknowledge(OF, keccak256(b"root"), keccak256(b"advice"))),
)


def derivation() -> dict[str, Any]:
    """Return the vectors of what derives from the secret of a consent."""
    labels = (secret.CONSENT_KEY, secret.TERMS_SALT, secret.REPLY_KEY, secret.CALENDAR, commitment_label(bytes(16)))
    reply, calendar = EncryptionKey(SECRET.derive(secret.REPLY_KEY)), Calendar(SECRET)
    times = (NOW, NOW + 1, NOW + 40 * DAY, calendar.after(NOW), calendar.in_month(NOW))
    return {
        "secret": SECRET.to_bytes().hex(),
        "derived": [{"label": label, "bytes": SECRET.derive(label).hex()} for label in labels],
        "longest": keccak256(SECRET.derive(secret.CALENDAR, secret.MOST_BYTES)).hex(),
        "consent": OF,
        "reply_key": reply.public_bytes.hex(),
        "calendar": [
            {
                "time": time,
                "after": calendar.after(time),
                "in_month": calendar.in_month(time),
                "between": calendar.between(time, time + DAY),
            }
            for time in times
        ],
    }


def messages() -> dict[str, Any]:
    """Return the vectors of messages, and of signatures that must be refused."""
    return {
        "signed": [_signed(domain, message) for domain, message in MESSAGES],
        "refused": _refused(),
        "promise": _promise(),
        "request": _request(),
        "card": _card(),
    }


def _signed(domain: Domain, message: Message) -> dict[str, Any]:
    signed = sign(KEY, domain, message)
    kind = type(message)
    return {
        "type": kind.__name__,
        "members": members_of(kind),
        "contract": domain.contract,
        "separator": domain.separator.hex(),
        "digest": typed_data.digest(domain, message).hex(),
        "bytes65": signed.signature.to_bytes65().hex(),
        "file": signed_message.to_json(signed, domain),
    }


def _refused() -> list[dict[str, str]]:
    good = sign(KEY, REGISTRY, Withdraw(OF))
    text, found = signed_message.to_json(good, REGISTRY), good.signature
    high = (ORDER - int.from_bytes(found.s, "big")).to_bytes(32, "big")
    high_vs = bytes([high[0] | (1 - found.parity) << 7]) + high[1:]
    taken(lambda: Signature.from_bytes(found.r + high + bytes([28 - found.parity])))
    first, last = text.index(OF) + 2, text.index('"r":"0x') + 7
    files = {
        "a high s": text.replace(found.vs.hex(), high_vs.hex()),
        "an s of zero": text.replace(found.vs.hex(), "00" * 32),
        "an r of zero": text.replace(found.r.hex(), "00" * 32),
        "an r beyond the order": text.replace(found.r.hex(), "ff" * 32),
        "the other parity": text.replace(found.vs.hex(), (bytes([found.vs[0] ^ 0x80]) + found.vs[1:]).hex()),
        "another chain": text.replace("1337", "1338"),
        "another contract": text.replace("0x" + "11" * 20, "0x" + "22" * 20),
        "a wrong checksum": text[:first] + text[first : first + 40].swapcase() + text[first + 40 :],
        "no checksum": text.replace(OF, OF.lower()),
        "upper case": text[:last] + text[last : last + 64].upper() + text[last + 64 :],
        "a field twice": text.replace('"type"', '"type":"Withdraw","type"'),
        "a field more": text.replace('"type"', '"also":1,"type"'),
        "a float": text.replace("1337", "1337.0"),
        "another type": text.replace("Withdraw", "Withdrew"),
        "another format": text.replace("signed.1", "signed.2"),
    }
    for file in files.values():
        taken(partial(signed_message.from_json, file))
    return [{"why": why, "file": file} for why, file in files.items()]


def _promise() -> dict[str, Any]:
    message, domain = typed_data.digest(REGISTRY, GRANT), promise.domain_of(REGISTRY)
    made = Promise(message, NOW, NOW + 600)
    signed = promise.sign_promise(made, ADVISER, domain)
    return {"digest": made.digest(domain).hex(), "promise": signed.to_json()}


def _request() -> dict[str, Any]:
    body, domain = b"a package", signed_request.domain_of(COMMITMENTS)
    path = f"/consents/{OF}/replies"
    asked = MailboxRequest("https://mailbox.example", "GET", path, keccak256(body), NOW, drawn("nonce")(32))
    signed = signed_request.sign_request(asked, KEY, domain)
    return {
        "method": "GET",
        "path": path,
        "body": body.hex(),
        "digest": asked.digest(domain).hex(),
        "headers": signed.headers(),
    }


def _card() -> dict[str, Any]:
    signed = sign(KEY, REGISTRY, Withdraw(OF))
    lines, card = panic_card.to_text(signed), Card(REGISTRY.chain_id, REGISTRY.contract, (signed,), date(2027, 1, 15))
    rows = lines.split("\n")
    wrong = {
        "one character": lines.replace(lines[0], "0" if lines[0] != "0" else "1", 1),
        "two lines swapped": "\n".join([rows[1], rows[0], *rows[2:]]),
        "a line missing": "\n".join(rows[:-1]),
        "a letter that is never used": "U" + lines[1:],
    }
    for each in wrong.values():
        taken(partial(panic_card.from_text, each, REGISTRY))
    return {
        "json": card.to_json(),
        "lines": lines,
        "typed": lines.lower().replace("0", "o").replace("1", "l"),
        "scanned": panic_card.to_scan(signed),
        "refused": [{"why": why, "lines": each} for why, each in wrong.items()],
    }
