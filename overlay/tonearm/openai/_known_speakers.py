"""Known speakers: samples of their voices as data URLs."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from .._audio import named
from .._base import validate
from .._files import Source
from ..errors import InvalidInput
from .presets import LONGEST_NAME
from .types import Sample

_LARGEST = 25_000_000
"""Bytes of a sample, which lasts 2 to 10 seconds."""


def references(known: Mapping[str, Sample]) -> dict[str, str]:
    """The data URL of each speaker's sample; files are read.

    Raises:
        InvalidInput: this is no mapping, a name is empty, or a sample is no file, bytes or data URL.
    """
    if not isinstance(known, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidInput.of("known_speakers", known, "a mapping of names to samples")
    return {
        validate.length(name, "known_speakers", least=1, most=LONGEST_NAME, within="each name"): _data_url(name, sample)
        for name, sample in known.items()
    }


def _data_url(name: str, sample: Sample) -> str:
    if isinstance(sample, str) and sample.startswith("data:"):
        return validate.encodable(sample, "known_speakers", within=f"the sample of {name!r}")
    with Source.open(sample) as source:
        if source.size > _LARGEST:
            raise InvalidInput(
                f"the sample of {name!r} has {source.size} bytes; 2 to 10 seconds are enough",
                argument="known_speakers",
                value=source.size,
                expected=f"a mapping to samples of at most {_LARGEST} bytes",
            )
        _, content_type = named(source.name, source.head())
        return f"data:{content_type};base64,{b64encode(source.read_at(0, source.size)).decode()}"
