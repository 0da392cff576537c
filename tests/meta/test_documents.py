"""Every document: its tables are rendered whole and in order, and what it names, links to or tells to type exists."""

import re
from importlib.util import find_spec

import pytest
from typer.main import get_command

from jamjar.cli.main import app
from tests.meta.imports import GROUND
from tests.meta.places import DOCUMENTS, ROOT, TESTS, anchors, crowded, line_after, named, read, rows, tables, written
from tests.meta.room_table import FLOORS, ROOMS, WALLS, WITHOUT_IO

TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
FOLDERS = "jamjar|modules|tools|tests|scripts|benchmarks|assurance|contracts|interfaces|docs|data|deployments"
LISTED = ["promises.md", "threat-model.md", "checking.md", "weakened.md", "proofs.md", "glossary.md", "adr/README.md"]
COMMANDS = get_command(app)
WEAKENED = "Of {} weakenings, {} were noticed by the tests of the time; for each of the other {} a test was written."


def fallen(text):
    """The rows of source that are outside every rendered table."""
    inside = {line for table in tables(text) for line in table.lines}
    return [cells for number, cells in written(text).items() if number not in inside]


@pytest.mark.parametrize("document", TEXTS)
def test_no_row_is_outside_a_table(document):
    assert fallen(TEXTS[document]) == []


@pytest.mark.parametrize("document", TEXTS)
def test_rows_have_the_cells_of_their_head(document):
    source = written(TEXTS[document])
    for table in tables(TEXTS[document]):
        assert {line: source[line] for line in table.lines if len(source[line]) != len(table.head)} == {}
        assert all(row for row in table.rows)


@pytest.mark.parametrize("document", LISTED)
def test_a_list_is_rendered_whole(document):
    text = read(document)
    assert len(rows(document)) == len(written(text)) - 2 * len(tables(text)) > 0


def test_a_row_that_falls_out_of_its_table_is_seen():
    head = "| id | sentence |\n|---|---|\n| P1.1 | One. |\n"
    assert fallen(head + "| P1.2 | Two. |\n") == []
    assert fallen(head + "\n| P1.2 | Two. |\n") == [["P1.2", "Two."]]


@pytest.mark.parametrize("document", TEXTS)
def test_a_line_has_one_sentence(document):
    assert crowded(TEXTS[document]) == []


def test_every_promise_is_in_its_family_and_in_order():
    for table in tables(read("promises.md")):
        found = [row[0] for row in table.rows]
        family = table.heading.split()[0]
        assert found == sorted(found, key=lambda each: int(re.findall(r"\d+", each)[-1]))
        assert {re.split(r"\.|(?<=[LM])\d", each)[0] for each in found} == {family}


@pytest.mark.parametrize("document", TEXTS)
def test_every_promise_that_is_named_is_made(document):
    promised = {row[0] for row in rows("promises.md")}
    assert set(re.findall(r"\bP\d\.\d+\b", TEXTS[document])) <= promised


def test_weakenings_are_in_order_and_counted():
    files = [row[0] for row in rows("weakened.md")]
    assert files == sorted(files)
    counted = sum(row[1].count(",") + 1 if row[1].startswith("never") else 1 for row in rows("weakened.md"))
    [table] = [table for table in tables(read("assurance.md")) if table.head[0] == "checks of"]
    weakened, new = (sum(int(row[column]) for row in table.rows) for column in (1, 2))
    assert weakened == counted
    assert WEAKENED.format(weakened, weakened - new, new) in read("weakened.md")


def test_decisions_are_listed_by_their_titles():
    files = sorted((ROOT / "docs" / "adr").glob("0*.md"))
    titles = [path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for path in files]
    listed = [f"| [{title[:4]}]({path.name}) | {title[5:]} |" for path, title in zip(files, titles, strict=True)]
    assert [line for line in read("adr/README.md").splitlines() if line.startswith("| [")] == listed


@pytest.mark.parametrize("document", TEXTS)
def test_paths_and_links_exist(document):
    text = TEXTS[document]
    folder = (ROOT / document).parent
    paths = re.findall(rf"`((?:{FOLDERS})/(?!\d)[\w./-]*)`", text)
    links = re.findall(r"(?:\]\(|src=\")((?!https?:)[^)\s\"]+)[)\"]", text)
    assert [path for path in paths if not (ROOT / path).exists() and not (TESTS / path).exists()] == []
    for file, _, anchor in (link.partition("#") for link in links):
        assert (folder / file).exists(), file
        assert not anchor or anchor in anchors((folder / file).read_text(encoding="utf-8")), f"{file}#{anchor}"


@pytest.mark.parametrize("document", TEXTS)
def test_what_is_typed_exists(document):
    text = TEXTS[document]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    modules = re.findall(r"python -m ((?:jamjar|tools|benchmarks|assurance|scripts)[\w.]*)", text)
    assert [name for name in modules if not find_spec(name)] == []


@pytest.mark.parametrize("document", TEXTS)
def test_commands_exist(document):
    for line in re.findall(r"(?:^|`)jamjar ([a-z][^`#\n]*)", TEXTS[document], re.MULTILINE):
        command, words = COMMANDS, line.split()
        while hasattr(command, "commands") and words and not words[0].startswith("-"):
            command = command.commands[words.pop(0)]
        options = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
        assert {word for word in words if word.startswith("--")} - {"--help"} <= options, line


def test_the_folders_of_readmes_exist():
    [table] = [table for table in tables(TEXTS["README.md"]) if table.head[0] == "folder"]
    holds = {named(row[0])[0]: row[1] for row in table.rows}
    assert {f"{path.parent.name}/" for path in ROOT.glob("*/__init__.py")} <= holds.keys()
    assert [name for name in named(holds["scripts/"]) if not (ROOT / "scripts" / f"{name}.py").exists()] == []
    [suites] = tables(TEXTS["tests/README.md"])
    listed = [named(row[0])[0] for row in suites.rows]
    assert sorted(listed) == sorted(path.name for path in TESTS.iterdir() if path.is_dir() and path.name[0] not in "_.")


def test_the_classes_of_the_glossary_exist():
    sources = "".join(path.read_text(encoding="utf-8") for folder in GROUND for path in (ROOT / folder).rglob("*.py"))
    words = [row[0] for row in rows("glossary.md")]
    classes = [name for row in rows("glossary.md") for name in named(row[2])]
    assert len(set(words)) == len(words)
    assert classes
    assert [name for name in classes if not re.search(rf"(?m)^class {name}\b", sources)] == []


def test_the_rooms_are_those_of_the_room_table():
    text = read("architecture.md")
    [table] = [table for table in tables(text) if table.head == ["room", "holds", "may import"]]
    assert {named(room)[0]: set(named(may)) for room, _, may in table.rows} == ROOMS
    assert [named(row[0])[0] for row in table.rows] == [room for floor in FLOORS for room in floor]
    drawn = dict(re.findall(r'floor(\d+)\["([^"]+)"\]', text))
    assert {int(number): rooms.split(", ") for number, rooms in drawn.items()} == {
        number: list(floor) for number, floor in enumerate(FLOORS, 1)
    }
    assert line_after(text, "Top-level folders, each of which imports only from those before it:") == GROUND
    assert line_after(text, "take time and randomness as arguments:") == WITHOUT_IO
    assert line_after(text, "signs or connects to anything (P4.3):") in WALLS
