"""grantBatch: many grants, each recorded or rejected on its own.

When the carrier is no active member's account       it reverts with CarrierNotActiveMember, whatever the items
When one of five items is bad, at each place
├── given its consent is on the record, or ended     it is rejected with ConsentExists
├── given its recipient is unknown, no adviser, suspended   ... with RecipientNotActiveAdviser
├── given its validity is past, reversed, too long   ... with ValidityOutOfRange
├── given its reconfirmation is too early, too late  ... with ReconfirmByOutOfRange
├── given it has no use, or too many                 ... with MaxUsesOutOfRange
├── given it has no terms                            ... with TermsDigestZero
└── given another key signed it                      ... with NotSignedByConsent
    (the other four are recorded; the single call reverts with the same error)
When the same item comes twice                       the second is rejected with ConsentExists
When all are bad                                     all are rejected, and nothing changes
When all are good                                    all are recorded, as by single calls
"""

import pytest

from jamjar.protocol.settings import DAY

SCHEDULED, WITHDRAWN = 1, 8


@pytest.fixture
def bad(request, system, claimants, people, governing, make_error):
    """A bad item: what is sent, its consent, and why it is rejected."""
    key = claimants.key()

    def item(reason, **changes):
        return claimants.grant(key, **changes), key.address, reason

    def validity(**changes):
        message = claimants.grant_message(key, **changes)
        return item(
            lambda now: make_error(
                "ValidityOutOfRange(uint40,uint40,uint40,uint40)",
                message.valid_from, message.valid_until, now, now + 366 * DAY,
            ),
            **changes,
        )  # fmt: skip

    def reconfirm(by):
        start = claimants.now() + 3600
        return item(
            lambda now: make_error("ReconfirmByOutOfRange(uint40,uint40,uint40)", by, start + 1, now + 90 * DAY),
            valid_from=start,
            reconfirm_by=by,
        )

    def exists(status, prepare):
        prepare()
        return item(make_error("ConsentExists(address,uint8)", key.address, status))

    def recipient(number):
        return item(make_error("RecipientNotActiveAdviser(uint32)", number), recipient=number)

    def suspended():
        governing.suspend(3)
        return recipient(3)

    def uses(number):
        return item(make_error("MaxUsesOutOfRange(uint16,uint16)", number, 1000), max_uses=number)

    def anothers():
        message, _ = claimants.grant(key)
        signature = claimants.sign(claimants.key(), claimants.grant_message(key))
        return (message, signature), key.address, make_error("NotSignedByConsent(address)", key.address)

    now = claimants.now()
    by_operator = {"from": people.operator}
    return {
        "exists": lambda: exists(SCHEDULED, lambda: system.consents.grant(claimants.grant(key), by_operator)),
        "withdrawn": lambda: exists(WITHDRAWN, lambda: system.consents.withdraw(claimants.withdraw(key), by_operator)),
        "recipient zero": lambda: recipient(0),
        "recipient unknown": lambda: recipient(99),
        "recipient no adviser": lambda: recipient(4),
        "recipient suspended": suspended,
        "starts in the past": lambda: validity(valid_from=now - DAY, valid_until=now + DAY),
        "ends before it starts": lambda: validity(valid_from=now + 2 * DAY, valid_until=now + 2 * DAY),
        "too long": lambda: validity(valid_from=now + DAY, valid_until=now + 400 * DAY),
        "reconfirmed too early": lambda: reconfirm(now + 3600),
        "reconfirmed too late": lambda: reconfirm(now + 100 * DAY),
        "no use": lambda: uses(0),
        "too many uses": lambda: uses(1001),
        "no terms": lambda: item(make_error("TermsDigestZero(address)", key.address), terms_digest=bytes(32)),
        "another key": anothers,
    }[request.param]()


BAD = ["exists", "withdrawn", "recipient zero", "recipient unknown", "recipient no adviser", "recipient suspended",
       "starts in the past", "ends before it starts", "too long", "reconfirmed too early", "reconfirmed too late",
       "no use", "too many uses", "no terms", "another key"]  # fmt: skip


@pytest.fixture(scope="module")
def good(claimants):
    """Five grants of fresh consents."""
    return [claimants.grant(claimants.key()) for _ in range(5)]


@pytest.mark.parametrize("who", ["stranger", "founder"])
def test_carrier_is_no_member(who, good, system, people, refused):
    account = getattr(people, who)
    with refused("CarrierNotActiveMember", account.address):
        system.consents.grantBatch(good, {"from": account})


def test_carrier_is_suspended(good, system, people, governing, refused):
    governing.suspend(1)
    with refused("CarrierNotActiveMember", people.operator.address):
        system.consents.grantBatch(good, {"from": people.operator})


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_one_bad_item(at, bad, good, kinds):
    item, consent, reason = bad
    kinds["grant"].check_bad(good, at, item, consent, reason)


@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_the_single_call_agrees(bad, kinds):
    item, _, reason = bad
    kinds["grant"].check_single(item, reason)


def test_twice_the_same(good, kinds, make_error, events):
    kind = kinds["grant"]
    consent = good[0][0][0]
    twice = make_error("ConsentExists(address,uint8)", consent, SCHEDULED)
    tx = kind.send([good[0], good[0]])
    assert events(tx) == [kind.kind.recorded(good[0]), kind.rejection(1, consent, twice)]


def test_all_good(good, kinds, system, events):
    assert events(kinds["grant"].send(good)) == [kinds["grant"].kind.recorded(item) for item in good]
    for (consent, recipient, start, end, by, uses, _), _ in good:
        assert tuple(system.consents.getConsent(consent)) == (recipient, start, end, by, 0, uses, 0, 1)


def test_all_bad(good, kinds, system, make_error, events):
    items = [(grant, good[0][1]) for grant, _ in good[1:]]
    reasons = [make_error("NotSignedByConsent(address)", grant[0]) for grant, _ in items]
    expected = [kinds["grant"].rejection(i, reasons[i].arguments[0], reasons[i]) for i in range(4)]
    assert events(kinds["grant"].send(items)) == expected
    assert not any(system.consents.status(grant[0]) for grant, _ in items)
