"""The modules that the members admitted, on the page of who governs.

Given a registry was named      each module with its hash, its contract and its block; or that none is
Given none was named            nothing is said of modules
Given a name with markup        it is text
"""

from dataclasses import replace

from jamjar.ledger.module_registry import NO_CONTRACT, AdmittedModule
from tests.unit.explorer.scene import explored
from tests.unit.explorer.test_app import browser_of

SEEN = explored()
TARGET = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
MODULES = (
    AdmittedModule("library_card", b"\x0c" * 32, TARGET, b"\x0d" * 32, 7),
    AdmittedModule("<script>", b"\x0e" * 32, NO_CONTRACT, bytes(32), 1234567),
)


def page(modules: tuple[AdmittedModule, ...] | None, language: str = "en") -> str:
    seen = replace(SEEN, modules=modules)
    return str(browser_of(seen).get(f"/governing?language={language}").text)


def test_they_are_listed() -> None:
    text = page(MODULES)
    assert "Modules that the members admitted" in text
    for shown in ("library_card", "0x" + "0c" * 32, TARGET, "0x" + "0e" * 32, "none", "1\u202f234\u202f567"):
        assert shown in text
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "Modiwlau a dderbyniodd yr aelodau" in page(MODULES, "cy")


def test_there_are_none() -> None:
    assert "No module is admitted." in page(())
    assert "odule" not in page(None)
