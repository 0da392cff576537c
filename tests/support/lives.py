"""Lives of one consent as events a day apart, and the record of them."""

from datetime import date

from jamjar.consent import record
from jamjar.consent.parties import Controller, Registries
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Storage, Terms
from jamjar.protocol.events import ConsentGranted, ConsentPaused, ConsentReleased, ConsentResumed, ConsentUsed, Origin
from jamjar.protocol.events import ConsentReconfirmed as Reconfirmed
from jamjar.protocol.events import ConsentWithdrawn as Withdrawn

CONSENT, CARRIER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"  # EIP-55
ACCOUNT = "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"
AT = Registries(1337, "0x" + "11" * 20, "0x" + "22" * 20)
ADVISER = Controller("1 High Street, Town", "help@advice.example", "GB")
TERMS = Terms(
    purpose="dpv:CustomerCare",
    scope=frozenset({ScopeItem("fixed.home", Detail.LINES), ScopeItem("outgoings", Detail.TOTAL)}),
    data_from=date(2026, 4, 1), data_until=date(2026, 6, 30), retention_days=30, storage=Storage.STORE,
    notice="Dangosir eich cyllideb £", language="cy", recipient=2, recipient_name="Cyngor {name}",
)  # fmt: skip
SALT = bytes(range(7, 39))
DAY, START = 86400, 1_800_000_000
STALE, END = START + 50 * DAY, START + 100 * DAY
"""The last seconds before it goes stale, and of its time."""

GRANT = (ConsentGranted, 2, CARRIER, START, END, STALE, 2, TERMS.digest(SALT))
WITHDRAW, RELEASE = (Withdrawn, CARRIER), (ConsentReleased, 2, ACCOUNT)


def pause(sequence):
    return ConsentPaused, CARRIER, sequence


def resume(sequence):
    return ConsentResumed, CARRIER, sequence


def reconfirm(sequence, by=END):
    return Reconfirmed, CARRIER, sequence, by


def use(count, recipient=2):
    return ConsentUsed, recipient, ACCOUNT, b"\1" * 32, count


def life(*acts):
    """Make the events, each in a block of its own from 10 on."""
    places = [Origin(10 + n, f"0x{n:064x}", n, AT.consents) for n in range(len(acts))]
    return [kind(place, CONSENT, *values) for place, (kind, *values) in zip(places, acts, strict=True)]


def made(events, now=None, times=None, **changes):
    """Make the record, as of the last event unless told."""
    times = {10 + n: START + n * DAY for n in range(len(events))} if times is None else times
    now = max(times.values(), default=START) if now is None else now
    values = {"terms": TERMS, "salt": SALT, **changes}
    return record.record(AT, ADVISER, CONSENT, **values, events=events, times=times, now=now)
