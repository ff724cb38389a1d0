"""The recordings of the demonstration: the sandbox's spoken clips as an album, and a long recording made of them."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from pathlib import Path

import av
import numpy as np
from attrs import frozen
from av.audio.frame import AudioFrame

from ..openai import Word
from ..sandbox import audio
from ..sandbox.library import PACKAGED, items

ALBUM, TALK = "Voices", "Talk"
"""The titles of the album and of the recording."""

DURATION = 180.0
"""Seconds of the recording."""

SENTENCES = 16
"""Few, as the sandbox's recogniser needs about a second of a processor for each."""

PAUSES = (0.6, 1.3, 0.9, 1.5, 0.7)
"""The relative lengths of the pauses: uneven, so that no word can be right at the time of another one."""

TOLERANCE = 0.1
"""Seconds by which the time of a word may lie outside its sentence."""


@frozen
class Sentence:
    """The words of a sentence, and when it is spoken, in seconds."""

    words: tuple[str, ...]
    start: float
    end: float


def fill(library: Path) -> tuple[Path, tuple[Sentence, ...]]:
    """Write the album and the recording, in which the clips alternate with pauses between them.

    Args:
        library: the folder to make.

    Returns:
        The file of the recording, and its sentences.
    """
    clips = [item.path for item in items(PACKAGED)]
    rate = audio.probe(clips[0]).sample_rate
    spoken = [b"".join(audio.decode(clip, rate=rate)) for clip in clips]
    texts = [plain(clip.with_suffix(".txt").read_text(encoding="utf-8")) for clip in clips]
    order = [number % len(clips) for number in range(SENTENCES)]
    silence = DURATION * rate - sum(len(spoken[which]) // 2 for which in order)
    shares = [PAUSES[number % len(PAUSES)] for number in range(SENTENCES)]
    blocks: list[bytes] = []
    sentences: list[Sentence] = []
    at = 0  # samples
    for which, share in zip(order, shares, strict=True):
        end = at + len(spoken[which]) // 2
        pause = round(silence * share / sum(shares))
        sentences.append(Sentence(texts[which], at / rate, end / rate))
        blocks += [spoken[which], bytes(2 * pause)]
        at = end + pause
    (library / ALBUM).mkdir(parents=True)
    for number, (clip, samples) in enumerate(zip(clips, spoken, strict=True), 1):
        tags = {"album": ALBUM, "title": clip.stem.capitalize(), "track": str(number)}
        song = library / ALBUM / clip.name
        _write_flac(song, samples, rate, tags)
        shutil.copystat(clip, song)  # in the next run it is the same song, not a changed one
    recording = library / "talk.flac"
    _write_flac(recording, b"".join(blocks), rate, {"title": TALK})
    return recording, tuple(sentences)


def _write_flac(to: Path, samples: bytes, rate: int, tags: dict[str, str]) -> None:
    frame = AudioFrame.from_ndarray(np.frombuffer(samples, "<i2").reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = rate
    with av.open(str(to), "w", format="flac") as container:  # into a file, so that its header has the length
        container.metadata.update(tags)
        stream = container.add_stream("flac", rate)
        stream.layout = "mono"
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def plain(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without full stops."""
    return tuple(text.lower().replace(".", "").split())


def heard(sentences: Sequence[Sentence], words: Sequence[Word]) -> int:
    """Count the sentences of which each word was recognised once, in order and in its time, with no further word.

    Args:
        sentences: the spoken sentences.
        words: the recognised words.
    """
    ends = [after.start - TOLERANCE for _, after in pairwise(sentences)]
    count = 0
    for sentence, end in zip(sentences, [*ends, inf], strict=True):
        within = [word for word in words if sentence.start - TOLERANCE <= word.start < end]
        in_time = all(word.end <= sentence.end + TOLERANCE for word in within)
        count += in_time and tuple(word.text.lower() for word in within) == sentence.words
    return count
