"""A sponsor that gives tokens this month, and a browser that asks it and takes in its answers."""

from typing import Any

from jamjar.protocol.enrolment import EnrolmentRequest
from tests.support.browsing import Answered
from tests.support.tokens import TestAdmitter
from tests.unit.wallet.enrolling import answer
from tests.unit.wallet.scene import TERMS
from tests.unit.wallet_pages.scene import Scene

SPONSOR = TestAdmitter(202606, number=TERMS.recipient)
FILE = f"jamjar-tokens-{SPONSOR.number}-202606.json"


def ask(scene: Scene, page: Answered | None = None, sponsor: str = str(SPONSOR.number), now: str = "1") -> Answered:
    return scene.browser.press(page or scene.get("/tokens"), "/tokens/ask", sponsor=sponsor, now=now)


def upload(scene: Scene, data: bytes, page: Answered | None = None) -> Answered:
    action, fields = (page or scene.get("/tokens")).form("/tokens/keep")
    answered = scene.browser.upload(action, fields, "answer.json", data)
    return scene.browser.follow(answered) if answered.status == 303 else answered


def right(scene: Scene) -> Any:
    return answer(EnrolmentRequest.from_json(scene.get(f"/tokens/file/{FILE}").text), SPONSOR)
