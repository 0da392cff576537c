"""Each life that the contract allows, in DPV's states; what never appears."""

import pytest

from jamjar.consent import record as consent_record
from jamjar.consent import schema
from tests.support.lives import (
    CONSENT,
    END,
    GRANT,
    RELEASE,
    SALT,
    STALE,
    START,
    WITHDRAW,
    life,
    made,
    pause,
    reconfirm,
    resume,
    use,
)  # fmt: skip

GIVEN, RENEWED, NOT_NOW = "dpv:ConsentGiven", "dpv:RenewedConsentGiven", "dpv:ConsentStatusInvalidForProcessing"
WITHDRAWN, REVOKED, EXPIRED = "dpv:ConsentWithdrawn", "dpv:ConsentRevoked", "dpv:ConsentExpired"
# acts after the grant -> the states after each of them, then the state at `now` and the ledger's status
LIVES = {
    "granted": ([], [], None, GIVEN, "ACTIVE"),
    "stale": ([], [], STALE + 1, NOT_NOW, "STALE"),
    "used": ([use(1)], [GIVEN], None, GIVEN, "ACTIVE"),
    "used up": ([use(1), use(2)], [GIVEN, GIVEN], None, GIVEN, "EXHAUSTED"),
    "paused": ([pause(0)], [NOT_NOW], None, NOT_NOW, "PAUSED"),
    "resumed": ([pause(0), resume(1), use(1)], [NOT_NOW, RENEWED, RENEWED], None, RENEWED, "ACTIVE"),
    "reconfirmed": ([reconfirm(0)], [RENEWED], STALE + 1, RENEWED, "ACTIVE"),
    "reconfirmed in a pause": ([pause(0), reconfirm(1)], [NOT_NOW, NOT_NOW], None, NOT_NOW, "PAUSED"),
    "withdrawn": ([WITHDRAW], [WITHDRAWN], None, WITHDRAWN, "WITHDRAWN"),
    "withdrawn, past its end": ([WITHDRAW], [WITHDRAWN], END + 1, WITHDRAWN, "WITHDRAWN"),
    "withdrawn in a pause": ([pause(0), WITHDRAW], [NOT_NOW, WITHDRAWN], None, WITHDRAWN, "WITHDRAWN"),
    "released": ([use(1), RELEASE], [GIVEN, REVOKED], None, REVOKED, "RELEASED"),
    "at its last second": ([reconfirm(0)], [RENEWED], END, RENEWED, "ACTIVE"),
    "expired": ([use(1)], [GIVEN, EXPIRED], END + 1, EXPIRED, "EXPIRED"),
    "expired in a pause": ([pause(0)], [NOT_NOW, EXPIRED], END + 1, EXPIRED, "EXPIRED"),
}


def of(name):
    acts, _, now, *_ = LIVES[name]
    return made(life(GRANT, *acts), now=now)


@pytest.mark.parametrize("name", LIVES)
def test_a_life_in_dpv_states(name):
    _, after, _, dpv, status = LIVES[name]
    record = of(name)

    assert (record["dpv:hasConsentStatus"], record["jamjar:status"]) == (dpv, status)
    assert [event["dpv:hasConsentStatus"] for event in record["dct:hasPart"]] == [GIVEN, *after]
    for document in (record, consent_record.receipt(record)):
        text = consent_record.to_json(document)
        assert consent_record.to_json(schema.read(text)) == text
        assert bytes(SALT).hex() not in text


def test_a_grant_whose_time_has_not_come():
    record = made(life((GRANT[0], 2, GRANT[2], START + 5, *GRANT[4:])))

    assert (record["jamjar:status"], record["dpv:hasConsentStatus"]) == ("SCHEDULED", GIVEN)
    assert record["dct:hasPart"][0]["dct:valid"] == "2027-01-15T08:00:05Z/2027-03-06T08:00:00Z"


def test_an_event_is_tied_to_its_place_on_the_ledger():
    _, used = of("used")["dct:hasPart"]

    assert used["jamjar:ledger"] == {
        "jamjar:chain": "eip155:1337", "jamjar:contract": "did:pkh:eip155:1337:0x" + "11" * 20,
        "jamjar:block": 11, "jamjar:transaction": f"0x{1:064x}", "jamjar:logIndex": 1,
    }  # fmt: skip
    assert used["dct:date"] == "2027-01-16T08:00:00Z"
    assert used["dpv:isImplementedByEntity"] == "did:pkh:eip155:1337:0x" + "22" * 20 + "#member-2"


def test_the_end_by_time_is_in_the_first_second_after_and_on_no_ledger():
    over = of("expired")["dct:hasPart"][-1]

    assert (over["@type"], over["dct:date"]) == ("jamjar:Expired", "2027-04-25T08:00:01Z")
    assert not {"jamjar:ledger", "jamjar:carrier"} & over.keys()


def test_the_person_is_the_consent_and_nothing_else():
    assert of("granted")["dpv:hasDataSubject"]["@id"] == f"did:pkh:eip155:1337:{CONSENT}"


def test_the_receipt_says_it_in_words():
    words = consent_record.receipt(of("resumed"))["jamjar:words"]

    assert words[:2] == ["Your consent is running.", "Who is allowed to look: Cyngor {name}."]
    assert "What of your budget: Home (each line); All outgoings (the total only)." in words
    assert words[-1] == "2027-01-18 08:00:00 UTC: Cyngor {name} recorded that it was going to look."
