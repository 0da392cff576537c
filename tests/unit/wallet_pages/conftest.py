"""A claimant's door that is unlocked."""

from collections.abc import Iterator

import pytest

from tests.support.sentences import every_sentence_has_its_welsh
from tests.unit.wallet_pages.scene import Scene

__all__ = ["every_sentence_has_its_welsh", "inside", "scene"]


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.vault.close()


@pytest.fixture
def inside(scene: Scene) -> Scene:
    scene.unlock()
    return scene
