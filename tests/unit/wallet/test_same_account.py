"""An account that is held under another name is asked about, and nothing is imported until that is said."""

import pytest

from jamjar.errors import InvalidInput
from jamjar.vault.vault import Vault
from jamjar.wallet.jars import Jars
from tests.unit.wallet.bank_files import Take, answer, starling
from tests.unit.wallet.scene import content


def test_one_account_under_two_names(take: Take, vault: Vault) -> None:
    assert take(starling(1, 2, 3), account="joint") == [{"new": 3}]
    before = content(vault)
    (refused,) = take(starling(1, 2, 3, 4))
    assert "3 of 3 of its payments" in refused  # the fourth is later than what is held
    assert "--same-account-as" in refused
    assert content(vault) == before
    asked: list[str] = []
    assert take(starling(1, 2, 3, 4), ask=lambda question: asked.append(question) or True) == [{"new": 1, "known": 3}]
    assert "joint" in asked[0]
    assert take(starling(3, 4, 5)) == [{"new": 1, "known": 2}]  # what was said is remembered
    assert len({each.source for each in Jars(vault).transactions()}) == 1


def test_two_accounts_that_look_alike(take: Take) -> None:
    take(starling(1, 2), account="mine")
    assert take(starling(1, 2), account="theirs", another=True) == [{"new": 2}]
    assert take(starling(1, 2, 3), account="theirs") == [{"new": 1, "known": 2}]
    assert take(starling(1, 2, 3), account="mine", ask=lambda _: False) == [{"new": 1, "known": 2}]


@pytest.mark.parametrize("name", ["joint", "STARLING", "starling, joint"])
def test_a_renewed_consent_with_a_new_account_id(take: Take, name: str) -> None:
    take(starling(1, 2, 3), account="joint")
    entries = [(day, f"SHOP {day} LTD", "BOOK") for day in (1, 2, 3, 4)]
    two = [answer("x", *entries[:3], account=account) for account in ("OLD", "NEW")]
    assert take(two[0], same_as=name) == [{"new": 2, "known": 1}]  # the others are of another amount
    assert "held already" in take(two[1])[0]
    assert take(answer("x", *entries, account="NEW"), ask=lambda _: True) == [{"new": 1, "known": 3}]


def test_a_name_of_no_account_is_refused(take: Take) -> None:
    take(starling(1), account="joint")
    with pytest.raises(InvalidInput, match=r"No accounts are named 'x'; name one of: \w{8} \(Starling, joint\)"):
        take(starling(1), same_as="x")
