"""Many jobs: one task over a stream of inputs, with a ledger from which an interrupted run is continued.

    from tonearm import bulk

    task = bulk.Transcribe(to="texts", model="whisper-1", forms=("srt", "json"))
    report = bulk.run(task, bulk.find("archive"), ledger="archive.ledger")

May import: the public package `tonearm`, `_engine` (how many requests a server is given), `_transfer`
(what is on the web), `_files`.

The driver runs here; the work is done in threads, or by any `concurrent.futures.Executor`.
"""

from .driver import run
from .in_asyncio import AsyncFunction, run_async
from .jobs import AUDIO, Job, JobLike, find, read
from .ledger import Ledger
from .report import STOPPED, OnProgress, Report
from .rows import Row, State
from .tasks import Form, Make, Speak, Transcribe, Translate, Upload
from .watching import watch
from .work import Function, Priced, Result

__all__ = [
    "AUDIO",
    "STOPPED",
    "AsyncFunction",
    "Form",
    "Function",
    "Job",
    "JobLike",
    "Ledger",
    "Make",
    "OnProgress",
    "Priced",
    "Report",
    "Result",
    "Row",
    "Speak",
    "State",
    "Transcribe",
    "Translate",
    "Upload",
    "find",
    "read",
    "run",
    "run_async",
    "watch",
]
