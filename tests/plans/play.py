"""Performs plans in memory: one thread, no clock, no sockets, and any interleaving of forked plans."""

from __future__ import annotations

import json as _json
from collections.abc import Callable, Generator, Mapping
from functools import partial
from typing import Any, TypeAlias, TypeVar

from attrs import define, field, frozen

from tests.inside.engine import Call, Effect, Failed, Fetch, First, Fork, Now, Open, Plan, Policy, Sleep, Ticket, Work
from tests.inside.http import Answer, Head, Request, failure
from tonearm.errors import ConnectionFailed, TimedOut
from tonearm.retry import Allowance, Budget, Retry

T = TypeVar("T")


@frozen
class Cut:
    """An answer whose body breaks off with an error, after these bytes."""

    answer: Answer
    error: BaseException


Reply: TypeAlias = Answer | Cut | BaseException
World: TypeAlias = Callable[[Request], Reply]
"""What the server does with a request: it answers, breaks off, or the exchange fails."""

Choose: TypeAlias = Callable[[int], int]
"""Picks which of so many plans that can go on goes on."""


def reply(
    body: bytes = b"", *, status: int = 200, json: Any = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """An answer; header names in lower case."""
    content = _json.dumps(json).encode() if json is not None else body
    found = {"content-type": "application/json", **(headers or {})}
    after = found.get("retry-after")
    return Answer(Head("GET", "http://server/", status, found, None if after is None else float(after)), content)


def refused() -> ConnectionFailed:
    """A connection that was not made."""
    return ConnectionFailed("refused", method="GET", url="http://server/", sent=False)


def cut() -> ConnectionFailed:
    """A connection that broke after the request was sent."""
    return ConnectionFailed("cut", method="GET", url="http://server/", sent=True)


def silent(*, deadline: bool = False) -> TimedOut:
    """A server that did not answer in time."""
    return TimedOut("silent", method="GET", url="http://server/", sent=True, deadline=deadline)


def _nothing() -> None:
    """Undo nothing."""


@define(eq=False)
class _Running:
    """A plan that is under way: at its next step, or with an effect that waits to be performed.

    `undo` takes back what the last effect made, until the plan has it.
    """

    plan: Generator[Effect[Any], Any, Any]
    step: Callable[[], Effect[Any]] | None
    effect: Effect[Any] | None = None
    outcome: tuple[Any, BaseException | None] | None = None
    undo: Callable[[], object] = _nothing


@define
class Stage:
    """Where plans are played; it keeps what they asked for.

    Attributes:
        requests: the requests that were performed, in order.
        sleeps: the pauses that were asked for.
        bounded: whether the call has a deadline; when it passes, the world says.
        stopped: how many forked plans were left before they had ended.
    """

    world: World
    choose: Choose = lambda _: 0
    retry: Retry = field(factory=Retry)
    budget: Budget = field(factory=Budget)
    bounded: bool = False
    requests: list[Request] = field(factory=list[Request], init=False)
    sleeps: list[Sleep] = field(factory=list[Sleep], init=False)
    stopped: int = field(default=0, init=False)

    def play(self, plan: Plan[T]) -> T:
        """Perform a plan and what it forks, and return its result."""
        root = _Running(plan, partial(next, plan))
        running: dict[Ticket[Any], _Running] = {}
        try:
            while root.outcome is None:
                able = [
                    one for one in (root, *running.values()) if one.outcome is None and self._can_go_on(one, running)
                ]
                self._advance(able[self.choose(len(able))], running)
        finally:
            for left in (*running.values(), root):
                if left.outcome is None:
                    self.stopped += left is not root
                    left.undo()
                    left.plan.close()
        value, error = root.outcome
        if error is not None:
            raise error
        result: T = value
        return result

    @staticmethod
    def _can_go_on(one: _Running, running: dict[Ticket[Any], _Running]) -> bool:
        if not isinstance(one.effect, First):
            return True
        return any(running[ticket].outcome is not None for ticket in one.effect.tickets)

    def _advance(self, one: _Running, running: dict[Ticket[Any], _Running]) -> None:
        """Take one plan to its next effect, or perform the effect that it waits for."""
        if one.effect is None:
            assert one.step is not None
            one.undo = _nothing
            try:
                one.effect = one.step()
            except StopIteration as end:
                one.outcome = end.value, None
            except BaseException as error:
                one.outcome = None, error
            return
        try:
            found = self._perform(one.effect, running)
        except BaseException as error:
            one.step = partial(one.plan.send, Failed(error))
        else:
            one.step = partial(one.plan.send, found)
            one.undo = partial(one.effect.undo, found) if isinstance(one.effect, Work) else _nothing
        one.effect = None

    def _perform(self, effect: Effect[Any], running: dict[Ticket[Any], _Running]) -> Any:
        match effect:
            case Call():
                return effect.parse(self._answer(effect.request))
            case Fetch():
                return self._fetch(effect)
            case Work():
                return effect.run()
            case Sleep():
                return self.sleeps.append(effect)
            case Now():
                return float(len(self.sleeps))
            case Policy():
                return Allowance(self.retry, self.budget, self.bounded)
            case Fork():
                ticket = Ticket(effect.plan)
                running[ticket] = _Running(effect.plan, partial(next, effect.plan))
                return ticket
            case First():
                ended = [one for one, child in running.items() if one in effect.tickets and child.outcome is not None]
                ticket = ended[self.choose(len(ended))]
                value, error = running.pop(ticket).outcome or (None, None)
                if error is not None:
                    raise error
                return ticket, value
            case _:
                assert isinstance(effect, Open)
                answer = self._answer(effect.request)
                if effect.check is not None:
                    effect.check(answer)
                return answer

    def _answer(self, request: Request) -> Answer:
        found = self._reply(request)
        if isinstance(found, Cut):
            raise found.error
        return found

    def _fetch(self, effect: Fetch) -> Head:
        found = self._reply(effect.request)
        answer = found.answer if isinstance(found, Cut) else found
        sink = effect.start(answer.head)
        if answer.body:
            sink.write(answer.body)
        if isinstance(found, Cut):
            raise found.error
        return answer.head

    def _reply(self, request: Request) -> Answer | Cut:
        self.requests.append(request)
        found = self.world(request)
        if isinstance(found, BaseException):
            raise found
        answer = found.answer if isinstance(found, Cut) else found
        if not 200 <= answer.head.status < 300:
            raise failure(answer)
        return found


def in_turn(*replies: Reply) -> World:
    """A server that gives these replies, one after the other, and no more."""
    left = iter(replies)
    return lambda _: next(left)
