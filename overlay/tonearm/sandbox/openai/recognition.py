"""Transcription and translation: the recognition of a form's file, at once or as events."""

import mimetypes
from collections.abc import Generator, Iterator
from contextlib import AsyncExitStack
from typing import BinaryIO, Literal

from attrs import define, field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from tonearm.sandbox import audio
from tonearm.sandbox.audio import SPEECH_RATE
from tonearm.sandbox.openai import fields
from tonearm.sandbox.openai.call import Call
from tonearm.sandbox.openai.engines import Engine
from tonearm.sandbox.openai.events import Event, EventStream
from tonearm.sandbox.openai.recognition_request import RecognitionRequest
from tonearm.sandbox.openai.refusal import Refusal, server_failed
from tonearm.sandbox.openai.results import Result, Results
from tonearm.sandbox.openai.transcript import Spoken, Transcript, logprobs
from tonearm.sandbox.recogniser import RecogniserFailed
from tonearm.sandbox.recording import AudioError

_SHORTEST = 0.1


async def create_transcription(call: Call) -> Response:
    """Answer with the words of a file, recognised as English whatever the requested language."""
    return await _answer(call, "transcribe")


async def create_translation(call: Call) -> Response:
    """Answer with the words of a file: the recogniser knows only English, so no translation is needed."""
    return await _answer(call, "translate")


def _kind(file: UploadFile) -> str:
    """Return the type of a recording for a player, from its name."""
    return mimetypes.guess_type(file.filename or "")[0] or "application/octet-stream"


async def _answer(call: Call, task: Literal["transcribe", "translate"]) -> Response:
    async with AsyncExitStack() as stack:
        form = await call.body.form()
        stack.push_async_callback(form.close)
        file = fields.file(form)
        sound = file.file
        read = RecognitionRequest.transcription if task == "transcribe" else RecognitionRequest.translation
        request = read(form, call)
        engine = call.engines.get(request.model.engine)
        recognition = _Recognition(task, request, sound, engine, call.results, _kind(file))
        await run_in_threadpool(recognition.check_length)
        if request.stream:
            return await EventStream.begin(recognition.events(breaks=call.account.breaks), stack.pop_all())
        return await run_in_threadpool(recognition.response)


@define
class _Recognition:
    task: str
    request: RecognitionRequest
    sound: BinaryIO
    engine: Engine
    results: Results
    media_type: str
    samples_read: int = field(default=0, init=False)

    def check_length(self) -> None:
        """Refuse a recording that is too long for the model, before anything is recognised.

        The samples are counted, as the headers of a file may be wrong. (murtaza-nasir/speakr, issue 168;
        riffado/riffado, issue 101)
        """
        rules = self.request.rules
        if rules.longest is None and rules.whole is None:
            return
        for _ in self._samples():
            pass
        duration = self.duration
        if rules.longest is not None and duration > rules.longest:
            limit = f"{rules.longest:g} seconds which is the maximum for this model"
            raise Refusal(f"audio duration {duration:.6f} seconds is longer than {limit}", code="invalid_value")
        if rules.whole is not None and duration > rules.whole and not self.request.chunked:
            name = "chunking_strategy"
            raise Refusal(f"{name} is required for diarization models", param=name, code="invalid_value")

    def response(self) -> Response:
        return self._kept(self._transcript(list(self._spoken()))).response()

    def events(self, *, breaks: bool) -> Generator[Event]:
        """Yield an event per word, one per segment if speakers are requested, and the transcript at the end.

        A failure after the first event becomes an event, too; `breaks` orders such a failure.
        """
        spoken: list[Spoken] = []
        started = False
        try:
            for segment in self._spoken():
                for event in self._deltas(segment):
                    yield event
                    started = True
                    if breaks:
                        raise RecogniserFailed("it was ordered to fail")
                spoken.append(segment)
            yield self._kept(self._transcript(spoken)).done()
        except (RecogniserFailed, Refusal) as error:
            if not started:
                raise
            yield {"error": (error if isinstance(error, Refusal) else server_failed(error)).error}

    @property
    def duration(self) -> float:
        return self.samples_read / SPEECH_RATE

    def _transcript(self, spoken: list[Spoken]) -> Transcript:
        return Transcript(self.task, self.request, self.duration, spoken)

    def _kept(self, transcript: Transcript) -> Transcript:
        """Keep a transcript for the page, with its recording."""
        segments = tuple(part.segment for part in transcript.spoken)
        result = Result(
            kind="transcript",
            model=self.request.model.name,
            text=transcript.text,
            segments=segments,
            media_type=self.media_type,
        )
        self.results.heard(result, self.sound)
        return transcript

    def _deltas(self, segment: Spoken) -> Iterator[Event]:
        for number, word in enumerate(segment.segment.words):
            first = segment.number == 0 and number == 0
            event: Event = {"type": "transcript.text.delta", "delta": word.text if first else f" {word.text}"}
            if self.request.logprobs:
                event["logprobs"] = logprobs([word], first=first)
            yield event if segment.speaker is None else {**event, "segment_id": segment.event["id"]}
        if segment.speaker is not None:
            yield segment.event

    def _spoken(self) -> Iterator[Spoken]:
        speakers = self.request.speakers(self.engine)
        if speakers is None:
            for number, segment in enumerate(self.engine.recognise(self._samples())):
                yield Spoken(number, segment, None)
        else:
            for number, turn in enumerate(self.engine.turns(self._samples())):
                yield Spoken(number, turn.segment, speakers.label(turn.voice))
        if self.duration < _SHORTEST:
            message = f"Audio file is too short. Minimum audio length is {_SHORTEST} seconds."
            raise Refusal(message, param="file", code="audio_too_short")

    def _samples(self) -> Iterator[bytes]:
        """Decode the file from its start, and count."""
        self.samples_read = 0
        self.sound.seek(0)
        try:
            for block in audio.decode(self.sound):
                self.samples_read += len(block) // 2
                yield block
        except AudioError as error:
            raise Refusal("The audio file could not be decoded or its format is not supported.") from error
