"""Real speech and real recognition: both clients against the sandbox."""

import wave
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import av
import pysubs2
import pytest

from tests.openai.both import Way, both, live
from tonearm import NotFound, Truncated, sandbox
from tonearm.openai import Transcript
from tonearm.sandbox import Sandbox

LIBRARY = Path(sandbox.__file__).parent / "library"
CLIPS = sorted(path.stem for path in LIBRARY.glob("*.flac"))
KEY = {"api_key": "sandbox-key", "transcription_model": "whisper-1", "speech_model": "tts-1"}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox.start() as running:
        yield running


def said(clip: str) -> list[str]:
    return plain((LIBRARY / f"{clip}.txt").read_text())


def plain(text: str) -> list[str]:
    return [word.strip(".,!?").lower() for word in text.split()]


def agreement(found: list[str], true: list[str]) -> float:
    """The part of the true words that was found, in order."""
    blocks = SequenceMatcher(None, found, true, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(true)


@both
@pytest.mark.parametrize("clip", CLIPS)
def test_a_clip_is_understood_with_the_times_of_its_words(clip: str, way: Way, box: Sandbox) -> None:
    note: Transcript = way(lambda ai: ai.transcribe(LIBRARY / f"{clip}.flac", words=True), box.openai_url, **KEY)
    assert agreement(plain(note.text), said(clip)) >= 0.8
    assert note.words
    assert agreement([word.text.lower() for word in note.words], said(clip)) >= 0.8
    assert note.duration is not None
    assert 0 <= note.words[0].start < note.words[-1].end <= note.duration
    assert note.segments[0].start <= note.words[0].start
    assert note.language == "english"
    for form, text in (("srt", note.to_srt()), ("vtt", note.to_vtt())):
        events = pysubs2.SSAFile.from_string(text, form)
        assert agreement(plain(" ".join(event.plaintext for event in events)), said(clip)) >= 0.8


@both
@pytest.mark.parametrize("task", ["transcribe", "translate"])
@pytest.mark.parametrize("format", ["json", "text", "srt", "verbose_json", "vtt"])
def test_every_format_holds_the_words(format: str, task: str, way: Way, box: Sandbox) -> None:
    clip = CLIPS[0]
    content = (LIBRARY / f"{clip}.flac").read_bytes()
    found = way(lambda ai: getattr(ai, task)(content, format=format), box.openai_url, **KEY)
    if format in ("srt", "vtt"):
        found = " ".join(event.plaintext for event in pysubs2.SSAFile.from_string(found, format))
    text = found if isinstance(found, str) else found.text
    assert agreement(plain(text), said(clip)) >= 0.8
    assert isinstance(found, str) == (format in ("text", "srt", "vtt"))


def decoded(path: Path) -> tuple[str, float]:
    """The codec of a file and the seconds of sound that it decodes to."""
    raw: dict[str, Any] = {"format": "s16le", "options": {"sample_rate": "24000"}} if path.suffix == ".pcm" else {}
    with av.open(path, **raw) as container:
        stream = container.streams.audio[0]
        samples = sum(frame.samples for frame in container.decode(stream))
        return stream.codec_context.name, samples / stream.codec_context.sample_rate


CODECS = {"mp3": "mp3float", "opus": "libopus", "aac": "aac", "flac": "flac", "wav": "pcm_s16le", "pcm": "pcm_s16le"}
TEXT = "My brother plays the piano every evening after work."


@both
@pytest.mark.parametrize("format", CODECS)
def test_speech_is_saved_in_every_format(format: str, way: Way, box: Sandbox, tmp_path: Path) -> None:
    target = tmp_path / f"spoken.{format}"
    spoken = way(lambda ai: ai.speak(TEXT, target, voice="alloy"), box.openai_url, **KEY)
    assert spoken.path == target
    assert spoken.size == target.stat().st_size
    codec, seconds = decoded(target)
    assert codec in (CODECS[format], format)
    assert 1.5 < seconds < 6
    if format in ("wav", "pcm"):
        assert spoken.duration == pytest.approx(seconds, abs=0.001)
    else:
        assert spoken.duration is None


def test_a_saved_wav_has_true_sizes_and_is_understood(box: Sandbox, tmp_path: Path) -> None:
    from tests.openai.both import blocking

    target = tmp_path / "spoken.wav"
    blocking(lambda ai: ai.speak(TEXT, target, voice="alloy"), box.openai_url, **KEY)
    with wave.open(str(target)) as file:
        assert file.getnframes() * 2 + 44 <= target.stat().st_size < file.getnframes() * 2 + 256
    note = blocking(lambda ai: ai.transcribe(target), box.openai_url, **KEY)
    assert agreement(plain(note.text), plain(TEXT)) >= 0.6


@both
def test_live_speech_comes_from_the_first_block_on(way: Way, box: Sandbox) -> None:
    kind, content = way(lambda ai: live(ai, TEXT, voice={"id": "voice_1"}, format="wav"), box.openai_url, **KEY)
    assert kind == "audio/wav"
    assert content[:4] + content[8:12] == b"RIFFWAVE"
    assert len(content) > 50_000


@both
@pytest.mark.parametrize("key", ["sandbox-key", "sandbox-key-mistral", "sandbox-key-vllm"])
def test_live_speech_is_read_out_of_the_events_of_each_server(key: str, way: Way, box: Sandbox) -> None:
    asked: dict[str, Any] = {"model": "gpt-4o-mini-tts", "voice": "alloy", "format": "wav", "stream_format": "sse"}
    kind, content = way(lambda ai: live(ai, TEXT, **asked), box.openai_url, api_key=key)
    plainly = way(lambda ai: live(ai, TEXT, **{**asked, "stream_format": "audio"}), box.openai_url, api_key=key)
    assert (kind, plainly[0]) == ("text/event-stream", "audio/wav")
    assert content == plainly[1]


@both
@pytest.mark.parametrize("key", ["sandbox-key-breaking", "sandbox-key-vllm-breaking"])
def test_a_failure_behind_the_first_audio_is_an_error(key: str, way: Way, box: Sandbox) -> None:
    asked: dict[str, Any] = {"model": "gpt-4o-mini-tts", "voice": "alloy", "stream_format": "sse"}
    with pytest.raises(Truncated, match="the server gave up") as caught:
        way(lambda ai: live(ai, TEXT, **asked), box.openai_url, api_key=key)
    assert caught.value.done > 0


@both
def test_a_model_that_knows_no_events_answers_audio(way: Way, box: Sandbox) -> None:
    kind, _ = way(lambda ai: live(ai, TEXT, voice="alloy", stream_format="sse"), box.openai_url, **KEY)
    assert kind == "audio/mpeg"


@both
def test_a_slow_voice_takes_longer(way: Way, box: Sandbox, tmp_path: Path) -> None:
    seconds = [
        way(
            lambda ai, s=s: ai.speak(TEXT, tmp_path / f"{s}.wav", voice="alloy", speed=s), box.openai_url, **KEY
        ).duration
        for s in (0.5, 2.0)
    ]
    assert seconds[0] > 2 * seconds[1]


@both
def test_a_missing_model_is_not_found(way: Way, box: Sandbox) -> None:
    with pytest.raises(NotFound, match="missing-model") as caught:
        way(lambda ai: ai.transcribe(LIBRARY / f"{CLIPS[0]}.flac", model="missing-model"), box.openai_url, **KEY)
    assert caught.value.code == "model_not_found"
