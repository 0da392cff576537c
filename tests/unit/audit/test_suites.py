"""audit.suites: grants that begin when ECDSA alone is refused are counted: no ledger holds second signatures."""

from dataclasses import replace

from jamjar.audit.findings import RULES, Severity, is_sound
from jamjar.audit.suites import after_sunset
from tests.unit.audit.made import CONSENTS, DEPLOYMENT, GRANTED, history


def test_what_begins_from_the_sunset_on() -> None:
    state = history(GRANTED).state
    begins = state.consents[CONSENTS[0]].valid_from
    assert begins > 0
    assert list(after_sunset(DEPLOYMENT, state)) == []
    assert list(after_sunset(replace(DEPLOYMENT, ecdsa_only_grants_refused_from=begins + 1), state)) == []
    (found,) = after_sunset(replace(DEPLOYMENT, ecdsa_only_grants_refused_from=begins), state)
    assert f"1 consents begin at 1970-01-01 00:0{begins // 60} UTC or later, such as {CONSENTS[0]}" in found.what
    assert RULES[found.rule].severity is Severity.DOUBT
    assert is_sound([found])
