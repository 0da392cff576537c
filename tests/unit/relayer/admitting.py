"""Candidates for a relayer's queue, and how they are admitted."""

from dataclasses import replace

from jamjar.protocol import typed_data
from jamjar.relayer.acceptance import Accepted
from jamjar.relayer.admission import Admission, Candidate
from jamjar.service.refusal import Refused
from tests.unit.relayer.world import DEPLOYMENT, NOW, SETTINGS, commit, key

LATER = NOW + 100


def candidate(message=None, sender="anybody", *, due=LATER, is_known=True):
    message = message or commit(key())
    domain = DEPLOYMENT.domain_of(type(message.message))
    new = Accepted(typed_data.digest(domain, message.message), message, domain, NOW, due, LATER + 600)
    return Candidate(new, frozenset(), sender, is_known)


def admission(queue, **changes):
    return Admission(replace(SETTINGS, **changes), queue, lambda: NOW)


def codes(outcomes):
    return [each.refusal.code if isinstance(each, Refused) else type(each) for each in outcomes]
