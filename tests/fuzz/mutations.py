"""Opens mutations of small recordings in every way, in a process of its own, as FFmpeg may end it.

python -m tests.fuzz.mutations SEED...: for each seed, one line of JSON before it is tried, and
one after it, which says what went wrong, if anything did, and how much memory it took.
"""

import faulthandler
import io
import json
import logging
import random
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from attrs import evolve

from tests.inside.audio import (
    decoded_duration,
    duration,
    fill_length,
    foreign,
    missing,
    named,
    repair,
    scan,
    spans,
    survey,
    write_pieces,
)
from tests.media.recordings import RATE, encoded, noise, wave
from tonearm import TonearmError
from tonearm.sandbox import audio
from tonearm.sandbox.recording import AudioError

HANGS = 300
"""Seconds after which a seed is taken for one that hangs; they take some hundredths, but the machine may be busy."""

LONGEST, MOST_PIECES, MOST_BLOCKS = 0.5, 60, 2000
FORMS = [
    *[("wav", codec) for codec in ("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le", "adpcm_ms", "pcm_mulaw")],
    *[("mp3", "libmp3lame"), ("mp2", "mp2"), ("adts", "aac"), ("ac3", "ac3"), ("eac3", "eac3"), ("latm", "aac")],
    *[("flac", "flac"), ("wv", "wavpack"), ("tta", "tta"), ("aiff", "pcm_s16be"), ("au", "pcm_s16be"), ("caf", "alac")],
    *[("ipod", codec) for codec in ("aac", "alac")],
    *[("mov", codec) for codec in ("pcm_s16le", "libmp3lame")],
    *[("mp4", codec) for codec in ("flac", "libopus")],
    *[("ogg", codec) for codec in ("libopus", "vorbis", "flac")],
    *[("webm", codec) for codec in ("libopus", "vorbis")],
    *[("matroska", codec) for codec in ("aac", "pcm_s16le", "libmp3lame", "flac")],
    *[
        ("asf", "libmp3lame"),
        ("avi", "libmp3lame"),
        ("mpegts", "aac"),
        ("mpegts", "mp2"),
        ("flv", "aac"),
        ("w64", "pcm_s16le"),
    ],
    *[("nut", "libopus"), ("voc", "pcm_u8"), ("caf", "pcm_s16be")],
]

LOWEST_RATES = {"libopus": 48_000, "vorbis": 44_100, "ac3": 32_000, "eac3": 32_000}
"""Samples of a second where an encoder does not take RATE."""


@cache
def recording(place: int) -> bytes:
    """A small recording of one of the forms: noise with a pause."""
    muxer, codec = FORMS[place]
    sound = np.concatenate([noise(0.3, 0.1), np.zeros(RATE // 4), noise(0.25, 0.1)])
    return encoded(wave(sound), muxer, codec, LOWEST_RATES.get(codec, RATE))


def mutated(seed: int) -> bytes:
    """A recording with something in it changed, removed, repeated or joined."""
    chance = random.Random(seed)  # which a seed has to repeat
    data = bytearray(recording(seed % len(FORMS)))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(min(len(data), 512)) if chance.random() < 0.6 else chance.randrange(len(data))
        length = chance.choice((1, 1, 2, 4, 8, 64, 1024))
        match chance.randrange(8):
            case 0:
                data[at : at + length] = chance.randbytes(len(data[at : at + length]))
            case 1:
                data[at : at + 4] = chance.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\x01")
                )
            case 2:
                data[at] ^= 1 << chance.randrange(8)
            case 3:
                del data[at : at + length]
            case 4:
                data[at:at] = chance.randbytes(length)
            case 5:
                data[at:at] = data[at : at + length * 8]
            case 6:
                data = data[: max(1, at)] if chance.random() < 0.3 else data + bytes(length)
            case _:
                other = recording(chance.randrange(len(FORMS)))
                data += other[: chance.randrange(len(other))] if chance.random() < 0.5 else other
    return bytes(data)


def attempts(seed: int, data: bytes, folder: Path) -> list[Callable[[], object]]:
    """All that opens a recording; what takes longest only of some seeds."""

    def cut() -> None:
        file = io.BytesIO(data)
        found = scan(file)
        parts = spans(found if seed % 2 == 0 else evolve(found, intact_until=0.0), longest=LONGEST)
        pieces = write_pieces(file, parts, folder, most=12_000 if seed % 5 == 1 else None)
        for piece in islice(pieces, MOST_PIECES):
            assert piece.path.stat().st_size == piece.size
            piece.path.unlink()

    def transcode() -> None:
        source = folder / "source"
        source.write_bytes(data)
        for _ in islice(audio.transcode(source, audio.ENCODINGS["mp3"], start=0.2), MOST_BLOCKS):
            pass

    tell = [survey, duration, decoded_duration, repair, missing, fill_length]
    return [
        *[lambda how=how: cast("Any", how)(io.BytesIO(data)) for how in tell],
        lambda: named("talk.mp3", data[:512]),
        lambda: foreign(data[:512]),
        cut,
        *[transcode] * (seed % 5 == 0),
    ]


def tried(seed: int) -> str | None:
    """What went wrong with a mutation, if anything did."""
    with tempfile.TemporaryDirectory() as folder:
        for attempt in attempts(seed, mutated(seed), Path(folder)):
            try:
                attempt()
            except (TonearmError, AudioError):
                continue
            except Exception:
                return traceback.format_exc()
        left = {path.name for path in Path(folder).iterdir()} - {"source"}
        return f"left {left}" if left else None


def peak() -> int:
    """The most memory in MiB since the last call; ru_maxrss would count that of the process before it."""
    most = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024
    Path("/proc/self/clear_refs").write_text("5")
    return most


def main(seeds: list[int]) -> None:
    """Try some seeds."""
    logging.disable()
    av.logging.set_level(None)
    for seed in seeds:
        print(json.dumps({"seed": seed}), flush=True)
        faulthandler.dump_traceback_later(HANGS, exit=True)
        print(json.dumps({"seed": seed, "trouble": tried(seed), "peak": peak()}), flush=True)


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]])
