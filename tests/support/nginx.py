"""Debian's nginx with one of the project's own configurations, on a port of this machine and without TLS."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jamjar.service.ports import free_port

SECONDS = 30
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def config(folder: Path, port: int, text: str) -> str:
    """A whole configuration: a site's as it is, but for its port and TLS, with its files in a folder."""
    text = re.sub(r"listen 443 ssl;", f"listen 127.0.0.1:{port};", text)
    text = re.sub(r"\n *ssl_certificate.*", "", text).replace("/var/log/nginx/", f"{folder}/")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    main = f"daemon off; pid {folder}/pid; worker_processes 1; error_log {folder}/log;\n"
    return f"{main}events {{}}\nhttp {{\n{kept}{text}}}\n"


@contextmanager
def nginx(folder: Path, text: str) -> Iterator[int]:
    """Run a site's configuration until the block ends, and yield its port; skips where there is no nginx."""
    if NGINX is None:
        pytest.skip("nginx is not installed: apt-get install -y nginx")
    folder.chmod(0o755)
    port = free_port()
    (folder / "nginx.conf").write_text(config(folder, port, text))
    process = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder])
    try:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(SECONDS)
