"""One run of `tonearm bulk`: the options that its commands share, the run, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial, wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, get_type_hints

import typer
from attrs import NOTHING, evolve, fields_dict, frozen
from typer import Option

from .. import InvalidInput, WorkInterrupted
from .._base.resuming import is_kept
from . import _clients, _out
from ._bulk_dask import dask
from ._bulk_line import REPORT, Line, outlook, stopped_by_signals, terminated_like_interrupted
from ._ends import AUTH, FAILED, Halted, again, say
from ._options import Json, Profile

if TYPE_CHECKING:
    from ..bulk import Function, Job, Report

Find: TypeAlias = "Callable[[str], Iterable[Job]]"


_OF_THE_KEY = ("Unauthorized", "Forbidden")


@frozen(kw_only=True)
class Run:
    """One run: each field is an option of every command that `runs` makes."""

    context: typer.Context
    workers: Annotated[
        str, Option(metavar="N", help="How many files at a time; `auto` finds what the server can do.")
    ] = "auto"
    scheduler: Annotated[
        str | None,
        Option(metavar="ADDRESS", help="Let the workers of this Dask scheduler do the work: tcp://HOST:8786."),
    ] = None
    attempts: Annotated[int, Option(metavar="N", help="How often a file is tried before it counts as failed.")] = 3
    stop_after: Annotated[int | None, Option(metavar="N", help="Stop after so many files have failed.")] = None
    retry_failed: Annotated[bool, Option("--retry-failed", help="Try again what failed in an earlier run.")] = False
    timeout: Annotated[float | None, Option(metavar="SECONDS", help="How long one file may take.")] = None
    watch: Annotated[
        bool, Option("--watch", help="Continue with files that appear in the folders, until Ctrl-C or SIGTERM.")
    ] = False
    json: Json = False
    profile: Profile = None
    base_url: Annotated[
        list[str] | None,
        Option("--base-url", metavar="URL", help="Use this server; several times for servers that share the work."),
    ] = None

    def maker(self, service: str) -> Callable[[], Any]:
        """A function that makes a client at each worker; wrong settings on this machine are raised now."""
        urls: list[str | None] = [*self.base_url] if self.base_url else [None]
        for url in urls:
            _clients.made(service, self.profile, url).close()
        return partial(_clients.made, service, self.profile, base_url=urls[0])

    def go(
        self,
        task: Function,
        sources: Sequence[str],
        ledger: Path,
        *,
        max_price: float | None = None,
        estimate: bool = False,
        suffixes: Iterable[str] | None = None,
        find: Find | None = None,
    ) -> None:
        """Do the run, and end with its exit code; `find` makes the jobs of a source that is no folder."""
        from .. import bulk

        if self.workers != "auto" and not self.workers.isdigit():
            raise InvalidInput(f"--workers is a number or auto, not {self.workers!r}")
        chosen: dict[str, Any] = {} if suffixes is None else {"suffixes": suffixes}
        if estimate:
            self._estimate(task, _jobs(sources, chosen, find))
            return
        total: int | None = None
        if not self.watch:
            total, words = outlook(task, _jobs(sources, chosen, find), ledger)
            if not self.json:
                say(words)
        line = Line(total)
        with ExitStack() as stack:
            cluster = None if self.scheduler is None else stack.enter_context(dask(self.scheduler, self.timeout))
            stop = stack.enter_context(stopped_by_signals() if self.watch else terminated_like_interrupted())
            try:
                report = bulk.run(
                    task,
                    bulk.watch(*sources, **chosen) if self.watch else _jobs(sources, chosen, find),
                    ledger=ledger,
                    workers="auto" if self.workers == "auto" else int(self.workers),
                    executor=None if cluster is None else cluster.executor,
                    servers=self.base_url if self.base_url and len(self.base_url) > 1 else (),
                    attempts=self.attempts,
                    max_price=max_price,
                    stop_after=self.stop_after,
                    retry_failed=self.retry_failed,
                    stop=stop,
                    on_progress=line.show,
                )
            except KeyboardInterrupt as error:
                line.end()
                resume = [again(self.context)] if is_kept(error) else []
                if cluster is not None and cluster.deserted is not None:
                    why = WorkInterrupted(cluster.deserted, done=0, total=total or 0, state=ledger)
                    raise Halted([why], resume) from error
                raise Halted([error], resume) from error
        line.end()
        deserted = None if cluster is None else cluster.deserted
        self._end(evolve(report, stopped=report.stopped and (deserted or report.stopped)), total, ledger)

    def _end(self, report: Report, total: int | None, ledger: Path) -> None:
        """Print the report, and raise for failures; a run that watches succeeds when it is stopped."""
        from ..bulk import STOPPED

        _out.item(report, REPORT, json=self.json)
        if report.failed:
            say(f"{report.failed} failed: tonearm bulk failures {ledger} lists them, --retry-failed tries again")
        stopped = report.stopped if report.stopped != STOPPED else None
        if stopped is None and not report.failed:
            return
        if stopped is None and not (report.resumable and report.failed_passing):
            raise typer.Exit(FAILED)
        done = report.done + report.skipped
        why = stopped or f"{report.failed_passing} of the failed jobs may succeed later"
        resume = again(self.context, **({"retry_failed": True} if report.failed_passing else {}))
        stopped_by = WorkInterrupted(why, done=done, total=total or done, state=ledger)
        raise Halted([stopped_by], [resume] if report.resumable else [], AUTH if report.cause in _OF_THE_KEY else None)

    def _estimate(self, task: Any, jobs: Iterator[Job]) -> None:
        total, known, unknown = 0, 0.0, False
        for price in map(task.price, jobs):
            total += 1
            unknown = unknown or price is None
            known += price or 0.0
        price = "not known" if unknown else f"{known:.2f} USD"
        _out.item(
            {"files": total, "price": price},
            {"files": lambda it: it["files"], "price": lambda it: it["price"]},
            json=self.json,
        )


def runs(function: Callable[..., None]) -> Callable[..., None]:
    """A command with the options of `Run` beside its own; it receives them as its first argument.

    Typer reads signature and annotations, so both are put together here.
    """
    hints, declared = get_type_hints(Run, include_extras=True), fields_dict(Run)
    shared = [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if declaration.default is NOTHING else declaration.default,
            annotation=hints[name],
        )
        for name, declaration in declared.items()
    ]
    _, *own = signature(function, eval_str=True).parameters.values()

    @wraps(function)
    def command(**given: Any) -> None:
        function(Run(**{name: given.pop(name) for name in declared}), **given)

    parameters = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in [*own, *shared]]
    command.__dict__["__signature__"] = signature(function).replace(parameters=parameters)
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _jobs(sources: Sequence[str], chosen: Mapping[str, Any], find: Find | None) -> Iterator[Job]:
    from .. import bulk

    for source in sources:
        if Path(source).suffix.lower() in (".csv", ".jsonl", ".ndjson"):
            yield from bulk.read(source)
        elif find is not None:
            yield from find(source)
        else:
            yield from bulk.find(source, **chosen)
