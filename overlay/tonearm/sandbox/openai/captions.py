"""Segments as subtitles."""

from collections.abc import Iterable

from tonearm.sandbox.recogniser import Segment


def srt(segments: Iterable[Segment]) -> str:
    """Write SubRip subtitles."""
    return "".join(
        f"{number}\n{_time(segment.start, ',')} --> {_time(segment.end, ',')}\n{segment.text}\n\n"
        for number, segment in enumerate(segments, 1)
    )


def vtt(segments: Iterable[Segment]) -> str:
    """Write WebVTT subtitles."""
    cues = (f"{_time(segment.start, '.')} --> {_time(segment.end, '.')}\n{segment.text}\n\n" for segment in segments)
    return "WEBVTT\n\n" + "".join(cues)


def _time(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"
