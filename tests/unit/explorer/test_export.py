"""All pages as files.

Given the same block                    the same bytes
Given any page                          links only to files of the folder, relative, and no script or form
Given every link that can be followed   every page is reached from the first
Given a folder that is not empty        refused, and nothing is changed
"""

import re
from posixpath import dirname, normpath
from urllib.parse import unquote

import pytest

from jamjar.cli import files
from jamjar.errors import InvalidInput
from jamjar.explorer.export import exported
from tests.unit.explorer.scene import explored, raws

FILES = dict(exported(explored()))
PAGES = {name: data.decode() for name, data in FILES.items() if name.endswith(".html")}


def links(name):
    """The files that a page leads to."""
    for address in re.findall(r'(?:href|src|action)="([^"]*)"', PAGES[name]):
        if not address.startswith(("#", "data:,")):
            assert not re.match(r"[a-z]+:|/", address), (name, address)
            yield normpath(f"{dirname(name)}/{unquote(address)}".lstrip("/"))


def test_every_link_leads_to_a_file_and_every_file_is_reached():
    seen, left = {"index.html"}, ["index.html"]
    while left:
        for to in links(left.pop()):
            assert to in FILES, to
            if to not in seen:
                seen.add(to)
                left += [to] if to.endswith(".html") else []
    assert seen == FILES.keys()


def test_it_needs_no_server_and_no_script():
    for name, text in PAGES.items():
        assert not re.search(r"<(script|form|iframe|object|embed|img)\b|<[^>]*\bon\w+=|alert\(1\)<", text), name
        assert 'rel="alternate"' in text


def test_the_same_block_makes_the_same_bytes():
    assert dict(exported(explored())) == FILES
    other = dict(exported(explored(raws()[:-1])))
    assert other["index.html"] != FILES["index.html"]


def test_receipts_are_in_it():
    assert FILES["en/events/3.tlog-proof"].startswith(b"c2sp.org/tlog-proof@v1\n")
    assert 'href="../events/3.tlog-proof"' in PAGES["en/events/3.html"]


def test_a_folder_is_made(tmp_path):
    files.write_public_folder(tmp_path / "new" / "site", FILES.items())
    made = {each.relative_to(tmp_path / "new/site").as_posix(): each.read_bytes()
            for each in (tmp_path / "new/site").rglob("*") if each.is_file()}  # fmt: skip
    assert made == FILES
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["site"]
    assert (tmp_path / "new/site").stat().st_mode & 0o777 == 0o755


def test_a_folder_that_is_not_empty_is_left_as_it_is(tmp_path):
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "away")
    for place in (tmp_path, tmp_path / "mine", tmp_path / "link"):
        with pytest.raises(InvalidInput, match="name a new"):
            files.write_public_folder(place, FILES.items())
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "mine"]


def test_an_export_that_is_broken_off_leaves_nothing(tmp_path):
    def broken():
        yield "index.html", b""
        raise OSError(28, "No space left on device")

    with pytest.raises(InvalidInput, match="cannot be made"):
        files.write_public_folder(tmp_path / "site", broken())
    assert list(tmp_path.iterdir()) == []
