"""Answers to transcriptions as servers shape them, each with what must be read of it.

The shapes are those that servers of this kind are known to send; the names say after which server one was modelled. Few
of the sources were read, and none of the servers was asked.
"""

from __future__ import annotations

import json
from typing import Any

HELLO = "Hello there"
ONE = [(0.0, 1.5, "Hello there")]
TWO = [(0.0, 0.5, "Hello"), (0.6, 1.5, "there")]
SRT = "1\n00:00:00,000 --> 00:00:01,500\nHello there\n\n"
VTT = "WEBVTT\n\n00:00.000 --> 00:01.500\nHello there\n\n"

SEGMENT = {"start": 0.0, "end": 1.5, "text": " Hello there"}
WORDS = [{"word": "Hello", "start": 0.0, "end": 0.5}, {"word": "there", "start": 0.6, "end": 1.5}]


def lines(*parts: Any) -> str:
    return "\n".join(json.dumps(part) for part in parts)


def events(*parts: Any) -> str:
    return "".join(f"data: {part if isinstance(part, str) else json.dumps(part)}\n\n" for part in parts)


TEXTS: list[Any] = [
    *({name: HELLO} for name in ("text", "transcript", "transcription", "full_text", "transcribed_text")),
    *({name: HELLO} for name in ("transcription_text", "recognized_text", "generated_text", "DisplayText")),
    *({name: HELLO} for name in ("content", "result", "output", "output_text", "prediction", "response", "data")),
    *({name: {"text": HELLO}} for name in ("result", "data", "output", "response", "transcription", "body")),
    *({name: [{"text": HELLO}]} for name in ("results", "transcripts", "predictions", "combinedPhrases")),
    {"text": f" {HELLO}"},
    {"text": "Hello\nthere\n"},
    {"text": " Hello\r\n there"},
    {"text": ["Hello", "there"]},
    {"text": "<|en|><|NEUTRAL|>Hello there"},
    {"text": HELLO, "error": None, "segments": None},
    {"text": HELLO, "segments": {}, "words": "none"},
    {"text": HELLO, "x_groq": {"id": "req"}},
    {"text": HELLO, "status": "success", "success": True, "message": "done"},
    {"code": 0, "message": "ok", "data": {"text": HELLO}},
    {"task": {"id": 1}, "result": {"output": {"text": HELLO}}},
    {"choices": [{"message": {"role": "assistant", "content": HELLO}}]},
    {"choices": [{"text": HELLO}]},
    {"results": {"transcripts": [{"transcript": HELLO}]}},
    {"results": {"channels": [{"alternatives": [{"transcript": HELLO}]}]}},
    {"alternatives": [{"transcript": HELLO, "confidence": 0.9}, {"transcript": "Yellow bear"}]},
    [{"text": HELLO}],
    [HELLO],
    HELLO,
]

BODIES: list[str] = [
    *(json.dumps(shape) for shape in TEXTS),
    f"\ufeff{json.dumps({'text': HELLO})}",
    HELLO,
    f"{HELLO}\n",
    "Hello\nthere",
    lines({"text": "Hello"}, {"text": "there"}),
    lines({"text": "Hello", "is_final": False}, {"text": HELLO, "is_final": True}),
    events({"type": "transcript.text.delta", "delta": "Hello"}, {"type": "transcript.text.done", "text": HELLO}),
    events({"delta": "Hello"}, {"delta": " there"}, "[DONE]"),
    events({"text": "Hello"}, {"text": "there"}),
    events({"choices": [{"delta": {"content": "Hello"}}]}, {"choices": [{"delta": {"content": " there"}}]}, "[DONE]"),
    events({"token": {"text": "Hello"}}, {"token": {"text": " there"}}),
    events("Hello", "there"),
    events('"Hello there"'),
    events({"data": {"text": HELLO}}),
    events({"result": {"transcript": HELLO}}),
    events({"type": "start"}, {"type": "final", "text": HELLO}),
    f": a comment\n\nevent: message\n{events({'text': HELLO})}",
]

