"""Brings the transcripts of all servers into one shape: `text`, `segments`, `words`, and the other fields as sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ..._base.coerce import number, text
from ...subtitles import read as read_subtitles
from ...subtitles.width import joined
from . import times
from .documented import documented
from .flowing import flowing, looks_like_subtitles, whole_words

_ENVELOPES = (
    *("result", "results", "data", "output", "outputs", "response", "transcription", "transcript", "transcriptions"),
    *("transcripts", "prediction", "predictions", "body", "payload", "channels", "alternatives", "combinedPhrases"),
    *("choices", "message", "delta", "segment"),
)
_BEST_FIRST = frozenset({"channels", "alternatives", "choices", "nbest"})
_TEXTS = (
    *("text", "transcript", "transcription", "full_text", "fullText", "transcribed_text", "transcription_text"),
    *("recognized_text", "recognizedText", "generated_text", "DisplayText", "displayText", "display", "content"),
    *("result", "output", "output_text", "prediction", "response", "data", "srt", "vtt", "subtitles"),
)
_SEGMENTS = (
    *("segments", "chunks", "sentences", "sentence_info", "utterances", "phrases", "recognizedPhrases", "paragraphs"),
    *("transcription", "transcript", "segment_timestamps", "cues", "lines", "results", "result", "data", "output"),
)
_WORDS = ("words", "word_segments", "word_timestamps", "wordTimestamps", "timed_words", "tokens", "items")
_ROW_TEXTS = ("text", "segment", "sentence", "transcript", "utterance", "phrase", "display", "content", "line", "value")
_WORD_TEXTS = ("punctuated_word", "word", "text", "token", "w", "content", "value", "display", "char")
_SPEAKERS = ("speaker", "speaker_id", "speakerId", "spk", "speaker_label", "speakerLabel")
_TIMED_IN = ("timestamp", "timestamps", "timings", "alignment")
_LANGUAGES = ("language", "detected_language", "language_code", "lang", "languageCode", "locale")
_LENGTHS = (("duration", 1.0), ("audio_duration", 1.0), ("durationMilliseconds", 1e-3), ("duration_ms", 1e-3))
_DEEP = 8
"""How many nested envelopes are opened."""

Row = dict[str, Any]


def canonical(raw: object) -> Row:
    """Bring an answer into one shape: `text`, and if it has any, `segments` and `words` with times in seconds.

    Raises:
        ValueError: the answer has no text.
    """
    data = _opened(raw)
    duration = next((length * scale for name, scale in _LENGTHS if (length := times.seconds(data.get(name)))), None)
    rows = _segments(data, duration)
    words = _words(data, rows, duration)
    whole = text_of(data)
    if whole is not None and looks_like_subtitles(whole):
        rows, whole = _cues(whole), None
    if whole is None:
        whole = joined([row["text"] for row in rows] or [row["word"] for row in words])
        if not whole and not isinstance(data.get("segments"), list):
            raise ValueError("there is no text")
    shaped = data | {"text": flowing(whole)}
    for name, timed in (("segments", times.completed(rows, duration)), ("words", times.completed(words, duration))):
        if timed:
            shaped[name] = timed
        else:
            shaped.pop(name, None)
    language = next((code for name in _LANGUAGES if (code := text(data.get(name)))), None)
    return shaped | ({"language": language} if language else {}) | ({"duration": duration} if duration else {})


def text_of(data: Mapping[str, object]) -> str | None:
    """The text of an answer, from the first known name that it has; the texts of a list are joined."""
    for name in _TEXTS:
        value = data.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and all(isinstance(member, str) for member in cast("list[object]", value)):
            return joined(cast("list[str]", value))
    return None


def error_of(raw: object) -> str | None:
    """The error message in an answer that has no text; None if the answer is no error."""
    data = cast("Row", raw) if isinstance(raw, dict) else {}
    failed = data.get("success") is False or data.get("ok") is False or data.get("object") == "error"
    failed = failed or str(data.get("status")).lower() in ("error", "failed", "failure")
    named = next((data[name] for name in ("error", "error_message") if data.get(name)), None)
    if named is None and not failed:
        named = next((data[name] for name in ("errors", "detail") if data.get(name)), None)
        named = None if named is None or text_of(_opened(data)) is not None else named
    if (named is None and not failed) or (text(data.get("text")) or "").strip():
        return None
    return _words_of_error(named if named is not None else data)


def _words_of_error(error: object) -> str:
    for _ in range(_DEEP):
        if isinstance(error, list) and error:
            error = cast("list[object]", error)[0]
        elif isinstance(error, dict):
            fields = cast("Row", error)
            names = ("message", "msg", "detail", "error", "reason", "description")
            inner = next((fields[name] for name in names if fields.get(name)), None)
            if inner is None:
                break
            error = inner
    # A server's message may be of any type.
    return " ".join(str(error).split())[:500]  # pyright: ignore[reportUnknownArgumentType]


def _opened(raw: object) -> Row:
    """Take the object with the text out of its envelopes; it keeps the fields of the envelopes."""
    opened: Row = {}
    for _ in range(_DEEP):
        if isinstance(raw, str):
            return opened | {"text": raw}
        if isinstance(raw, list):
            members = cast("list[object]", raw)
            if len(members) != 1:
                return opened | ({"text": joined(map(str, members))} if _all(members, str) else {"segments": members})
            raw = members[0]
            continue
        if not isinstance(raw, dict):
            break
        opened = opened | cast("Row", raw)
        if text_of(opened) is not None or _list(opened, _SEGMENTS, "segment") or _list(opened, _WORDS, "word"):
            break
        name = next((name for name in _ENVELOPES if isinstance(opened.get(name), (dict, list)) and opened[name]), None)
        if name is None:
            break
        raw = opened.pop(name)
        if isinstance(raw, list) and name in _BEST_FIRST:
            raw = cast("list[object]", raw)[0]
    return opened


def _all(members: Sequence[object], kind: type) -> bool:
    return bool(members) and all(isinstance(member, kind) for member in members)


def _list(data: Mapping[str, object], names: Sequence[str], inner: str) -> list[Row]:
    """The first list of rows under one of these names, or inside an object with times."""
    if not any(isinstance(value, (list, dict)) for value in data.values()):  # as words have none
        return []
    places = [data.get(name) for name in names]
    for name in _TIMED_IN:
        holder = data.get(name)
        if isinstance(holder, dict):
            places += [cast("Row", holder).get(key) for key in (inner, f"{inner}s")]
    for value in places:
        members = cast("list[object]", value) if isinstance(value, list) else []
        rows = [row for row in map(_row, members) if row is not None]
        if rows:
            return rows
    return []


def _row(member: object) -> Row | None:
    """Read a member of a list as an object: ["text", 0.0, 1.5], [0.0, 1.5, "text"], or one with alternatives, too."""
    if isinstance(member, dict):
        row = cast("Row", member)
        best = row.get("alternatives") or row.get("nBest") or row.get("nbest")
        inner = cast("list[object]", best)[0] if isinstance(best, list) and best else None
        return cast("Row", inner) | row if isinstance(inner, dict) else row
    if not isinstance(member, list):
        return None
    values = cast("list[object]", member)
    spoken = next((value for value in values if isinstance(value, str)), None)
    if spoken is None:
        return None
    place = values.index(spoken)
    before, after = (
        [value for value in part if number(value) is not None] for part in (values[:place], values[place + 1 :])
    )
    pair = before[-2:] if len(before) > 1 else after[:2]
    return {"text": spoken, "start": pair[0], "end": pair[1]} if len(pair) > 1 else None


def _read(rows: Sequence[Row], names: Sequence[str], name: str, duration: float | None) -> list[Row]:
    """Rows with their text under one name and their times in seconds; a time is None if the server sent none."""
    timed: list[Row] = []
    for row in rows:
        spoken = next((value for key in names if isinstance(value := row.get(key), str)), None)
        if spoken is None:
            continue
        when = times.of(row)
        inner = [times.of(word) for word in _list(row, _WORDS, "word")] if None in when else []
        start = next((known.start for known in (when, *inner) if known.start is not None), None)
        end = next((known.end for known in (when, *inner[::-1]) if known.end is not None), None)
        speaker = next((row[key] for key in _SPEAKERS if isinstance(row.get(key), (str, int))), None)
        known = {} if speaker is None or isinstance(speaker, bool) else {"speaker": str(speaker)}
        timed.append({**row, name: flowing(spoken), "start": start, "end": end, **known})
    scale = times.unit([row["end"] or row["start"] or 0.0 for row in timed], duration)
    for row in timed if scale != 1.0 else ():
        row |= {edge: None if row[edge] is None else row[edge] * scale for edge in ("start", "end")}
    return timed


def _segments(data: Mapping[str, object], duration: float | None) -> list[Row]:
    """The segments of the answer, which may be one itself."""
    rows = documented(data.get("segments"), "text", duration)
    if rows is not None:
        return rows
    itself = [dict(data)] if times.of(data).start is not None else []
    return _read(_list(data, _SEGMENTS, "segment") or itself, _ROW_TEXTS, "text", duration)


def _words(data: Mapping[str, object], segments: Sequence[Row], duration: float | None) -> list[Row]:
    """The words of the answer, or else of its segments; the parts of a word are joined."""
    words = documented(data.get("words"), "word", duration)
    if words is not None:
        return words
    rows = [row for row in _list(data, _WORDS, "word") if times.of(row) != (None, None)]
    if not rows:
        for segment in segments:
            who = {"speaker": segment["speaker"]} if "speaker" in segment else {}
            rows += [who | row for row in _list(segment, _WORDS, "word")]
    return whole_words(_read(rows, _WORD_TEXTS, "word", duration))


def _cues(value: str) -> list[Row]:
    """Read subtitles as segments; a server may send them in place of the text."""
    return [
        {"start": cue.start, "end": cue.end, "text": joined(cue.lines)}
        | ({"speaker": cue.speaker} if cue.speaker else {})
        for cue in read_subtitles(value)
    ]
