"""Each service answers as its OpenAPI document says, whatever schemathesis sends: well-formed, malformed, unsigned.

Every check of schemathesis is made, with the examples that it derives from a fixed start: every boundary of every
schema, and random ones. What a schema cannot say is put into what it calls well-formed: a signature that is right, a
package that is sealed. Two checks say nothing here: `use_after_free` and `ensure_resource_availability` follow links
between operations, and there are none, as whoever deposits may not fetch; `object_level_authorization` needs two
identities of one kind, and tests/unit/mailbox/test_outsiders.py has them.
"""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig

from jamjar.hop.message import REQUEST_TYPE, GatewayKind
from jamjar.hop.openapi import INTERFACE as HOP
from jamjar.mailbox.openapi import INTERFACE as MAILBOX
from jamjar.protocol.address import checksum_address
from jamjar.relayer.openapi import INTERFACE as RELAYER
from jamjar.tlog.witness_openapi import INTERFACE as WITNESS
from tests.api import services
from tests.api.signed_cases import (
    HopCases,
    MailboxCases,
    cosign_requests,
    has_good_body,
    name_of,
    seal_dummy,
    sign_message,
)

schemathesis.openapi.format(
    "address", st.binary(min_size=20, max_size=20).filter(any).map(checksum_address)
)  # fmt: skip
schemathesis.serializer.alias(REQUEST_TYPE, "application/octet-stream")
EXAMPLES = settings(
    max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip
# Beside what it rejects malformed requests with by itself.
TOO_LARGE = {"checks": {"negative_data_rejection": {"expected-statuses": [400, 401, 404, 405, 409, 413, 415, 422]}}}
WELL_FORMED = cycle(cosign_requests())
TRIED = set[str]()


def document(url: str) -> Any:
    return schemathesis.openapi.from_url(f"{url}/openapi.json", config=SchemathesisConfig.from_dict(TOO_LARGE))


@pytest.fixture
def mailbox(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    with services.mailbox(tmp_path) as world:
        request.node.cases = MailboxCases(world)
        yield document(world.url)


@pytest.fixture
def relayer(tmp_path: Path) -> Iterator[Any]:
    with services.relayer(tmp_path) as world:
        yield document(world.url)


@pytest.fixture
def hop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    with services.hop(tmp_path) as world:
        request.node.cases = HopCases(world)
        yield document(world.url)


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Any]:
    with services.witness(tmp_path) as url:
        yield document(url)


@schemathesis.pytest.from_fixture("mailbox").parametrize()
@EXAMPLES
def test_mailbox(case: Any, request: pytest.FixtureRequest) -> None:
    TRIED.add(name_of(case))
    if name_of(case) == "pass_in" and has_good_body(case):
        case.call_and_validate(**seal_dummy(case, GatewayKind.MAILBOX))
    else:
        case.call_and_validate(**request.node.cases.signing(case))


@schemathesis.pytest.from_fixture("relayer").parametrize()
@EXAMPLES
def test_relayer(case: Any) -> None:
    TRIED.add(name_of(case))
    sent = dict[str, Any]()
    if has_good_body(case):
        if name_of(case) == "pass_in":
            sent = seal_dummy(case, GatewayKind.RELAYER)
        else:
            sign_message(case)
    case.call_and_validate(**sent)


@schemathesis.pytest.from_fixture("hop").parametrize()
@EXAMPLES
def test_hop(case: Any, request: pytest.FixtureRequest) -> None:
    TRIED.add(name_of(case))
    case.call_and_validate(**request.node.cases.fit(case))


@schemathesis.pytest.from_fixture("witness").parametrize()
@EXAMPLES
def test_witness(case: Any) -> None:
    TRIED.add(name_of(case))
    if has_good_body(case):
        case.body = next(WELL_FORMED)
    case.call_and_validate()


def test_every_operation_was_tried() -> None:
    """Last, after the others; schemathesis leaves the document itself out."""
    assert {name for interface in (MAILBOX, RELAYER, HOP, WITNESS) for name in interface.operations} == TRIED