SEGMENTS: list[Any] = [
    *({"text": HELLO, name: [SEGMENT]} for name in ("segments", "chunks", "sentences", "utterances", "phrases")),
    *({name: [SEGMENT]} for name in ("segments", "paragraphs", "results", "result", "transcription", "lines", "data")),
    {"text": HELLO, "segments": [{**SEGMENT, "end": None}], "duration": 1.5},
    {"text": HELLO, "segments": [{**SEGMENT, "start": None}]},
    {"text": HELLO, "segments": [{**SEGMENT, "start": "0", "end": "1.5"}]},
    {"text": HELLO, "segments": [{**SEGMENT, "start": "00:00:00.000", "end": "00:00:01.500"}]},
    {"text": HELLO, "segments": [{**SEGMENT, "start": "0s", "end": "1.500s"}]},
    {"text": HELLO, "segments": [{"start": 0, "end": 1_500_000_000, "text": HELLO}]},
    {"text": HELLO, "duration": 1.5, "segments": [{"start": 0, "end": 1500, "text": HELLO}]},
    {"text": HELLO, "segments": [{"start_time": 0, "end_time": 1.5, "text": HELLO}]},
    {"text": HELLO, "segments": [{"startTime": "0s", "endTime": "1.5s", "text": HELLO}]},
    {"text": HELLO, "segments": [{"start": 0, "duration": 1.5, "text": HELLO}]},
    {"text": HELLO, "segments": [{"start_ms": 0, "end_ms": 1500, "text": HELLO}]},
    {"text": HELLO, "segments": [{"t0": 0, "t1": 150, "text": HELLO}]},
    {"text": HELLO, "segments": [{"timestamp": [0.0, 1.5], "text": HELLO}]},
    {"text": HELLO, "segments": [{"offsets": {"from": 0, "to": 1500}, "text": HELLO}]},
    {"text": HELLO, "segments": [{"start": 0.0, "end": 1.5, "transcript": HELLO}]},
    {"text": HELLO, "segments": [{"start": 0.0, "end": 1.5, "sentence": HELLO}]},
    {"text": HELLO, "segments": [[0.0, 1.5, HELLO]]},
    {"text": HELLO, "segments": [[HELLO, 0.0, 1.5]]},
    {"text": HELLO, "segments": [[1, 0, 0.0, 1.5, HELLO, [50364]]]},
    {"text": HELLO, "segments": [SEGMENT, None, 7, {"start": 3}]},
    {"text": HELLO, "segments": [{"text": HELLO, "words": [{"word": HELLO, "start": 0.0, "end": 1.5}]}]},
    {"text": HELLO, "chunks": [{"timestamp": [0.0, None], "text": HELLO}], "duration": 1.5},
    {"text": HELLO, "timestamp": {"segment": [{"segment": HELLO, "start": 0.0, "end": 1.5}]}},
    {"text": HELLO, "timestamps": {"segments": [SEGMENT]}},
    {"transcription": [{"timestamps": {"from": "00:00:00,000", "to": "00:00:01,500"}, "text": " Hello there"}]},
    {"durationMilliseconds": 1500, "phrases": [{"offsetMilliseconds": 0, "durationMilliseconds": 1500, "text": HELLO}]},
    {"recognizedPhrases": [{"offsetInTicks": 0, "durationInTicks": 15_000_000, "nBest": [{"display": HELLO}]}]},
    {
        "results": [
            {"alternatives": [{"transcript": HELLO, "words": [{"word": HELLO, "startTime": "0s", "endTime": "1.5s"}]}]}
        ]
    },
    {"data": {"segments": [SEGMENT]}},
    {"result": {"text": HELLO, "segments": [SEGMENT]}},
    [SEGMENT, {"start": 1.5, "end": 1.5, "text": ""}],
    {
        "text": HELLO,
        "segments": [{"start": {"seconds": 0}, "end": {"seconds": 1, "nanos": 500_000_000}, "text": HELLO}],
    },
    {"text": SRT},
    {"srt": SRT},
    {"text": VTT},
    {"text": HELLO, "segments": [{"start": 0, "end": 1.5, "text": "Hello\n there"}]},
]

SEGMENT_BODIES: list[str] = [
    *(json.dumps(shape) for shape in SEGMENTS),
    json.dumps(SRT),
    SRT,
    VTT,
    SRT.replace("\n", "\r\n"),
    events(SEGMENT),
    events(SEGMENT, "[DONE]"),
    events({"segment": SEGMENT}),
    events({"segments": [SEGMENT]}),
    events({"type": "transcript.text.segment", **SEGMENT}, {"type": "transcript.text.done", "text": HELLO}),
    lines(SEGMENT),
]

