"""docs/papers: whatever they say of the software points to a promise or to where its limit is stated, or is a blank."""

import re

import pytest

from tests.meta.papers import BLANK, LINK, POINTER, rests_on, said
from tests.meta.places import ROOT, rows, tables

FOLDER = ROOT / "docs" / "papers"
PAPERS = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md") if path.name != "README.md"}
NOTICES = sorted({name.split(".")[0] for name in PAPERS if name.count(".") == 2})
PROMISES = {row[0] for row in rows("promises.md")}
OTHER_BLANKS = re.compile(
    r"\bTB[ACD]\b|TODO|FIXME|XXX|__|\.\.\.|…|\[ ?\]|\[[A-Z][^\]]*\](?!\()|<[^>]+>"
    r"|\bto be (filled|completed|decided|confirmed|agreed)\b"
)
TRANSLATION = (
    "Needs review by a translator before use: the makers of Jamjar translated it "
    "(angen ei adolygu gan gyfieithydd cyn ei ddefnyddio)."
)
STEPS = [
    "Step 1: identify the need",
    "Step 2: describe the processing",
    "Step 3: consultation",
    "Step 4: necessity and proportionality",
    "Step 5: identify and assess risks",
    "Step 6: measures to reduce the risks",
    "Step 7: sign off and record outcomes",
]


def unfounded(text: str) -> list[str]:
    """The sentences of lists and rows that point to nothing, and paragraphs that do not lead to a list or a table.

    A blank in one cell of a row is nothing for the others to point to.
    """
    enough = {"-": set[str](), "|": {BLANK}}
    found = [each for kind, each in said(text) if kind in enough and not set(rests_on(each)) - enough[kind]]
    return found + [sentence for kind, sentence in said(text) if not kind and not sentence.endswith(":")]


def misplaced(text: str) -> list[str]:
    """Blanks that are not at the beginning of a sentence or cell, or say not what has to be written there."""
    parts = [part for kind, sentence in said(text) for part in (sentence.split(" | ") if kind == "|" else [sentence])]
    marked = [part for part in parts if "for the institution:" in part.lower()]
    return [each for each in marked if not re.fullmatch(rf"{BLANK}[^:\s].+\.", each) or each.count(BLANK) > 1]


def outline(text: str) -> list[tuple[str, list[str]]]:
    return [(kind, rests_on(sentence)) for kind, sentence in said(text)]


def test_every_notice_is_there_in_both_languages_and_every_paper_is_listed():
    notices = {f"{notice}.{language}.md" for notice in NOTICES for language in ("en", "cy")}
    assert set(PAPERS) == {"dpia.md", "evaluation.md"} | notices
    links = LINK.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    assert set(links) >= set(PAPERS)


@pytest.mark.parametrize("paper", PAPERS)
def test_whatever_is_said_points_somewhere(paper):
    assert unfounded(PAPERS[paper]) == []
    assert len(PAPERS[paper].partition("\n## ")[0].splitlines()) <= 9


@pytest.mark.parametrize("paper", PAPERS)
def test_every_promise_that_is_named_is_made(paper):
    named = set(POINTER.findall(PAPERS[paper]))
    assert named
    assert named <= PROMISES


@pytest.mark.parametrize("paper", PAPERS)
def test_blanks_are_marked_in_one_way(paper):
    assert BLANK in PAPERS[paper]
    assert misplaced(PAPERS[paper]) == []
    assert [found.group() for found in OTHER_BLANKS.finditer(PAPERS[paper])] == []


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_says_the_same_in_both_languages(notice):
    english, welsh = PAPERS[f"{notice}.en.md"], PAPERS[f"{notice}.cy.md"]
    assert outline(english) == outline(welsh)
    assert welsh.splitlines()[2] == TRANSLATION
    assert {s for _, s in said(english)}.isdisjoint(s for _, s in said(welsh))


def test_only_the_evaluation_has_rules_of_its_own():
    assert [paper for paper in PAPERS if "1." in {kind for kind, _ in said(PAPERS[paper])}] == ["evaluation.md"]


def test_the_steps_of_an_assessment():
    headings = re.findall(r"(?m)^## (.*)", PAPERS["dpia.md"])
    assert headings[-7:] == STEPS
    families = {identifier.split(".")[0] for identifier in POINTER.findall(PAPERS["dpia.md"]) if identifier[0] == "P"}
    assert families == {f"P{n}" for n in range(1, 9)}


def test_every_risk_has_a_measure_and_every_row_is_judged_by_an_institution():
    risks, measures = tables(PAPERS["dpia.md"])
    assert [row[0] for row in risks.rows] == [row[0] for row in measures.rows]
    assert [row[0] for row in risks.rows] == [f"R{n}" for n in range(1, len(risks.rows) + 1)]
    assert all(row[-1].startswith(BLANK) for row in risks.rows + measures.rows)


def test_failures_are_numbered_and_said():
    found = [row for table in tables(PAPERS["evaluation.md"]) for row in table.rows]
    assert [row[0] for row in found] == [f"F{n}" for n in range(1, len(found) + 1)]
    assert all(all(row) for row in found)


def test_what_rests_on_nothing_is_seen():
    paper = "# A\n\n## B\n\nThese hold:\n\n- True (P1.1).\n- For the institution: who.\n- {}\n\n| a |\n|---|\n| {} |\n"
    assert unfounded(paper.format("Seen ([here](../privacy.md)).", "P1.1")) == []
    assert unfounded(paper.format("Nobody can read it.", "P1.1")) == ["Nobody can read it."]
    assert unfounded(paper.format("Nobody reads it (P1.1).\n  Nor that.", "x")) == ["Nor that.", "x"]
    assert unfounded(paper.format("True (P1.1).\n\nAnd it is safe.", "L1")) == ["And it is safe."]
    assert unfounded(paper.format("True (P1.1).", f"Safe. {BLANK}who.")) == [f"Safe. {BLANK}who."]
    assert misplaced(paper.format("Name (for the institution: which).", "P1.1")) != []
    assert misplaced(paper.format("For the institution:", "P1.1")) != []
