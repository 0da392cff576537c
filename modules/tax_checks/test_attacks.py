"""What somebody might try against the two departments, the trader or the checker, and what comes of it."""

from dataclasses import replace

import pytest

from jamjar.adviser.desk import Desk
from jamjar.errors import Rejected, VerificationFailed
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.network import SampleNetwork

from .consents import agree, show
from .register import CheckRegister
from .results import NAMES, OPENING, CheckResult
from .story import CUSTOMS, FOOD, REVENUE, STRANGER, TRADER, begun, result_of


def verified(register: CheckRegister, shown: CheckResult, trader: str = TRADER) -> bytes:
    return register.verify(shown.shown(NAMES).values, checker=REVENUE, trader=trader)


def rely(consortium: SampleNetwork, register: CheckRegister, member: int, shown: CheckResult) -> None:
    register.rely(consortium.key(member), shown.shown(["result"]).values, checker=REVENUE, trader=TRADER)


def refused(error: Rejected) -> tuple[str, object]:
    return error.name, error.arguments[-1]


def test_an_altered_result_is_found_however_it_was_shown(
    consortium: SampleNetwork, claimant: Claimant, adviser: Desk
) -> None:
    register, result = begun(consortium)
    altered = replace(result, values={**result.values, "result": "meets all criteria"})
    consent = agree(claimant, adviser.member, "Customs", ["result"])
    consortium.wait()
    values = show(claimant, consent, altered, adviser)  # its consent, use and proofs are in order
    with pytest.raises(VerificationFailed, match="not the result that the checker committed to; do not rely on it"):
        register.rely(consortium.key(CUSTOMS), values, checker=REVENUE, trader=TRADER)
    assert register.reliances() == ()


def test_a_recipient_gets_no_salt_of_what_its_terms_do_not_name(
    consortium: SampleNetwork, claimant: Claimant, adviser: Desk
) -> None:
    _, result = begun(consortium)
    consent = agree(claimant, adviser.member, "Customs", ["result"])
    consortium.wait()
    values = show(claimant, consent, result, adviser)
    assert {*values} == {"check", "trader", "result", OPENING}
    assert result.salts["risk"].hex() not in str(values[OPENING])


def test_a_result_that_was_replaced_is_not_passed_as_new(consortium: SampleNetwork) -> None:
    register, result = begun(consortium)
    rely(consortium, register, CUSTOMS, result)
    newer = result_of(result.check.hex(), risk=7)
    register.record(consortium.key(REVENUE), newer, result.digest)
    with pytest.raises(VerificationFailed, match="was replaced; ask the trader for the newest"):
        rely(consortium, register, FOOD, result)
    with pytest.raises(Rejected) as stopped:  # nor if it is replaced between the verification and the record of it
        register.contract.send(consortium.key(FOOD), "rely", result.check, result.digest)
    assert refused(stopped.value) == ("ResultNotCurrent", "0x" + newer.digest.hex())
    with pytest.raises(Rejected) as stopped:
        register.record(consortium.key(REVENUE), result, newer.digest)
    assert stopped.value.name == "ResultKnown"
    (told,) = register.reliances(member=CUSTOMS)
    assert (told.result, told.is_current) == (result.digest, False)
    assert register.history(result.check) == (result.digest, newer.digest)


def test_two_of_the_checker_s_staff_do_not_undo_each_other(consortium: SampleNetwork) -> None:
    register, result = begun(consortium)
    register.record(consortium.key(REVENUE), result_of(result.check.hex()), result.digest)
    with pytest.raises(Rejected) as stopped:
        register.record(consortium.key(REVENUE), result_of(result.check.hex()), result.digest)
    assert stopped.value.name == "ResultNotCurrent"


def test_a_reliance_cannot_be_denied_later(consortium: SampleNetwork) -> None:
    register, result = begun(consortium)
    rely(consortium, register, FOOD, result)
    register.record(consortium.key(REVENUE), result_of(result.check.hex()), result.digest)
    consortium.member(FOOD).rename("Another Name")
    assert [(each.member, each.result) for each in register.reliances(result.check)] == [(FOOD, result.digest)]
    functions = [each for each in register.contract.abi if each["type"] == "function"]
    changing = {each["name"] for each in functions if each["stateMutability"] != "view"}
    assert changing == {"record", "rely"}  # nothing takes one back
    with pytest.raises(Rejected) as stopped:
        register.contract.send(consortium.key(FOOD), "record", result.check, bytes(range(32)), bytes(32))
    assert refused(stopped.value) == ("CheckOfAnother", REVENUE)


def test_another_trader_s_result_is_no_use(consortium: SampleNetwork) -> None:
    register, result = begun(consortium)
    with pytest.raises(VerificationFailed, match="about another trader"):
        verified(register, result, "GB 000 0000 02")
    theirs = replace(result, values={**result.values, "trader": "GB 000 0000 02"})
    with pytest.raises(VerificationFailed, match="not the result that the checker committed to"):
        verified(register, theirs, "GB 000 0000 02")


def test_another_member_s_check_is_none_of_the_checker_s(consortium: SampleNetwork) -> None:
    register, result = begun(consortium)
    own = result_of("cd" * 32, risk=0)
    register.record(consortium.key(FOOD), own)
    with pytest.raises(VerificationFailed, match="no check by member 4"):
        verified(register, own)
    copied = replace(result, values={**result.values, "check": "cd" * 32})
    with pytest.raises(VerificationFailed, match="no check by member 4"):
        verified(register, copied)


def test_strangers_and_suspended_members_record_nothing(consortium: SampleNetwork) -> None:
    register, result = begun(consortium)
    consortium.govern(("suspend", FOOD, 1))
    for number in (STRANGER, FOOD):
        for call in (("rely", result.check, result.digest), ("record", bytes(range(32)), result.digest, bytes(32))):
            with pytest.raises(Rejected) as stopped:
                register.contract.send(consortium.key(number), *call)
            assert refused(stopped.value) == ("AccountNotActiveMember", consortium.key(number).address)
    assert register.reliances() == ()
