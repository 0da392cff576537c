"""An application over real HTTP, in a thread, on a port of its own."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from jamjar.service.listening import listen, server_of
from tests.support.conforming import Conforming


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve an application during the block, and give its address; its answers are as its document says."""
    conforming = Conforming(app) if isinstance(app, FastAPI) else None
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(conforming or app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.005)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(60)
            assert not thread.is_alive(), "the server did not stop"
        assert conforming is None or not conforming.wrong, "\n".join(conforming.wrong)


@contextmanager
def bounded(app: Any, *proxies: str) -> Iterator[int]:
    """Serve an application during the block as commands do, with all bounds, and give its port."""
    with listen("127.0.0.1", 0) as listening:
        server = server_of(app, proxies)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(60)
