"""constructor: who governs, how long what lasts, and who the first members are.

When the governance is zero, a suspension has no length, a recovery less than 14 days, or there is no member
    ... it reverts with DeploymentInvalid
When a founding member could not be admitted ... it reverts as `admit` does
Otherwise
    it makes that address, and not the deployer, the only one that governs, and says so first
    it admits each member in turn, and says so as `admit` does
    its roles are the Keccak-256 of their names
"""

import brownie
import pytest
from eth_utils import keccak

from jamjar.protocol.settings import DAY
from tests.contracts.consortium.test_admit import REFUSALS, ROLES

ZERO = "0x" + 40 * "0"
GOVERNANCE = "0x" + 20 * "ab"
FORTNIGHT = 14 * DAY
FIRST = (1, "First", ROLES, "0x" + 20 * "01", b"k" * 32)
SECOND = (2**32 - 1, "Second", [], "0x" + 20 * "02", b"q" * 4096)
FIELDS = ("member", "name", "roles", "account", "key")


@pytest.fixture
def deploy(system, people):
    """Member 1's account deploys a consortium."""
    return lambda governance=GOVERNANCE, delays=(FORTNIGHT, FORTNIGHT), founding=(FIRST, SECOND): (
        brownie.Consortium.deploy(governance, delays, list(founding), {"from": people.operator})
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"governance": ZERO},
        {"delays": (0, FORTNIGHT)},
        {"delays": (FORTNIGHT, FORTNIGHT - 1)},
        {"delays": (FORTNIGHT, 0)},
        {"founding": ()},
    ],
    ids=str,
)
def test_reverts_when_invalid(changes, deploy, refused):
    with refused("DeploymentInvalid"):
        deploy(**changes)


@pytest.mark.parametrize("case", [name for name in REFUSALS if name not in {"number of a member", "name of another"}])
def test_reverts_when_a_member_cannot_be_admitted(case, deploy, refused):
    changes, error, *arguments = REFUSALS[case]
    second = tuple((dict(zip(FIELDS, SECOND, strict=True)) | changes).values())
    with refused(error, *arguments):
        deploy(founding=(FIRST, second))


@pytest.mark.parametrize(
    ("twice", "error"),
    [(0, ("MemberNumberTaken", 1)), (1, ("NameTaken", 1)), (3, ("AccountTaken", FIRST[3], 1))],
    ids=["number", "name", "account"],
)
def test_reverts_when_two_members_share(twice, error, deploy, refused):
    second = (*SECOND[:twice], FIRST[twice], *SECOND[twice + 1 :])
    with refused(*error):
        deploy(founding=(FIRST, second))


def test_founds(deploy, people, events):
    fresh = deploy()
    by = {"by": people.operator}
    seat = fresh.seatOf(1)
    expected = [("RoleGranted", {"role": "0x" + 64 * "0", "account": GOVERNANCE, "sender": people.operator})]
    for number, name, roles, account, key in (FIRST, SECOND):
        digest = "0x" + keccak(key).hex()
        granted = {"account": seat, "sender": people.operator}
        expected += [
            ("MemberAdmitted", {"member": number, "name": name} | by),
            *(("RoleGranted", {"role": "0x" + role.hex()} | granted) for role in roles),
            ("AccountAdded", {"member": number, "account": account} | by),
            ("EncryptionKeyChanged", {"member": number, "digest": digest, "key": "0x" + key.hex()} | by),
        ]
        assert fresh.getMember(number) == (1, 0, digest, name)
        assert fresh.memberOf(account) == fresh.memberNamed(name.encode()) == number
    assert [(n, {k: str(v).lower() for k, v in e.items()}) for n, e in events(fresh.tx)] == [
        (n, {k: str(v).lower() for k, v in e.items()}) for n, e in expected
    ]


def test_names_the_governance(deploy, people):
    fresh = deploy(delays=(1, 2**32 - 1))
    assert fresh.governance().lower() == GOVERNANCE
    assert fresh.delays() == (1, 2**32 - 1)
    assert fresh.hasRole(bytes(32), GOVERNANCE)
    assert not fresh.hasRole(bytes(32), people.operator)
    assert fresh.memberOf(people.operator) == fresh.memberOf(GOVERNANCE) == 0


@pytest.mark.parametrize("name", ["SPONSOR", "ADVISER", "AUDITOR", "OPERATOR", "COUNCIL"])
def test_roles_are_hashes_of_their_names(consortium, name):
    role = getattr(consortium, name)()
    assert role == "0x" + keccak(text=name).hex()
    assert consortium.getRoleAdmin(role) == consortium.DEFAULT_ADMIN_ROLE() == "0x" + 64 * "0"


def test_scripts_deploy_these_delays(consortium, system):
    assert consortium.delays() == (FORTNIGHT, FORTNIGHT)
    assert consortium.governance() == system.governance
