"""The demonstration: faults of a local sandbox interrupt the main jobs, and tonearm notices and resumes."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from attrs import field, frozen

import tonearm

from .. import Aioz, DownloadInterrupted, Jellyfin, OpenAI, Retry, TransferError, Truncated, UploadInterrupted
from ..sandbox import Exchange, Fault, Sandbox, audio, start
from ._bars import Bars
from ._recording import ALBUM, TALK, Sentence, fill, heard
from ._steps import StepFailed, Steps, ending, expect, sha256

E = TypeVar("E", bound=TransferError)

PART = 262_144
"""Bytes of a part of the upload: small, so that a short recording has several; the default is 50 MiB."""

PIECE = 30.0
"""Seconds of the recording in one request; the default is 600."""

TEXT = (
    "This text was too long for one request. So it was cut at the ends of its sentences. "
    "Each piece was spoken in a request of its own. Then the pieces were joined as samples, and encoded once."
)

TEXT_PIECE = 90
"""Characters of the text in one request; the default is 2500."""

MISHEARD = 0.1
"""The share of the sentences that the sandbox's small recogniser may get wrong on another machine."""


@frozen
class _Demo:
    """What all steps share; `work` is deleted at the end, and `made` has the files that stay in `out`."""

    sandbox: Sandbox
    steps: Steps
    bars: Bars
    out: Path
    work: Path
    made: list[Path] = field(factory=list[Path])

    def done(self, text: str) -> None:
        """Replace the bar by a line about the finished step."""
        self.bars.rest()
        self.steps.done(text)

    def file(self, name: str) -> Path:
        """The path of a file that stays."""
        path = self.out / name
        self.made.append(path)
        return path

    def requests(self, end: str, *, after: int = 0) -> list[Exchange]:
        """The requests to paths with this end, without the first `after` requests of the sandbox."""
        return [request for request in self.sandbox.requests[after:] if request.path.endswith(end)]


def run(out: Path, *, verbose: bool = False) -> None:
    """Do the main jobs while connections break and an encoder dies, and keep the results in a folder.

    Args:
        out: the folder; made if it is missing. Files of an earlier run are replaced.
        verbose: whether to print the SHA-256 of each file.

    Raises:
        StepFailed: a step did not end as it must.
    """
    began = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    logging.getLogger("tonearm").addHandler(logging.NullHandler())  # it would warn of the small parts
    steps = Steps()
    steps.say("tonearm demo: three services, all on this machine; no key, no cost.")
    steps.say("The faults are real; retries are off where a fault has to show.")
    with tempfile.TemporaryDirectory(prefix="tonearm-demo-") as work:
        library = Path(work) / "library"
        with steps.step("the recording"):
            original, sentences = fill(library)
        with start(library=library) as sandbox, Bars() as bars:
            demo = _Demo(sandbox, steps, bars, out, Path(work))
            with Jellyfin(sandbox.jellyfin_url, token="sandbox-token", device_id="tonearm-demo") as jellyfin:
                talk = _download(demo, jellyfin, original)
                _encode(demo, jellyfin)
                _copy(demo, jellyfin)
            with Aioz(base_url=sandbox.aioz_url, public_key="sandbox-public", secret_key="sandbox-secret") as aioz:
                _upload(demo, aioz, talk)
            with OpenAI(base_url=sandbox.openai_url, api_key="sandbox-key") as openai:
                _transcribe(demo, openai, talk, sentences)
                _speak(demo, openai)
    ending(steps, out, demo.made, time.monotonic() - began, verbose=verbose)


