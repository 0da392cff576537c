"""A witness over HTTP: POST /add-checkpoint (C2SP tlog-witness).

    200  the cosignature        400  not understood           403  the log did not sign it    404  an unknown log
    409  the last size it cosigned, where the old size is another
    422  the consistency proof does not hold, or the root of the same size is another
    503  it cannot keep what it would sign                     408  the body did not come in time

GET /openapi.json says the same to programs.

Warning: anyone may send requests, and each costs the verification of a signature; the operator limits connections.
"""

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from jamjar.service.database import DatabaseUnavailable
from jamjar.service.openapi import serve_document
from jamjar.service.refusal_http import answer_http_errors, read_body
from jamjar.tlog.note import MAX_BYTES
from jamjar.tlog.witness import Witness, WitnessAnswer
from jamjar.tlog.witness_openapi import INTERFACE


def create_app(witness: Witness) -> FastAPI:
    """Return the application of one witness."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)

    @app.post("/add-checkpoint")
    async def add_checkpoint(request: Request) -> Response:
        body = await read_body(request, MAX_BYTES)
        if body is None:
            return _response(WitnessAnswer(400, f"The request is longer than {MAX_BYTES:,} bytes; send less.\n"))
        try:
            return _response(await run_in_threadpool(witness.add_checkpoint, body))
        except DatabaseUnavailable:
            return _response(
                WitnessAnswer(503, "The witness cannot store its state; try again later, or tell its operator.\n")
            )

    answer_http_errors(app, lambda _, status, text: _response(WitnessAnswer(status, f"{text}\n")))
    serve_document(app, INTERFACE)
    return app


def _response(answer: WitnessAnswer) -> Response:
    return Response(answer.body.encode(), answer.status, {"Content-Type": answer.type})
