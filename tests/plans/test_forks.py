"""Forked plans, in any order in which they can go on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inside.engine import Call, First, Fork, Plan, Ticket, Work, attempt
from tests.inside.http import Request
from tests.plans.play import Stage, reply
from tonearm.errors import NotFound

COUNT = 6


def part(number: int, started: list[int], ended: list[int]) -> Plan[int]:
    """One part; it notes that it was started, and what became of it."""
    try:
        yield from Work(lambda: started.append(number))
        yield from attempt(Call(Request(method="POST", path=f"/{number}"), lambda answer: answer.body), "always")
        yield from Work(lambda: ended.append(number))
    except GeneratorExit:
        ended.append(-number)
        raise
    return number


def parts(width: int, started: list[int], ended: list[int], journal: list[int]) -> Plan[str]:
    """All parts, at most `width` at a time; each is entered in the journal as soon as it is there."""
    waiting = iter(range(1, COUNT + 1))
    tickets: set[Ticket[int]] = set()
    while True:
        while len(tickets) < width and (number := next(waiting, None)) is not None:
            tickets.add((yield from Fork(part(number, started, ended))))
        if not tickets:
            return "whole"
        ticket, number = yield from First(frozenset(tickets))
        tickets.remove(ticket)
        journal.append(number)


@settings(max_examples=20)
@given(data=st.data(), width=st.integers(1, COUNT))
def test_every_interleaving_ends_with_every_part_once(data: st.DataObject, width: int) -> None:
    started, ended, journal = [], [], []
    stage = Stage(lambda _: reply(), choose=lambda count: data.draw(st.integers(0, count - 1)))
    assert stage.play(parts(width, started, ended, journal)) == "whole"
    everything = list(range(1, COUNT + 1))
    assert sorted(started) == sorted(ended) == sorted(journal) == everything
    assert len(stage.requests) == COUNT
    assert stage.stopped == 0


@settings(max_examples=20)
@given(data=st.data(), width=st.integers(1, COUNT), bad=st.frozensets(st.integers(1, COUNT), min_size=1))
def test_the_first_failure_goes_to_the_parent_and_ends_the_rest(
    data: st.DataObject, width: int, bad: frozenset[int]
) -> None:
    started, ended, journal = [], [], []
    stage = Stage(
        lambda request: reply(status=404) if int(request.path[1:]) in bad else reply(),
        choose=lambda count: data.draw(st.integers(0, count - 1)),
    )
    with pytest.raises(NotFound):
        stage.play(parts(width, started, ended, journal))
    assert not bad & {*journal, *ended}
    assert len(started) <= len(journal) + len(bad & set(started)) + width
    assert stage.stopped < width
    assert set(journal) <= set(ended)
