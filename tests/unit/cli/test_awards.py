"""Award letters and exports by commands; no node."""

import json
import time
from pathlib import Path

from jamjar.crypto.es256 import P256PrivateKey
from jamjar.disclosure import sd_jwt
from tests.unit.cli.home import here

DEPARTMENT = P256PrivateKey(b"\1" * 48)
LINE = "income.benefits.universal-credit"


def write(home: Path, **changes: object) -> None:
    now = int(time.time())
    claims = {"vct": "urn:jamjar:award:1", "iss": "https://department.example", "iat": now - 60}
    claims |= {"line": LINE, "pence": 42490, "each": "monthly", "from": "2026-01-01", "name": "Ann Example"} | changes
    (home / "letter.sd-jwt").write_text(sd_jwt.issue(DEPARTMENT, "dc+sd-jwt", claims, {}, bytes) + "\n")
    (home / "department.jwk").write_text(json.dumps(DEPARTMENT.public.jwk))


IMPORT = ("wallet", "award", "letter.sd-jwt", "--issuer-key-file", "department.jwk")


def test_a_letter_is_beside_its_income(home: Path) -> None:
    write(home)
    assert "give yours with --name" in here(*IMPORT).refusal
    assert f"beside {LINE}" in here(*IMPORT, "--name", "Ann Example").out
    assert here("wallet", "plan", "plan.json").status == 0
    for command in (("jars",), ("plan", "--show")):
        done = here("wallet", *command, "--day", "2026-05-31")
        assert done.err == ""
        said = " ".join(done.out.split())
        assert (
            "Universal Credit or tax credits, proven by a letter of https://department.example: £424.90 monthly" in said
        )
    income = here("wallet", "jars", "--day", "2026-05-31", "--json").json["income"]
    assert income[LINE]["award_letters"][0].startswith("https://department.example")
    (kept,) = here("wallet", "awards", "--json").json["awards"]
    assert (kept["proves"], kept["problem"]) == (LINE, "")
    assert "No award letters" in here("wallet", "awards", "--forget", kept["name"]).out
    assert "proven by" not in here("wallet", "jars", "--day", "2026-05-31").out


def test_a_letter_that_is_not_as_it_was_signed(home: Path) -> None:
    write(home, name="")
    text = (home / "letter.sd-jwt").read_text()
    (home / "letter.sd-jwt").write_text(text.replace(".", ".e", 1))
    assert here(*IMPORT).status == 1
    write(home, name="", exp=1)
    assert "expired" in here(*IMPORT).refusal
    assert here("wallet", "awards", "--json").json == {"awards": []}


def test_an_export_is_verified(home: Path) -> None:
    consent = here("wallet", "grant", "request.json", "--yes", "--offline", "--json").json["consent"]
    assert here("wallet", "commit", consent, "plan.json").status == 0
    export = ("wallet", "export", consent, "fixed.home.rent", "--out")
    assert here(*export, "shown.sd-jwt").status == 0
    said = here("verify", "export", "shown.sd-jwt", "--offline")
    assert said.json["figures"]["fixed.home.rent"] == 11914
    assert said.json["consent"] == consent
    assert here(*export, "bare.sd-jwt", "--without-ledger").status == 0
    assert "consent" not in here("verify", "export", "bare.sd-jwt", "--offline").json
    text = (home / "shown.sd-jwt").read_text()
    (home / "bad.sd-jwt").write_text(text.replace("~", "~W10~", 1))
    assert here("verify", "export", "bad.sd-jwt", "--offline").status == 1
    assert "allow" in here("wallet", "export", consent, "flexible.food.alcohol", "--out", "x").refusal
