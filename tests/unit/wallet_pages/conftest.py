"""A claimant's door that is unlocked."""

from collections.abc import Iterator

import pytest

from jamjar.wallet_pages import tokens
from tests.support.sentences import every_sentence_has_its_welsh
from tests.unit.wallet.scene import ADVISER, drawn
from tests.unit.wallet_pages.scene import NOW, Scene
from tests.unit.wallet_pages.sponsoring import SPONSOR

__all__ = ["every_sentence_has_its_welsh", "inside", "offered", "scene"]


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.vault.close()


@pytest.fixture
def inside(scene: Scene) -> Scene:
    scene.unlock()
    return scene


@pytest.fixture
def offered(inside: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A sponsor gives tokens, and the time that a wallet draws is later."""
    monkeypatch.setattr(tokens.secrets, "token_bytes", drawn())
    inside.ledger.clock, inside.ledger.keys = NOW, [SPONSOR.key.to_bytes(), ADVISER.public_bytes]
    inside.ledger.read = lambda *_: True
    return inside
