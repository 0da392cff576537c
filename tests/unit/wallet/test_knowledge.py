"""What an adviser knows after answers: bounds that every budget fitting the answers keeps, and words for them."""

import itertools
import random

import pytest

from jamjar.plan.entries import PERIOD
from jamjar.plan.money import MAX_PENCE
from jamjar.wallet.answering import outlook
from jamjar.wallet.knowledge import Interval, Knowledge
from jamjar.wallet.questions import QuestionAnswer
from tests.unit.wallet.asking_scene import BUDGET, AskingDesk, stated

VALUES = {entry.name: entry.value for entry in BUDGET.entries()}


def known(*told, shown=()):
    return Knowledge(VALUES, shown, [stated(each) for each in told])


class TestWords:
    @pytest.mark.parametrize(
        ("low", "high", "words"),
        [(0, MAX_PENCE, "nothing"), (50000, MAX_PENCE, "at least £500.00"), (0, 70000, "at most £700.00"),
         (50000, 70000, "between £500.00 and £700.00"), (50000, 50000, "exactly £500.00")],
    )  # fmt: skip
    def test_of_a_figure(self, low, high, words):
        assert str(Interval(low, high)) == words

    def test_of_a_balance_below_zero(self):
        assert (
            str(known("+balance >= -20000", "+balance <= -10000").figure("balance")) == "between -£200.00 and -£100.00"
        )
        assert str(known().figure("balance")) == "nothing"
        assert str(known("+balance <= -10000").figure("balance")) == "at most -£100.00"


class TestBounds:
    def test_what_only_the_limits_of_budgets_give_says_nothing(self):
        told = known("+total.fixed.home =", "+fixed.home.rent >= 50000")
        assert str(told.figure("fixed.home.council-tax")) == "nothing"
        assert str(told.figure("total.fixed.home")) == "at least £500.00"

    def test_two_answers_about_a_figure(self):
        found = known("+fixed.home.rent >= 50000", "+fixed.home.rent <= 70000").figure("fixed.home.rent")
        assert (found.low, found.high) == (50000, 70000)

    def test_the_same_sum_with_its_signs_turned_round(self):
        turned = stated("-total.income +total.outgoings >= 1")
        found = known("+total.income -total.outgoings <= 20000", "+total.income -total.outgoings >= -20000").of(turned)
        assert (found.low, found.high) == (-20000, 20000)

    def test_a_total_bounds_its_lines_and_a_line_its_totals(self):
        found = known("+total.fixed.home <= 80000", "+fixed.home.rent >= 50000")
        assert (found.figure("fixed.home.council-tax").low, found.figure("fixed.home.council-tax").high) == (0, 30000)
        assert found.figure("total.outgoings").low == 50000

    def test_what_was_shown_counts_exactly(self):
        found = known("+fixed.home.rent +fixed.home.council-tax >= 72914", shown=["fixed.home.rent"])
        assert found.figure("fixed.home.council-tax").low == 72914 - 61914
        assert str(found.figure("fixed.home.rent")) == "exactly £619.14"

    @pytest.mark.parametrize(("covers", "most"), [(1, 90000), (0, MAX_PENCE)])
    def test_whether_income_covers_a_total_bounds_it(self, covers, most):
        values = VALUES | {"covers.fixed": covers}
        found = Knowledge(values, ["covers.fixed", "total.income"], []).figure("total.fixed")
        assert (found.low, found.high) == ((0, most) if covers else (90001, most))

    def test_a_balance_follows_from_income_and_outgoings(self):
        assert str(known(shown=["total.income", "total.outgoings"]).figure("balance")) == "exactly -£139.14"

    def test_a_sum_of_lines_bounds_each_by_the_total(self):
        lines = "+total.fixed.home ="
        assert known(lines, "+total.fixed.home <= 80000").figure("fixed.home.rent").high == 80000
        assert known(lines, "+fixed.home.rent >= 50000", "+fixed.home.council-tax >= 10000").figure(
            "total.fixed.home").low == 60000  # fmt: skip

    def test_no_true_figure_is_ever_outside_them(self):
        chance = random.Random(18)  # noqa: S311 - the same in each run
        names = [name for name in VALUES if name not in PERIOD]
        for _ in range(60):
            told = []
            for _ in range(4):
                figures = tuple(sorted(((1, name) for name in chance.sample(names, chance.choice([1, 2, 3]))),
                                       key=lambda pair: pair[1]))  # fmt: skip
                total, off = sum(VALUES[name] for _, name in figures), chance.randrange(30000)
                words = " ".join(f"+{name}" for _, name in figures)
                told.append(chance.choice([f"{words} >= {total - off}", f"{words} <= {total + off}"]))
            found = known(*told, shown=chance.sample(names, 2))
            assert all(found.figure(name).low <= VALUES[name] <= found.figure(name).high for name in names)


class TestTheWarning:
    @pytest.mark.parametrize(("low", "high", "narrow"), [(50000, 70000, False), (50000, 55000, True), (0, 1, False)])
    def test_a_width_of_a_tenth_is_narrow(self, low, high, narrow):
        assert Interval(low, high).is_narrow is narrow

    def test_it_comes_before_the_answer_that_makes_it_so_and_says_what_is_known_then(self):
        desk = AskingDesk()
        expected = []
        for text in ("+fixed.home.rent >= 50000", "+fixed.home.rent <= 70000", "+fixed.home.rent >= 60000"):
            kept = desk.ask(text)
            expected.append(outlook(desk.claimant, kept))
            desk.look(desk.answer(kept))
        assert [str(each.told[0].after) for each in expected] == [
            "at least £500.00", "between £500.00 and £700.00", "between £600.00 and £700.00",
        ]  # fmt: skip
        assert [str(each.told[0].before) for each in expected[:2]] == ["nothing", "at least £500.00"]

    def test_asking_often_finds_the_figure_and_the_terms_stop_it_first(self):
        low, high, asked = 0, 100_000_000, itertools.count()
        while low < high:
            next(asked)
            middle = (low + high + 1) // 2
            low, high = (middle, high) if VALUES["fixed.home.rent"] >= middle else (low, middle - 1)
        assert (low, next(asked)) == (61914, 27)
        desk = AskingDesk()
        assert desk.claimant.stored(desk.consent).terms.questions < 27

    def test_what_was_refused_tells_nothing(self):
        desk = AskingDesk()
        desk.asked("+fixed.home.rent >= 50000", prove=False)
        kept = desk.ask("+fixed.home.rent <= 70000")
        assert str(outlook(desk.claimant, kept).told[0].before) == "nothing"
        assert kept.answer is QuestionAnswer.NONE

    def test_what_was_told_of_the_same_days_counts_after_another_commitment(self):
        desk = AskingDesk()
        desk.asked("+fixed.home.rent >= 50000")
        desk.claimant.commit(desk.consent, BUDGET)
        assert str(outlook(desk.claimant, desk.ask("+fixed.home.rent <= 70000")).told[0].after) == (
            "between £500.00 and £700.00"
        )
