"""What was recognised, in the five formats of an answer."""

import math
import zlib
from typing import Any

from attrs import frozen
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tonearm.sandbox.openai import captions
from tonearm.sandbox.recogniser import Segment

FORMATS = ("json", "text", "srt", "verbose_json", "vtt")
"""The values of response_format."""


@frozen
class Transcript:
    """Recognised speech of `duration` seconds; `task` is transcribe or translate, `language` an English name."""

    task: str
    language: str
    duration: float
    segments: list[Segment]
    temperature: float

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    def response(self, form: str, granularities: frozenset[str]) -> Response:
        """Answer in one of FORMATS; `granularities` says whether verbose_json gets `segments`, `words` or both."""
        match form:
            case "text":
                return PlainTextResponse(f"{self.text}\n")
            case "srt":
                return PlainTextResponse(captions.srt(self.segments))
            case "vtt":
                return PlainTextResponse(captions.vtt(self.segments))
            case "verbose_json":
                return JSONResponse(self._verbose(granularities))
            case _:
                return JSONResponse({"text": self.text, **self._usage()})

    def _usage(self) -> dict[str, Any]:
        """Say what is charged for; translations do not."""
        if self.task == "translate":
            return {}
        return {"usage": {"type": "duration", "seconds": math.ceil(self.duration)}}

    def _verbose(self, granularities: frozenset[str]) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "task": self.task,
            "language": self.language,
            "duration": round(self.duration, 3),
            "text": self.text,
        }
        if "word" in granularities:
            answer["words"] = [
                {"word": word.text, "start": round(word.start, 2), "end": round(word.end, 2)}
                for segment in self.segments
                for word in segment.words
            ]
        if "segment" in granularities:
            answer["segments"] = [self._segment(number, segment) for number, segment in enumerate(self.segments)]
        return {**answer, **self._usage()}

    def _segment(self, number: int, segment: Segment) -> dict[str, Any]:
        text = segment.text.encode()
        logs = [math.log(max(word.probability, 1e-9)) for word in segment.words]
        return {
            "id": number,
            "seek": int(segment.start // 30) * 3000,
            "start": round(segment.start, 2),
            "end": round(segment.end, 2),
            "text": f" {segment.text}",
            "tokens": [],
            "temperature": self.temperature,
            "avg_logprob": round(sum(logs) / len(logs), 6),
            "compression_ratio": round(len(text) / len(zlib.compress(text)), 6),
            "no_speech_prob": 0.0,
        }
