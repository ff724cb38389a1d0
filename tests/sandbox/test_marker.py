"""The marker voice and its recogniser: what is heard is what was said, to the word and to the time."""

import unicodedata
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tonearm.sandbox import audio, library, marker
from tonearm.sandbox.marker import Speech, Word, codebook

RATE = audio.SPEECH_RATE
NEAR = 0.01  # seconds: how exact times are after an encoding with losses

TEXT = """The quick brown fox jumps over the lazy dog. It doesn't matter, does it? "A naïve façade!", said 42 people in
Łódź. Большой театр открыт; 東京タワー。ここから見える。 To be or not to be: that is the question...

Whether 'tis nobler to suffer the slings and arrows of fortune, or to take arms against a sea of
troubles. Incomprehensibilities aside, I paid £1,299.99 on 3 May; x marks the spot.
"""

# Short words that share many letters, any letters at all, and any characters whatever, surrogates too.
words = st.text(st.sampled_from("abz'é東"), max_size=9)
texts = st.lists(words).map(" ".join) | st.text(st.characters()) | st.lists(words, max_size=4).map(". ".join)


def samples(speech: Iterable[bytes]) -> NDArray[np.int16]:
    return np.frombuffer(b"".join(speech), dtype="<i2")


def heard(sound: NDArray[np.int16]) -> list[Word]:
    """What is heard in samples at 16 kHz."""
    return list(marker.listen([sound.tobytes()]))


def through(speech: Speech, muxer: str, codec: str, *, rate: int, bit_rate: int | None = None) -> list[Word]:
    """What is heard in a speech after it was a file: one that could be finished, so that it names its delay."""
    file = BytesIO()
    with av.open(file, "w", format=muxer) as container:
        stream = container.add_stream(codec, rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        if bit_rate:
            stream.bit_rate = bit_rate
        frame = av.AudioFrame.from_ndarray(samples(speech)[None], "s16", "mono")
        frame.sample_rate, frame.pts = speech.rate, 0
        resampler = av.AudioResampler(stream.format, "mono", rate)
        for resampled in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(resampled))
        container.mux(stream.encode(None))
    file.seek(0)
    return list(marker.listen(audio.decode(file)))


def said(words: Iterable[Word]) -> list[tuple[str, str]]:
    return [(word.speaker, word.text) for word in words]


def assert_same(found: list[Word], true: Iterable[Word], *, near: float = NEAR, later: float = 0.0) -> None:
    true = list(true)
    assert said(found) == said(true)
    for word, truth in zip(found, true, strict=True):
        assert word.start == pytest.approx(truth.start + later, abs=near)
        assert word.end == pytest.approx(truth.end + later, abs=near)


@pytest.fixture(scope="module")
def speech() -> Speech:
    """More than half a minute: two speakers, one after the other."""
    return marker.speak(TEXT, speaker="A") + marker.speak("Another one has a word.", speaker="P")


@pytest.fixture(scope="module")
def clean(speech: Speech) -> NDArray[np.int16]:
    """The speech at 16 kHz."""
    return samples(audio.decode(BytesIO(b"".join(audio.encode(speech, audio.ENCODINGS["wav"], rate=speech.rate)))))


# Words


def test_a_text_is_cut_into_sentences_of_plain_words() -> None:
    assert [" ".join(phrase) for phrase in marker.phrases(TEXT)] == [
        "the quick brown fox jumps over the lazy dog",
        "it doesn't matter does it",
        "a naïve façade said 42 people in łódź",
        "большой театр открыт 東京タワー",
        "ここから見える",
        "to be or not to be that is the question",
        "whether tis nobler to suffer the slings and arrows of fortune or to take arms against a sea of troubles",
        "incomprehensibilities aside i paid 1 299 99 on 3 may x marks the spot",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" -- ... '' \n", []),
        ("Don\N{RIGHT SINGLE QUOTATION MARK}t 'quote'", [("don't", "quote")]),
        ("cafe\N{COMBINING ACUTE ACCENT}", [("café",)]),
        ("\N{COMBINING ACUTE ACCENT} a", [("a",)]),
        ("co\N{SOFT HYPHEN}op under_score", [("coop", "under", "score")]),
        ("हिन्दी में", [("हिन्दी", "में")]),
        ("A title\n\nand a\nparagraph", [("a", "title"), ("and", "a", "paragraph")]),
        ("\ud800lone", [("lone",)]),
    ],
)
def test_words_are_what_is_heard_of_a_text(text: str, expected: list[tuple[str, ...]]) -> None:
    assert marker.phrases(text) == expected


