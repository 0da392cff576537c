"""release: the recipient gives a consent up.

When an account that does not act for the recipient calls ... it reverts with NotTheRecipient
"""


def test_reverts_when_not_the_recipient(system, claimants, people, refused):
    key = claimants.live()
    with refused("NotTheRecipient", key.address, people.other_adviser.address):
        system.consents.release(key.address, {"from": people.other_adviser})


def test_releases(system, claimants, people, events):
    key = claimants.live()
    tx = system.consents.release(key.address, {"from": people.adviser})
    assert events(tx) == [
        ("ConsentReleased", {"consent": key.address, "recipient": 2, "account": people.adviser})
    ]
