"""A log of the record, with its publisher and a witness: published while a network is hurt, and compared at the end."""

from typing import Final

from benchmarks.network.services import DEPTH, Service, environment
from jamjar.network.engines import engine_of
from jamjar.sandbox.institutions import Institutions
from jamjar.service.ports import free_port

PUBLISHER, WITNESS = 4, 5
"""The members that publish and witness."""
EVERY: Final = 10
"""Seconds from one publication to the next."""
WHOLE_SECONDS: Final = 3600.0
"""How long a command may take that reads the whole record of a long run."""


def log_services(at: Institutions, engine: str) -> tuple[Service, Service]:
    """Make keys and a policy, and return the witness and the publisher at its own node."""
    folder, port = at.folder, str(free_port())
    url = f"http://127.0.0.1:{port}"
    log = at.run("log", "key", "log.example/trial", "--out", str(folder / "log.key")).strip()
    witness = at.run("witness", "key", "witness.example/trial", "--out", str(folder / "witness.key")).strip()
    policy = f"log {log}\nwitness one {witness} {url}\nquorum one\n"
    (folder / "policy").write_text(policy, encoding="utf-8")
    serves = ["witness", "serve", "--key-file", str(folder / "witness.key"), "--log", log, "--port", port]
    serves += ["--state", str(folder / "witness.db")]
    depth = max(DEPTH, engine_of(engine).depth)
    publishes = [*_publish(at), "--depth", str(depth), "--every", str(EVERY)]
    return (
        Service("the witness", serves, {}, folder / "witness.log", url),
        Service("the publisher of the log", publishes, environment(at, PUBLISHER), folder / "publisher.log"),
    )


def published(at: Institutions) -> int:
    """Publish once more all that is final, while no publisher runs; return how many events the log has."""
    printed = at.run(*_publish(at), environment=environment(at, PUBLISHER), seconds=WHOLE_SECONDS)
    return int(printed.removeprefix("Published: ").split()[0])


def agrees(at: Institutions, member: int) -> bool:
    """Return whether a monitor finds the log and the node of a member alike; raises ProcessError when it does not."""
    known = environment(at, member)
    words = ["monitor", "--log", str(at.folder / "log"), "--policy", str(at.folder / "policy")]
    words += ["--state", str(at.folder / f"monitor-{member}"), "--deployment", known["JAMJAR_DEPLOYMENT"]]
    return "Read:" in at.run(*words, environment=known, seconds=WHOLE_SECONDS)


def _publish(at: Institutions) -> list[str]:
    folder = at.folder
    words = ["log", "publish", "--key-file", str(folder / "log.key"), "--folder", str(folder / "log")]
    return [*words, "--policy", str(folder / "policy")]
