"""Opens mutations of small recordings in every way, in a process of its own, as FFmpeg may end it.

python -m tests.fuzz.mutations FIRST COUNT: one line for each seed before it is tried, then `peak MIB`.
"""

import faulthandler
import io
import logging
import random
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, cast

import av
import numpy as np

from tests.media.recordings import RATE, encoded, noise, wave
from tonearm import TonearmError
from tonearm._audio import (
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
from tonearm.sandbox import audio
from tonearm.sandbox.recording import AudioError

SECONDS, LONGEST = 2.5, 60
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


@cache
def recording(place: int) -> bytes:
    """A small recording of one of the forms: noise with a pause."""
    muxer, codec = FORMS[place]
    rate = 48_000 if codec == "libopus" else 44_100
    sound = np.concatenate([noise(1, 0.1), np.zeros(RATE // 2), noise(SECONDS - 1.5, 0.1)])
    return encoded(wave(sound), muxer, codec, rate)


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


def attempts(data: bytes, folder: Path, *, transcodes: bool) -> list[Callable[[], object]]:
    """All that opens a recording; the sandbox's encoder, which takes longest, only with `transcodes`."""

    def cut() -> None:
        file = io.BytesIO(data)
        parts = spans(scan(file), longest=1.0)
        for piece in islice(write_pieces(file, parts, folder), LONGEST):
            assert piece.path.stat().st_size == piece.size
            piece.path.unlink()

    def transcode() -> None:
        source = folder / "source"
        source.write_bytes(data)
        for _ in islice(audio.transcode(source, audio.ENCODINGS["mp3"], start=0.6), 2000):
            pass

    tell = [survey, duration, decoded_duration, repair, missing, fill_length]
    return [
        *[lambda how=how: cast("Any", how)(io.BytesIO(data)) for how in tell],
        lambda: named("talk.mp3", data[:512]),
        lambda: foreign(data[:512]),
        cut,
        *[transcode] * transcodes,
    ]


def main(first: int, count: int) -> None:
    """Try some seeds."""
    logging.disable()
    av.logging.set_level(None)
    for seed in range(first, first + count):
        print(seed, FORMS[seed % len(FORMS)], flush=True)
        faulthandler.dump_traceback_later(120, exit=True)  # a hang ends the process, which has named its seed
        with tempfile.TemporaryDirectory() as folder:
            for attempt in attempts(mutated(seed), Path(folder), transcodes=seed % 5 == 0):
                try:
                    attempt()
                except (TonearmError, AudioError):
                    continue
            assert [path.name for path in Path(folder).iterdir()] in ([], ["source"])
    # ru_maxrss would be no measure: a program inherits that of the process which started it, here a whole run of tests.
    peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    print("peak", int(peak) // 1024, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
