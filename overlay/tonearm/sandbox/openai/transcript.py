"""Transcripts in the formats of responses."""

import math
import zlib
from collections.abc import Sequence
from typing import Any

from attrs import frozen
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tonearm.sandbox.openai import captions
from tonearm.sandbox.openai.events import Event
from tonearm.sandbox.openai.recognition_request import RecognitionRequest
from tonearm.sandbox.recogniser import Segment, Word

_AUDIO_TOKENS = 10
"""Tokens per second of audio, about as many as the real ones."""


@frozen
class Spoken:
    """A segment, its number, and the label of its speaker if requested."""

    number: int
    segment: Segment
    speaker: str | None

    @property
    def event(self) -> Event:
        """The segment with its speaker, in a response or in a stream (openai-python 3.52.0)."""
        return {
            "type": "transcript.text.segment",
            "id": f"seg_{self.number}",
            "start": round(self.segment.start, 3),
            "end": round(self.segment.end, 3),
            "text": self.segment.text,
            "speaker": self.speaker,
        }


@frozen
class Transcript:
    """Recognised speech of `duration` seconds; `task` is transcribe or translate."""

    task: str
    request: RecognitionRequest
    duration: float
    spoken: list[Spoken]

    @property
    def text(self) -> str:
        return " ".join(part.segment.text for part in self.spoken)

    def response(self) -> Response:
        """Return the response in the requested format."""
        segments = [part.segment for part in self.spoken]
        match self.request.response_format:
            case "text":
                return PlainTextResponse(f"{self.text}\n")
            case "srt":
                return PlainTextResponse(captions.srt(segments))
            case "vtt":
                return PlainTextResponse(captions.vtt(segments))
            case "verbose_json":
                return JSONResponse(self._verbose(segments))
            case "diarized_json":
                head = {"task": self.task, "duration": round(self.duration, 3), "text": self.text}
                return JSONResponse({**head, "segments": [part.event for part in self.spoken], **self._usage()})
            case _:
                return JSONResponse({"text": self.text, **self._findings(), **self._usage()})

    def done(self) -> Event:
        """Return the last event of a stream, with usage only if tokens are counted (openai-python 3.52.0)."""
        usage = self._usage() if self.request.rules.tokens else {}
        return {"type": "transcript.text.done", "text": self.text, **self._findings(), **usage}

    def _findings(self) -> dict[str, Any]:
        findings: dict[str, Any] = {}
        if self.request.rules.detects and self.task == "transcribe":
            findings["languages"] = [{"code": "en"}] if self.spoken else []
        if self.request.logprobs:
            words = [word for part in self.spoken for word in part.segment.words]
            findings["logprobs"] = logprobs(words, first=True)
        return findings

    def _usage(self) -> dict[str, Any]:
        """Return the usage; translations have none."""
        if self.task == "translate":
            return {}
        if not self.request.rules.tokens:
            return {"usage": {"type": "duration", "seconds": math.ceil(self.duration)}}
        input_tokens, written = (
            math.ceil(self.duration * _AUDIO_TOKENS),
            sum(len(part.segment.words) for part in self.spoken),
        )
        return {
            "usage": {
                "type": "tokens",
                "input_tokens": input_tokens,
                "input_token_details": {"text_tokens": 0, "audio_tokens": input_tokens},
                "output_tokens": written,
                "total_tokens": input_tokens + written,
            }
        }

    def _verbose(self, segments: list[Segment]) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "task": self.task,
            "language": self.request.language,
            "duration": round(self.duration, 3),
            "text": self.text,
        }
        if "word" in self.request.granularities:
            answer["words"] = [
                {"word": word.text, "start": round(word.start, 3), "end": round(word.end, 3)}
                for segment in segments
                for word in segment.words
            ]
        if "segment" in self.request.granularities:
            answer["segments"] = [self._segment(number, segment) for number, segment in enumerate(segments)]
        return {**answer, **self._usage()}

    def _segment(self, number: int, segment: Segment) -> dict[str, Any]:
        text = segment.text.encode()
        logs = [_log(word) for word in segment.words]
        return {
            "id": number,
            "seek": int(segment.start // 30) * 3000,
            "start": round(segment.start, 3),
            "end": round(segment.end, 3),
            "text": f" {segment.text}",
            "tokens": [],
            "temperature": self.request.temperature,
            "avg_logprob": round(sum(logs) / len(logs), 6),
            "compression_ratio": round(len(text) / len(zlib.compress(text)), 6),
            "no_speech_prob": 0.0,
        }


def logprobs(words: Sequence[Word], *, first: bool) -> list[dict[str, Any]]:
    """Return each word as a token, with a leading space unless it is the first of all."""
    tokens = [word.text if first and not number else f" {word.text}" for number, word in enumerate(words)]
    return [
        {"token": token, "logprob": round(_log(word), 6), "bytes": list(token.encode())}
        for token, word in zip(tokens, words, strict=True)
    ]


def _log(word: Word) -> float:
    return math.log(max(word.probability, 1e-9))
