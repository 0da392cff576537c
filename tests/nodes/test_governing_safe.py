"""A founder that is a Safe, as safe-global ships it: its owners approve what it proposes with the commands.

When an owner proposes                        nothing is sent; a file has what the Safe is to carry out
Given fewer approvals than the threshold      nothing is proposed
When the last owner approves                  the Safe proposes it, and is named as who did
When no owner approves, or another Safe's     one sentence says why not
Given the file was changed                    it is refused, or shows what it would do
Given the sender names more owners            those that approved are shown, and no other
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.ledger.governance import scheduled
from jamjar.ledger.rpc import connection
from jamjar.ledger.safe import ABI, Safe, SafeTransaction
from jamjar.model.member_rules import seat_of
from jamjar.protocol.calldata import arguments_of, data_of
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY
from tests.nodes.governing import FOUNDER, FRESH, STRANGER, Office, governed
from tools.creation_code import ROOT

BUILT = ROOT / "node_modules" / "@safe-global" / "safe-contracts" / "build" / "artifacts" / "contracts"
OWNERS = (1, 2, 3)


def built(file: str) -> tuple[list[dict[str, object]], str]:
    """The ABI and the creation code of a contract as it is shipped."""
    path = BUILT / f"{file}.sol" / f"{Path(file).name}.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    return found["abi"], found["bytecode"]


def safe_of(office: Office, threshold: int) -> str:
    """A Safe of the first three members, made by its own factory."""
    web3 = connection(office.node.url)

    def made(file: str) -> str:
        abi, code = built(file)
        sent = web3.eth.contract(abi=abi, bytecode=code).constructor().transact({"from": office.address(STRANGER)})
        return str(web3.eth.wait_for_transaction_receipt(sent)["contractAddress"])

    none, singleton, factory = "0x" + 40 * "0", made("Safe"), made("proxies/SafeProxyFactory")
    owners = [office.address(each) for each in OWNERS]
    setup = web3.eth.contract(singleton, abi=built("Safe")[0]).encode_abi(
        "setup", [owners, threshold, none, b"", none, none, 0, none]
    )
    call = web3.eth.contract(factory, abi=built("proxies/SafeProxyFactory")[0]).functions.createProxyWithNonce(
        singleton, setup, 0
    )
    address = str(call.call())
    web3.eth.wait_for_transaction_receipt(call.transact({"from": office.address(STRANGER)}))
    return address


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    with governed(tmp_path_factory.mktemp("office"), lambda office: [safe_of(office, 2)]) as office:
        (safe,) = office.json("members")["rights"][-1:]
        yield office, safe["holder"]


def test_what_is_asked_of_a_safe_is_in_its_abi() -> None:
    def forms(abi: object) -> set[tuple[str, tuple[str, ...]]]:
        return {(e["name"], tuple(i["type"] for i in e["inputs"])) for e in abi if e["type"] == "function"}

    assert forms(ABI) <= forms(built("Safe")[0])


def test_owners_approve(founded: tuple[Office, str]) -> None:
    office, safe = founded
    file = office.folder / "proposal.json"
    words = ("propose", "roles", 2, "--add", "AUDITOR")
    assert "name a new file with --out" in office.refused("consortium", *words, by=1)
    assert "Nothing was sent." in office.does("consortium", *words, "--out", file, by=1)
    assert "is no owner of the Safe" in office.refused("consortium", "approve", file, by=FOUNDER)
    for _ in range(2):  # the second time nothing is new
        assert "1 of 2" in office.does("consortium", "approve", file, by=1)
        assert office.json("status")["proposals"] == []
    said = office.does("consortium", "approve", file, by=3)
    assert "Role auditor of member 2, Town Debt Advice" in said
    assert "CallScheduled" in said
    (pending,) = office.json("status")["proposals"]
    assert pending["proposed_by"] == safe
    assert "carried out another transaction" in office.refused("consortium", "approve", file, by=2)
    office.wait(7 * DAY)
    office.does("consortium", "execute", pending["id"], by=STRANGER)
    (right,) = (each for each in office.json("members")["rights"] if (each["holder"], each["role"]) == (2, "AUDITOR"))
    assert right["proposed_by"] == safe
    assert sorted(right["approved_by"]) == sorted(map(office.address, (1, 3)))


def test_a_changed_file(founded: tuple[Office, str]) -> None:
    office, _ = founded
    file, changed = office.folder / "other.json", office.folder / "changed.json"
    office.does("consortium", "propose", "roles", 1, "--add", "SPONSOR", "--out", file, by=1)
    right = json.loads(file.read_text())
    for field, value, why in (
        ("to", office.address(STRANGER), "another ledger"),
        ("chain_id", 1, "another ledger"),
        ("operation", 1, "another format"),
        ("value", "1", "another format"),
        ("data", "0x", "no proposal"),
        ("data", right["data"][:-2], "no proposal"),
        ("nonce", 77, "another transaction"),
        ("nonce", "0", "no number"),
        ("safe", office.address(FRESH), "is no Safe that is a founder"),
    ):
        changed.write_text(json.dumps(right | {field: value}))
        assert why in office.refused("consortium", "approve", changed, by=1), field
    changed.write_text("{")
    assert "cannot be approved" in office.refused("consortium", "approve", changed, by=1)


def test_owners_that_approved_nothing(founded: tuple[Office, str]) -> None:
    """A Safe looks at no more signatures than its threshold: whoever sends them can add names, which are not shown."""
    office, at = founded
    ledger = office.ledger()
    safe = Safe(ledger, at)
    batch = scheduled(ledger, [("grantRole", Role.SPONSOR.value, seat_of(2))])
    proposing = data_of("Governance", "scheduleBatch", *batch)
    call = SafeTransaction(at, ledger.deployment.governance.address, proposing, safe.nonce())
    for owner in (1, 2):
        safe.approve(call, office.keys[owner])
    names = sorted(map(office.address, (1, 2, 3, 5)), key=str.lower)
    assert set(names[:2]) == set(map(office.address, (1, 2)))
    safe.execute(call, names, office.keys[STRANGER])
    office.wait(7 * DAY)
    office.does("consortium", "execute", office.json("status")["proposals"][-1]["id"], by=STRANGER)
    (right,) = (each for each in office.json("members")["rights"] if (each["holder"], each["role"]) == (2, "SPONSOR"))
    assert right["approved_by"] == names[:2]


@pytest.mark.parametrize(("predecessor", "delay"), [(b"\7" * 32, 7 * DAY), (bytes(32), 2**255), (bytes(32), 6 * DAY)])
def test_a_changed_time(founded: tuple[Office, str], predecessor: bytes, delay: int) -> None:
    office, _ = founded
    file = office.folder / f"{delay}-{predecessor[0]}.json"
    office.does("consortium", "propose", "roles", 1, "--add", "AUDITOR", "--out", file, by=1)
    right = json.loads(file.read_text())
    _, (*batch, _, salt, _) = arguments_of("Governance", bytes.fromhex(right["data"][2:]))
    data = data_of("Governance", "scheduleBatch", *batch, predecessor, salt, delay)
    file.write_text(json.dumps({**right, "data": f"0x{data.hex()}"}))
    assert "waits for another proposal, or longer" in office.refused("consortium", "approve", file, by=2)
