"""Purposes: the refused ones are refused whoever asks, and so is everything unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.purpose import check_purpose, purpose_iri
from jamjar.errors import InvalidTerms

REFUSED = ["dpv:FraudPreventionAndDetection", "dpv:CustomerSolvencyMonitoring", "dpv:Marketing"]
ALLOWED = [
    "dpv:RequestedServiceProvision",
    "dpv:ProvidePersonalisedRecommendations",
    "dpv:CustomerCare",
    "dpv:NonCommercialResearch",
    "dpv:ImprovePublicServices",
]


@pytest.mark.parametrize("check", [check_purpose, purpose_iri])
@pytest.mark.parametrize("purpose", REFUSED)
def test_a_refused_purpose_is_refused_by_name(check, purpose):
    with pytest.raises(InvalidTerms, match=f"No consent can carry the purpose {purpose}"):
        check(purpose)


@pytest.mark.parametrize(
    "purpose",
    [
        "",
        "CustomerCare",
        "dpv:customercare",
        "DPV:CustomerCare",
        " dpv:CustomerCare",
        "dpv:CustomerCare ",
        "dpv:CustomerCare\n",
        "https://w3id.org/dpv#CustomerCare",
        "dpv:CreditChecking",
        "dpv:DirectMarketing",
        b"dpv:CustomerCare",
        ["dpv:CustomerCare"],
        None,
        1,
    ],
)
def test_an_unknown_purpose_is_refused_and_the_known_ones_named(purpose):
    with pytest.raises(InvalidTerms) as caught:
        check_purpose(purpose)

    assert all(known in str(caught.value) for known in ALLOWED)


@given(st.text())
def test_free_text_is_no_purpose(text):
    with pytest.raises(InvalidTerms):
        check_purpose(text)


@pytest.mark.parametrize("purpose", ALLOWED)
def test_a_purpose_stands_for_its_term(purpose):
    assert check_purpose(purpose) == purpose
    assert purpose_iri(purpose) == "https://w3id.org/dpv#" + purpose[4:]
