"""Perform plans: one runner for sync, one for async. They own the clock, the sockets and the forks."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from inspect import GEN_SUSPENDED, getgeneratorstate
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, TypeVar

from attrs import define, field

from .._base import cancellation
from .._base.cancellation import Stopped, check_stop
from .._base.threads import starting
from .._http import AsyncHttpClient, Clock, HttpClient, Wire
from ..retry import Allowance
from .exchange import AsyncExchange, Exchange
from .plan import Call, Effect, Failed, Fetch, First, Fork, Now, Open, Plan, Policy, Ready, Sleep, Ticket, Work

A = TypeVar("A")
E = TypeVar("E", Call[Any], Fetch, Open)
T = TypeVar("T")
_Outcome = tuple[Ticket[Any], Any, BaseException | None]

STOP_PATIENCE = 1.0
"""Seconds to wait for the forks of a plan that has ended; a fork that waits for a silent server is then abandoned."""


def run(plan: Plan[T], wire: Wire[HttpClient]) -> T:
    """Perform a plan in this thread and return its result."""
    runner = _Runner(wire)
    try:
        result = runner.drive(plan)
    except BaseException:
        with suppress(KeyboardInterrupt):  # the error that is raised already says how to resume
            runner.leave()
        raise
    runner.leave()
    return result


async def run_async(plan: Plan[T], wire: Wire[AsyncHttpClient]) -> T:
    """Perform a plan in this task and return its result."""
    runner = _AsyncRunner(wire)
    try:
        return await runner.drive(plan)
    finally:
        await runner.leave()


@define(eq=False)
class _Forks:
    """The threads of a plan's forks.

    Every fork puts its outcome into `outcomes`. `First` waits for some forks, and may receive outcomes of others: these
    stay in `ended` for a later `First`. `stop` is set once, when the plan ends.
    """

    stop: Event = field(factory=Event)
    threads: list[Thread] = field(factory=list[Thread])
    outcomes: SimpleQueue[_Outcome] = field(factory=SimpleQueue[_Outcome])
    ended: dict[Ticket[Any], _Outcome] = field(factory=dict[Ticket[Any], _Outcome])


class _Runner:
    """Performs effects with blocking calls; forks are threads, whose state is created with the first fork."""

    def __init__(self, wire: Wire[HttpClient]) -> None:
        self.wire = wire
        self.clock = Clock.of(wire)
        self.http = Exchange(wire, self.clock)
        self._forks: _Forks | None = None

    @property
    def forks(self) -> _Forks:
        if self._forks is None:
            self._forks = _Forks()
        return self._forks

    def drive(self, plan: Plan[T]) -> T:
        """Perform a plan to its end."""
        try:
            return self.resume(plan, None)
        except BaseException as error:
            if getgeneratorstate(plan) != GEN_SUSPENDED:
                raise
            # Ctrl-C can come between two effects. Only the plan knows what is kept, and how to resume.
            return self.resume(plan, Failed(error))

    def resume(self, plan: Plan[T], result: Any) -> T:
        """Send a plan the result of its last effect, or the failure, and perform what follows."""
        while True:
            try:
                effect = plan.send(result)
            except StopIteration as end:
                value: T = end.value
                return value
            try:
                result = self.perform(effect)
            except BaseException as error:
                result = Failed(error)
            if self._forks is not None and self._forks.stop.is_set():
                plan.close()
                raise Stopped

    def perform(self, effect: Effect[Any]) -> Any:
        match effect:
            case Call():
                return self.http.call(effect)
            case Policy():
                return Allowance(self.wire.options.retry, self.wire.budget, self.clock.end is not None)
            case Fetch():
                return self.http.fetch(effect)
            case Open():
                return self.http.open(effect)
            case Work():
                return Ready(partial(self.work, effect))
            case Sleep():
                return self.sleep(effect)
            case Now():
                return time.monotonic()
            case Fork():
                return self.fork(effect.plan)
            case First():
                return self.first(effect)
            case _:
                raise TypeError(f"{type(effect).__name__} is not an effect")

    def work(self, effect: Work[T]) -> T:
        result = self.clock.work(effect.run)
        if self._forks is not None and self._forks.stop.is_set():
            effect.undo(result)
            raise Stopped
        return result

    def sleep(self, effect: Sleep) -> None:
        seconds, left = _duration(effect), self.clock.left(sent=False)
        if self.forks.stop.wait(seconds if left is None else min(seconds, left)):
            raise Stopped
        self.clock.left(sent=False)

    def fork(self, plan: Plan[Any]) -> Ticket[Any]:
        ticket = Ticket(plan)
        thread = Thread(target=self.child, args=(ticket,), name="tonearm-fork", daemon=True)
        self.forks.threads.append(thread)
        with starting():
            thread.start()
        return ticket

    def child(self, ticket: Ticket[Any]) -> None:
        cancellation.stopping.set(self.forks.stop)
        try:
            self.forks.outcomes.put((ticket, self.drive(ticket.plan), None))
        except BaseException as error:  # any error: `First` waits for an outcome, and would wait for ever
            self.forks.outcomes.put((ticket, None, error))

    def first(self, effect: First) -> tuple[Ticket[Any], Any]:
        forks = self.forks
        while not (known := forks.ended.keys() & effect.tickets):
            try:
                outcome = forks.outcomes.get(timeout=self.clock.left())
            except Empty:
                continue  # the deadline has passed, and `left` raises
            forks.ended[outcome[0]] = outcome
        ticket, value, error = forks.ended.pop(next(iter(known)))
        if error is not None:
            raise error
        return ticket, value

    def leave(self) -> None:
        if self._forks is None:
            return
        self._forks.stop.set()
        until = time.monotonic() + STOP_PATIENCE
        for thread in self._forks.threads:
            if thread.is_alive():  # Ctrl-C may have come before it was started
                thread.join(max(0.0, until - time.monotonic()))


class _AsyncRunner:
    """Performs effects with coroutines; forks are tasks, blocking code runs in threads."""

    def __init__(self, wire: Wire[AsyncHttpClient]) -> None:
        self.wire = wire
        self.clock = Clock.of(wire)
        self.http = AsyncExchange(wire, self.clock, self.work)
        self.tasks: dict[asyncio.Task[Any], Ticket[Any]] = {}

    async def drive(self, plan: Plan[T]) -> T:
        """Perform a plan to its end."""
        try:
            return await self.resume(plan, None)
        except BaseException as error:
            if getgeneratorstate(plan) != GEN_SUSPENDED:
                raise
            # Ctrl-C can come between two effects, if the program runs its loop without `asyncio.run`.
            return await self.resume(plan, Failed(error))

    async def resume(self, plan: Plan[T], result: Any) -> T:
        while True:
            try:
                effect = plan.send(result)
            except StopIteration as end:
                value: T = end.value
                return value
            try:
                result = await self.perform(effect)
            except BaseException as error:
                result = Failed(error)

    async def perform(self, effect: Effect[Any]) -> Any:
        match effect:
            case Call():
                return await self.exchange(self.http.call, effect)
            case Policy():
                return Allowance(self.wire.options.retry, self.wire.budget, self.clock.end is not None)
            case Fetch():
                return await self.exchange(self.http.fetch, effect)
            case Open():
                return await self.exchange(self.http.open, effect)
            case Work():
                return await self.work(effect.run, effect.undo)
            case Sleep():
                return await self.timed(asyncio.sleep, _duration(effect), sent=False)
            case Now():
                return time.monotonic()
            case Fork():
                return self.fork(effect.plan)
            case First():
                return await self.timed(self.first, effect)
            case _:
                raise TypeError(f"{type(effect).__name__} is not an effect")

    async def exchange(self, do: Callable[[E], Awaitable[T]], effect: E) -> T:
        self.clock.before(effect.request)
        return await self.timed(do, effect)

    async def timed(self, do: Callable[[A], Awaitable[T]], what: A, *, sent: bool = True) -> T:
        left = self.clock.left(sent=sent)
        if left is None:
            return await do(what)
        limit = asyncio.timeout(left)
        try:
            async with limit:
                return await do(what)
        except TimeoutError:
            if limit.expired():
                raise self.clock.passed(sent=sent) from None
            raise  # not the deadline, but a TimeoutError of the work itself

    async def work(self, run: Callable[[], T], undo: Callable[[T], object] | None = None) -> T:
        """Run blocking code in a thread; when cancelled, signal it to stop and wait until it has.

        Work that still waits for a thread then never starts. A deadline ends one piece of work, and the plan may start
        another, so each has its own flag. Work that does not check the deadline itself, as it is short or waits for a
        pipe, gets a little longer.
        """
        stop, context, left = Event(), copy_context(), self.clock.work_left()
        context.run(cancellation.stopping.set, stop)
        work = partial(_unless_stopped, partial(self.clock.work, run))
        future = asyncio.get_running_loop().run_in_executor(None, context.run, work)
        try:
            await asyncio.wait({future}, timeout=None if left is None else max(0.0, left) + STOP_PATIENCE)
            if future.done():
                return future.result()
        except asyncio.CancelledError:
            stop.set()
            future.add_done_callback(partial(_ended, undo=undo))
            await asyncio.wait({future}, timeout=STOP_PATIENCE)
            raise
        stop.set()
        future.add_done_callback(partial(_ended, undo=undo))
        raise self.clock.passed()

    def fork(self, plan: Plan[Any]) -> Ticket[Any]:
        ticket = Ticket(plan)
        self.tasks[asyncio.create_task(self.drive(ticket.plan))] = ticket
        return ticket

    async def first(self, effect: First) -> tuple[Ticket[Any], Any]:
        waiting = {task for task, ticket in self.tasks.items() if ticket in effect.tickets}
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        task = done.pop()  # other finished tasks stay in `tasks` for a later `First`
        return self.tasks.pop(task), task.result()

    async def leave(self) -> None:
        for task in self.tasks:
            task.cancel()
        # No limit is needed: a cancelled task waits for its blocking work only as long as `work` lets it.
        await asyncio.gather(*self.tasks, return_exceptions=True)


def _ended(future: asyncio.Future[T], undo: Callable[[T], object] | None) -> None:
    """Undo the result of work for which nobody waits any more."""
    if future.exception() is None and undo is not None:
        undo(future.result())


def _unless_stopped(run: Callable[[], T]) -> T:
    check_stop()
    return run()


def _duration(effect: Sleep) -> float:
    return random.uniform(0, effect.seconds) if effect.jitter else effect.seconds
