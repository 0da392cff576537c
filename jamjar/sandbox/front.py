"""One https address for a phone: its page's files, a first page, and the services behind it.

A phone in the same network reaches nothing that listens on 127.0.0.1, and a browser gives a page that is not from
https neither Web Locks nor a place in its storage that lasts. The certificate is this machine's own, of this run, so
the browser warns of it once.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

MOST_BYTES: Final = 1024 * 1024
_SECONDS: Final = 60
_TYPES: Final = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json", ".json": "application/json",
}  # fmt: skip
_PASSED: Final = ("Content-Type", "Access-Control-Allow-Origin")


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of browsers that go away, or that do not accept the certificate."""


class Front:
    """What is served: the content of each path, such as "index.html", a folder at `log`, and services.

    behind  the address of a service by the first part of its paths, such as "mailbox"
    """

    def __init__(self, behind: Mapping[str, str], log: Path) -> None:
        self.files: dict[str, bytes] = {}
        self.behind, self.log = behind, log.resolve()

    def content(self, path: str) -> bytes | None:
        """Return the content at a path, None where there is none."""
        inside = (self.log / path.removeprefix("log/")).resolve()
        if path.startswith("log/") and inside.is_relative_to(self.log) and inside.is_file():
            return inside.read_bytes()
        return self.files.get(path)


@contextmanager
def served(front: Front, host: str, folder: Path) -> Iterator[str]:
    """Serve until the block ends, and yield the address.

    host    this machine's IP address, as a phone reaches it
    folder  for the certificate
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0][1:] or "index.html"
            if (content := front.content(path)) is not None:
                self._answer(200, content, {"Content-Type": _TYPES.get(Path(path).suffix, "text/plain")})
            else:
                self._pass_on()

        def _pass_on(self) -> None:
            name, _, rest = self.path[1:].partition("/")
            length = int(self.headers.get("Content-Length") or 0)
            if name not in front.behind or not 0 <= length <= MOST_BYTES:
                self._answer(404, b"", {})
                return
            headers = {each: value for each, value in self.headers.items() if each.startswith("Jamjar-")}
            service = HTTPConnection(urlsplit(front.behind[name]).netloc, timeout=_SECONDS)
            try:
                service.request(self.command, f"/{rest}", self.rfile.read(length), headers)
                answer = service.getresponse()
                named = {each: answer.headers[each] for each in _PASSED if each in answer.headers}
                self._answer(answer.status, answer.read(), named)
            except OSError:
                self._answer(502, b"", {})
            finally:
                service.close()

        do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 - BaseHTTPRequestHandler's names

        def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(host, folder / "front.pem"))
    with _Quiet((host, 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"https://{host}:{server.server_port}"
        finally:
            server.shutdown()


def _certificate(host: str, file: Path) -> Path:
    """Write a key and its own certificate for an IP address, good for a day."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(timezone.utc)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jamjar on this machine")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.touch(0o600)
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *form) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file
