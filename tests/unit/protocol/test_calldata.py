"""jamjar.protocol.calldata: a call as the contracts read it, and as a proposal that hides something would have it.

Given the last word of a text is filled up otherwise, or left out   it is the call that the contracts make of it
                                                                    and not one whose every byte is shown
Given many texts in one place                                       nothing is read, before it fills the memory
Given a long proposal that is honest                                it is read
"""

import tracemalloc

import pytest

from jamjar.protocol.calldata import arguments_of, data_of, function_in

ADMISSION = (7, "Lake Advice", [], "0x" + 40 * "1", b"k" * 40)
WORD = 32


@pytest.mark.parametrize("word", [0, 4, 8], ids=lambda place: f"byte {place}")
def test_a_text_that_is_filled_up_otherwise(word: int) -> None:
    data = bytearray(data_of("Consortium", "admit", ADMISSION))
    data[data.index(b"Lake Advice") + len("Lake Advice") + word] = 0x41
    assert function_in("Consortium", bytes(data)) == ("admit", ((*ADMISSION[:2], (), *ADMISSION[3:]),))
    assert arguments_of("Consortium", bytes(data)) is None


def test_a_text_that_is_not_filled_up() -> None:
    data = data_of("Consortium", "rename", "Lake Advice")
    assert function_in("Consortium", data[: -WORD + len("Lake Advice")]) == ("rename", ("Lake Advice",))
    assert arguments_of("Consortium", data[: -WORD + len("Lake Advice")]) is None


@pytest.mark.parametrize("length", [1 << 16, 1 << 17, 1 << 20])
def test_many_texts_in_one_place(length: int) -> None:
    count = length // 2 // WORD
    places = count.to_bytes(WORD, "big") + (count * WORD).to_bytes(WORD, "big") * count
    text = (length // 2).to_bytes(WORD, "big") + bytes(length // 2)
    heads = b"".join(each.to_bytes(WORD, "big") for each in (160, 192, 224, 0, 0, 0, 0))
    data = data_of("Governance", "executeBatch", [], [], [], bytes(32), bytes(32))[:4] + heads + places + text
    tracemalloc.start()
    assert function_in("Governance", data) is None
    assert tracemalloc.get_traced_memory()[1] < 64 << 20
    tracemalloc.stop()


def test_a_long_proposal() -> None:
    call = data_of("Consortium", "admit", (*ADMISSION[:4], b"k" * 4096))
    batch = (("0x" + 40 * "1",) * 12, (0,) * 12, (call,) * 12, bytes(32), bytes(32))
    assert arguments_of("Governance", data_of("Governance", "executeBatch", *batch)) == ("executeBatch", batch)
