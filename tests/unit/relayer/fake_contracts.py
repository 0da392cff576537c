"""What the contracts do with what a carrier brings, with fewer checks than the real ones.

A pause or a commitment is recorded once, in order; an acknowledgement as often as it comes, so that what is carried
twice is there twice. Calldata is read, and events are written, by eth_abi.
"""

from eth_abi.abi import decode, encode

from jamjar.protocol.abi import ERROR, EVENT, FUNCTION, by_selector, entries, type_of

BAD = b"\xff" * 32
"""The advice that no contract knows."""
EVENTS = {
    "commit": ("Committed", "CommitmentRejected"),
    "acknowledge": ("AdviceAcknowledged", "AcknowledgementRejected"),
    "withdraw": ("ConsentWithdrawn", "WithdrawalRejected"),
    "pause": ("ConsentPaused", ""),
}


def call(data: bytes, sender: str, done):
    """Return how many items a call has, the logs it writes after those that are there, and its error if it reverts."""
    entry = by_selector(FUNCTION)[data[:4]]
    values = decode([type_of(each) for each in entry["inputs"]], data[4:])
    name = entry["name"].removesuffix("Batch")
    items = values[0] if name != entry["name"] else [values if name == "pause" else values[0]]
    logs: list = []
    for index, item in enumerate(items):
        consent, fields = (item[0], item[1:-1]) if isinstance(item[0], str) else (item[0][0], item[0][1:])
        topics = (consent[2:].rjust(64, "0"), sender[2:].lower().rjust(64, "0"))
        error = _objection(name, consent, fields, [*done, *logs])
        if error and name == entry["name"]:
            return 1, [], error
        event = EVENTS[name][bool(error)]
        said = encode(["uint256", "bytes"], [index, error]) if error else _said(name, sender, fields)
        logs.append(((_topic(event), *topics), said.hex()))
    return len(items), logs, b""


def _objection(name, consent, fields, logs) -> bytes:
    mine = [(topics[0], data) for topics, data in logs if topics[1] == consent[2:].rjust(64, "0")]
    if name == "acknowledge":
        return _error("AdviceUnknown", [consent, *fields]) if fields[1] == BAD else b""
    if name == "commit":
        heads = [bytes.fromhex(data)[32:] for topic, data in mine if topic == _topic("Committed")]
        head = heads[-1] if heads else bytes(32)
        return _error("HeadMismatch", [consent, fields[1], head]) if fields[1] != head else b""
    count = sum(topic == _topic(EVENTS[name][0]) for topic, _ in mine)
    if name == "withdraw":
        return _error("ConsentNotOpen", [consent, 8]) if count else b""
    return _error("SequenceMismatch", [consent, fields[0], count]) if fields[0] != count else b""


def _said(name, sender, fields) -> bytes:
    words = {"commit": (["address", "bytes32"], [sender, fields[0] if fields else b""]), "withdraw": ([], [])}
    kinds = ["uint32"] if name == "pause" else ["bytes32"] * len(fields)
    return encode(*words.get(name, (kinds, list(fields))))


def _topic(event: str) -> str:
    return next(digest.hex() for digest, entry in entries(EVENT).items() if entry["name"] == event)


def _error(name: str, arguments) -> bytes:
    digest, entry = next((d, e) for d, e in entries(ERROR).items() if e["name"] == name)
    return digest[:4] + encode([type_of(each) for each in entry["inputs"]], arguments)
