"""Long speech that is interrupted, answered oddly or asked for twice at once: no finished piece is paid for again."""

import asyncio
import errno
import io
import os
import signal
import stat
import struct
import subprocess
import sys
import threading
import wave
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import sin, tau
from pathlib import Path
from typing import Any

import av
import pytest
from attrs import define, field

from tests.inside.openai import samples, save, script
from tests.openai.both import QUICK, Way, asynchronous, blocking, both
from tests.openai.long_speech import SETTINGS, VOICE, Spoken, asked, long_text
from tests.wire.recorder import CUT, Received, Recorder, answer
from tonearm import (
    AsyncOpenAI,
    BadRequest,
    ConfigurationError,
    ConnectionFailed,
    InvalidInput,
    OpenAI,
    Progress,
    RateLimited,
    Truncated,
    Unauthorized,
    UnexpectedAnswer,
    WorkInterrupted,
    sandbox,
)
from tonearm.openai import SpokenFile
from tonearm.sandbox import Fault, audio, marker

TEXT, PIECE = long_text(600), 100
TEXTS = script(TEXT, PIECE, None, None)
TOTAL = len(TEXTS)
TRUE = [word.text for word in Spoken(TEXT, PIECE).whole.words]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "tonearm"


def sound(text: str) -> bytes:
    """Speech as servers stream it: a WAV file whose sizes are not known yet."""
    samples = b"".join(marker.speak(text, rate=24_000))
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 24_000, 48_000, 2, 16)
    size = struct.pack("<I", 0xFFFFFFFF)
    return b"RIFF" + size + b"WAVE" + form + b"data" + size + samples


def spoken(body: bytes, **more: Any) -> bytes:
    return answer(body, content_type="audio/wav", **more)


@define
class Voice:
    """A server that speaks, and counts how often it was asked for each piece; `trouble` may answer instead."""

    trouble: Callable[[str, int], Any] = lambda text, count: None
    asked: Counter[str] = field(factory=Counter[str])
    paid: Counter[str] = field(factory=Counter[str])
    lock: Any = field(factory=threading.Lock)

    def __call__(self, request: Received) -> Any:
        text = request.json()["input"]
        with self.lock:
            self.asked[text] += 1
            found = self.trouble(text, self.asked[text])
            if found is None:
                self.paid[text] += 1
        return spoken(sound(text)) if found is None else found


def speak(way: Way, url: str, to: Path, text: str = TEXT, **options: Any) -> SpokenFile:
    options = {"piece": PIECE, **options}
    settings = SETTINGS | {name: options.pop(name) for name in ("api_key", "headers") if name in options}
    found: SpokenFile = way(lambda ai: ai.speak(text, to, voice=VOICE, **options), url, **settings)
    return found


def heard(path: Path) -> list[str]:
    return [word.text for word in marker.listen(audio.decode(path))]


def kept(state: Path) -> list[str]:
    """The names of the pieces that a call left in the folder for state."""
    return sorted(path.name for path in state.glob("*/*.wav"))


REFUSED = answer(status=400, json={"error": {"message": "no such voice"}})
NO_MONEY = answer(status=429, json={"error": {"message": "no credit", "code": "insufficient_quota"}})


@both
@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("failing", [REFUSED, NO_MONEY, (spoken(b"RIFF", length=5000), CUT), spoken(b"{}")])
def test_what_is_finished_is_kept_and_the_same_call_asks_for_the_rest(
    failing: Any, workers: int, way: Way, tmp_path: Path, state: Path
) -> None:
    voice = Voice(lambda text, count: failing if text == TEXTS[4] else None)
    target = tmp_path / "a.wav"
    target.write_bytes(b"as before")
    with Recorder(voice) as server:
        with pytest.raises(WorkInterrupted, match="are kept in") as caught:
            speak(way, server.url, target, workers=workers)
        assert caught.value.total == TOTAL
        assert caught.value.done == len(kept(state)) >= 1
        assert caught.value.state.parent == state
        assert isinstance(caught.value.__cause__, (BadRequest, RateLimited, ConnectionFailed, UnexpectedAnswer))
        assert target.read_bytes() == b"as before"
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.wav"]
        first = {TEXTS[int(name[:5])] for name in kept(state)}
        assert set(voice.paid) == first
        voice.trouble = lambda text, count: None
        voice.paid.clear()
        assert speak(way, server.url, target, workers=workers).pieces == TOTAL
    assert set(voice.paid) == set(TEXTS) - first
    assert heard(target) == TRUE
    assert list(state.iterdir()) == []


