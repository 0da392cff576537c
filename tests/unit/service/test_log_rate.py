"""A log grows at a bounded rate, and says how much was left out."""

import logging

from jamjar.service.log_rate import LogRate


def test_lines_beyond_the_rate_are_counted() -> None:
    now, seen = [0.0], list[str]()
    rate = LogRate(burst=3, per_second=1.0, clock=lambda: now[0])
    for second in (0.0, 0.0, 0.0, 0.0, 0.0, 1.5, 1.5):
        now[0] = second
        record = logging.LogRecord("jamjar", logging.INFO, "", 0, "line %d", (7,), None)
        if rate.filter(record):
            seen.append(record.getMessage())
    assert seen == ["line 7"] * 3 + ["line 7 (2 lines before this were left out)"]


def test_it_fills_again_up_to_the_burst() -> None:
    now = [0.0]
    rate = LogRate(burst=2, per_second=1.0, clock=lambda: now[0])
    record = logging.LogRecord("jamjar", logging.INFO, "", 0, "line", (), None)
    assert [rate.filter(record) for _ in range(3)] == [True, True, False]
    now[0] = 100.0
    assert [rate.filter(record) for _ in range(3)] == [True, True, False]
