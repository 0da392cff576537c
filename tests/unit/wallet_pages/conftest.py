"""A claimant's door that is unlocked."""

from collections.abc import Iterator

import pytest

from tests.unit.wallet_pages.scene import Scene


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.vault.close()


@pytest.fixture
def inside(scene: Scene) -> Scene:
    scene.unlock()
    return scene
