"""deploy/nginx.conf, in a real nginx before a service: senders are told apart, nobody uses it up, packages pass.

Without Debian's nginx these are skipped.
"""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from jamjar.disclosure import package
from tests.support.nginx import SECONDS, nginx
from tests.unit.service.test_listening import served

CONFIG = Path(__file__).parents[2] / "deploy" / "nginx.conf"
MOST_AT_ONCE = 20


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[int]:
    """The port of a proxy in front of a service that names who asks."""
    text = CONFIG.read_text(encoding="utf-8")
    with served("127.0.0.1") as (_, service), nginx(tmp_path, text.replace(":8591", f":{service}")) as port:
        yield port


def test_the_largest_package_passes_and_no_more_than_a_little(proxied: int) -> None:
    sizes = (package.MAX_BYTES, package.MAX_BYTES + 64 * 1024)
    url = f"http://127.0.0.1:{proxied}/"
    answered = [requests.post(url, data=bytes(size), timeout=30).status_code for size in sizes]
    assert [status == 413 for status in answered] == [False, True]


def test_a_sender_is_who_nginx_says(proxied: int) -> None:
    url = f"http://127.0.0.1:{proxied}/"
    lie = {"X-Forwarded-For": "9.9.9.9"}
    for address in ("127.0.0.1", "127.0.0.2"):
        with socket.create_connection(("127.0.0.1", proxied), source_address=(address, 0)) as connection:
            lies = "X-Forwarded-For: 9.9.9.9\r\nContent-Length: 0\r\nConnection: close"
            head = f"POST / HTTP/1.1\r\nHost: x\r\n{lies}\r\n\r\n"
            connection.sendall(head.encode())
            connection.settimeout(SECONDS)
            answer = b"".join(iter(lambda: connection.recv(4096), b""))
        assert f'"from":"{address}"'.encode() in answer
    assert requests.post(url, headers=lie, timeout=SECONDS).json()["from"] == "127.0.0.1"


def test_one_address_has_a_share_of_the_connections(proxied: int) -> None:
    half = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"
    opened = [socket.create_connection(("127.0.0.1", proxied)) for _ in range(3 * MOST_AT_ONCE)]
    for each in opened:
        each.sendall(half)
    with socket.create_connection(("127.0.0.1", proxied), source_address=("127.0.0.3", 0)) as another:
        another.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        another.settimeout(SECONDS)
        assert another.recv(4096).startswith(b"HTTP/1.1 200")
    refused = 0
    for each in opened:
        each.settimeout(SECONDS)
        refused += each.recv(64).startswith(b"HTTP/1.1 503")
        each.close()
    assert refused >= MOST_AT_ONCE


def test_the_metrics_are_not_for_others(proxied: int) -> None:
    assert requests.get(f"http://127.0.0.1:{proxied}/metrics", timeout=SECONDS).status_code == 404
