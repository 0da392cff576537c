"""Who may use a door.

Given the token            it is taken once, and its cookie is known
Given a guess              nothing, and the token is not spent
Given the passphrase       forms of this time are taken, until it is locked, by hand or when nobody used it
"""

from itertools import count

import pytest

from jamjar.pages.session import Door


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def door(clock):
    numbers = count()
    return Door(clock, lambda: f"secret-{next(numbers)}", idle=600)


def token(door):
    return door.opening_path().rpartition("/")[2]


def test_a_token_is_taken_once(door):
    given = token(door)
    cookie = door.enter(given)
    assert door.is_known(cookie)
    assert door.enter(given) is None
    assert door.enter("") is None
    assert given not in door.opening_path()
    assert door.is_known(cookie)


@pytest.mark.parametrize("guess", ["", "x", "secret-0", "secret-", "sécret", "\udcff", "secret-11"])
def test_a_guess(door, guess):
    assert door.enter(guess) is None
    assert not door.is_known(guess)
    assert door.enter(token(door))
    assert not door.is_known(guess)


def test_nobody_is_known_before(door):
    assert not door.is_known("")
    assert not door.accepts("")


def test_forms_are_of_their_time(door):
    door.unlock()
    first = door.csrf
    assert door.is_open
    assert door.accepts(first)
    door.lock()
    assert not door.is_open
    assert not door.accepts(first)
    assert not door.accepts("")
    door.unlock()
    assert not door.accepts(first)
    assert door.accepts(door.csrf)


def test_it_is_idle_when_nobody_used_it(door, clock):
    clock.now = 10_000
    assert not door.is_idle
    door.unlock()
    clock.now += 599
    assert not door.is_idle
    door.note_use()
    clock.now += 599
    assert not door.is_idle
    clock.now += 1
    assert door.is_idle


def test_it_tells_nobody_its_secrets(door):
    assert "secret" not in repr(door)


def test_chance_is_the_system_s():
    assert len({Door(Clock()).opening_path() for _ in range(100)}) == 100
    assert len(Door(Clock()).opening_path()) > 80
