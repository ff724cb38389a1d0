"""Which levels are silence."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from tests.media.recordings import as_array, encoded, noise, opened, speech, wave
from tonearm._audio import Scan, Silence, scan, spans
from tonearm._audio.silence import Levels, Stretch, silences

PAUSE = 0.6


def scanned(samples: "np.ndarray") -> Scan:
    return scan(opened(encoded(wave(samples), "wav", "pcm_s16le", 16_000)))


def pauses(sentences: int = 12) -> list[tuple[float, float]]:
    """The true pauses between the sentences of the marker speech."""
    words = speech(sentences).words
    return [(a.end, b.start) for a, b in pairwise(words) if b.start - a.end > 0.3]


def assert_found(found: Scan, truth: list[tuple[float, float]], within: float = 0.05) -> None:
    """Every pause is found where it is, and nothing is called silent that is not."""
    inner = [s for s in found.silences if 0.5 < s.start < found.duration - 0.5]
    assert len(inner) == len(truth)
    for silence, (start, end) in zip(inner, truth, strict=True):
        assert start - 0.021 <= silence.start <= start + within
        assert end - within <= silence.end <= end + 0.021


@pytest.mark.parametrize("level", [0, 1e-5, 1e-3, 5e-3, 0.02])
@pytest.mark.parametrize("loudness", [1, 0.1])
def test_pauses_are_found_over_any_noise(level: float, loudness: float) -> None:
    clean = as_array(speech())
    assert_found(scanned(loudness * (clean + noise(len(clean) / 16_000, level))), pauses())


def test_pauses_are_found_in_a_very_quiet_recording() -> None:
    assert_found(scanned(as_array(speech()) * 0.005), pauses())


def test_a_constant_offset_is_no_sound() -> None:
    assert_found(scanned(as_array(speech()) + 0.2), pauses())


def test_noise_that_begins_in_the_middle_hides_no_pauses() -> None:
    clean = as_array(speech(80))
    hum = noise(len(clean) / 16_000, 0.01)
    hum[: len(hum) // 2] = 0
    assert_found(scanned(clean + hum), pauses(80))


@pytest.mark.parametrize(
    "sound",
    [
        lambda seconds: noise(seconds, 0.1),
        lambda seconds: noise(seconds, 0.0005),
        lambda seconds: 0.3 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * 16_000)) / 16_000),
    ],
)
def test_what_is_steady_has_no_silence(sound: Callable[[float], "np.ndarray"]) -> None:
    assert scanned(sound(30)).silences == ()


@pytest.mark.parametrize("level", [0, 2e-5])
def test_what_is_hardly_there_is_silent_all_through(level: float) -> None:
    assert scanned(noise(10, level)) == Scan(10, (Silence(0, 10),))


def test_a_long_break_in_room_noise_is_silent() -> None:
    quiet = noise(300, 0.001)
    talk = as_array(speech(20))
    quiet[: len(talk)] += talk
    quiet[-len(talk) :] += talk
    longest = max(scanned(quiet).silences, key=lambda silence: silence.end - silence.start)
    assert longest.end - longest.start == pytest.approx(300 - 2 * len(talk) / 16_000, abs=0.4)


@pytest.mark.parametrize("hiss", [0, 0.0005])
@pytest.mark.parametrize("where", ["first", "between", "last"])
def test_words_that_are_much_quieter_than_the_rest_are_no_silence(where: str, hiss: float) -> None:
    loud, talk = noise(400, 0.3), 0.1 * as_array(speech(20))
    quiet = np.concatenate([np.zeros(5 * 16_000), talk, np.zeros(5 * 16_000)])
    quiet += noise(len(quiet) / 16_000, hiss)
    parts = {"first": (quiet, loud), "between": (loud, quiet, loud), "last": (loud, quiet)}[where]
    start = 0 if where == "first" else 400
    found = scanned(np.concatenate(parts))
    words = [(start + 5 + word.start, start + 5 + word.end) for word in speech(20).words]
    kept = spans(found, longest=600)
    assert all(any(part.start <= first and last <= part.end for part in kept) for first, last in words)
    assert any(silence.end - silence.start > 3 for silence in found.silences)


def test_words_over_soft_music_keep_their_pauses() -> None:
    seconds = np.arange(len(as_array(speech()))) / 16_000
    music = sum(np.sin(2 * np.pi * tone * seconds) * (1 + 0.3 * np.sin(seconds)) for tone in (220, 277, 330))
    assert_found(scanned(as_array(speech()) + 0.008 * music), pauses())


def test_a_silence_has_a_fifth_of_a_second() -> None:
    levels = [0.5] * 100
    levels[20:29] = [0.0] * 9
    levels[60:70] = [0.0] * 10
    assert silences(levels) == (Silence(1.2, 1.4),)


def test_without_levels_there_is_no_silence() -> None:
    assert silences([]) == ()


def test_levels_keep_their_times() -> None:
    levels = Levels()
    levels.put(Stretch(0.0, 0.05, [0.5, 0.25, 0.125]))
    levels.put(Stretch(0.05, 0.08, [0.75, 0.0]))  # begins within the third level
    levels.put(Stretch(0.16, 0.2, [1.0, 1.0]))  # after a gap
    assert list(levels.values) == [0.5, 0.25, 0.75, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0]


def test_the_cuts_of_a_recording_stay_as_they_were() -> None:
    """Answers that are kept belong to the bytes of a chunk: other cuts would have them paid for again."""
    sound = noise(90, 0.2) * np.repeat(np.random.default_rng(5).uniform(0, 1, 360) ** 4, 4_000)
    samples = wave(sound)
    for muxer, codec in (("wav", "pcm_s16le"), ("flac", "flac"), ("aiff", "pcm_s16be"), ("matroska", "pcm_s16le")):
        found = scan(opened(encoded(samples, muxer, codec, 16_000)))
        assert [(round(span.start, 3), round(span.end, 3)) for span in spans(found, longest=20)] == CUTS, muxer


CUTS = [(0.0, 15.62), (15.62, 32.52), (32.52, 51.25), (51.25, 59.75), (59.75, 76.25), (76.25, 90.0)]
