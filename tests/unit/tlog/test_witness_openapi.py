"""A witness's OpenAPI document holds every status that it answers with, and the forms of request and cosignature."""

import ast
from pathlib import Path

import jsonschema
import pytest

from jamjar.tlog import witness, witness_app
from jamjar.tlog.tree import EMPTY_ROOT
from jamjar.tlog.witness import CosignRequest, Witness
from jamjar.tlog.witness_openapi import INTERFACE, REQUEST
from jamjar.tlog.witness_store import WitnessStore
from tests.support.conforming import document_of

from .world import LOG_KEY, NOW, WITNESSES, files_of, leaves, note_of

NOTE = note_of(files_of(leaves(5))[1])


def answered():
    """The statuses of every answer that the sources make."""
    for module in (witness, witness_app):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "WitnessAnswer":
                yield from [node.args[0].value] if isinstance(node.args[0], ast.Constant) else []


def test_statuses_are_those_that_it_answers_with():
    assert INTERFACE.operations["add_checkpoint"].answers.keys() == {*answered(), 408}


def test_the_document(tmp_path):
    store = WitnessStore(tmp_path / "witness.db", (LOG_KEY.verifier,))
    app = witness_app.create_app(Witness((LOG_KEY.verifier,), WITNESSES[:1], store, lambda: NOW))
    post = document_of(app)["paths"]["/add-checkpoint"]["post"]
    assert {status: [*of["content"]] for status, of in post["responses"].items()} == {
        **{str(status): ["text/plain"] for status in (200, 400, 403, 404, 408, 422, 503)}, "409": ["text/x.tlog.size"]
    }  # fmt: skip
    store.close()


@pytest.mark.parametrize("proof", [(), (EMPTY_ROOT,), 63 * (EMPTY_ROOT,)])
def test_a_request_fits_its_schema(proof):
    body = CosignRequest(3, proof, NOTE).to_bytes().decode()
    jsonschema.validate(body, REQUEST)
    for wrong in (body[1:], body.replace("old 3", "old 03"), body.replace("\n\n", "\n"), body + "x"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, REQUEST)
