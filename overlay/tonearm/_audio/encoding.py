"""Encodes samples into a file, and decodes a file into samples, both block by block. PyAV is loaded on first use."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain
from typing import IO, TYPE_CHECKING, Literal, TypeAlias, cast

from attrs import frozen

from .._base.cancellation import check_stop
from .concatenate import Grid
from .container import check_extra, failures, opened
from .guarded_file import WRITING, GuardedFile
from .label import NO_LABEL, Label
from .resampling import Resampled
from .timeline import frames

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream

Coding: TypeAlias = Literal["mp3", "opus", "aac", "flac", "m4a", "m4b"]
"""Formats in which samples can be encoded."""


@frozen
class _Encoder:
    muxer: str
    codec: str
    bit_rate: int | None
    """Bits per second where the caller names none; None for a lossless format."""
    brand: str | None = None
    """The brand of an MPEG-4 file (`mp4` is the only muxer of them that accepts a cover)."""


_ENCODERS: Mapping[Coding, _Encoder] = {
    "mp3": _Encoder("mp3", "libmp3lame", 128_000),
    "opus": _Encoder("ogg", "libopus", 64_000),
    "aac": _Encoder("adts", "aac", 96_000),
    "flac": _Encoder("flac", "flac", None),
    "m4a": _Encoder("mp4", "aac", 96_000, "M4A "),
    "m4b": _Encoder("mp4", "aac", 64_000, "M4B "),
}


_PURPOSE = "to encode and decode audio"

LOSSLESS = frozenset({"wav", "pcm", *(name for name, encoder in _ENCODERS.items() if encoder.bit_rate is None)})
"""Formats that have no bit rate to choose."""


def encode(
    blocks: Iterable[bytes],
    grid: Grid,
    file: IO[bytes],
    coding: Coding,
    bit_rate: int | None = None,
    label: Label = NO_LABEL,
) -> None:
    """Encode samples in one go, so that the header of the file is true and players can seek in it.

    Args:
        blocks: the samples, whole moments at a time.
        grid: their layout. A rate that the format does not have becomes the next higher one that it has.
        file: a seekable binary file, empty.
        coding: the format.
        bit_rate: bits per second; a usual one for speech when None.
        label: tags and chapters, of m4a and m4b.

    Raises:
        InvalidInput: the encoder refuses this bit rate, or the cover.
        ConfigurationError: the extra that encodes is not installed.
    """
    check_extra(_PURPOSE)
    import av

    encoder = _ENCODERS[coding]
    rates = sorted(av.Codec(encoder.codec, "w").audio_rates or ())
    rate = next((rate for rate in rates if rate >= grid.rate), rates[-1] if rates else grid.rate)
    options = {**WRITING, "brand": encoder.brand} if encoder.brand else WRITING
    try:
        with (
            failures(f"{coding} cannot be encoded"),
            GuardedFile(file) as guarded,
            av.open(guarded, "w", format=encoder.muxer, options=options) as container,
        ):
            stream = cast("AudioStream", container.add_stream(encoder.codec, rate))
            stream.layout = _layout(grid)
            stream.bit_rate = bit_rate or encoder.bit_rate or 0
            label.put(container)
            for frame in _frames(_carried(blocks), grid):
                container.mux(stream.encode(frame))
                guarded.reraise()
            container.mux(stream.encode(None))
    except _Carried as carried:
        raise carried.error from carried.error.__cause__


class _Carried(BaseException):
    """Carries an error of the source of the samples past `failures`, which explains errors of the encoder."""

    def __init__(self, error: Exception) -> None:
        self.error = error


def _carried(blocks: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from blocks
    except Exception as error:
        raise _Carried(error) from error


def decode(file: IO[bytes], grid: Grid | None = None) -> tuple[Grid, Iterator[bytes]]:
    """Decode a file of audio, with another layout if `grid` is given.

    Returns:
        The layout of the samples, and the samples.

    Raises:
        InvalidInput: the file is no audio that can be decoded; also while the samples are read.
        ConfigurationError: the extra that decodes is not installed.
    """
    check_extra(_PURPOSE)
    decoding = _decoded(file, grid)
    return cast("Grid", next(decoding)), cast("Iterator[bytes]", decoding)


def check_encoder(coding: Coding, bit_rate: int | None, label: Label = NO_LABEL) -> None:
    """Encode a tenth of a second, to check that it works; the errors are those of `encode`."""
    grid = Grid(24_000, 1)
    encode([bytes(grid.rate // 10 * grid.width)], grid, io.BytesIO(), coding, bit_rate, label)


def _decoded(file: IO[bytes], grid: Grid | None) -> Iterator[Grid | bytes]:
    with opened(file) as recording:
        codec = recording.stream.codec_context
        layout = grid or Grid(codec.sample_rate, min(codec.layout.nb_channels, 2))
        yield layout
        resampled = Resampled("s16", _layout(layout), layout.rate)
        for timed in chain(frames(recording), (None,)):
            check_stop()
            for piece in resampled.flush() if timed is None else resampled.put(timed.part):
                yield bytes(piece.planes[0])[: piece.samples * layout.width]


def _frames(blocks: Iterable[bytes], grid: Grid) -> Iterator[AudioFrame]:
    from av.audio.frame import AudioFrame

    position = 0
    for block in blocks:
        check_stop()
        frame = AudioFrame("s16", _layout(grid), samples=len(block) // grid.width)
        frame.sample_rate, frame.pts, frame.time_base = grid.rate, position, Fraction(1, grid.rate)
        frame.planes[0].update(block)
        position += frame.samples
        yield frame


def _layout(grid: Grid) -> str:
    return "mono" if grid.channels == 1 else "stereo"
