"""Reports to look at: of a network's year, sound, sound in part, and not."""

from dataclasses import replace

from jamjar.audit.figures import DAY, Figures, Gas
from jamjar.audit.findings import Finding
from jamjar.audit.membership import MemberSeen, Membership, PendingProposal, PendingRecovery
from jamjar.audit.report import AuditReport, NodeSeen
from jamjar.audit.uncompared import Uncompared
from jamjar.protocol.deployment import CONTRACTS as CONTRACT_NAMES
from jamjar.sandbox.members import NAMES, ROLES

START = 1_800_000_000
TRANSACTION = "0x" + "5d" * 32
CONTRACTS = {name: f"0x{digit * 40}" for name, digit in zip(CONTRACT_NAMES, "12345", strict=True)}
GAS = {
    "grantBatch": Gas(41, 3912, 41 * 3_780_000, 790_000, 4_010_000),
    "commitBatch": Gas(80, 7714, 80 * 1_390_000, 281_000, 2_910_000),
    "useBatch": Gas(60, 5200, 60 * 930_000, 228_000, 1_140_000),
    "record": Gas(612, 612, 612 * 66_000, 64_000, 68_000),
    "withdraw": Gas(240, 240, 240 * 34_000, 33_900, 34_800),
}


def figures() -> Figures:
    made = Figures(blocks=91_204, transactions=1033, uses={2: 3011, 3: 2189}, gas=GAS)
    for day in range(200):
        for kind, count in (("ConsentGranted", 9 + day % 7), ("Committed", 20 + day % 11), ("ConsentUsed", day % 29)):
            for _ in range(count):
                made.event(kind, START + day * DAY)
        made.event("AdviceRecorded", START + day * DAY)
        if day % 3 == 0:
            made.event("ConsentWithdrawn", START + day * DAY)
            made.event("ConsentPaused", START + day * DAY)
    made.lives = {"less than a day": 31, "up to a week": 62, "up to 30 days": 120, "longer": 27}
    return made


NOTE = Finding("members-changed", "MemberAdmitted (member 6, name <Valley> Advice, by 0x11)", 812, TRANSACTION)
SOUND = AuditReport(
    chain_id=1337,
    contracts=CONTRACTS,
    commit="a1b3e7d0a1b3e7d0a1b3e7d0a1b3e7d0a1b3e7d0",
    first=1,
    last=91_204,
    hash="0x" + "ab" * 32,
    time=START + 200 * DAY,
    nodes=(
        NodeSeen("https://node.town.example", 91_204, "0x" + "ab" * 32),
        NodeSeen("https://harbour.example", 91_203, "0x" + "ab" * 32),
    ),
    members={number: NAMES[number] for number in (1, 2, 3)},
    statuses={"ACTIVE": 2804, "EXPIRED": 611, "PAUSED": 12, "STALE": 240, "WITHDRAWN": 201, "RELEASED": 39},
    compared=16_031,
    figures=figures(),
    findings=(NOTE,),
    counts={"members-changed": 1},
    membership=Membership(
        tuple(MemberSeen(number, NAMES[number], "ACTIVE", ROLES[number]) for number in NAMES),
        ("0x" + "f0" * 20,),
        7 * DAY,
        (PendingProposal("0x" + "9a" * 32, ("Consortium.suspend(3, LEFT)",), START + 203 * DAY),),
        (PendingRecovery(2, NAMES[2], "0x" + "fe" * 20, START + 210 * DAY),),
    ),
)
BREACHES = (
    Finding("not-live", "ConsentUsed in log 4 of block 70311 cannot have happened: ConsentNotLive(0x5a, 8)", 70_311,
            TRANSACTION, 4),
    Finding("nodes-differ", "From this block on they differ: one has 0xab, the other has 0xcd.", 80_002),
    Finding("node-behind", "https://harbour.example has 91203 blocks, https://node.town.example has 91204.", 91_203),
    Finding("code-unchecked", "The code was compared only with the deployment file."),
)  # fmt: skip
UNSOUND = replace(
    SOUND,
    findings=(NOTE, *BREACHES),
    counts={"members-changed": 1, "not-live": 41, "nodes-differ": 1, "node-behind": 1, "code-unchecked": 1},
)
IN_PART = replace(
    SOUND,
    uncompared=tuple(
        Uncompared("https://harbour.example", "https://node.town.example", number, number, "0x" + "ef" * 32, 1)
        for number in (91_203, 91_204)
    ),
)
