"""A private PostgreSQL server for tests: in a temporary folder, reached through a socket, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

NAMES = count(1)


@dataclass(frozen=True)
class Server:
    """A running server: its programs, the folder of its data, and that of its socket."""

    programs: Path
    data: Path
    socket: Path

    def run_sql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement as the server's administrator and return what it prints."""
        command = [self.programs / "psql", "-h", self.socket, "-U", "postgres", "-AtXc", statement, database]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def url(self, database: str) -> str:
        """The address of a database on this server."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.socket), safe='')}"

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        name = f"test_{os.getpid()}_{next(NAMES)}"
        self.run_sql(f"CREATE DATABASE {name}")
        return self.url(name)


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that Debian's packages installed, if any."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name)) if found else None


@contextmanager
def server() -> Iterator[Server]:
    """Run a server during the block; skips the test when the programs are missing."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install -y postgresql")
    # initdb refuses to run as root, and a socket's path must be short.
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    place = Path(tempfile.mkdtemp(prefix="jamjar-pg-", dir="/tmp"))
    running = Server(folder, place / "data", place)
    options = f"-k {place} -c listen_addresses= -c max_connections=20 -c shared_buffers=16MB -c fsync=off"

    def control(*arguments: str | Path) -> None:
        subprocess.run([*as_postgres, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL)

    try:
        if as_postgres:
            shutil.chown(place, "postgres")
        control(folder / "initdb", "-D", running.data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")
        control(folder / "pg_ctl", "-D", running.data, "-w", "-l", place / "log", "-o", options, "start")
        try:
            yield running
        finally:
            control(folder / "pg_ctl", "-D", running.data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place)
