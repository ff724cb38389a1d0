"""Which levels are silence."""

import math
import random
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from tests.inside.audio import Levels, Quiet, Scan, Silence, Stretch, scan, silences, spans
from tests.media.recordings import as_array, encoded, noise, opened, speech, wave

PAUSE = 0.6


def scanned(samples: "np.ndarray") -> Scan:
    return scan(opened(encoded(wave(samples), "wav", "pcm_s16le", 16_000)))


def pauses(sentences: int = 6) -> list[tuple[float, float]]:
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


@pytest.mark.parametrize(("where", "hiss"), [("first", 0), ("between", 0.0005), ("last", 0), ("last", 0.0005)])
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


@pytest.mark.parametrize("ahead", [60, 300, 600, math.inf])
def test_what_is_silent_does_not_depend_on_when_it_is_asked(ahead: float) -> None:
    """However the levels come in, what is decided of them stays, and a look ahead of all is as if all were there."""
    chance = random.Random(round(min(ahead, 1e6)))
    loud = [level for level in (0.0, 1e-5, 1e-3, 0.01, 0.1, 0.5) for _ in range(3)]
    whole: list[float] = []
    while len(whole) < 1500 * 50:
        level, count = chance.choice(loud), chance.choice((30, 600, 12_000))
        whole += [level * chance.uniform(0.5, 1.5) * (chance.random() < 0.95) for _ in range(chance.randrange(count))]
    levels = Levels()
    quiet, seen = Quiet(levels.values, ahead), list[float]()
    for start in range(0, len(whole), 700):
        levels.put(Stretch(start / 50, (start + 700) / 50, whole[start : start + 700]))
        quiet.decide()
        assert quiet.known <= max(0.0, len(levels.values) / 50 - ahead)
        seen.append(quiet.known)
        assert all(silence.end <= quiet.known for silence in quiet.silences())
    early = quiet.silences()
    quiet.decide(ended=True)
    assert quiet.silences()[: max(0, len(early) - 1)] == early[:-1]
    assert max(seen) == (0.0 if ahead == math.inf else pytest.approx(1500 - ahead, abs=300))
    at_once = Quiet(levels.values, ahead)
    at_once.decide(ended=True)
    assert quiet.silences() == at_once.silences()
    assert (quiet.silences() == silences(levels.values)) or ahead < 1000


def test_what_comes_later_than_the_look_ahead_changes_nothing() -> None:
    """Noise is silence where speech is heard ahead; else it is taken for sound, as it may be all there is."""
    hum, talk = [0.004, 0.005] * (25 * 600), ([0.2, 0.3] * 40 + [0.004] * 20) * 400
    found = {ahead: Quiet(hum + talk, ahead) for ahead in (300.0, math.inf)}
    for quiet in found.values():
        quiet.decide(ended=True)
    near, all = (quiet.silences() for quiet in found.values())
    assert all[0] == Silence(0.0, 600.0)
    assert near[0] == Silence(300.0, 600.0)
    assert near[1:] == all[1:]
    assert len(all) > 300


@pytest.mark.parametrize("step", [1, -1])
def test_the_minutes_beside_a_minute_tell_its_noise_from_sound(step: int) -> None:
    quiet, hum = (([0.3] * 40 + [floor] * 20) * 50 for floor in (0.001, 0.01))
    found = silences((quiet * 5 + hum + [0.01] * 3000)[::step])
    assert max(silence.end - silence.start for silence in found) == pytest.approx(60.0)


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
