"""What the types of the OpenAI-compatible clients promise: checked by mypy and pyright, never run."""

from datetime import date
from pathlib import Path
from typing import assert_type

import tonearm
from tonearm import Answers
from tonearm.openai import (
    Chapter,
    CustomVoice,
    Logprob,
    Model,
    Segment,
    SpokenFile,
    Transcript,
    TranscriptEvent,
    Usage,
    VoiceConsent,
    Word,
)
from tonearm_generated.openai import Client


def blocking(ai: tonearm.OpenAI, talk: Path) -> None:
    assert_type(ai.transcribe(talk), Transcript)
    assert_type(ai.transcribe(talk, model="m", words=True, format=None), Transcript)
    assert_type(ai.transcribe(b"x", format="verbose_json"), Transcript)
    assert_type(ai.transcribe("x.mp3", format="diarized_json"), Transcript)
    assert_type(ai.transcribe(talk, format="srt"), str)
    assert_type(ai.transcribe(talk, format="vtt", extra={"chunking_strategy": "auto", "n": [1, 2]}), str)
    assert_type(ai.translate(talk), Transcript)
    assert_type(ai.translate(talk, format="text"), str)
    assert_type(ai.speak("x", "x.mp3", voice={"id": "v"}, extra={"lang": "en"}), SpokenFile)
    book = [Chapter("x", "y")]
    assert_type(ai.speak(book, "x.m4b", voice="v", pauses={"chapters": 2}, cover=b"", rate=8000), SpokenFile)
    assert_type(ai.speak("x", "x.m4a", voice="v", format="m4a", piece=900, workers=3, state=talk), SpokenFile)
    with ai.speech("x", voice="v") as audio:
        assert_type(audio.read(5), bytes)
        for block in audio:
            assert_type(block, bytes)
    with ai.transcribe_stream(talk, model="m", keywords=["x"]) as told:
        for event in told:
            assert_type(event, TranscriptEvent)
        assert_type(told.transcript, Transcript | None)
    consent = ai.create_voice_consent("n", talk, language="nb")
    assert_type(consent, VoiceConsent)
    assert_type(ai.create_voice("n", audio_sample=talk, consent=consent.id), CustomVoice)
    assert_type(ai.voice_consents(), Answers[VoiceConsent])
    assert_type(ai.update_voice_consent(consent.id, name="m"), VoiceConsent)
    assert_type(ai.delete_voice("v", missing_ok=True), None)
    ai.create_voice("n", prompt=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert_type(ai.generated, Client)

    ai.transcribe_stream(talk, words=True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ai.transcribe(talk, format="mp3")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    ai.translate(talk, format="diarized_json")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    ai.translate(talk, language="en")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    ai.speak("x", "x.mp3")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ai.speech("x", voice="v", on_progress=print)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ai.speech("x", voice="v", format="m4a")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ai.speech("x", voice="v", format="ogg")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def asynchronous(ai: tonearm.AsyncOpenAI, talk: Path) -> None:
    assert_type(await ai.transcribe(talk), Transcript)
    assert_type(await ai.transcribe(talk, format="srt"), str)
    assert_type(await ai.translate(talk, format="json"), Transcript)
    assert_type(await ai.speak("x", "x.mp3", voice="v"), SpokenFile)
    async with ai.speech("x", voice="v") as audio:
        assert_type(await audio.read(), bytes)
        async for block in audio:
            assert_type(block, bytes)
    async with ai.transcribe_stream(talk) as told:
        async for event in told:
            assert_type(event, TranscriptEvent)
    assert_type(ai.generated, Client)


def parts(note: Transcript) -> None:
    assert_type(note.segments, tuple[Segment, ...])
    assert_type(note.words, tuple[Word, ...] | None)
    assert_type(note.usage, Usage | None)
    assert_type(note.language, str | None)
    assert_type(note.duration, float | None)
    assert_type(note.to_srt(), str)
    assert_type(note.to_vtt(), str)
    assert_type(note.to_lrc(), str)
    assert_type(note.to_txt(), str)
    assert_type(note.to_json(), str)
    assert_type(Transcript.from_subtitles("WEBVTT", "vtt"), Transcript)
    assert_type(note.logprobs, tuple[Logprob, ...] | None)


def models(ai: tonearm.OpenAI, model: Model) -> None:
    assert_type(ai.models(), tonearm.Answers[Model])
    assert_type(model.shutdown_date, date | None)
    assert_type(ai.estimate(model="m", seconds=5).price, float | None)