@both
def test_a_full_disk_loses_nothing_that_is_paid_for(
    way: Way, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    voice, target = Voice(), tmp_path / "a.wav"
    target.write_bytes(b"as before")
    with Recorder(voice) as server:
        with monkeypatch.context() as patch:
            patch.setattr(samples, "write", full)
            with pytest.raises(WorkInterrupted, match="No space left") as caught:
                speak(way, server.url, target)
        assert caught.value.done == TOTAL == len(kept(state))
        assert target.read_bytes() == b"as before"
        assert speak(way, server.url, target).pieces == TOTAL
    assert voice.asked == Counter(TEXTS)


@both
def test_no_more_is_asked_for_once_the_money_is_gone(way: Way, tmp_path: Path) -> None:
    voice = Voice(lambda text, count: NO_MONEY if text == TEXTS[2] else None)
    with Recorder(voice) as server, pytest.raises(WorkInterrupted, match="no credit"):
        speak(way, server.url, tmp_path / "a.wav", workers=1)
    assert voice.asked == Counter(TEXTS[:3])


@both
def test_what_has_no_letter_is_a_pause_and_no_request(way: Way, tmp_path: Path) -> None:
    voice, rule = Voice(), "-" * 250
    with Recorder(voice) as server:
        spoken = speak(way, server.url, tmp_path / "a.wav", f"{rule}\n\n{TEXTS[0]}\n\n{rule}\n\n{TEXTS[1]}\n\n* * *")
        with pytest.raises(InvalidInput, match="nothing to speak"):
            speak(way, server.url, tmp_path / "a.wav", rule)
    assert sorted(voice.asked) == sorted([TEXTS[0], TEXTS[1]])
    each = [Spoken(text, PIECE).whole for text in voice.asked]
    assert (spoken.pieces, spoken.duration) == (2, pytest.approx(sum(one.duration for one in each) + 1.0, abs=0.001))
    assert heard(spoken.path) == [word.text for text in TEXTS[:2] for word in Spoken(text, PIECE).whole.words]


HEADED = f"{TEXTS[0]}\n\n# Two\n\n{TEXTS[1]}"


def test_what_version_0_1_cut_behind_a_heading_is_finished_as_it_was_begun(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = len(TEXTS[0]) + 10
    now, before = script(HEADED, room, None, None), script(HEADED, room, None, None, version_0_1=True)
    assert now != before
    voice = Voice(lambda text, count: REFUSED if text == before[-1] else None)
    for given in ({}, {"state": tmp_path / "here"}):
        with Recorder(voice) as server:
            with monkeypatch.context() as patch:
                patch.setattr(save, "script", partial(script, version_0_1=True))
                with pytest.raises(WorkInterrupted):
                    speak(blocking, server.url, tmp_path / "a.wav", HEADED, piece=room, workers=1, **given)
            voice.asked.clear()
            voice.trouble = lambda text, count: None
            assert speak(blocking, server.url, tmp_path / "a.wav", HEADED, piece=room, **given).pieces == len(before)
            assert set(voice.asked) == {before[-1]}
            voice.asked.clear()
            assert speak(blocking, server.url, tmp_path / "a.wav", HEADED, piece=room, **given).pieces == len(now)
            assert set(voice.asked) == set(now)
            voice.trouble = lambda text, count: REFUSED if text == before[-1] else None


@both
def test_a_refusal_of_the_first_piece_is_told_as_it_is(way: Way, tmp_path: Path, state: Path) -> None:
    refusal = answer(status=401, json={"error": {"message": "wrong key"}})
    with Recorder(lambda _: refusal) as server, pytest.raises(Unauthorized, match="wrong key"):
        speak(way, server.url, tmp_path / "a.wav")
    assert list(state.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


@both
@pytest.mark.parametrize("workers", [1, 4])
def test_a_fault_on_every_third_request_is_not_noticed(workers: int, way: Way, tmp_path: Path, state: Path) -> None:
    faults = [
        answer(status=503, headers={"Retry-After": "0"}),
        (spoken(sound("half")[:900], length=5000), CUT),
        (CUT,),
        answer(status=429),
    ]
    seen: list[str] = []

    def trouble(text: str, count: int) -> Any:
        seen.append(text)
        return faults[len(seen) // 3 % len(faults)] if len(seen) % 3 == 0 else None

    voice = Voice(trouble)
    with Recorder(voice) as server:
        file = speak(way, server.url, tmp_path / "a.wav", workers=workers)
    assert voice.paid == Counter(TEXTS)
    assert len(seen) == TOTAL + (len(seen) // 3) > TOTAL
    assert heard(file.path) == TRUE


# Left, stopped, killed


@both
@pytest.mark.parametrize("kind", [KeyboardInterrupt, ZeroDivisionError])
@pytest.mark.parametrize("phase", ["speak", "encode"])
def test_what_progress_raises_stops_and_keeps_what_is_finished(
    phase: str, kind: type[BaseException], way: Way, tmp_path: Path, state: Path
) -> None:
    voice = Voice()

    def report(progress: Progress) -> None:
        if (progress.phase, progress.done) == (phase, 3):
            raise kind

    with Recorder(voice) as server:
        with pytest.raises(kind):
            speak(way, server.url, tmp_path / "a.mp3", workers=1, on_progress=report)
        before = {TEXTS[int(name[:5])] for name in kept(state)}
        assert len(before) >= 3
        assert [path.name for path in tmp_path.iterdir()] == ["state"]
        voice.paid.clear()
        seen: list[Progress] = []
        speak(way, server.url, tmp_path / "a.mp3", workers=1, on_progress=seen.append)
    assert voice.paid == Counter(set(TEXTS) - before)
    assert seen[0] == Progress("speak", len(before), TOTAL, None, TOTAL, "pieces")
    assert heard(tmp_path / "a.mp3") == TRUE


def test_a_cancelled_task_keeps_what_is_finished(tmp_path: Path, state: Path) -> None:
    voice = Voice()

    async def perform(url: str) -> None:
        reached = asyncio.Event()

        def report(progress: Progress) -> None:
            if progress.done == 2:
                reached.set()

        async with AsyncOpenAI(base_url=url, retry=QUICK, **SETTINGS) as ai:
            speaking = ai.speak(TEXT, tmp_path / "a.wav", voice=VOICE, piece=PIECE, on_progress=report)
            task = asyncio.create_task(speaking)
            await reached.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with Recorder(voice) as server:
        asyncio.run(perform(server.url))
        before = {TEXTS[int(name[:5])] for name in kept(state)}
        assert len(before) >= 2
        voice.paid.clear()
        assert heard(speak(asynchronous, server.url, tmp_path / "a.wav").path) == TRUE
    assert set(voice.paid) == set(TEXTS) - before


PROGRAM = """
import asyncio, sys
from pathlib import Path
from tests.openai.both import asynchronous, blocking
from tests.openai.test_speak_long_faults import speak

way = {"blocking": blocking, "asynchronous": asynchronous}[sys.argv[1]]
speak(way, sys.argv[2], Path(sys.argv[3]), on_progress=lambda progress: print(progress.done, flush=True))
"""


@both
@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("after", [1, TOTAL - 2])
def test_a_process_that_is_killed_has_lost_nothing(after: int, way: Way, tmp_path: Path, state: Path) -> None:
    with sandbox.start() as box:
        last = Fault(path="*/speech", skip=TOTAL - 1, delay=60)  # one piece is still to come when the end does
        with box.faults(last, unused_ok=True):
            command = [sys.executable, "-c", PROGRAM, way.__name__, box.openai_url, str(tmp_path / "a.wav")]
            folder = Path(__file__).parents[2]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    if int(line) == after:
                        process.send_signal(signal.SIGKILL)
                        break
        done = len(kept(state))
        assert after <= done < TOTAL
        assert not (tmp_path / "a.wav").exists()
        again = speak(way, box.openai_url, tmp_path / "a.wav", headers={"X-Run": "again"})
        assert heard(again.path) == TRUE
        # The server may note only now what the killed process had sent last.
        anew = [exchange for exchange in asked(box) if ("x-run", "again") in exchange.headers]
        assert len(anew) == TOTAL - done
    assert list(state.iterdir()) == []


# The state


def interrupt(way: Way, url: str, to: Path, **options: Any) -> None:
    def report(progress: Progress) -> None:
        if progress.done == 3:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        speak(way, url, to, workers=1, on_progress=report, **options)


@both
def test_state_is_private_and_holds_neither_key_nor_text(way: Way, tmp_path: Path, state: Path) -> None:
    with Recorder(Voice()) as server:
        interrupt(way, server.url, tmp_path / "a.wav", api_key="sk-very-secret")
    (folder,) = state.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["00000.wav", "00001.wav", "00002.wav", "job.jsonl"]
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"secret" not in file.read_bytes()
    assert b"Amber" not in files[-1].read_bytes()


@pytest.mark.parametrize(
    "other",
    [
        {"text": TEXT.replace("amber", "ember")},
        {"voice": "nova"},
        {"speed": 1.5},
        {"model": "tts-1"},
        {"instructions": "slowly"},
        {"extra": {"seed": 1}},
        {"piece": PIECE // 2},
    ],
)
def test_finished_pieces_are_for_the_same_text_spoken_in_the_same_way(
    other: dict[str, Any], tmp_path: Path, state: Path
) -> None:
    folder = tmp_path / "kept"
    voice = Voice()
    with Recorder(voice) as server, OpenAI(base_url=server.url, **SETTINGS) as ai:
        interrupt(blocking, server.url, tmp_path / "a.wav", state=folder)
        count = sum(voice.asked.values())
        with pytest.raises(InvalidInput, match="belongs to another text"):
            ai.speak(
                **{"text": TEXT, "voice": VOICE, "piece": PIECE, "to": tmp_path / "a.wav", "state": folder, **other}
            )
        assert sum(voice.asked.values()) == count
        file = speak(blocking, server.url, tmp_path / "b.flac", state=folder)  # another file of the same is in order
    assert voice.paid == Counter(TEXTS)
    assert heard(file.path) == TRUE
    assert not folder.exists()
    assert not state.exists()


@both
def test_two_calls_at_once_are_not_let_at_the_same_pieces(way: Way, tmp_path: Path) -> None:
    voice, refused = Voice(), list[InvalidInput]()
    with Recorder(voice) as server:

        def report(progress: Progress) -> None:
            with pytest.raises(InvalidInput, match="another transfer uses") as caught:
                speak(blocking, server.url, tmp_path / "b.wav")
            refused.append(caught.value)

        file = speak(way, server.url, tmp_path / "a.wav", on_progress=report)
    assert len(refused) == 2 * TOTAL
    assert voice.paid == Counter(TEXTS)
    assert heard(file.path) == TRUE
    assert not (tmp_path / "b.wav").exists()


def test_a_folder_on_a_full_disk_is_refused_before_anything_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with Recorder([]) as server, pytest.raises(InvalidInput, match=r"cannot be written: .*No space left"):
        speak(blocking, server.url, tmp_path / "a.wav", state=tmp_path / "folder")
    assert server.requests == []
    assert not (tmp_path / "a.wav").exists()
    assert not list((tmp_path / "folder").glob("*"))


@pytest.mark.parametrize("trouble", ["a file", "other files", "below a file", "another record", "too long"])
def test_a_folder_that_is_not_for_this_is_left_alone(trouble: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    if trouble in ("a file", "below a file"):
        folder.write_text("mine")
    elif trouble == "too long":
        folder = tmp_path / ("x" * 300)
    else:
        folder.mkdir()
        (folder / ("job.jsonl" if trouble == "another record" else "mine")).write_text('{"mine": 1}\n')
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with Recorder([]) as server, pytest.raises(InvalidInput):
        speak(blocking, server.url, tmp_path / "a.wav", state=folder / "x" if trouble == "below a file" else folder)
    assert server.requests == []
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_kept_piece_that_is_damaged_is_asked_for_again(tmp_path: Path, state: Path) -> None:
    voice = Voice()
    with Recorder(voice) as server:
        interrupt(blocking, server.url, tmp_path / "a.wav")
        (folder,) = state.iterdir()
        (folder / "00001.wav").write_bytes(b"RIFF")
        (folder / ".00007.wav.0a1b2c3d.part").write_bytes(b"of a process that was killed")
        voice.paid.clear()
        file = speak(blocking, server.url, tmp_path / "a.wav")
    assert voice.paid == Counter({*TEXTS[3:], TEXTS[1]})
    assert heard(file.path) == TRUE
    assert list(state.iterdir()) == []


def test_a_kept_piece_that_changes_meanwhile_is_not_joined(tmp_path: Path, state: Path) -> None:
    def report(progress: Progress) -> None:
        if (progress.phase, progress.done) == ("speak", TOTAL):
            next(state.glob("*/00001.wav")).write_bytes(b"RIFF")

    with Recorder(Voice()) as server, pytest.raises(InvalidInput, match="is not the chunk of speech that it was"):
        speak(blocking, server.url, tmp_path / "a.wav", on_progress=report)


def test_a_target_that_cannot_be_written_is_refused_before_anything_is_paid(tmp_path: Path, state: Path) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput, match="cannot be written"):
        speak(blocking, server.url, tmp_path / "no" / "folder" / "a.wav")
    assert server.requests == []
    assert not state.exists()


# What servers answer instead of plain WAV


def tone(rate: int, channels: int, seconds: float = 0.5, *, frequency: float = 440.0, phase: float = 0.25) -> list[int]:
    count = round(rate * seconds)
    values = [round(8000 * sin(tau * (frequency * place / rate + phase))) for place in range(count)]
    return [value for value in values for _ in range(channels)]


def wav(values: list[int], rate: int, channels: int, *, width: int = 2) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.setframerate(rate)
        writer.writeframes(
            b"".join((value << 8 * (width - 2)).to_bytes(width, "little", signed=True) for value in values)
        )
    return file.getvalue()


def mp3(values: list[int], rate: int) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        frame = av.AudioFrame("s16", "mono", len(values))
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        frame.planes[0].update(struct.pack(f"<{len(values)}h", *values))
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


ODD: dict[str, bytes] = {
    "mp3": mp3(tone(24_000, 1), 24_000),
    "24 bit": wav(tone(24_000, 1), 24_000, 1, width=3),
    "another rate": wav(tone(16_000, 1), 16_000, 1),
    "two channels": wav(tone(24_000, 2), 24_000, 2),
    "four channels": wav(tone(24_000, 4), 24_000, 4),
    "two channels of 44.1 kHz": wav(tone(44_100, 2), 44_100, 2),
}


@both
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("kind", ODD)
def test_pieces_of_different_kinds_are_joined_all_the_same(kind: str, place: int, way: Way, tmp_path: Path) -> None:
    plain = wav(tone(24_000, 1), 24_000, 1)
    replies = [plain, plain, plain]
    replies[place] = ODD[kind]
    with Recorder([spoken(reply) for reply in replies]) as server:
        file = speak(way, server.url, tmp_path / "a.wav", "One. Two. Three.", piece=6, workers=1)
    with wave.open(str(file.path)) as reader:
        rate, channels, frames = reader.getframerate(), reader.getnchannels(), reader.getnframes()
        values = struct.unpack(f"<{frames * channels}h", reader.readframes(frames))
    assert file.duration == frames / rate == pytest.approx(1.5, abs=0.001)
    assert (rate, channels) == {
        (0, "another rate"): (16_000, 1),
        (0, "two channels"): (24_000, 2),
        (0, "four channels"): (24_000, 2),
        (0, "two channels of 44.1 kHz"): (44_100, 2),
    }.get((place, kind), (24_000, 1))
    assert max(values) == pytest.approx(8000, rel=0.3)
    for seam in (0.5, 1.0):
        at = round(seam * rate) * channels
        edge = values[at - 2 * channels : at + 2 * channels]
        assert max(abs(one - other) for one, other in zip(edge, edge[channels:], strict=False)) <= 100


def test_raw_samples_have_one_rate_whatever_the_server_answers(tmp_path: Path) -> None:
    with Recorder([spoken(ODD["two channels of 44.1 kHz"])] * 2) as server:
        file = speak(blocking, server.url, tmp_path / "a.pcm", "One. Two.", piece=5, workers=1)
    assert file.duration == pytest.approx(1.0, abs=0.001)
    assert file.size == file.duration * 48_000


def test_samples_without_a_header_are_joined_at_their_rate(tmp_path: Path) -> None:
    raw = answer(b"\x01\x00" * 8000, content_type="audio/pcm", headers={"X-Sample-Rate": "16000"})
    with Recorder([raw] * 2) as server:
        file = speak(blocking, server.url, tmp_path / "a.wav", "One. Two.", piece=5, workers=1)
    assert (file.duration, audio.probe(file.path).sample_rate) == (1.0, 16_000)


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"RIFF\0\0\0\0WAVEjunk", UnexpectedAnswer, "cannot be read as audio"),
        (b"anything at all" * 100, UnexpectedAnswer, "text, not audio"),
        (b"\0\1\2" * 100, UnexpectedAnswer, "neither wav nor any other audio"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n", UnexpectedAnswer, "text, not audio"),
        (wav([], 24_000, 1), Truncated, "no audio"),
        (wav([500] * 5000, 24_000, 1)[:-20], Truncated, "lacks 20 bytes"),
        (b"", Truncated, "no audio"),
        (b'{"error": "busy"}', UnexpectedAnswer, "text, not audio"),
    ],
)
@both
def test_what_is_no_speech_is_not_joined(
    body: bytes, kind: type[Exception], words: str, way: Way, tmp_path: Path, state: Path
) -> None:
    with Recorder([spoken(body)]) as server, pytest.raises(kind, match=words):
        speak(way, server.url, tmp_path / "a.wav", workers=1)
    assert list(state.iterdir()) == []


# Seams


@pytest.mark.parametrize("suffix", ["wav", "flac", "mp3", "opus", "m4a"])
def test_pieces_that_begin_and_end_loudly_are_joined_without_a_click(suffix: str, tmp_path: Path) -> None:
    loud = wav(tone(24_000, 1), 24_000, 1)  # begins and ends at its highest sample
    with Recorder([spoken(loud)] * 3) as server:
        file = speak(blocking, server.url, tmp_path / f"a.{suffix}", "One. Two. Three.", piece=6, workers=1)
    values = struct.unpack("<36000h", b"".join(audio.decode(file.path, rate=24_000))[:72_000])
    assert file.duration == 1.5
    for seam in (12_000, 24_000):
        assert max(abs(values[at] - values[at - 1]) for at in (seam - 1, seam, seam + 1)) <= 100
        assert max(map(abs, values[seam - 400 : seam - 150])) > 7000  # all but five milliseconds is as loud as before
    assert abs(values[0]) > 4000 or suffix not in ("wav", "flac")  # there is no seam at the beginning


def test_what_begins_and_ends_quietly_is_not_touched(tmp_path: Path) -> None:
    quiet = [40, *tone(24_000, 1, phase=0.0), -40]
    with Recorder([spoken(wav(quiet, 24_000, 1))] * 3) as server:
        file = speak(blocking, server.url, tmp_path / "a.pcm", "One. Two. Three.", piece=6, workers=1)
    assert file.path.read_bytes() == struct.pack(f"<{3 * len(quiet)}h", *3 * quiet)


# Without the extra, and what is refused


@both
def test_a_long_text_needs_the_extra(way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentencex", None)
    with (
        Recorder([]) as server,
        pytest.raises(ConfigurationError, match=r"sentencex .*pip install 'tonearm\[media\]'"),
    ):
        speak(way, server.url, tmp_path / "a.wav")
    assert server.requests == []


@both
def test_wav_is_joined_without_an_encoder(way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with Recorder(Voice()) as server:
        file = speak(way, server.url, tmp_path / "a.wav")
        with pytest.raises(ConfigurationError, match=r"to encode and decode audio, av .*pip install"):
            speak(way, server.url, tmp_path / "a.mp3")
        assert len(server.requests) == TOTAL
    with Recorder([spoken(ODD["mp3"])]) as server, pytest.raises(ConfigurationError, match="to encode and decode"):
        speak(way, server.url, tmp_path / "b.wav", workers=1)
    monkeypatch.undo()
    assert heard(file.path) == TRUE


REFUSED_INPUT: dict[str, tuple[dict[str, Any], str]] = {
    "no workers": ({"workers": 0}, "workers must be between 1 and 32"),
    "a piece of nothing": ({"piece": 0}, "piece must be at least 1"),
    "a piece that is no number": ({"piece": "all"}, "piece must be a whole number"),
    "a bit rate of nothing": ({"bit_rate": 0, "format": "mp3"}, "bit_rate must be at least 1"),
    "a bit rate of samples": ({"bit_rate": 64_000, "format": "wav"}, "bit_rate has no use for wav"),
    "a bit rate of FLAC": ({"bit_rate": 64_000, "format": "flac"}, "bit_rate has no use for flac"),
    "a bit rate that no encoder has": ({"bit_rate": 7, "format": "opus"}, "opus cannot be encoded"),
    "no language": ({"language": "not a language"}, "language must be a BCP 47 tag"),
    "an unknown format": ({"format": "midi"}, "got 'midi'"),
    "a text of nothing": ({"text": " " * 5000}, "there is nothing to speak"),
    "UTF-8 can encode": ({"text": "\ud83d" * 5000}, "UTF-8 can encode"),
    "bytes": ({"text": b"x" * 5000}, "text must be a text"),
}


@both
@pytest.mark.parametrize("name", REFUSED_INPUT)
def test_what_cannot_be_is_refused_before_anything_is_sent(name: str, way: Way, tmp_path: Path, state: Path) -> None:
    options, words = REFUSED_INPUT[name]
    with Recorder([]) as server, pytest.raises(InvalidInput, match=words):
        speak(way, server.url, tmp_path / "a", **{"format": "wav", **options})
    assert server.requests == []
    assert not state.exists()


def test_a_piece_may_not_be_longer_than_openai_takes(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="piece must be between 1 and 4096, got 4097"):
        speak(blocking, "https://api.openai.com/v1", tmp_path / "a.wav", "x", piece=4097)


@pytest.mark.parametrize(
    ("text", "options", "sizes"),
    [
        ("x" * 4096, {}, [4096]),
        ("x" * 4097, {}, [2500, 1597]),
        ("x" * 4097, {"piece": 5000}, [4097]),
        ("\u0434" * 4096, {}, [4096]),
        ("\u0434" * 4097, {}, [2250, 1847]),
        ("\u6771" * 2730, {}, [2730]),
        ("\u6771" * 2731, {}, [1500, 1231]),
        ("\u6771" * 2731, {"piece": 2731}, [2731]),
    ],
)
def test_a_text_that_fits_goes_in_one_request(
    text: str, options: dict[str, Any], sizes: list[int], tmp_path: Path
) -> None:
    plain = spoken(wav(tone(24_000, 1, 0.1), 24_000, 1))
    with Recorder([plain] * len(sizes)) as server, OpenAI(base_url=server.url, **SETTINGS) as ai:
        assert ai.speak(text, tmp_path / "a.wav", voice=VOICE, workers=1, **options).pieces == len(sizes)
    assert [len(request.json()["input"]) for request in server.requests] == sizes
    assert {request.json()["response_format"] for request in server.requests} == {"wav"}


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        (None, ["Ein Satz. Siehe Abs.", "3 im Gesetz."]),
        ("de", ["Ein Satz.", "Siehe Abs. 3 im Gesetz."]),
        ("de-AT", ["Ein Satz.", "Siehe Abs. 3 im Gesetz."]),
    ],
)
def test_sentences_end_by_the_rules_of_the_language(language: str | None, pieces: list[str], tmp_path: Path) -> None:
    plain = spoken(wav(tone(24_000, 1, 0.1), 24_000, 1))
    text = "Ein Satz. Siehe Abs. 3 im Gesetz."
    with Recorder([plain] * 2) as server:
        speak(blocking, server.url, tmp_path / "a.wav", text, piece=25, workers=1, language=language)
    assert [request.json()["input"] for request in server.requests] == pieces
