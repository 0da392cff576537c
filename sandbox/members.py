"""The members of the sample network, and of the tests: accounts[n] acts for member n, accounts[0] administers."""

from typing import Final

MEMBERS: Final = {
    1: ("Northern Node Co-operative", ("OPERATOR",)),
    2: ("Town Debt Advice", ("ADVISER",)),
    3: ("Harbour Housing Advice", ("ADVISER",)),
    4: ("Department for Benefits", ("SPONSOR",)),
    5: ("University Audit Group", ("AUDITOR",)),
}
"""By number: the name, and the names of the roles."""
NAMES: Final = {number: name for number, (name, _) in MEMBERS.items()}
ROLES: Final = {number: roles for number, (_, roles) in MEMBERS.items()}