WORD_SHAPES: list[Any] = [
    *({"text": HELLO, name: WORDS} for name in ("words", "word_segments", "word_timestamps", "tokens")),
    {"text": HELLO, "segments": [{**SEGMENT, "words": WORDS}]},
    {"text": HELLO, "segments": [{"text": HELLO, "words": WORDS}]},
    {"text": HELLO, "words": [{"text": row["word"], "start": row["start"], "end": row["end"]} for row in WORDS]},
    {
        "text": HELLO,
        "words": [
            {"punctuated_word": row["word"], "word": "x", **{k: row[k] for k in ("start", "end")}} for row in WORDS
        ],
    },
    {
        "text": HELLO,
        "words": [
            {"word": " Hel", "start": 0.0, "end": 0.2},
            {"word": "lo", "start": 0.2, "end": 0.5},
            {"word": " there", "start": 0.6, "end": 1.5},
        ],
    },
    {
        "text": HELLO,
        "segments": [
            {
                **SEGMENT,
                "tokens": [
                    {"text": "▁Hel", "start": 0.0, "end": 0.2},
                    {"text": "lo", "start": 0.2, "end": 0.5},
                    {"text": "▁there", "start": 0.6, "end": 1.5},
                ],
            }
        ],
    },
    {
        "text": HELLO,
        "words": [
            {"word": "Hel", "start": 0.0, "end": 0.2},
            {"word": "##lo", "start": 0.2, "end": 0.5},
            {"word": "there", "start": 0.6, "end": 1.5},
        ],
    },
    {"text": HELLO, "words": [{"word": "[_BEG_]", "start": 0, "end": 0}, *WORDS]},
    {"text": HELLO, "words": [["Hello", 0.0, 0.5], ["there", 0.6, 1.5]]},
    {"text": HELLO, "words": [{"word": "Hello", "timestamp": [0.0, 0.5]}, {"word": "there", "timestamp": [0.6, 1.5]}]},
    {"text": HELLO, "words": [WORDS[0], {"word": "there", "start": 0.6, "end": None}], "duration": 1.5},
    {"text": HELLO, "timestamp": {"word": WORDS}},
    {"text": HELLO, "segments": [SEGMENT], "words": WORDS},
    {"results": {"channels": [{"alternatives": [{"transcript": HELLO, "words": WORDS}]}]}},
    {
        "results": {
            "items": [
                {"start_time": "0.0", "end_time": "0.5", "alternatives": [{"content": "Hello"}]},
                {"start_time": "0.6", "end_time": "1.5", "alternatives": [{"content": "there"}]},
            ],
            "transcripts": [{"transcript": HELLO}],
        }
    },
    {"words": WORDS},
]

FAILURES: list[tuple[str, str]] = [
    (json.dumps({"error": "no 'file' field in the request"}), "no 'file' field"),
    (json.dumps({"error": {"message": "overloaded", "code": 503}}), "overloaded"),
    (json.dumps({"detail": "Model not found"}), "Model not found"),
    (json.dumps({"detail": [{"loc": ["body"], "msg": "Field required"}]}), "Field required"),
    (json.dumps({"object": "error", "message": "bad audio"}), "bad audio"),
    (json.dumps({"success": False, "message": "no speech model"}), "no speech model"),
    (json.dumps({"status": "error", "reason": "out of memory"}), "out of memory"),
    (json.dumps({"text": "", "error": "CUDA out of memory"}), "CUDA out of memory"),
    (json.dumps({"errors": [{"message": "first"}]}), "first"),
    (json.dumps({"error": "loading", "estimated_time": 20}), "loading"),
    (json.dumps({"error": {"code": 5}}), "'code': 5"),
    (json.dumps({}), "no text"),
    ("[7]", "no text"),
    ("[[[[[[[[[[7]]]]]]]]]]", "no text"),
    (json.dumps({"id": 7, "data": {"job": "queued"}}), "no text"),
    ("7", "JSON int"),
    ("null", "JSON NoneType"),
    ("", "empty"),
    ("<html>Sign in</html>", "web page"),
    ("<p>Bad gateway", "web page"),
    ("<H1>502</H1>", "web page"),
    ('{"text": "Hel', 'not JSON: \'{"text": "Hel\''),
    (events({"error": {"message": "gone"}}), "gone"),
    (events({"type": "ping"}), "no event has a text"),
    (events("{"), "an event is not JSON"),
]
