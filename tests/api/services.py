"""The three services as they are served, each before a ledger or with a log that the tests hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from jamjar.mailbox.app import create_app as mailbox_app
from jamjar.mailbox.store import MailboxStore
from jamjar.relayer.app import create_app as relayer_app
from jamjar.relayer.health import examine
from jamjar.tlog.witness import Witness
from jamjar.tlog.witness_app import create_app as witness_app
from jamjar.tlog.witness_store import WitnessStore
from tests.support.serving import bounded
from tests.unit.mailbox.world import World as MailboxWorld
from tests.unit.relayer.world import SETTINGS, TIMING
from tests.unit.relayer.world import World as RelayerWorld
from tests.unit.tlog.world import LOG_KEY, NOW, WITNESSES


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an application as commands do, and give its address."""
    with bounded(app) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def mailbox(folder: Path) -> Iterator[MailboxWorld]:
    """A mailbox with its world."""
    world = MailboxWorld(f"sqlite:///{folder / 'mailbox.db'}")
    world.settings = replace(world.settings, burst=100_000)
    with serving(mailbox_app(world.settings, world.ledger, MailboxStore(world.database), world.clock)) as world.url:
        yield world


@contextmanager
def relayer(folder: Path) -> Iterator[RelayerWorld]:
    """A relayer with its world."""
    settings = replace(SETTINGS, burst=100_000, most=100_000, share=1.0)
    world = RelayerWorld(f"sqlite:///{folder / 'relayer.db'}", settings)
    examined = lambda: examine(world.queue, world.ledger, world.worker, TIMING.epochs, world.clock)  # noqa: E731
    app = relayer_app(world.intake, world.metrics, examined, start=world.worker.start, stop=world.worker.stop)
    with serving(app) as world.url:
        yield world
    world.queue.close()


@contextmanager
def witness(folder: Path) -> Iterator[str]:
    """A witness of one log."""
    store = WitnessStore(folder / "witness.db", (LOG_KEY.verifier,))
    with serving(witness_app(Witness((LOG_KEY.verifier,), WITNESSES[:1], store, lambda: NOW))) as url:
        yield url
    store.close()
