"""Many jobs: one task over a stream of inputs, with a ledger from which an interrupted run is resumed.

    from tonearm import bulk

    task = bulk.Transcribe(to="texts", model="whisper-1", forms=("srt", "json"))
    report = bulk.run(task, bulk.find("archive"), ledger="archive.ledger")

May import: the public package `tonearm`, `recipes`, `_engine` (limits of requests to a server), `_transfer` (files on
the web), `_files`, `_base`.

The driver runs in this process; threads, or any `concurrent.futures.Executor`, do the work.

The modules are loaded on first use: the command looks for recordings with `find` alone.
"""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
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

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "AUDIO": ".jobs",
            "AsyncFunction": ".in_asyncio",
            "Form": ".tasks",
            "Function": ".work",
            "Job": ".jobs",
            "JobLike": ".jobs",
            "Keep": ".music",
            "Ledger": ".ledger",
            "Lyrics": ".music",
            "Make": ".clients",
            "OnProgress": ".report",
            "Priced": ".work",
            "Publish": ".publishing",
            "Report": ".report",
            "Result": ".work",
            "Row": ".rows",
            "STOPPED": ".report",
            "Speak": ".tasks",
            "State": ".rows",
            "Transcribe": ".tasks",
            "Translate": ".tasks",
            "Upload": ".tasks",
            "find": ".jobs",
            "read": ".jobs",
            "run": ".driver",
            "run_async": ".in_asyncio",
            "songs": ".music",
            "watch": ".watching",
        },
    )
