"""batching: as many items as fit, by the worst that was seen, and twice as much gas after too little."""

from hypothesis import given
from hypothesis import strategies as st

from jamjar.relayer.gas_meter import Meter

BLOCK = 30_000_000
FRESH = 17_200  # a first word costs 22,100 with its slot cold, another 5,000 less 100 (EIP-2929)


def meter(*seen: tuple[int, int]) -> Meter:
    made = Meter()
    for gas, items in seen:
        made.saw(gas, items)
    return made


def test_a_batch_that_replaced_is_measure_enough_for_one_of_first_commitments():
    # reports/gas: 100 commitments cost 28,631 each at least when first, 11,531 when replacing
    replaced = meter((21_000 + 100 * 14_425, 100))
    assert replaced.gas(100, BLOCK) >= 21_000 + 100 * 31_525


def test_the_worst_counts_until_it_is_long_ago():
    made = meter((1_000_000, 10), (200_000, 10))
    assert made.gas(10, BLOCK) >= 1_000_000 + 10 * FRESH
    for _ in range(40):
        made.saw(200_000, 10)
    assert made.gas(10, BLOCK) < 500_000


def test_twice_as_much_after_too_little():
    made = meter((400_000, 10))
    short = made.gas(10, BLOCK)
    made.ran_out(short, 10)
    assert made.gas(10, BLOCK) >= 2 * short
    assert made.items(BLOCK // 2, 100) >= 1
    made.forget()
    assert not made.is_known


@given(st.integers(21_000, BLOCK), st.integers(1, 256), st.integers(100_000, BLOCK), st.integers(1, 256))
def test_what_fits_fits(gas, seen, share, most):
    made = meter((gas, seen))
    items = made.items(share, most)
    assert 1 <= items <= most
    assert items == 1 or made.gas(items, BLOCK) <= share
    assert made.gas(items, BLOCK) <= BLOCK
