"""Each service's document is OpenAPI 3.1, as openapi-spec-validator, which nobody here wrote, reads it."""

from pathlib import Path

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from tests.api import services


@pytest.mark.parametrize("service", [services.mailbox, services.relayer, services.hop, services.witness])
def test_a_document_is_valid(service, tmp_path: Path) -> None:
    with service(tmp_path) as served:
        answer = requests.get(f"{getattr(served, 'url', served)}/openapi.json", timeout=60)
    document = answer.json()
    OpenAPIV31SpecValidator(document).validate()
    assert (answer.headers["Content-Type"], document["openapi"]) == ("application/json", "3.1.0")
    del document["paths"]["/openapi.json"]["get"]["responses"]
    document["paths"]["/openapi.json"]["get"]["parameters"] = {}
    with pytest.raises(OpenAPIValidationError):
        OpenAPIV31SpecValidator(document).validate()


@pytest.mark.parametrize("service", [services.mailbox, services.relayer, services.hop, services.witness])
def test_nothing_is_shown_or_loaded_from_elsewhere(service, tmp_path: Path) -> None:
    with service(tmp_path) as served:
        url = getattr(served, "url", served)
        assert [requests.get(f"{url}/{page}", timeout=60).status_code for page in ("docs", "redoc")] == [404, 404]
        assert "://" not in requests.get(f"{url}/openapi.json", timeout=60).text
