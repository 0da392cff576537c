"""What an independent verifier foretells of random campaigns, of governing and of the demo, comes to pass."""

import pytest

from assurance.verifier.verifier import Foretold, verify
from tests.verifier.campaigns import campaign
from tests.verifier.demo import told
from tests.verifier.governing import governed


@pytest.mark.parametrize("seed", [1, 2])
def test_random_campaigns(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    foretold = campaign(seed)
    shown(foretold, f"random campaign {seed}", capsys)
    assert foretold.transactions >= 250
    assert len(foretold.refused | foretold.rejected) >= 30


def test_governing(capsys: pytest.CaptureFixture[str]) -> None:
    with governed() as year:
        foretold = verify(year.chain.node.url, year.chain.deployment)
    shown(foretold, "governing", capsys)
    assert foretold.transactions >= 350
    assert len(foretold.refused) >= 30


def test_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    with told() as network:
        foretold = verify(network.url, network.deployment)
    shown(foretold, "the demo", capsys)
    assert foretold.transactions >= 30


def shown(foretold: Foretold, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{foretold.table(title)}")
