"""The interface of a witness, for its OpenAPI document: add-checkpoint of C2SP tlog-witness, all in texts."""

from typing import Final

from jamjar.encoding.json_schema import TEXT, matching
from jamjar.service.openapi import PLAIN, Answer, Interface, Operation, RequestBody
from jamjar.tlog.note import MAX_BYTES
from jamjar.tlog.proof import MAX_HASHES
from jamjar.tlog.witness import SIZE_TYPE

_NUMBER: Final = "(?:0|[1-9][0-9]{0,18})"
_HASH: Final = "[A-Za-z0-9+/]{43}="
_SIGNATURES: Final = "(?:\u2014 [^ +\\n]+ [A-Za-z0-9+/]+={0,2}\\n)+"
_NOTE: Final = f"[^\\n]+\\n{_NUMBER}\\n{_HASH}\\n(?:[^\\n]+\\n)*\\n{_SIGNATURES}"
REQUEST: Final = {
    **matching(f"old {_NUMBER}\\n(?:{_HASH}\\n){{0,{MAX_HASHES}}}\\n{_NOTE}"),
    "maxLength": MAX_BYTES,
}
"""The schema of a request: an old size, a consistency proof, and a signed checkpoint."""
_SIZE: Final = matching(f"{_NUMBER}\\n")
_SENTENCE: Final = {PLAIN: TEXT}

INTERFACE: Final = Interface(
    "Jamjar witness",
    "It cosigns a log's checkpoint only if it continues the last one that it cosigned (c2sp.org/tlog-witness).",
    {
        "add_checkpoint": Operation(
            "Cosign a checkpoint.",
            {
                200: Answer("The cosignature, as a line of a signed note.", {PLAIN: matching(_SIGNATURES)}),
                400: Answer("The request is too long or malformed, or its old size is too large.", _SENTENCE),
                403: Answer("The log did not sign the checkpoint.", _SENTENCE),
                404: Answer("The witness does not know the log.", _SENTENCE),
                408: Answer("The body did not come in time.", _SENTENCE),
                409: Answer("The old size is not the last that it cosigned, which this is.", {SIZE_TYPE: _SIZE}),
                422: Answer("The checkpoint does not continue the last one.", _SENTENCE),
                503: Answer("The witness cannot store its state.", _SENTENCE),
            },
            body=RequestBody(PLAIN, REQUEST, MAX_BYTES),
        )
    },
)
