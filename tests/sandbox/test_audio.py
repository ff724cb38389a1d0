"""Decoding, encoding, speech and recognition, without a server."""

import shutil
import struct
from array import array
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

import psutil
import pytest

from tonearm.sandbox import audio, library, recogniser, utterances, voices
from tonearm.sandbox.audio import Encoding
from tonearm.sandbox.recogniser import Recogniser, RecogniserFailed
from tonearm.sandbox.recording import AudioError

CLIP = library.PACKAGED / "history.flac"
EVENING = library.PACKAGED / "evening.flac"
RATE = audio.SPEECH_RATE
SILENCE = bytes(2 * RATE)

needs_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="needs flite on PATH (Debian package flite)")


def seconds(blocks: Iterable[bytes], rate: int = RATE) -> float:
    return sum(map(len, blocks)) / 2 / rate


def words_of(clip: Path) -> list[str]:
    return clip.with_suffix(".txt").read_text().lower().replace(".", "").split()


def right(heard: list[str], said: list[str]) -> float:
    """The part of what was said that was heard, in its order."""
    blocks = SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(said)


@pytest.fixture(scope="module")
def stereo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds, 44.1 kHz, two channels."""
    path = tmp_path_factory.mktemp("audio") / "stereo.wav"
    path.write_bytes(b"".join(audio.transcode(CLIP, Encoding("wav", "pcm_s16le", channels=2, sample_rate=44_100))))
    return path


# Decode and encode


def test_a_probe_says_what_a_file_holds(stereo: Path) -> None:
    assert audio.probe(CLIP) == audio.AudioInfo(4.03, "flac", "flac", 16_000, 1)
    info = audio.probe(BytesIO(stereo.read_bytes()))
    assert (info.codec, info.container, info.sample_rate, info.channels) == ("pcm_s16le", "wav", 44_100, 2)
    assert info.duration == pytest.approx(4.03, abs=0.001)


@pytest.mark.parametrize("name", ["flac", "aac", "webm"])
def test_a_duration_is_found_where_no_header_has_it(name: str) -> None:
    streamed = b"".join(audio.transcode(CLIP, audio.ENCODINGS[name]))
    assert audio.probe(BytesIO(streamed)).duration == pytest.approx(4.03, abs=0.1)


def test_decoding_gives_mono_at_the_rate_that_is_asked_for(stereo: Path) -> None:
    assert seconds(audio.decode(stereo)) == pytest.approx(4.03, abs=0.001)
    assert seconds(audio.decode(stereo, rate=24_000), 24_000) == pytest.approx(4.03, abs=0.001)


def test_lossless_encodings_keep_every_sample() -> None:
    samples = b"".join(audio.decode(CLIP))
    for name in ("flac", "wav"):
        assert b"".join(audio.decode(BytesIO(b"".join(audio.transcode(CLIP, audio.ENCODINGS[name]))))) == samples
    assert b"".join(audio.transcode(CLIP, audio.ENCODINGS["pcm"])) == samples


@pytest.mark.parametrize("name", sorted(set(audio.ENCODINGS) - {"pcm"}))
def test_every_format_encodes_samples_that_come_in_blocks_of_any_size(name: str) -> None:
    samples = b"".join(audio.decode(CLIP))
    blocks = [samples[start : start + 777] for start in range(0, len(samples), 777)]
    made = b"".join(audio.encode(blocks, audio.ENCODINGS[name], rate=RATE))
    assert seconds(audio.decode(BytesIO(made))) == pytest.approx(4.03, abs=0.1)


@pytest.mark.parametrize("name", sorted(audio.ENCODINGS))
def test_encoding_gives_its_first_bytes_before_it_has_read_everything(name: str) -> None:
    left = [SILENCE] * 60

    def endless() -> Iterable[bytes]:
        while left:
            yield left.pop()

    blocks = audio.encode(endless(), audio.ENCODINGS[name], rate=RATE)
    for block in blocks:
        if block:
            break
    assert left
    blocks.close()  # type: ignore[attr-defined]  # a generator, which the signature calls an iterator


@pytest.mark.parametrize("name", ["flac", "m4a", "mp3", "opus"])
@pytest.mark.parametrize("start", [0.3, 1.2345])
def test_a_transcode_starts_at_the_sample_that_is_asked_for(name: str, start: float, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(b"".join(audio.transcode(CLIP, audio.ENCODINGS[name])))
    rate = audio.probe(source).sample_rate
    whole = b"".join(audio.decode(source, rate=rate))
    made = b"".join(audio.transcode(source, audio.ENCODINGS["wav"], start=start))
    found = array("h", b"".join(audio.decode(BytesIO(made), rate=rate)))
    expected = array("h", whole[round(start * rate) * 2 :])
    assert len(found) == len(expected)
    assert max(abs(one - other) for one, other in zip(found, expected, strict=True)) <= 1  # as they were rounded


def test_a_streamed_wav_has_no_sizes() -> None:
    head = next(iter(audio.encode([SILENCE], audio.ENCODINGS["wav"], rate=24_000)))[:44]
    riff, riff_size, kind, data, data_size = struct.unpack("<4sI4s24x4sI", head)
    assert (riff, kind, data) == (b"RIFF", b"WAVE", b"data")
    assert (riff_size, data_size) == (0xFFFFFFFF, 0xFFFFFFFF)


def test_channels_and_bit_rate_are_as_asked(stereo: Path) -> None:
    made = b"".join(audio.transcode(stereo, Encoding("mp3", "libmp3lame", bit_rate=64_000, channels=1)))
    assert audio.probe(BytesIO(made)).channels == 1
    assert len(made) * 8 / 4.03 == pytest.approx(64_000, rel=0.1)


def test_samples_of_24_bits_stay_so_in_flac(tmp_path: Path) -> None:
    deep = tmp_path / "deep.wav"
    deep.write_bytes(b"".join(audio.transcode(CLIP, Encoding("wav", "pcm_s24le"))))
    made = b"".join(audio.transcode(deep, audio.ENCODINGS["flac"]))
    bits = ((made[20] & 1) << 4 | made[21] >> 4) + 1  # of a sample, by STREAMINFO
    assert bits == 24


@pytest.mark.parametrize(
    "encoding",
    [
        Encoding("flac", "aac"),
        Encoding("mp3", "aac"),
        Encoding("wav", "nonsense"),
        Encoding("nonsense", "aac"),
        Encoding("mp3", "libmp3lame", channels=6),
    ],
)
def test_an_encoding_that_cannot_be_made_is_an_audio_error(encoding: Encoding) -> None:
    with pytest.raises(AudioError):
        b"".join(audio.transcode(CLIP, encoding))


@pytest.mark.parametrize("data", [b"", b"no audio" * 100])
def test_bytes_that_are_no_audio_are_an_audio_error(data: bytes) -> None:
    with pytest.raises(AudioError):
        audio.probe(BytesIO(data))
    with pytest.raises(AudioError):
        list(audio.decode(BytesIO(data)))


def test_damage_in_the_middle_loses_only_what_was_damaged() -> None:
    whole = b"".join(audio.transcode(CLIP, audio.ENCODINGS["mp3"]))
    middle = len(whole) // 2
    damaged = whole[:middle] + b"\xff" * 300 + whole[middle + 300 :]
    assert seconds(audio.decode(BytesIO(damaged))) == pytest.approx(4.03, abs=0.5)


# Utterances


def test_silence_has_no_utterances_however_long() -> None:
    assert list(utterances.cut([SILENCE] * 60)) == []
    assert list(utterances.cut([])) == []


def test_speech_is_cut_where_it_pauses_and_nothing_is_lost() -> None:
    blocks = [SILENCE, *audio.decode(CLIP), SILENCE, *audio.decode(EVENING), SILENCE]
    whole = b"".join(blocks)
    found = list(utterances.cut(blocks))
    assert len(found) == 2
    assert found[0].start < 1.2 < 4.8 < found[0].end < found[1].start < 6.3 < 9.0 < found[1].end
    for utterance in found:
        first = round(utterance.start * RATE) * 2
        assert utterance.samples == whole[first : first + len(utterance.samples)]


def test_sound_without_a_pause_is_cut_all_the_same() -> None:
    hum = (struct.pack("<h", 5000) + struct.pack("<h", -5000)) * (RATE // 2)
    found = list(utterances.cut([hum] * 70))
    assert len(found) >= 3
    assert max(utterance.end - utterance.start for utterance in found) <= 25.0
    assert sum(len(utterance.samples) for utterance in found) == 70 * len(hum)


# Recognition


@pytest.fixture(scope="module")
def sphinx() -> Iterable[Recogniser]:
    engine = Recogniser()
    yield engine
    engine.close()


@pytest.mark.parametrize("clip", [CLIP, EVENING], ids=["history", "evening"])
def test_the_packaged_clips_are_understood_with_word_times(sphinx: Recogniser, clip: Path) -> None:
    (segment,) = sphinx.recognise(audio.decode(clip))
    assert right(segment.text.split(), words_of(clip)) >= 0.8
    times = [time for word in segment.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= audio.probe(clip).duration
    assert all(0 < word.probability <= 1 for word in segment.words)


def test_times_are_those_of_the_whole_and_an_utterance_does_not_change_the_next(sphinx: Recogniser) -> None:
    (alone,) = sphinx.recognise(audio.decode(EVENING))
    first, second = sphinx.recognise([*audio.decode(CLIP), SILENCE, SILENCE, *audio.decode(EVENING)])
    assert second.text == alone.text
    assert second.start - alone.start == pytest.approx(6.03, abs=0.05)
    assert first.end < second.start


def processes() -> set[psutil.Process]:
    """The worker processes that run; other sandboxes of this run may have theirs, ended ones too."""
    found: set[psutil.Process] = set()
    for process in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):  # a zombie is one, too
            if any("sphinx.py" in word for word in process.cmdline()):
                found.add(process)
    return found


MEETING = """
import os, struct, sys, time
open(f"{folder}/{{os.getpid()}}.here", "w").close()
while sum(name.endswith(".here") for name in os.listdir("{folder}")) < 2:
    time.sleep(0.01)
