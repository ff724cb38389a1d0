"""Many jobs: one task over a stream of inputs, with a ledger from which an interrupted run is resumed.

    from tonearm import bulk

    task = bulk.Transcribe(to="texts", model="whisper-1", forms=("srt", "json"))
    report = bulk.run(task, bulk.find("archive"), ledger="archive.ledger")

May import: the public package `tonearm`, `recipes`, `_engine` (limits of requests to a server), `_transfer` (files on
the web), `_files`.

The driver runs in this process; threads, or any `concurrent.futures.Executor`, do the work.
"""

from .clients import Make
from .driver import run
from .in_asyncio import AsyncFunction, run_async
from .jobs import AUDIO, Job, JobLike, find, read
from .ledger import Ledger
from .music import Keep, Lyrics, songs
from .publishing import Publish
from .report import STOPPED, OnProgress, Report
from .rows import Row, State
from .tasks import Form, Speak, Transcribe, Translate, Upload
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
    "Keep",
    "Ledger",
    "Lyrics",
    "Make",
    "OnProgress",
    "Priced",
    "Publish",
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
    "songs",
    "watch",
]
