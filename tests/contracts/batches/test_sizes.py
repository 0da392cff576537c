"""Every batch: how many items it may have.

When it has none                    it reverts with BatchSizeOutOfRange
When it has 257                     it reverts with BatchSizeOutOfRange
When it has 256                     all are recorded, within a block's gas and the gas promised for each
"""

import pytest

ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32
MOST = 256
# Gas an item: what the design promises where it promises something; for the others, one new or changed slot with a
# signature and an event.
GAS = {"grant": 75_000, "commit": 36_000, "use": 12_000, "withdraw": 36_000, "acknowledge": 36_000}


@pytest.fixture(scope="module")
def many(claimants, kinds):
    """The keys of 256 live consents."""
    keys = [claimants.key() for _ in range(MOST)]
    grants = [claimants.grant(key) for key in keys]
    kinds["grant"].send_long(grants)
    claimants.move_to(max(grant[0][2] for grant in grants))
    return keys


@pytest.fixture
def items(many, claimants, system, people):
    """Makes as many items of a kind as asked for, good ones but for acknowledgements: there only the first is."""

    def acknowledgements(count):
        system.advice.record((many[0].address, ROOT, ADVICE), {"from": people.adviser})
        return [claimants.acknowledge(many[i % MOST], ROOT, ADVICE) for i in range(count)]

    def make(kind, count):
        keys = [many[i % MOST] for i in range(count)]
        return {
            "grant": lambda: [claimants.grant(claimants.key()) for _ in keys],
            "commit": lambda: [claimants.commit(key, ROOT) for key in keys],
            "use": lambda: [(key.address, ROOT) for key in keys],
            "withdraw": lambda: [claimants.withdraw(key) for key in keys],
            "acknowledge": lambda: acknowledgements(count),
        }[kind]()

    return make


@pytest.mark.parametrize("kind", GAS)
def test_none(kind, kinds, refused):
    with refused("BatchSizeOutOfRange", 0, MOST):
        kinds[kind].send([])


@pytest.mark.parametrize("kind", GAS)
def test_one_too_many(kind, items, kinds, refused):
    with refused("BatchSizeOutOfRange", MOST + 1, MOST):
        kinds[kind].send(items(kind, MOST + 1))


@pytest.mark.parametrize("kind", GAS)
def test_the_most(kind, items, kinds):
    sent = items(kind, MOST)
    tx = kinds[kind].send_long(sent)
    good = 1 if kind == "acknowledge" else MOST
    expected = kinds[kind].kind.recorded(sent[0])[0]
    assert [event.name for event in tx.events] == [expected] * good + [kinds[kind].kind.rejected] * (MOST - good)
    print(f"{kind}: {tx.gas_used // MOST} gas an item, {tx.gas_used} in all")
    assert tx.gas_used <= GAS[kind] * MOST


@pytest.mark.parametrize("contract", ["consents", "commitments", "advice"])
def test_says_how_many(contract, system):
    assert getattr(system, contract).MOST_ITEMS() == MOST
