"""Lines typed from paper: every slip of one character, every swap of neighbours and of lines is found and named."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.encoding import base32
from jamjar.errors import InvalidInput

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA = bytes(number * number * 7 % 251 for number in range(85))
TEXT = base32.write(DATA)
LINES = TEXT.replace(" ", "").split("\n")


def typed(number, line):
    return "\n".join([*LINES[:number], line, *LINES[number + 1 :]])


def named(text):
    """The number of the line that is said to be wrong."""
    with pytest.raises(InvalidInput) as caught:
        base32.read(text)
    said = str(caught.value)
    assert said.startswith("Line ")
    return int(said.split()[1]) - 1


@pytest.mark.parametrize("data", [b"", bytes(84), bytes(86), None, "x" * 85])
def test_what_is_not_85_bytes_is_not_written(data):
    with pytest.raises(InvalidInput):
        base32.write(data)


@pytest.mark.parametrize(
    "text", ["", None, b"", "\n" * 8, "A" * 2000, "\n".join(LINES[:7]), "\n".join([*LINES, LINES[7]]), 7]
)
def test_what_is_not_eight_lines_is_refused(text):
    with pytest.raises(InvalidInput):
        base32.read(text)


@pytest.mark.parametrize("number", range(8))
def test_every_wrong_character_is_found_and_its_line_named(number):
    line = LINES[number]
    for at, other in itertools.product(range(20), ALPHABET + "U#é\u0130ß"):
        if other != line[at]:
            assert named(typed(number, line[:at] + other + line[at + 1 :])) == number


@pytest.mark.parametrize("number", range(8))
def test_every_swap_of_neighbours_is_found_and_its_line_named(number):
    line = LINES[number]
    for at in range(19):
        if line[at] != line[at + 1]:
            assert named(typed(number, line[:at] + line[at + 1] + line[at] + line[at + 2 :])) == number


@pytest.mark.parametrize("number", range(8))
def test_a_character_too_few_or_too_many_is_found_and_its_line_named(number):
    for at in range(20):
        assert named(typed(number, LINES[number][:at] + LINES[number][at + 1 :])) == number
        assert named(typed(number, LINES[number][:at] + "0" + LINES[number][at:])) == number


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(range(8), 2)))
def test_lines_in_each_others_place_are_found(one, other):
    lines = list(LINES)
    lines[one], lines[other] = lines[other], lines[one]

    assert named("\n".join(lines)) == one


def test_a_line_typed_twice_or_left_out_is_found():
    for number in range(7):
        assert named("\n".join([*LINES[: number + 1], *LINES[number:7]])) == number + 1
        assert named("\n".join(LINES[:number] + LINES[number + 1 :])) == number


def test_an_error_does_not_repeat_the_line():
    with pytest.raises(InvalidInput) as caught:
        base32.read(typed(3, LINES[3][:19] + "#"))
    assert LINES[3][:5] not in str(caught.value)


@given(st.binary(min_size=85, max_size=85))
def test_what_was_written_is_read(data):
    assert base32.read(base32.write(data)) == data


@given(st.binary(min_size=85, max_size=85), st.data())
def test_a_wrong_character_is_found_in_any_text(data, draw):
    lines = base32.write(data).replace(" ", "").split("\n")
    number, at = draw.draw(st.integers(0, 7)), draw.draw(st.integers(0, 19))
    other = draw.draw(st.sampled_from([each for each in ALPHABET if each != lines[number][at]]))
    lines[number] = lines[number][:at] + other + lines[number][at + 1 :]
    assert named("\n".join(lines)) == number


@pytest.mark.parametrize(
    "slip",
    [
        str.lower, lambda t: t.replace(" ", ""), lambda t: t.replace(" ", "-"), lambda t: t.replace("\n", "\r\n\r\n"),
        lambda t: t.replace("0", "o").replace("1", "l"), lambda t: t.replace("0", "O").replace("1", "I"),
        lambda t: "\n".join(f" {n}. {line} " for n, line in enumerate(t.split("\n"), 1)), lambda t: f"\n\n{t}\t\n",
        lambda t: t.replace(" ", "\u00a0"),
    ],
)  # fmt: skip
def test_what_people_do_is_understood(slip):
    assert base32.read(slip(TEXT)) == DATA


def test_the_check_is_as_described():
    assert base32.write(bytes(85)).split("\n")[0] == "00000 00000 00000 00" + _checked(1, 0)


def _checked(number, value):
    rest = (number * 32**17 + value) % 32749
    return ALPHABET[rest // 1024] + ALPHABET[rest // 32 % 32] + ALPHABET[rest % 32]
