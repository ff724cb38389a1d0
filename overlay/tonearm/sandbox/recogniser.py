"""Speech to text with word times: utterances cut at silences, recognised by pocketsphinx in other processes."""

import json
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from typing import TypeAlias, cast

from attrs import frozen

from tonearm.sandbox import utterances

_WORKER = Path(__file__).with_name("sphinx.py")

_Recognised: TypeAlias = tuple[str, float, float, float]
"""A word as the worker reports it: text, start and end in seconds from the start of the utterance, probability."""


class RecogniserFailed(Exception):
    """The recogniser's process does not start, or ends while it works on an utterance."""


@frozen
class Word:
    """One word with its times in seconds from the start of the audio, and its probability, 0 to 1."""

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


_WORKERS = 2
"""Processes that recognise at a time; each needs some 110 MB."""


class Recogniser:
    """Up to two worker processes, each started when needed, and again after it died; safe to use from any thread.

    `language_model` is a file (ARPA) with the expected sentences; None is pocketsphinx's own.
    """

    def __init__(self, language_model: Path | None = None) -> None:
        arguments = () if language_model is None else (language_model,)
        self._closing = Lock()
        self._workers = [_Worker(arguments) for _ in range(_WORKERS)]
        self._idle: LifoQueue[_Worker] = LifoQueue()  # last in, first out: a running one is used first
        for worker in self._workers:
            self._idle.put(worker)

    def recognise(self, samples: Iterable[bytes]) -> Iterator[Segment]:
        """Recognise mono samples, signed 16 bit little-endian at 16 kHz, in blocks of any even size.

        Segments are in order, and so are their words; a stretch without speech has none. Raises RecogniserFailed.
        """
        for utterance in utterances.cut(samples):
            words = tuple(
                Word(text, utterance.start + start, min(utterance.start + end, utterance.end), min(probability, 1.0))
                for text, start, end, probability in self._words(utterance.samples)
            )
            if words:
                yield Segment(words)

    def close(self) -> None:
        """End the worker processes; waiting calls raise RecogniserFailed, a later call starts others."""
        with self._closing:
            for worker in self._workers:
                worker.end()
            for worker in [self._idle.get() for _ in self._workers]:
                worker.open()
                self._idle.put(worker)

    def _words(self, samples: bytes) -> list[_Recognised]:
        worker = self._idle.get()
        try:
            return worker.recognise(samples)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, used by one thread at a time; any thread may end it."""

    def __init__(self, arguments: tuple[Path, ...]) -> None:
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._ended = False

    def recognise(self, samples: bytes) -> list[_Recognised]:
        try:
            return self._exchange(samples)
        except OSError:  # it died after the last utterance: start another
            self.stop()
        try:
            return self._exchange(samples)
        except OSError as error:
            self.stop()
            raise RecogniserFailed(f"the recogniser's process ended twice: {error}") from error

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def end(self) -> None:
        """Kill the process, also while another thread waits for it, and start no other until `open` is called."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def open(self) -> None:
        """Let the worker be used again, once no thread uses it."""
        self.stop()
        self._ended = False

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended:
                raise RecogniserFailed("the recogniser was closed")
            if self._process is None:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", _WORKER, *self._arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for the server, which then closes the pipe
                )
            return self._process

    def _exchange(self, samples: bytes) -> list[_Recognised]:
        process = self._started()
        requests, answers = process.stdin, process.stdout
        if requests is None or answers is None:
            raise BrokenPipeError("no pipes to the recogniser")
        requests.write(struct.pack(">I", len(samples)) + samples)
        requests.flush()
        answer = answers.readline()
        if not answer.endswith(b"\n"):
            raise BrokenPipeError(f"ended with status {process.wait()}")
        return cast(list[_Recognised], json.loads(answer))
