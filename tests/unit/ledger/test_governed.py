"""Who governs, read from events: who proposed, who vetoed and executed, and since when each may do what.

Given a founder signed it                     it is the founder's, also when what it called is one
Given the signer is none, and what it called  it is the Safe's, with the owners named that approved it
Given neither is                              it is the signer's
When a proposal was vetoed and made again     it is pending again
When a role was granted by a proposal         the right names the proposal; one that was taken away is gone
"""

from types import SimpleNamespace
from typing import Any

from jamjar.crypto.hashing import keccak256
from jamjar.ledger.governed import Governed, read
from jamjar.model.member_rules import seat_of
from jamjar.model.state import Reason
from jamjar.protocol import events
from jamjar.protocol.events import Event, Origin
from jamjar.protocol.roles import FOUNDER, Role
from tests.unit.cli.home import WHOLE

A, B, SAFE, MEMBER = (f"0x{digit * 40}" for digit in "1234")
GOVERNANCE = WHOLE.governance.address
NAME, DATA = b"\7" * 32, b"\1"
PROPOSED = (events.CallScheduled, NAME, 0, SAFE, 0, DATA, bytes(32), 700)


class Ledger:
    """Events, each in a block of its own, and who sent their transactions: another each, unless a test names it."""

    deployment = WHOLE

    def __init__(self, *said: tuple[Any, ...]) -> None:
        self.senders: list[tuple[str, str, bytes]] = []
        self.recorded: list[Event] = []
        founding = [(events.RoleGranted, FOUNDER, each, GOVERNANCE) for each in (A, SAFE)]
        founding += [(events.MemberAdmitted, 4, "Bank", A), (events.AccountAdded, 4, MEMBER, A)]
        for kind, *arguments in [*founding, *said]:
            self.add(kind, *arguments)

    def add(self, kind: Any, *arguments: Any, by: tuple[str, str, bytes] = (A, GOVERNANCE, b""), of: int = 0) -> None:
        number = len(self.recorded)
        self.recorded.append(kind(Origin(number, str(of or number), 0, GOVERNANCE), *arguments))
        self.senders.append(by)

    def events(self, contracts: Any) -> list[Event]:
        return self.recorded

    def time(self, block: int | None = None) -> int:
        return 1000 + (len(self.recorded) if block is None else block)

    def read(self, contract: str, function: str) -> tuple[int, int]:
        return 1400, 1400

    def sent(self, transaction: str) -> tuple[str, str, bytes]:
        return self.senders[int(transaction)]

    def contract_at(self, address: str, _abi: Any) -> Any:  # a Safe, for which A alone approved what it carried out
        log = {"address": address, "topics": [keccak256(b"ExecutionSuccess(bytes32,uint256)"), NAME]}
        node = SimpleNamespace(get_transaction_receipt=lambda _: {"logs": [log]})
        says = lambda owner, _: SimpleNamespace(call=lambda: int(owner == A))  # noqa: E731
        return SimpleNamespace(w3=SimpleNamespace(eth=node), get_function_by_name=lambda _: says)

    def now(self) -> Governed:
        return read(self)  # type: ignore[arg-type]  # all that is asked of a ledger


def proposer(*by: Any) -> tuple[str, tuple[str, ...]]:
    ledger = Ledger()
    ledger.add(*PROPOSED, by=by)
    (record,) = ledger.now().pending
    return record.proposed.by, record.proposed.owners


def signed_by(*owners: str) -> bytes:
    """The data of a Safe's `execTransaction`, which ends in its owners' signatures."""
    signatures = b"".join(bytes.fromhex(each[2:]).rjust(32, b"\0") + bytes(32) + b"\1" for each in owners)
    signatures += bytes(64) + b"\x1b"  # one by a key, which names nobody
    return b"\1\2\3\4" + bytes(9 * 32) + (320).to_bytes(32, "big") + len(signatures).to_bytes(32, "big") + signatures


def test_who_proposed() -> None:
    assert proposer(A, SAFE, b"") == (A, ())
    assert proposer(B, SAFE, signed_by(A, B)) == (SAFE, (A,))
    assert proposer(B, SAFE, b"\1\2\3\4") == (SAFE, ())
    assert proposer(B, GOVERNANCE, b"") == (B, ())


def test_a_life() -> None:
    ledger = Ledger()
    ledger.add(*PROPOSED)
    ledger.add(events.CallScheduled, NAME, 1, B, 0, b"\2", bytes(32), 700)
    ledger.add(events.CallSalt, NAME, NAME)
    (record,) = ledger.now().pending
    assert record.content.calls == ((SAFE, 0, DATA), (B, 0, b"\2"))
    assert (record.content.ready, record.content.salt) == (record.proposed.at + 701, NAME)
    ledger.add(events.Cancelled, NAME, by=(MEMBER, GOVERNANCE, b""))
    governed = ledger.now()
    assert governed.pending == []
    ended = governed.proposals[NAME].vetoed
    assert ended is not None
    assert (ended.by, governed.state.member_of(ended.by)) == (MEMBER, 4)
    ledger.add(*PROPOSED)
    assert [each.vetoed for each in ledger.now().pending] == [None]


def test_rights() -> None:
    ledger = Ledger(PROPOSED)
    for role in (Role.COUNCIL, Role.AUDITOR):
        ledger.add(events.RoleGranted, role.value, seat_of(4), GOVERNANCE, of=7)
    ledger.add(events.CallExecuted, NAME, 0, SAFE, 0, DATA, by=(B, GOVERNANCE, b""), of=7)
    ledger.add(events.RoleRevoked, Role.AUDITOR.value, seat_of(4), GOVERNANCE)
    ledger.add(events.RoleGranted, b"\5" * 32, A, GOVERNANCE)  # the executor's, and no right of a person's
    governed = ledger.now()
    right = governed.rights[4, Role.COUNCIL.value]
    assert (right.proposal, right.since) == (NAME, 1005)
    assert (4, Role.AUDITOR.value) not in governed.rights
    assert governed.founders() == [A, SAFE]
    assert [each.proposal for each in governed.rights.values()] == [None, None, NAME]
    executed = governed.proposals[NAME].executed
    assert executed is not None
    assert executed.by == B


def test_why_a_member_is_suspended() -> None:
    ledger = Ledger((events.MemberSuspended, 4, int(Reason.LEFT), 9000, MEMBER))
    governed = ledger.now()
    reason, deed = governed.reasons[4]
    assert (reason, deed.by, governed.active, governed.state.member(4).lapses_at) == (Reason.LEFT, MEMBER, [], 9000)
    assert governed.accounts_of(4) == [MEMBER]
