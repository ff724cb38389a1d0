"""Speech to text with word times: utterances cut at silences, recognised by pocketsphinx in a process of its own."""

import json
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import cast

from attrs import frozen

from tonearm.sandbox import utterances

_WORKER = Path(__file__).with_name("sphinx.py")


class RecogniserFailed(Exception):
    """The recogniser's process does not start, or ends while it works on an utterance."""


@frozen
class Word:
    """One word with its times in seconds from the start of the audio, and how sure the recogniser is, 0 to 1."""

    text: str
    start: float
    end: float
    probability: float


@frozen
class Segment:
    """The words between two silences."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def start(self) -> float:
        return self.words[0].start

    @property
    def end(self) -> float:
        return self.words[-1].end


class Recogniser:
    """One worker process, started when it is first needed and again when it has died; safe to share between threads.

    `language_model` is a file (ARPA) that tells which sentences there may be; None is pocketsphinx's own, for all.
    """

    def __init__(self, language_model: Path | None = None) -> None:
        self._arguments = () if language_model is None else (language_model,)
        self._lock = Lock()
        self._worker: subprocess.Popen[bytes] | None = None

    def recognise(self, samples: Iterable[bytes]) -> Iterator[Segment]:
        """Recognise mono samples, signed 16 bit little-endian at 16 kHz, that come in blocks of any even size.

        Segments come in order and their words too; a stretch without speech gives none. Raises RecogniserFailed.
        """
        for utterance in utterances.cut(samples):
            words = tuple(
                Word(text, utterance.start + start, min(utterance.start + end, utterance.end), min(probability, 1.0))
                for text, start, end, probability in self._words(utterance.samples)
            )
            if words:
                yield Segment(words)

    def close(self) -> None:
        """End the worker process; a later call starts another."""
        with self._lock:
            self._stop()

    def _words(self, samples: bytes) -> list[tuple[str, float, float, float]]:
        with self._lock:
            try:
                return self._ask(samples)
            except OSError:  # it has died since the last utterance: begin again with another
                self._stop()
            try:
                return self._ask(samples)
            except OSError as error:
                self._stop()
                raise RecogniserFailed(f"the recogniser's process ended twice: {error}") from error

    def _ask(self, samples: bytes) -> list[tuple[str, float, float, float]]:
        worker = self._worker
        if worker is None:
            worker = self._worker = subprocess.Popen(
                [sys.executable, "-P", _WORKER, *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the server, which then closes the pipe
            )
        requests, answers = worker.stdin, worker.stdout
        if requests is None or answers is None:
            raise BrokenPipeError("no pipes to the recogniser")
        requests.write(struct.pack(">I", len(samples)) + samples)
        requests.flush()
        answer = answers.readline()
        if not answer.endswith(b"\n"):
            raise BrokenPipeError(f"ended with status {worker.wait()}")
        return cast(list[tuple[str, float, float, float]], json.loads(answer))

    def _stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
            worker.communicate()
