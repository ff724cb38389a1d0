"""`tonearm bulk`: the same work for many files, with a ledger from which the same command resumes."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer
from attrs import define
from typer import Argument, Option

from ..errors import ConfigurationError, InvalidInput, WorkInterrupted
from . import _clients, _out
from ._bulk_ledger import export, failures, status
from ._ends import Halted, again, say
from ._openai import Model
from ._options import BaseUrl, Json, Profile

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from ..bulk import Function, Job, Report

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.command()(status)
app.command()(failures)
app.command()(export)

Sources: TypeAlias = Annotated[
    list[str],
    Argument(metavar="SOURCE...", help="Folders, files, or tables of jobs (.csv, .jsonl) with a column `input`."),
]
Out: TypeAlias = Annotated[Path, Option("-o", "--out", metavar="DIR", help="The folder for the results.")]
To: TypeAlias = Annotated[
    str, Option("--to", metavar="FORMS", help="What to write: txt, srt, vtt, lrc, json; several with commas.")
]
Ledger: TypeAlias = Annotated[
    Path | None, Option(metavar="FILE", help="The ledger; tonearm.ledger in the folder of the results by default.")
]
Workers: TypeAlias = Annotated[
    str, Option(metavar="N", help="How many files at a time; `auto` finds what the server can do.")
]
Scheduler: TypeAlias = Annotated[
    str | None, Option(metavar="ADDRESS", help="Let the workers of this Dask scheduler do the work: tcp://HOST:8786.")
]
MaxPrice: TypeAlias = Annotated[float | None, Option(metavar="USD", help="Stop before the run costs more.")]
Attempts: TypeAlias = Annotated[int, Option(metavar="N", help="How often a file is tried before it counts as failed.")]
StopAfter: TypeAlias = Annotated[int | None, Option(metavar="N", help="Stop after so many files have failed.")]
RetryFailed: TypeAlias = Annotated[bool, Option("--retry-failed", help="Try again what failed in an earlier run.")]
Timeout: TypeAlias = Annotated[float | None, Option(metavar="SECONDS", help="How long one file may take.")]
Estimate: TypeAlias = Annotated[bool, Option("--estimate", help="Only count the files and estimate the price.")]


@app.command()
def transcribe(
    context: typer.Context,
    sources: Sources,
    out: Out,
    to: To = "txt",
    model: Model = None,
    language: Annotated[str | None, Option(metavar="CODE", help="The spoken language (ISO 639-1).")] = None,
    words: Annotated[bool, Option("--words", help="Ask for the times of words.")] = False,
    ledger: Ledger = None,
    workers: Workers = "auto",
    scheduler: Scheduler = None,
    max_price: MaxPrice = None,
    attempts: Attempts = 3,
    stop_after: StopAfter = None,
    retry_failed: RetryFailed = False,
    timeout: Timeout = None,
    estimate: Estimate = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Transcribe recordings. The same command resumes, and does only what is missing or changed.

    Example: tonearm bulk transcribe archive -o texts --to srt,json
    """
    from ..bulk import Transcribe

    make = _maker("openai", profile, base_url)
    task = Transcribe(to=out, forms=_forms(to), model=model, language=language, words=words, timeout=timeout, make=make)
    run = _Run(context, ledger or out / "tonearm.ledger", workers, scheduler, attempts, stop_after, retry_failed, json)
    run.go(task, sources, max_price, estimate=estimate)