def _download(demo: _Demo, jellyfin: Jellyfin, original: Path) -> Path:
    with demo.steps.step("the download from Jellyfin"):
        item, size = _talk(jellyfin), original.stat().st_size
        to = demo.file("talk.flac")
        once = jellyfin.with_options(retry=Retry(attempts=1))
        with demo.sandbox.faults(Fault(path="*/stream", drop_response=size * 2 // 5)):
            cut = _noticed(DownloadInterrupted, lambda: once.download(item.id, to))
        demo.done(f"Download from Jellyfin: interrupted at {cut.done:,} of {size:,} bytes")
        before = len(demo.sandbox.requests)
        download = jellyfin.download(item.id, to, on_progress=demo.bars.of(to.name))
        fetched = sum(request.sent for request in demo.requests("/stream", after=before))
        expect(download.resumed and fetched == size - cut.done, "it did not resume at the byte where it stopped")
        expect(download.sha256 == sha256(original) == sha256(to), "the file differs from the original")
        demo.done(f"Resumed with the other {fetched:,} bytes; the SHA-256 is right")
    return to


def _encode(demo: _Demo, jellyfin: Jellyfin) -> None:
    with demo.steps.step("the MP3 from Jellyfin"):
        item = _talk(jellyfin)
        to = demo.file("talk.mp3")
        demo.sandbox.jellyfin.break_transcodes(after=1_000_000)
        cut = _noticed(Truncated, lambda: jellyfin.download(item.id, to, preset="mp3_128"))
        status = demo.requests("/stream.mp3")[-1].status
        demo.done(
            f"MP3 from Jellyfin: status {status}, but truncated at {cut.got:.0f} of {cut.expected:.0f} s: rejected"
        )
        download = jellyfin.download(item.id, to, preset="mp3_128", on_progress=demo.bars.of(to.name))
        expect("duration" in download.verified, "the duration was not checked")
        demo.done(f"Downloaded again: decoded and verified, {audio.probe(to).duration:.0f} s")


def _copy(demo: _Demo, jellyfin: Jellyfin) -> None:
    with demo.steps.step("the copy of an album"):
        album = next(jellyfin.albums(search=ALBUM))
        folder = demo.file(ALBUM)
        songs: tuple[tonearm.jellyfin.Kept, ...] = ()
        fetched: list[int] = []
        for _ in ("first run", "second run"):
            before = len(demo.sandbox.requests)
            songs = jellyfin.download_all(album.id, folder)
            for song in songs:
                expect(song.error is None, f"{song.item.name} is missing: {song.error}")
            fetched.append(len(demo.requests("/stream", after=before)))
        demo.done(f"Copy of an album: {fetched[0]} of {len(songs)} files downloaded; a second run: {fetched[1]}")


def _upload(demo: _Demo, aioz: Aioz, talk: Path) -> None:
    with demo.steps.step("the upload to AIOZ Stream"):
        size = talk.stat().st_size
        count = -(-size // PART)
        once = aioz.with_options(retry=Retry(attempts=1))
        with demo.sandbox.faults(Fault(path="*/part", skip=count // 2, drop_request=PART // 2)):
            cut = _noticed(
                UploadInterrupted,
                lambda: once.upload(
                    talk, title="A talk", preset="standard", part_size=PART, state=demo.work / "upload.json"
                ),
            )
        parts = demo.requests("/part")
        kept, broken = _arrived(parts), parts[-1].header("content-range")
        demo.done(f"Upload to AIOZ: interrupted in part {len(kept) + 1} of {count}")
        before = len(demo.sandbox.requests)
        media = aioz.resume(cut.state or "", on_progress=demo.bars.of(talk.name))
        sent = _arrived(demo.requests("/part", after=before))
        expect(len({*kept, *sent}) == len(kept) + len(sent) == count, "a part was lost, or sent again without need")
        expect(sent[0] == broken, "it did not resume with the part that was interrupted")
        demo.done(
            f"Resumed: kept {len(kept)} parts ({cut.done:,} bytes), sent {len(sent)} ({size - cut.done:,} bytes), "
            f"part {len(kept) + 1} again"
        )
        media = aioz.wait(media.id, timeout=120)
        there = aioz.download_source(media.id, demo.work / "there.flac")
        expect(there.sha256 == sha256(talk), "the service has other bytes")
        made = ", ".join(f"{quality.name} as {quality.type}" for quality in media.qualities)
        demo.done(f"AIOZ has the same SHA-256; transcoding is {media.status}: {made}")


def _transcribe(demo: _Demo, openai: OpenAI, talk: Path, sentences: Sequence[Sentence]) -> None:
    with demo.steps.step("the transcription"):
        note = openai.transcribe(
            talk,
            model="whisper-1",
            words=True,
            piece=PIECE,
            workers=2,
            state=demo.work / "transcription",
            on_progress=demo.bars.of(talk.name),
        )
        count = len(demo.requests("/transcriptions"))
        expect(count > 1, "the recording was not cut")
        demo.done(
            f"Transcription: {audio.probe(talk).duration:.0f} s cut at silences, sent in {count} requests, stitched"
        )
        words = note.words or ()
        right = heard(sentences, words)
        expect(right >= len(sentences) * (1 - MISHEARD), f"only {right} of {len(sentences)} sentences are right")
        demo.done(
            f"Each word appears once, at its time, in {right} of {len(sentences)} sentences ({len(words)} words):"
        )
        subtitles = demo.file("talk.srt")
        subtitles.write_text(note.to_srt(), encoding="utf-8")
        demo.file("talk.vtt").write_text(note.to_vtt(), encoding="utf-8")
        cues = subtitles.read_text(encoding="utf-8").strip().split("\n\n")
        _, times, *lines = cues[len(cues) * 2 // 3].split("\n")
        demo.steps.say(f"  {times}  {' '.join(lines)}")


def _speak(demo: _Demo, openai: OpenAI) -> None:
    with demo.steps.step("speech"):
        spoken = openai.speak(
            TEXT,
            demo.file("spoken.mp3"),
            model="tts-1",
            voice="alloy",
            piece=TEXT_PIECE,
            state=demo.work / "speech",
            on_progress=demo.bars.of("spoken.mp3"),
        )
        demo.done(f"Speech: {spoken.pieces} requests joined into one file of {spoken.duration:.0f} s")


def _talk(jellyfin: Jellyfin) -> tonearm.jellyfin.Item:
    return next(jellyfin.search(TALK))


def _noticed(kind: type[E], transfer: Callable[[], object]) -> E:
    """The error that a fault raises from a transfer."""
    try:
        transfer()
    except kind as error:
        return error
    raise StepFailed("the fault was not noticed")


def _arrived(requests: Sequence[Exchange]) -> list[str | None]:
    """The ranges of the file in the parts that the service acknowledged."""
    return [request.header("content-range") for request in requests if request.status == 200]
