"""A transcript of as many words as an axis needs."""

from tonearm.openai import Segment, Transcript, Word


def talk(count: int) -> Transcript:
    """Words of 0.4 seconds, 20 to a segment."""
    words = [Word(n * 0.4, n * 0.4 + 0.35, f"word{n}") for n in range(count)]
    parts = [words[first : first + 20] for first in range(0, count, 20)]
    segments = tuple(Segment(part[0].start, part[-1].end, " ".join(word.text for word in part)) for part in parts)
    return Transcript(" ".join(one.text for one in segments), "en", count * 0.4, segments, tuple(words), None, {})
