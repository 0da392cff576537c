"""A log of a small consortium, and its log of members, with one witness: published every two seconds."""

import secrets
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from os import environ
from pathlib import Path
from typing import Final, NamedTuple

from jamjar.sandbox.processes import JAMJAR, START_SECONDS, ProcessError, serving
from jamjar.service.ports import free_port
from jamjar.tlog.note import LOG, WITNESS, generate
from jamjar.tlog.policy import OF_MEMBERS
from jamjar.tlog.publisher import CHECKPOINT

_NAME: Final = "log.example/jamjar"
_SECONDS: Final = 2


class SmallLog(NamedTuple):
    """The folder that is served, with the log of members in it, and the files of their policies."""

    folder: Path
    policy: Path
    members_policy: Path


@contextmanager
def small_log(folder: Path, environment: Mapping[str, str]) -> Iterator[SmallLog]:
    """Run a witness and the publishers of both logs until the block ends.

    environment  has the deployment and the node
    """
    port, www = free_port(), folder / "www"
    at = f"http://127.0.0.1:{port}"
    witness = generate("witness.example", WITNESS, secrets.token_bytes)
    own = folder / "witness.key"
    own.write_text(f"{witness.to_text()}\n", encoding="utf-8")
    names = {_NAME: (folder / "policy", www), _NAME + OF_MEMBERS: (folder / "members-policy", www / "members")}
    keys = {name: generate(name, LOG, secrets.token_bytes) for name in names}
    words = ["witness", "serve", "--key-file", str(own), "--state", str(folder / "witness.db"), "--port", str(port)]
    words += [word for key in keys.values() for word in ("--log", str(key.verifier))]
    with ExitStack() as stack:
        stack.enter_context(serving(words, environment, at, folder / "witness.log"))
        for name, (policy, files) in names.items():
            key = folder / f"{policy.name}.key"
            key.write_text(f"{keys[name].to_text()}\n", encoding="utf-8")
            lines = f"log {keys[name].verifier}", f"witness one {witness.verifier} {at}", "quorum one", ""
            policy.write_text("\n".join(lines), encoding="utf-8")
            words = ["log", "publish", "--key-file", str(key), "--folder", str(files), "--policy", str(policy)]
            stack.enter_context(_running([*words, "--depth", "1", "--every", str(_SECONDS)], environment))
        _wait([files / CHECKPOINT for _, files in names.values()])
        yield SmallLog(www, *(policy for policy, _ in names.values()))


def _wait(checkpoints: Sequence[Path]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not all(each.exists() for each in checkpoints):
        if time.monotonic() > deadline:
            raise ProcessError("The log published nothing; run jamjar log publish by itself to see why.")
        time.sleep(0.1)


@contextmanager
def _running(words: list[str], environment: Mapping[str, str]) -> Iterator[None]:
    with subprocess.Popen(  # noqa: S603 - a fixed command
        [*JAMJAR, *words], env={**environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)
