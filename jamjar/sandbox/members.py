"""The members of the sample network, and of the tests: accounts[n] acts for member n, accounts[0] is the founder's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from jamjar.protocol.founding import FoundingMember

MEMBERS: Final = {
    1: ("Northern Node Co-operative", ("OPERATOR",)),
    2: ("Town Debt Advice", ("ADVISER",)),
    3: ("Harbour Housing Advice", ("ADVISER",)),
    4: ("Department for Benefits", ("SPONSOR", "COUNCIL")),
    5: ("University Audit Group", ("AUDITOR", "COUNCIL")),
}
"""By number: the name, and the names of the roles."""
NAMES: Final = {number: name for number, (name, _) in MEMBERS.items()}
ROLES: Final = {number: roles for number, (_, roles) in MEMBERS.items()}


def founding(
    accounts: Sequence[str] | Mapping[int, str],
    key_of: Callable[[int], bytes],
    members: Mapping[int, tuple[str, Sequence[str]]] = MEMBERS,
) -> tuple[FoundingMember, ...]:
    """Return members to found a consortium with; `key_of` gives the public encryption key of each."""
    return tuple(
        FoundingMember(number, name, tuple(roles), accounts[number], "0x" + key_of(number).hex())
        for number, (name, roles) in members.items()
    )
