"""Sizes in a file that are larger than the file: nothing takes memory for what is not there."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.inside.audio import scan
from tests.media.recordings import encoded, noise, opened, wave

MOST = 250  # MiB
HUGE = 0x30000000  # bytes that a file of some kilobytes tells of


def big(kind: bytes, size: int) -> bytes:
    return kind + struct.pack(">I", size)


def little(kind: bytes, size: int) -> bytes:
    return kind + struct.pack("<I", size)


def atom(kind: bytes, content: bytes, size: int | None = None) -> bytes:
    return struct.pack(">I", size or 8 + len(content)) + kind + content


def mp4(kind: bytes, content: bytes) -> bytes:
    """A track of AAC with one table that is larger than the file."""
    entry = atom(b"mp4a", bytes(6) + b"\0\1" + bytes(8) + struct.pack(">HHI", 1, 16, 0) + struct.pack(">I", 8000 << 16))
    table = atom(b"stsd", struct.pack(">II", 0, 1) + entry) + atom(kind, content, HUGE)
    media = atom(b"mdhd", struct.pack(">6I", 0, 0, 0, 8000, 8000, 0)) + atom(b"hdlr", bytes(8) + b"soun" + bytes(13))
    track = atom(b"tkhd", bytes(84)) + atom(b"mdia", media + atom(b"minf", atom(b"stbl", table)))
    return atom(b"ftyp", b"M4A \0\0\0\0") + atom(b"moov", atom(b"trak", track))


ADPCM = little(b"fmt ", 16) + struct.pack("<HHIIHH", 0x11, 1, 8000, 4000, 256, 4)
INFO = little(b"LIST", 0x7F000000) + b"INFO" + little(b"INAM", HUGE)
W64 = bytes.fromhex("f3acd3118cd100c04f8edb8a")
CAF = b"caff\0\1\0\0desc" + struct.pack(">QdIIIIII", 32, 8000.0, 0x616C6163, 0, 0, 4096, 1, 16)
FLAC = b"fLaC\0\0\0\x22" + bytes.fromhex("100010000000000000000ac442f000000000") + bytes(16)
COMM = big(b"COMM", 18) + struct.pack(">hIh", 1, 8000, 16) + bytes.fromhex("400bfa00000000000000")
ID3 = b"ID3\x03\0\0\x7f\x7f\x7f\x7f"

FILES = {
    "wav list": little(b"RIFF", 0x7FFFFFFF) + b"WAVE" + ADPCM + INFO,
    "wav list first": little(b"RIFF", 0x7FFFFFFF) + b"WAVE" + INFO + ADPCM,
    "rf64 list": little(b"RF64", 0xFFFFFFFF) + b"WAVE" + ADPCM + INFO,
    "wav behind a tag": b"ID3\x03\0\0\0\0\0\0" + little(b"RIFF", 0x7FFFFFFF) + b"WAVE" + ADPCM + INFO,
    "wav bext": little(b"RIFF", 0x7FFFFFFF) + b"WAVE" + ADPCM + little(b"bext", HUGE) + bytes(700),
    "avi list": little(b"RIFF", 0x7FFFFFFF) + b"AVI " + INFO,
    "w64": bytes.fromhex("726966662e91cf11a5d628db04c10000") + struct.pack("<Q", HUGE) + b"wave" + W64
    + b"fmt " + W64 + struct.pack("<Q", 40) + ADPCM[8:] + b"data" + W64 + struct.pack("<Q", HUGE),
    "aiff name": big(b"FORM", 0x7FFFFFFF) + b"AIFF" + COMM + big(b"NAME", HUGE),
    "caf kuki": CAF + b"kuki" + struct.pack(">Q", HUGE),
    "caf pakt": CAF + b"pakt" + struct.pack(">QQQII", HUGE, 10**8, 10**9, 0, 0),
    "au": b".snd" + struct.pack(">5I", HUGE, 0xFFFFFFFF, 3, 8000, 1),
    "flac picture": FLAC + b"\x86\xff\xff\xff" + struct.pack(">II9s6I", 3, 9, b"image/png", 0, 1, 1, 1, 1, HUGE),
    "flac comment": FLAC + b"\x84\xff\xff\xff" + struct.pack("<I", HUGE),
    "id3 picture": ID3 + big(b"APIC", 0x0F000000) + b"\0\0\0image/png\0\3\0",
    "id3 text": ID3 + big(b"TIT2", 0x0F000000) + bytes(3),
    "matroska private": b"\x1aE\xdf\xa3\x87\x42\x82\x84webm\x18S\x80g\x01\xff\xff\xff\xff\xff\xff\xff\x16T\xaek"
    b"\x08\x30\0\0\x20\xae\x08\x30\0\0\x10\x63\xa2\x08\x0f\xff\xff\0",
    "mp4 sizes": mp4(b"stsz", struct.pack(">III", 0, 0, 10**8)),
    **{f"mp4 {kind}": mp4(kind.encode(), struct.pack(">II", 0, 10**8)) for kind in ("stts", "stco", "stsc", "ctts")},
}  # fmt: skip

PROGRAM = """
import io, json, sys
from pathlib import Path
import av, numpy
from tonearm import InvalidInput
from tonearm._audio import scan

av.logging.set_level(None)
for name in sys.argv[1:]:
    before = int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0])
    Path("/proc/self/clear_refs").write_text("5")
    try:
        scan(io.BytesIO(Path(name).read_bytes()))
    except InvalidInput:
        pass
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
    print(json.dumps([Path(name).name, (peak - before) // 1024]), flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the peak of memory is read from /proc")
def test_sizes_beyond_the_file_take_no_memory(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data + bytes(20_000))
    names = [str(tmp_path / name) for name in FILES]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *names], check=True, stdout=subprocess.PIPE, text=True)
    peaks = dict(json.loads(line) for line in done.stdout.splitlines())
    assert peaks.keys() == FILES.keys()
    assert {name: peak for name, peak in peaks.items() if peak > MOST} == {}


def test_metadata_that_is_cut_off_behind_the_sound_costs_no_sound() -> None:
    data = encoded(wave(noise(2, 0.1)), "wav", "adpcm_ima_wav", 16_000)
    whole = scan(opened(data))
    assert scan(opened(data + little(b"LIST", 500) + b"INFO" + little(b"INAM", 400) + b"a title")) == whole
    assert scan(io.BytesIO(data + INFO)) == whole