@app.command()
def translate(
    context: typer.Context,
    sources: Sources,
    out: Out,
    to: To = "txt",
    model: Model = None,
    ledger: Ledger = None,
    workers: Workers = "auto",
    scheduler: Scheduler = None,
    max_price: MaxPrice = None,
    attempts: Attempts = 3,
    stop_after: StopAfter = None,
    retry_failed: RetryFailed = False,
    timeout: Timeout = None,
    estimate: Estimate = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Translate recordings into English.

    Example: tonearm bulk translate archive -o texts
    """
    from ..bulk import Translate

    task = Translate(to=out, forms=_forms(to), model=model, timeout=timeout, make=_maker("openai", profile, base_url))
    run = _Run(context, ledger or out / "tonearm.ledger", workers, scheduler, attempts, stop_after, retry_failed, json)
    run.go(task, sources, max_price, estimate=estimate)


@app.command()
def speak(
    context: typer.Context,
    sources: Sources,
    out: Out,
    voice: Annotated[str, Option(metavar="NAME", help="The voice.")],
    format: Annotated[str, Option(metavar="WORD", help="mp3, opus, aac, flac, wav, pcm or m4a.")] = "mp3",
    model: Model = None,
    ledger: Ledger = None,
    workers: Workers = "auto",
    scheduler: Scheduler = None,
    max_price: MaxPrice = None,
    attempts: Attempts = 3,
    stop_after: StopAfter = None,
    retry_failed: RetryFailed = False,
    timeout: Timeout = None,
    estimate: Estimate = False,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Speak text files (.txt, .md).

    Example: tonearm bulk speak books -o spoken --voice coral
    """
    from ..bulk import Speak

    make = _maker("openai", profile, base_url)
    task = Speak(to=out, voice=voice, format=format, model=model, timeout=timeout, make=make)
    run = _Run(context, ledger or out / "tonearm.ledger", workers, scheduler, attempts, stop_after, retry_failed, json)
    run.go(task, sources, max_price, estimate=estimate, suffixes=("txt", "md"))


@app.command()
def upload(
    context: typer.Context,
    sources: Sources,
    ledger: Annotated[Path, Option(metavar="FILE", help="The ledger, which keeps the ids.")],
    preset: Annotated[str | None, Option(metavar="NAME", help="What to transcode each into.")] = None,
    tag: Annotated[list[str] | None, Option(metavar="WORD", help="A tag; several times for several.")] = None,
    workers: Workers = "auto",
    scheduler: Scheduler = None,
    attempts: Attempts = 3,
    stop_after: StopAfter = None,
    retry_failed: RetryFailed = False,
    timeout: Timeout = None,
    json: Json = False,
    profile: Profile = None,
    base_url: BaseUrl = None,
) -> None:
    """Upload recordings to AIOZ Stream.

    Example: tonearm bulk upload shows --ledger shows.ledger --preset highest
    """
    from ..bulk import Upload

    tags = tuple(tag) if tag else None
    task = Upload(preset=preset, tags=tags, timeout=timeout, make=_maker("aioz", profile, base_url))
    run = _Run(context, ledger, workers, scheduler, attempts, stop_after, retry_failed, json)
    run.go(task, sources)


def _maker(service: str, profile: str | None, base_url: str | None) -> Callable[[], Any]:
    """What makes a client at each worker; what is wrong with the settings here is said now."""
    _clients.made(service, profile, base_url).close()
    return partial(_clients.made, service, profile, base_url)


def _forms(text: str) -> Any:
    return tuple(filter(None, text.split(",")))


def _jobs(sources: Sequence[str], suffixes: Iterable[str] | None) -> Iterator[Job]:
    from .. import bulk

    options: dict[str, Any] = {} if suffixes is None else {"suffixes": suffixes}
    for source in sources:
        if Path(source).suffix.lower() in (".csv", ".jsonl", ".ndjson"):
            yield from bulk.read(source)
        else:
            yield from bulk.find(source, **options)


@define
class _Run:
    """One run: its options, and what is shown of it."""

    context: typer.Context
    ledger: Path
    workers: str
    scheduler: str | None
    attempts: int
    stop_after: int | None
    retry_failed: bool
    json: bool

    def go(
        self,
        task: Function,
        sources: Sequence[str],
        max_price: float | None = None,
        *,
        estimate: bool = False,
        suffixes: Iterable[str] | None = None,
    ) -> None:
        """Do it, and end with the exit code for how it went."""
        from .. import bulk

        if self.workers != "auto" and not self.workers.isdigit():
            raise InvalidInput(f"--workers is a number or auto, not {self.workers!r}")
        total = sum(1 for _ in _jobs(sources, suffixes))
        if estimate:
            self._estimate(task, _jobs(sources, suffixes), total)
            return
        line = _Line(total)
        with ExitStack() as stack:
            executor = None if self.scheduler is None else stack.enter_context(_dask(self.scheduler))
            stack.enter_context(_terminated_like_interrupted())
            try:
                report = bulk.run(
                    task,
                    _jobs(sources, suffixes),
                    ledger=self.ledger,
                    workers="auto" if self.workers == "auto" else int(self.workers),
                    executor=executor,
                    attempts=self.attempts,
                    max_price=max_price,
                    stop_after=self.stop_after,
                    retry_failed=self.retry_failed,
                    on_progress=line.show,
                )
            except KeyboardInterrupt as error:
                line.end()
                raise Halted([error], [again(self.context)]) from error
        line.end()
        self._end(report, total)

    def _end(self, report: Report, total: int) -> None:
        _out.item(report, REPORT, json=self.json)
        if report.stopped is not None:
            done = report.done + report.skipped
            stopped = WorkInterrupted(report.stopped, done=done, total=total, state=self.ledger)
            raise Halted([stopped], [again(self.context)])
        if report.failed:
            say(f"{report.failed} failed: tonearm bulk failures {self.ledger} lists them, --retry-failed tries again")
            raise typer.Exit(1)

    def _estimate(self, task: Any, jobs: Iterator[Job], total: int) -> None:
        known, unknown = 0.0, False
        for price in map(task.price, jobs):
            unknown = unknown or price is None
            known += price or 0.0
        price = "not known" if unknown else f"{known:.2f} USD"
        _out.item(
            {"files": total, "price": price},
            {"files": lambda it: it["files"], "price": lambda it: it["price"]},
            json=self.json,
        )


REPORT: _out.Columns = {
    "done": lambda report: report.done,
    "failed": lambda report: report.failed or None,
    "skipped": lambda report: report.skipped or None,
    "price": lambda report: f"{report.price:.2f} USD" if report.price else None,
    "took": lambda report: _out.clock(report.seconds),
    "ledger": lambda report: report.ledger,
}


@define
class _Line:
    """One line on standard error that is written over: what is done, how fast, and how long it will take."""

    total: int
    last: float = -1.0

    def show(self, report: Report) -> None:
        """Show how far a run is, twice a second at most."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self.last < 0.5:
            return
        self.last = now
        print(f"\r\x1b[K{self.text(report)}", end="", file=sys.stderr, flush=True)

    def text(self, report: Report) -> str:
        """The line."""
        ended = report.done + report.failed + report.skipped
        rate = (report.done + report.failed) / report.seconds if report.seconds else 0.0
        parts = [f"{ended} of {self.total}", f"{report.failed} failed" if report.failed else ""]
        parts += [f"{rate:.1f}/s" if rate >= 1 else f"{rate * 60:.1f}/min", f"{report.under_way} at a time"]
        parts += [f"{_out.clock((self.total - ended) / rate)} left" if rate else ""]
        parts += [f"{report.price:.2f} USD" if report.price else ""]
        return ", ".join(filter(None, parts))

    def end(self) -> None:
        """Take the line away."""
        if self.last >= 0:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def _terminated_like_interrupted() -> Generator[None]:
    """SIGTERM ends the run as Ctrl-C does: what is under way is finished and entered."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _dask(address: str) -> Generator[Executor]:
    """The workers of a Dask scheduler as an executor."""
    try:
        import distributed
    except ModuleNotFoundError:
        raise ConfigurationError("--scheduler needs distributed: pip install 'tonearm[cluster]'") from None
    connect: Any = distributed.Client  # half of it has types
    try:
        client = connect(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"--scheduler {address}: no Dask scheduler answers there ({error})") from None
    with client:
        yield client.get_executor(pure=False)