while head := sys.stdin.buffer.read(4):
    sys.stdin.buffer.read(*struct.unpack(">I", head))
    print('[["met", 0.1, 0.2, 1.0]]', flush=True)
"""
"""A worker that answers once a second one runs."""


def test_a_worker_that_died_is_replaced() -> None:
    engine, others = Recogniser(), processes()
    before = [segment.text for segment in engine.recognise(audio.decode(EVENING))]
    died = processes() - others
    assert died
    for process in died:
        process.kill()
    assert [segment.text for segment in engine.recognise(audio.decode(EVENING))] == before
    assert not any(process.is_running() for process in died)
    engine.close()


def test_a_recogniser_that_was_closed_begins_again() -> None:
    engine = Recogniser()
    engine.close()
    others = processes()
    assert len(list(engine.recognise(audio.decode(EVENING)))) == 1
    (process,) = processes() - others
    engine.close()
    assert not process.is_running()


def test_closing_ends_a_recognition_that_would_never_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(f"import time; open({str(tmp_path / 'runs')!r}, 'w').close(); time.sleep(3600)")
    monkeypatch.setattr(recogniser, "_WORKER", worker)
    engine = Recogniser()
    with ThreadPoolExecutor(1) as threads:
        run = threads.submit(list, engine.recognise(audio.decode(EVENING)))
        while not (tmp_path / "runs").exists():
            wait([run], 0.01)
        engine.close()
        with pytest.raises(RecogniserFailed):
            run.result()


def test_two_utterances_are_recognised_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(MEETING.format(folder=tmp_path))
    monkeypatch.setattr(recogniser, "_WORKER", worker)
    engine = Recogniser()
    with ThreadPoolExecutor(4) as threads:
        runs = [threads.submit(list, engine.recognise(audio.decode(EVENING))) for _ in range(4)]
        assert [[segment.text for segment in run.result()] for run in runs] == [["met"]] * 4
    assert len([*tmp_path.glob("*.here")]) == 2
    engine.close()


def test_a_worker_that_never_answers_rightly_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit(3)")
    monkeypatch.setattr(recogniser, "_WORKER", broken)
    with pytest.raises(RecogniserFailed):
        list(Recogniser().recognise(audio.decode(EVENING)))


# Speech

TEXT = "Please remember to close the window before you leave the house."


@pytest.mark.parametrize("engine", [pytest.param("flite", marks=needs_flite), "espeak"])
def test_an_engine_speaks_and_twice_the_speed_is_about_half_as_long(engine: voices.Engine) -> None:
    usual = seconds(voices.speak(TEXT, engine=engine), voices.SPEECH_RATE)
    fast = seconds(voices.speak(TEXT, speed=2.0, engine=engine), voices.SPEECH_RATE)
    assert 2.0 < usual < 6.0
    assert fast / usual == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("engine", [pytest.param("flite", marks=needs_flite), "espeak"])
@pytest.mark.parametrize("text", ["...", "-help", "\u266b", "--- ;$(ls) `id` \"'", "caf\u00e9 \u2014 \u201cyes\u201d"])
def test_any_text_becomes_some_sound(engine: voices.Engine, text: str) -> None:
    assert any(voices.speak(text, engine=engine))


def test_without_flite_espeak_speaks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    spoken = b"".join(voices.speak(TEXT))
    assert spoken == b"".join(voices.speak(TEXT, engine="espeak"))


@needs_flite
def test_flite_speaks_english_and_leaves_other_scripts_to_espeak() -> None:
    assert b"".join(voices.speak(TEXT)) == b"".join(voices.speak(TEXT, engine="flite"))
    russian = "\u041f\u0440\u0438\u0432\u0435\u0442"
    assert b"".join(voices.speak(russian)) == b"".join(voices.speak(russian, engine="espeak"))


@needs_flite
def test_voices_differ() -> None:
    assert b"".join(voices.speak(TEXT, voice="alloy")) != b"".join(voices.speak(TEXT, voice="onyx"))


@needs_flite
def test_what_flite_says_is_understood(sphinx: Recogniser) -> None:
    spoken = audio.encode(voices.speak(TEXT), Encoding("s16le", "pcm_s16le", sample_rate=RATE), rate=voices.SPEECH_RATE)
    heard = " ".join(segment.text for segment in sphinx.recognise(spoken))
    assert right(heard.split(), TEXT.lower().replace(".", "").split()) >= 0.8


def test_an_engine_that_fails_is_a_speech_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(voices, "_ESPEAK", tmp_path / "missing.py")
    with pytest.raises(voices.SpeechError):
        list(voices.speak(TEXT, engine="espeak"))


# Recordings that others made


@pytest.mark.parametrize(("muxer", "codec"), [("mp3", "libmp3lame"), ("webm", "libopus"), ("ipod", "aac")])
@pytest.mark.parametrize("start", [0.0, 2.0])
@pytest.mark.parametrize("preset", ["mp3", "flac", "opus", "m4a"])
def test_every_preset_encodes_stereo_of_every_kind(
    muxer: str, codec: str, start: float, preset: str, stereo: Path, tmp_path: Path
) -> None:
    source = tmp_path / "song"
    source.write_bytes(b"".join(audio.transcode(stereo, Encoding(muxer, codec))))
    made = b"".join(audio.transcode(source, audio.ENCODINGS[preset], start=start))
    assert seconds(audio.decode(BytesIO(made))) == pytest.approx(4.03 - start, abs=0.15)


@pytest.mark.parametrize("preset", ["mp3", "flac", "opus", "m4a", "wav", "vorbis"])
def test_a_source_without_samples_ends_the_encoder(preset: str, tmp_path: Path) -> None:
    source = tmp_path / "header.wav"
    form = struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    source.write_bytes(b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + form + b"data" + bytes(4))
    encoding = Encoding("ogg", "vorbis", 192_000, 2) if preset == "vorbis" else audio.ENCODINGS[preset]
    with suppress(AudioError):  # as FFmpeg itself refuses to write some containers without a packet
        assert len(b"".join(audio.transcode(source, encoding))) < 20_000


def test_names_that_are_not_utf_8_are_read(stereo: Path, tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_bytes(b"".join(audio.transcode(stereo, audio.ENCODINGS["mp3"])) + b"TAG" + b"Fr\xe8re".ljust(125, b"\0"))
    assert audio.probe(song).duration == pytest.approx(4.03, abs=0.1)


@pytest.mark.parametrize("text", ["ffconcat version 1.0\nfile {path}\n", "#EXTM3U\n#EXTINF:4,\n{path}\n"])
def test_a_playlist_names_no_other_file(text: str, stereo: Path, tmp_path: Path) -> None:
    script = tmp_path / "podcast.mp3"
    script.write_text(text.format(path=stereo))
    with pytest.raises(AudioError):
        audio.probe(script)


@pytest.mark.parametrize("channels", [3, 4, 6, 8, 16])
@pytest.mark.parametrize("name", audio.ENCODINGS)
def test_every_format_takes_any_number_of_channels(name: str, channels: int, tmp_path: Path) -> None:
    form = struct.pack("<HHIIHH", 1, channels, RATE, 2 * channels * RATE, 2 * channels, 16)
    sound = bytes(2 * channels * RATE)
    header = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(sound))
    source = tmp_path / "many.wav"
    source.write_bytes(b"RIFF" + struct.pack("<I", len(header) + len(sound)) + header + sound)
    made = b"".join(audio.transcode(source, audio.ENCODINGS[name]))
    if name != "pcm":  # which has no header
        assert seconds(audio.decode(BytesIO(made))) == pytest.approx(1, abs=0.15)


def test_sound_of_eight_channels_is_read(tmp_path: Path) -> None:
    samples = b"".join(audio.decode(CLIP))
    wide = b"".join(samples[at : at + 2] * 8 for at in range(0, len(samples), 2))
    form = struct.pack("<HHIIHH", 1, 8, RATE, 16 * RATE, 16, 16)
    header = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(wide))
    source = tmp_path / "wide.wav"
    source.write_bytes(b"RIFF" + struct.pack("<I", len(header) + len(wide)) + header + wide)
    planar = tmp_path / "wide.aac"
    planar.write_bytes(b"".join(audio.transcode(source, Encoding("adts", "aac"))))
    for path in (source, planar):
        made = b"".join(audio.transcode(path, Encoding("flac", "flac", channels=2), start=1.0))
        assert seconds(audio.decode(BytesIO(made))) == pytest.approx(3.03, abs=0.15)
