"""AIOZ objects are read straight from the answer; the generated parser reads the documented examples alike."""

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve

from tests.drift.spec_rules import load
from tonearm.aioz import Media, Track
from tonearm_generated.aioz.models import CaptionResponse, ChapterResponse, MediaListResponse, MediaResponse
from tonearm_generated.aioz.models import TranscriptResponse as Transcribed

ANSWERS = load("aioz")["components"]["responses"]


def examples(answer: str) -> Iterator[dict[str, Any]]:
    """The documented examples of an answer."""
    for example in ANSWERS[answer]["content"]["application/json"]["examples"].values():
        yield example["value"]


def objects() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each documented object as it stands there, and as the generated parser gives it back."""
    for example in examples("MediaAnswer"):
        yield example["data"], MediaResponse.from_dict(example).to_dict()["data"]
    for example in examples("MediaListAnswer"):
        again = MediaListResponse.from_dict(example).to_dict()["data"]
        for name, found in example["data"].items():
            if isinstance(found, list):
                yield from zip(found, again[name], strict=True)


@pytest.mark.parametrize(("raw", "again"), list(objects()))
def test_an_object_is_read_alike(raw: dict[str, Any], again: dict[str, Any]) -> None:
    media = Media.of(raw, None)
    assert media.status
    assert media == evolve(Media.of(again, None), raw=raw)


@pytest.mark.parametrize(
    ("answer", "model"),
    [("CaptionAnswer", CaptionResponse), ("TranscriptAnswer", Transcribed), ("ChapterAnswer", ChapterResponse)],
)
def test_a_track_is_read_alike(answer: str, model: Any) -> None:
    for example in examples(answer):
        again = model.from_dict(example).to_dict()["data"]
        for name, found in example["data"].items():
            track = Track.of(found)
            assert track is None or track == Track.of(again[name])
        assert any(Track.of(found) for found in example["data"].values())


def test_there_are_examples_enough() -> None:
    assert len(list(objects())) >= 3
