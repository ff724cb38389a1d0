"""The main jobs on real audio: every call goes through the public API to a sandbox that is started here."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

import av
from attrs import field, frozen
from av.error import FFmpegError
from rich import box
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.table import Table

from .. import progress
from ..aioz import Aioz
from ..jellyfin import Jellyfin
from ..openai import OpenAI
from ..sandbox import Sandbox, start
from ..sandbox.library import PACKAGED, items

PART_SIZE = 32_768
"""Bytes. Small, so that a short clip goes in several parts; the default is 50 MiB."""

SPEECH = "This sentence was typed, sent to a speech server, and saved as an ordinary audio file."

ELSEWHERE = """\
Nothing has left this machine: the servers were this package's own sandbox.
The same calls on the real services:
  tonearm.Aioz(public_key=..., secret_key=...)
  tonearm.Jellyfin("http://your-server:8096", token=...)
  tonearm.OpenAI(base_url=..., api_key=...)
or with the keys in the environment: AIOZ_STREAM_PUBLIC_KEY and
AIOZ_STREAM_SECRET_KEY, JELLYFIN_URL and JELLYFIN_TOKEN, OPENAI_BASE_URL and
OPENAI_API_KEY."""

WIDE = 100
"""Columns of a terminal in which a SHA-256 fits on one line."""


@frozen
class _Made:
    """A row of the table at the end."""

    name: str
    size: int
    seconds: float
    sha256: str


@frozen
class _Show:
    """Where the demonstration prints, and what it has made."""

    console: Console
    bars: Progress
    made: list[_Made] = field(factory=list[_Made])

    def step(self, text: str) -> None:
        self.console.print(text, highlight=False)

    def bar(self, name: str) -> Callable[[progress.Progress], None]:
        task = self.bars.add_task(name, total=None)

        def report(at: progress.Progress) -> None:
            self.bars.update(task, completed=at.done, total=at.total)

        return report

    def file(self, path: Path) -> None:
        body = path.read_bytes()
        self.made.append(_Made(path.name, len(body), duration(path), hashlib.sha256(body).hexdigest()))


def run(out: Path) -> None:
    """Do the main jobs and leave what they make in a folder.

    Args:
        out: the folder; made when it is not there, files of an earlier run are replaced.
    """
    out.mkdir(parents=True, exist_ok=True)
    logging.getLogger("tonearm").addHandler(logging.NullHandler())  # the parts are small on purpose
    console = Console()
    columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn())
    with start() as sandbox, Progress(*columns, console=console) as bars:
        show = _Show(console, bars)
        clip = items(PACKAGED)[-1]
        _aioz(sandbox, show, clip.path)
        _openai(sandbox, show, clip.path, out)
        _jellyfin(sandbox, show, str(clip.id), out)
    console.print(_table(show.made, f"Made in {out}", console.width))
    console.print(ELSEWHERE, highlight=False, markup=False)


def _aioz(sandbox: Sandbox, show: _Show, clip: Path) -> None:
    with Aioz(base_url=sandbox.aioz_url, public_key="sandbox-public", secret_key="sandbox-secret") as aioz:
        price = aioz.cost("highest", duration=duration(clip))
        show.step(f"AIOZ Stream: transcoding {clip.name} would cost {price.price} USD")
        media = aioz.upload(
            clip, title="A talk", preset="highest", part_size=PART_SIZE, on_progress=show.bar(f"upload {clip.name}")
        )
        media = aioz.wait(media.id, timeout=120)
        made = ", ".join(f"{quality.name} as {quality.type}" for quality in media.qualities)
        show.step(f"AIOZ Stream: {media.title!r} is {media.status}: {made}")
        digest = hashlib.sha256(clip.read_bytes()).hexdigest()
        show.made.append(_Made(f"{clip.name}, sent to AIOZ", media.size or 0, media.duration or 0.0, digest))


def _openai(sandbox: Sandbox, show: _Show, clip: Path, out: Path) -> None:
    with OpenAI(base_url=sandbox.openai_url, api_key="sandbox-key") as openai:
        transcript = openai.transcribe(clip, model="whisper-1", words=True, on_progress=show.bar(f"send {clip.name}"))
        show.step(f"Transcription: {transcript.text}")
        for suffix, text in (
            (".srt", transcript.to_srt()),
            (".vtt", transcript.to_vtt()),
            (".txt", transcript.to_txt()),
        ):
            path = out / f"{clip.stem}{suffix}"
            path.write_text(text, encoding="utf-8")
            show.file(path)
        spoken = openai.speak(SPEECH, out / "spoken.mp3", model="tts-1", voice="alloy")
        show.step(f"Speech: {SPEECH}")
        show.file(spoken.path)


def _jellyfin(sandbox: Sandbox, show: _Show, item: str, out: Path) -> None:
    with Jellyfin(sandbox.jellyfin_url, token="sandbox-token") as jellyfin:
        found = jellyfin.probe(item)
        show.step(f"Jellyfin: the original is {found.content_type}, {found.size} bytes")
        original, mp3 = out / "original.flac", out / "preset.mp3"
        jellyfin.download(item, original, on_progress=show.bar(f"download {original.name}"))
        jellyfin.download(item, mp3, preset="mp3_128", on_progress=show.bar(f"download {mp3.name}"))
        show.file(original)
        show.file(mp3)


def duration(path: Path) -> float:
    """Seconds of audio in a file; 0 when there is none."""
    try:
        with av.open(str(path)) as container:
            stream = container.streams.audio[0]
            samples = sum(frame.samples for frame in container.decode(stream))
            return samples / stream.rate
    except (FFmpegError, IndexError):
        return 0.0


def _table(made: list[_Made], title: str, width: int) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE)
    table.add_column("what")
    table.add_column("bytes", justify="right")
    table.add_column("seconds", justify="right")
    table.add_column("SHA-256", overflow="fold", width=64 if width >= WIDE else 32)
    for row in made:
        table.add_row(row.name, str(row.size), f"{row.seconds:.2f}" if row.seconds else "", row.sha256)
    return table