@given(texts)
def test_no_letter_or_digit_of_a_text_is_lost(text: str) -> None:
    def letters(text: str) -> str:
        return "".join(one for one in text if unicodedata.category(one)[0] in "LN")

    composed = unicodedata.normalize("NFC", text.lower())
    assert letters("".join("".join(phrase) for phrase in marker.phrases(text))) == letters(composed)


# The voice


def test_the_true_times_are_where_the_sound_is(speech: Speech) -> None:
    sound = samples(speech)
    silent = np.ones(len(sound), dtype=bool)
    for word in speech.words:
        first, last = round(word.start * speech.rate), round(word.end * speech.rate)
        silent[first:last] = False
        edge = speech.rate // 500
        assert sound[first : first + edge].any()
        assert sound[last - edge : last].any()
    assert not sound[silent].any()
    assert len(sound) == round(speech.duration * speech.rate)


def test_words_follow_each_other_as_in_speech_with_longer_pauses_between_sentences() -> None:
    spoken = marker.speak("One two. Three", before=0.25, after=0.5)
    one, two, three = spoken.words
    assert one.start == 0.25
    assert 0.2 < one.end - one.start < 0.4
    assert two.start - one.end == pytest.approx(0.1)
    assert three.start - two.end == pytest.approx(0.6)
    assert spoken.duration - three.end == pytest.approx(0.5)


def test_a_text_without_words_is_silence() -> None:
    spoken = marker.speak("...", before=0.5, after=0.25, rate=RATE)
    assert (spoken.words, spoken.duration) == ((), 0.75)
    assert b"".join(spoken) == bytes(round(0.75 * RATE) * 2)


def test_a_word_that_is_too_long_becomes_several() -> None:
    spoken = marker.speak("é" * 300, rate=RATE)
    assert [word.text for word in spoken.words] == ["é" * 127, "é" * 127, "é" * 46]
    assert_same(heard(samples(spoken)), spoken.words, near=0.001)


@pytest.mark.parametrize("speaker", ["", "Q", "AB", "a"])
def test_a_speaker_without_a_label_is_refused(speaker: str) -> None:
    with pytest.raises(ValueError, match="speaker"):
        marker.speak("one", speaker=speaker)


def test_rates_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="rate"):
        marker.speak("one", rate=6000)
    with pytest.raises(ValueError, match="cannot follow"):
        marker.speak("one", rate=8000) + marker.speak("two", rate=16_000)


# Heard as it was said


@settings(max_examples=20)
@given(texts, st.sampled_from(marker.SPEAKERS), st.sampled_from([0.0, 0.013, 0.3]))
@example("a" * 255, "A", 0.0)
def test_any_text_is_heard_as_it_was_said(text: str, speaker: str, around: float) -> None:
    spoken = marker.speak(text, speaker=speaker, rate=RATE, before=around, after=around)
    found = heard(samples(spoken))
    assert_same(found, spoken.words, near=0.001)
    assert all(0 <= word.start < word.end <= spoken.duration for word in found)


@settings(max_examples=15)
@given(texts, st.sampled_from([8000, 11_025, 22_050, 24_000, 44_100, 48_000]))
def test_any_rate_is_heard(text: str, rate: int) -> None:
    spoken = marker.speak(text, rate=rate)
    assert_same(through(spoken, "wav", "pcm_s16le", rate=rate), spoken.words, near=0.002)


