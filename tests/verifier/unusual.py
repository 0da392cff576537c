"""The parts of the campaign over governance in which members manage themselves, and calls are unusual."""

from jamjar.protocol.calldata import data_of
from jamjar.protocol.settings import DAY
from tests.verifier.year import ETHER, KEY, NOTHING, Year


def own_matters(year: Year) -> None:
    """Accounts, keys and names, each by its member alone."""
    adviser, extra = year.accounts[2], year.accounts[9]
    for by, account in ((year.stranger, extra), (adviser, adviser), (adviser, extra), (adviser, extra)):
        year.do(by, "Consortium", "offerAccount", account)
    for by, member in ((extra, 3), (extra, 2), (extra, 2)):
        year.do(by, "Consortium", "acceptAccount", member)
    for by, account in ((year.stranger, extra), (extra, extra), (adviser, year.stranger), (extra, adviser)):
        year.do(by, "Consortium", "removeAccount", account)
    year.do(extra, "Consortium", "offerAccount", adviser)
    year.do(year.accounts[3], "Consortium", "offerAccount", adviser)
    year.do(adviser, "Consortium", "acceptAccount", 2)
    year.do(adviser, "Consortium", "acceptAccount", 3)
    year.do(year.accounts[3], "Consortium", "removeAccount", adviser)
    year.do(adviser, "Consortium", "acceptAccount", 3)
    for by, key in ((year.stranger, KEY), (adviser, bytes(31)), (adviser, bytes(32)), (adviser, bytes(4097))):
        year.do(by, "Consortium", "changeEncryptionKey", key)
    names = ["", "é" * 32, "é" * 33, "Town Debt Advice", "Harbour Housing Advice", "Another", "Another"]
    for by in (year.stranger, year.accounts[3], adviser):
        for name in names:
            year.do(by, "Consortium", "rename", name)
    for raw in (
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf0\x9f\x8d",
        b"\xf0\x9f\x8d\xaf",
        b"\x00",
        b"\xef\xbb\xbfJam",
    ):
        tail = (32).to_bytes(32, "big") + len(raw).to_bytes(32, "big") + raw.ljust(32, b"\0")
        year.raw(adviser, "Consortium", data_of("Consortium", "rename", "")[:4] + tail)


def unusual(year: Year) -> None:
    """Ether, unknown functions, cut-off calls, and a governance that calls strangers and itself."""
    for contract in ("Consortium", "Governance", "ConsentRegistry", "AdviceLog"):
        year.raw(year.stranger, contract, b"", ETHER)
        year.raw(year.stranger, contract, b"")
        year.raw(year.stranger, contract, b"\x01\x02\x03")
        year.raw(year.stranger, contract, b"\xde\xad\xbe\xef" * 9)
    year.do(year.founder, "Consortium", "rename", "Rich", value=1)
    year.raw(year.founder, "Consortium", data_of("Consortium", "offerAccount", year.stranger)[:-1])
    year.raw(year.accounts[2], "Consortium", data_of("Consortium", "offerAccount", year.stranger)[:4] + b"\xff" * 32)
    at = year.chain.at
    for target, value, data in (
        (year.stranger, ETHER, b""), (year.stranger, 10 * ETHER, b""), (year.stranger, 0, b"hello"),
        (at["ConsentRegistry"], 0, data_of("ConsentRegistry", "release", year.stranger)),
        (at["Consortium"], 0, b""), (at["Consortium"], 1, data_of("Consortium", "rename", "Rich")),
        (at["Governance"], 1, b""),
        (at["Governance"], 0, data_of("Governance", "cancel", NOTHING)),
        (at["Consortium"], 0, data_of("Consortium", "objectToRecovery")),
    ):  # fmt: skip
        operation = (target, value, data, NOTHING, next(year.salts))
        year.do(year.founder, "Governance", "schedule", *operation, year.delay)
        year.wait(year.delay)
        year.execute(operation)
    for value in (0, ETHER):
        once = (at["Consortium"], 0, data_of("Consortium", "reinstate", 2), NOTHING, next(year.salts))
        year.do(year.founder, "Governance", "schedule", *once, year.delay, value=value)
        year.wait(year.delay)
        year.execute(once, value=value)
        several = ([at["Consortium"]], [0], [once[2]], NOTHING, next(year.salts))
        year.do(year.founder, "Governance", "scheduleBatch", *several, year.delay, value=value)
        year.wait(year.delay)
        year.do(year.stranger, "Governance", "executeBatch", *several, value=value)
    year.do(year.stranger, "Governance", "executeBatch", [], [], [], NOTHING, NOTHING)
    year.do(year.stranger, "Governance", "executeBatch", [], [], [], NOTHING, NOTHING, value=1)
    year.do(year.founder, "Governance", "updateDelay", 8 * DAY, value=1)
    for delay in (2**256 - 1, 2**255, year.delay + 1):
        year.do(year.founder, "Governance", "schedule", *year.operation("Consortium", "reinstate", 2), delay)
    strangers = (year.stranger, year.founder)
    year.do(year.stranger, "Governance", "onERC721Received", *strangers, 1, b"token")
    year.do(year.stranger, "Governance", "onERC1155Received", *strangers, 1, 1, b"token")
    year.do(year.stranger, "Governance", "onERC1155BatchReceived", *strangers, [1], [1], b"token")
