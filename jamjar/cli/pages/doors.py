"""What all commands with pages have in common: the port, the address that is printed, serving until stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from fastapi import FastAPI

    from jamjar.pages.app import Answers
    from jamjar.pages.guard import Guard
    from jamjar.pages.site import Site

Port = Annotated[
    int, typer.Option(min=0, max=65535, help="The port of 127.0.0.1 to listen on; 0 for one that is free.")
]


def serve(
    site: Site, add: Callable[[FastAPI, Answers], None], *, path: str = "/", port: int = 0, **options: Any
) -> None:
    """Print the address of a site's pages, and serve them until Ctrl-C.

    add      adds the site's routes
    path     of the page to open first, below the base
    options  what the application takes more, such as `lifespan`
    """
    from jamjar.pages.app import Answers, create_app
    from jamjar.pages.serving import listen_here, serve_pages

    answers = Answers(site)
    app = create_app(answers, **options)
    add(app, answers)
    listening, address = listen_here(port)
    typer.echo(f"Open this in a browser on this machine: {address}{site.base}{path}")
    typer.echo("Ctrl-C ends it.", err=True)
    serve_pages(app, listening)


def serve_door(guard: Guard, port: int = 0) -> None:
    """Print the address of a door, which opens once, and serve its pages until Ctrl-C."""
    from jamjar.pages.serving import listen_here, serve_pages

    listening, address = listen_here(port)
    typer.echo(f"Open this in a browser on this machine: {address}{guard.door.opening_path()}")
    typer.echo("It opens once, and then asks for your passphrase. Ctrl-C ends it.", err=True)
    serve_pages(guard.app, listening)