@settings(max_examples=15)
@given(st.lists(st.integers(1, 40_000), max_size=30))
def test_blocks_of_any_size_are_heard(sizes: list[int]) -> None:
    spoken = marker.speak("Blocks end where they like. Also within a sample.", rate=RATE)
    data = b"".join(spoken)
    blocks = [data[sum(sizes[:number]) :][:size] for number, size in enumerate(sizes)]
    assert_same(list(marker.listen([*blocks, data[sum(sizes) :]])), spoken.words, near=0.001)


LOSSES = [
    ("mp3", "libmp3lame", 64_000),
    ("mp3", "libmp3lame", 32_000),
    ("ogg", "libopus", 24_000),
    ("ogg", "libopus", 16_000),
    ("ipod", "aac", 64_000),
    ("ipod", "aac", 32_000),
]
RATES = [16_000, 24_000, 48_000]


@pytest.mark.parametrize(
    ("muxer", "codec", "bit_rate", "rate"),
    [
        pytest.param(*how, rate, marks=() if number % 2 and rate == RATES[number // 2] else pytest.mark.soak)
        for number, how in enumerate(LOSSES)  # of which each codec's lower bit rate loses more
        for rate in RATES
    ],
)
def test_encodings_with_losses_keep_words_and_times(
    speech: Speech, muxer: str, codec: str, bit_rate: int, rate: int
) -> None:
    assert_same(through(speech, muxer, codec, rate=rate, bit_rate=bit_rate), speech.words)


@settings(max_examples=15)
@given(texts, st.sampled_from([("mp3", "libmp3lame", 64_000), ("ogg", "libopus", 24_000), ("ipod", "aac", 64_000)]))
def test_any_text_is_heard_through_encodings(text: str, how: tuple[str, str, int]) -> None:
    spoken = marker.speak(text)
    muxer, codec, bit_rate = how
    assert_same(through(spoken, muxer, codec, rate=spoken.rate, bit_rate=bit_rate), spoken.words)


@pytest.mark.parametrize("name", ["aac", "mp3"])
def test_the_delay_of_a_stream_that_cannot_name_it_is_the_same_for_all_words(name: str) -> None:
    speech = marker.speak(TEXT)
    stream = b"".join(audio.encode(speech, audio.ENCODINGS[name], rate=speech.rate))
    found = list(marker.listen(audio.decode(BytesIO(stream))))
    assert_same(found, speech.words, later=found[0].start - speech.words[0].start)


@pytest.mark.parametrize("decibels", [-40, -20, 20])
def test_the_level_does_not_matter(speech: Speech, clean: NDArray[np.int16], decibels: int) -> None:
    """At +20 the loudest samples are far beyond what fits, and are clipped."""
    sound = np.clip(clean * 10 ** (decibels / 20), -32768, 32767).astype("<i2")
    assert_same(heard(sound), speech.words, near=0.002)


@pytest.mark.parametrize("ratio", [20, 6])
def test_noise_does_not_matter(speech: Speech, clean: NDArray[np.int16], ratio: int) -> None:
    """`ratio` is that of the words' level to the noise's, in decibels."""
    level = np.sqrt(np.mean(np.square(clean[clean != 0], dtype=np.float64)))
    noise = np.random.default_rng(1).normal(scale=level / 10 ** (ratio / 20), size=len(clean))
    assert_same(heard((clean + noise).astype("<i2")), speech.words)


@pytest.mark.parametrize("minutes", [2, pytest.param(60, marks=pytest.mark.soak)])
def test_a_long_recording_is_heard_to_the_last_word(minutes: int) -> None:
    spoken = marker.speak(TEXT, rate=RATE)
    while spoken.duration < minutes * 60:
        spoken += spoken
    found = list(marker.listen(spoken))
    assert said(found) == said(spoken.words)
    late = [abs(word.start - truth.start) for word, truth in zip(found, spoken.words, strict=True)]
    assert len(late) > minutes * 100
    assert max(late) < 0.001


# Damage


@settings(max_examples=40)
@given(st.data())
def test_a_cut_takes_away_the_words_that_it_touches_and_no_other(data: st.DataObject) -> None:
    spoken = marker.speak("Words words word sword. Swords worded, words!", rate=RATE)
    sound = samples(spoken)
    first = data.draw(st.integers(0, len(sound)))
    last = data.draw(st.integers(first, len(sound)))
    found = heard(np.delete(sound, np.s_[first:last]))
    begin, end = first / RATE, last / RATE
    before = [word for word in spoken.words if word.end <= begin]
    after = [word for word in spoken.words if word.start >= end]
    assert_same(found[: len(before)], before)
    assert_same(found[len(found) - len(after) :], after, later=begin - end)
    # What is left over may be a word of which less than a hundredth of a second is missing.
    assert len(found) - len(before) - len(after) <= 2
    assert {word.text for word in found} <= {"words", "word", "sword", "swords", "worded"}


def test_recordings_that_are_joined_anywhere_give_no_word_that_nobody_said() -> None:
    one = samples(marker.speak(TEXT, speaker="A", rate=RATE))
    two = samples(marker.speak(TEXT.upper(), speaker="B", rate=RATE))
    cuts = np.random.default_rng(2).integers(RATE // 10, 2 * RATE, size=60).cumsum()
    pieces = [np.split(sound, cuts[cuts < len(sound)]) for sound in (one, two)]
    joined = np.concatenate([piece for pair in zip(*pieces, strict=True) for piece in pair])
    found = heard(joined)
    true = {word for phrase in marker.phrases(TEXT) for word in phrase}
    assert len(found) > 60
    assert {word.text for word in found} <= true
    assert {word.speaker for word in found} == {"A", "B"}


@given(st.integers(0, 259 * 8 - 1), st.integers(1, 255))
def test_the_checksum_finds_a_wrong_symbol(place: int, change: int) -> None:
    word = codebook.encode("incomprehensibilities", 3)
    number = place % len(word)
    low, high = word[number]
    wrong = (low, high ^ (change & 15)) if low == codebook.START else divmod(low * 16 + high ^ change, 16)
    read = codebook.decode([*word[:number], wrong, *word[number + 1 :]])
    assert read == (("incomprehensibilities", 3) if wrong == (low, high) else None)


def test_a_word_that_is_no_text_is_none() -> None:
    class Bytes(str):
        def encode(self, *_: object) -> bytes:
            return b"\xff\xfe"

    assert codebook.decode(codebook.encode(Bytes(), 0)) is None


# What is no word


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.02, 20.0])
def test_silence_gives_nothing(seconds: float) -> None:
    assert heard(np.zeros(round(seconds * RATE), dtype="<i2")) == []


@pytest.mark.parametrize("level", [1, 30, 3000])
def test_noise_gives_nothing(level: int) -> None:
    assert heard(np.random.default_rng(3).normal(scale=level, size=30 * RATE).astype("<i2")) == []


@pytest.mark.parametrize("clip", sorted(library.PACKAGED.glob("*.flac")), ids=lambda clip: clip.stem)
def test_real_speech_gives_nothing(clip: Path) -> None:
    assert list(marker.listen(audio.decode(clip))) == []


def test_words_are_heard_between_real_speech() -> None:
    real = samples(audio.decode(library.PACKAGED / "history.flac"))
    spoken = marker.speak("now the marker", rate=RATE)
    found = heard(np.concatenate([real, samples(spoken), real]))
    assert_same(found, spoken.words, later=len(real) / RATE)


# Segments and speakers


def test_segments_end_at_pauses_and_where_another_speaker_begins() -> None:
    first = marker.speak("Is it you? Yes.", speaker="A", rate=RATE, after=0.0)
    second = marker.speak("It is me.", speaker="B", rate=RATE, before=0.05)
    segments = list(marker.recognise(first + second))
    assert [segment.text for segment in segments] == ["is it you", "yes", "it is me"]
    found = [word for segment in segments for word in segment.words if isinstance(word, Word)]
    assert "".join(speaker for speaker, _ in said(found)) == "AAAABBB"
    assert_same(found, (first + second).words, near=0.001)


def test_silence_has_no_segments() -> None:
    assert list(marker.recognise([bytes(RATE)])) == []
