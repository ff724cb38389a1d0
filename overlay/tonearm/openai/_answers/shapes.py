"""One shape for the transcripts of all servers: `text`, `segments` and `words`, and what else the answer has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ..._base.coerce import number, text
from ...subtitles import read as read_subtitles
from ...subtitles.width import joined
from . import times
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
"""Envelopes in one another that are opened."""

Row = dict[str, Any]


def canonical(raw: object) -> Row:
    """An answer in one shape: `text`, and where there are any `segments` and `words` with times in seconds.

    Raises:
        ValueError: there is no text in it.
    """
    told = _opened(raw)
    duration = next((found * scale for name, scale in _LENGTHS if (found := times.seconds(told.get(name)))), None)
    one = [told] if times.of(told).start is not None else []  # an answer may be a segment itself
    rows = _read(_list(told, _SEGMENTS, "segment") or one, _ROW_TEXTS, "text", duration)
    words = _words(told, rows, duration)
    said = text_of(told)
    if said is not None and looks_like_subtitles(said):
        rows, said = _cues(said), None
    if said is None:
        said = joined([row["text"] for row in rows] or [row["word"] for row in words])
        if not said and not isinstance(told.get("segments"), list):
            raise ValueError("there is no text")
    shaped = told | {"text": flowing(said)}
    for name, timed in (("segments", times.completed(rows, duration)), ("words", times.completed(words, duration))):
        if timed:
            shaped[name] = timed
        else:
            shaped.pop(name, None)
    language = next((code for name in _LANGUAGES if (code := text(told.get(name)))), None)
    return shaped | ({"language": language} if language else {}) | ({"duration": duration} if duration else {})


def text_of(told: Mapping[str, object]) -> str | None:
    """The text of an answer, under the first of its names; a list of texts is one."""
    for name in _TEXTS:
        value = told.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and all(isinstance(one, str) for one in cast("list[object]", value)):
            return joined(cast("list[str]", value))
    return None


def error_of(raw: object) -> str | None:
    """What a server says of its failure in an answer that has no text; None where it is none."""
    told = cast("Row", raw) if isinstance(raw, dict) else {}
    failed = told.get("success") is False or told.get("ok") is False or told.get("object") == "error"
    failed = failed or str(told.get("status")).lower() in ("error", "failed", "failure")
    named = next((told[name] for name in ("error", "error_message") if told.get(name)), None)
    if named is None and not failed:
        named = next((told[name] for name in ("errors", "detail") if told.get(name)), None)
        named = None if named is None or text_of(_opened(told)) is not None else named
    if (named is None and not failed) or (text(told.get("text")) or "").strip():
        return None
    return _words_of_error(named if named is not None else told)


def _words_of_error(said: object) -> str:
    for _ in range(_DEEP):
        if isinstance(said, list) and said:
            said = cast("list[object]", said)[0]
        elif isinstance(said, dict):
            found = cast("Row", said)
            names = ("message", "msg", "detail", "error", "reason", "description")
            inner = next((found[name] for name in names if found.get(name)), None)
            if inner is None:
                break
            said = inner
    # What a server says has no type.
    return " ".join(str(said).split())[:500]  # pyright: ignore[reportUnknownArgumentType]


def _opened(raw: object) -> Row:
    """The object that has the text, out of its envelopes; what stands on them stays with it."""
    told: Row = {}
    for _ in range(_DEEP):
        if isinstance(raw, str):
            return told | {"text": raw}
        if isinstance(raw, list):
            members = cast("list[object]", raw)
            if len(members) != 1:
                return told | ({"text": joined(map(str, members))} if _all(members, str) else {"segments": members})
            raw = members[0]
            continue
        if not isinstance(raw, dict):
            break
        told = told | cast("Row", raw)
        if _list(told, _SEGMENTS, "segment") or _list(told, _WORDS, "word") or text_of(told) is not None:
            break
        name = next((one for one in _ENVELOPES if isinstance(told.get(one), (dict, list)) and told[one]), None)
        if name is None:
            break
        raw = told.pop(name)
        if isinstance(raw, list) and name in _BEST_FIRST:
            raw = cast("list[object]", raw)[0]
    return told


def _all(members: Sequence[object], kind: type) -> bool:
    return bool(members) and all(isinstance(one, kind) for one in members)


def _list(told: Mapping[str, object], names: Sequence[str], inner: str) -> list[Row]:
    """The first list of objects or of rows under one of these names, or within an object of times."""
    places = [told.get(name) for name in names]
    for name in _TIMED_IN:
        holder = told.get(name)
        if isinstance(holder, dict):
            places += [cast("Row", holder).get(one) for one in (inner, f"{inner}s")]
    for value in places:
        members = cast("list[object]", value) if isinstance(value, list) else []
        rows = [row for row in map(_row, members) if row is not None]
        if rows:
            return rows
    return []


def _row(member: object) -> Row | None:
    """A member of a list as an object: also ["text", 0.0, 1.5], [0.0, 1.5, "text"], or one with alternatives."""
    if isinstance(member, dict):
        row = cast("Row", member)
        best = row.get("alternatives") or row.get("nBest") or row.get("nbest")
        inner = cast("list[object]", best)[0] if isinstance(best, list) and best else None
        return cast("Row", inner) | row if isinstance(inner, dict) else row
    if not isinstance(member, list):
        return None
    values = cast("list[object]", member)
    said = next((one for one in values if isinstance(one, str)), None)
    if said is None:
        return None
    place = values.index(said)
    before, after = ([one for one in part if number(one) is not None] for part in (values[:place], values[place + 1 :]))
    pair = before[-2:] if len(before) > 1 else after[:2]
    return {"text": said, "start": pair[0], "end": pair[1]} if len(pair) > 1 else None


def _read(rows: Sequence[Row], names: Sequence[str], name: str, duration: float | None) -> list[Row]:
    """Rows with their text under one name and their times in seconds, None where a server tells none."""
    found: list[Row] = []
    for row in rows:
        said = next((value for one in names if isinstance(value := row.get(one), str)), None)
        if said is None:
            continue
        when = times.of(row)
        inner = [times.of(word) for word in _list(row, _WORDS, "word")]
        start = next((one.start for one in (when, *inner) if one.start is not None), None)
        end = next((one.end for one in (when, *inner[::-1]) if one.end is not None), None)
        speaker = next((row[one] for one in _SPEAKERS if isinstance(row.get(one), (str, int))), None)
        known = {} if speaker is None or isinstance(speaker, bool) else {"speaker": str(speaker)}
        found.append({**row, name: flowing(said), "start": start, "end": end, **known})
    scale = times.unit([row["end"] or row["start"] or 0.0 for row in found], duration)
    for row in found if scale != 1.0 else ():
        row |= {one: None if row[one] is None else row[one] * scale for one in ("start", "end")}
    return found


def _words(told: Mapping[str, object], segments: Sequence[Row], duration: float | None) -> list[Row]:
    """The words: those of the answer, or those of its segments; the parts of a word are one."""
    rows = [row for row in _list(told, _WORDS, "word") if times.of(row) != times.Times(None, None)]
    if not rows:
        for segment in segments:
            who = {"speaker": segment["speaker"]} if "speaker" in segment else {}
            rows += [who | row for row in _list(segment, _WORDS, "word")]
    return whole_words(_read(rows, _WORD_TEXTS, "word", duration))


def _cues(said: str) -> list[Row]:
    """The cues of subtitles as segments; a server may have put them where the text belongs."""
    return [
        {"start": cue.start, "end": cue.end, "text": joined(cue.lines)}
        | ({"speaker": cue.speaker} if cue.speaker else {})
        for cue in read_subtitles(said)
    ]
