"""Encodes a span of a recording into its own file."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO, cast

from .chunk import Draft, Piece
from .container import ANY, Choice, opened
from .guarded_file import WRITING, GuardedFile
from .resampling import Resampled
from .timeline import HOLE, Timed, frames

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream

RECOGNISED = 16_000
"""Samples per second with which recognisers work."""

_OPUS = 24_000  # samples per second at a low bit rate
_KEPT = frozenset({"mono", "stereo", "3.0", "quad", "5.0", "5.0(side)", "5.1", "5.1(side)", "6.1", "7.1"})
"""Layouts of channels that FLAC can store."""
_EXACT = frozenset({"s16", "s32"})
"""Formats of samples that FLAC can store."""


def decoded(file: BinaryIO, choice: Choice = ANY) -> Iterator[Timed[AudioFrame]]:
    """The frames of a recording with their times."""
    with opened(file, choice) as recording:
        yield from frames(recording)


class Encoded:
    """A piece that is encoded again, cut to the sample."""

    def __init__(self, draft: Draft, codec: str, rate: int, layout: str = "mono", form: str = "s16") -> None:
        import av

        self._draft, self._start, self._end, self._count = draft, draft.span.start, draft.span.start, 0
        muxer = draft.path.suffix[1:]
        self._guarded = GuardedFile(draft.file)
        self._container = av.open(self._guarded, "w", format=muxer, options={**WRITING, "fflags": "+bitexact"})
        self._stream = cast("AudioStream", self._container.add_stream(codec, rate))
        self._stream.layout, self._stream.format = layout, form
        self._has_begun, self._resampled = False, Resampled(self._stream.format, self._stream.layout, self._stream.rate)

    @classmethod
    def flac(cls, draft: Draft, like: AudioFrame | None = None) -> Encoded:
        """Encode frames like this one without loss; without a frame as recognisers use it: 16 kHz, one channel."""
        if like is None or like.layout.name not in _KEPT or like.format.packed.name not in _EXACT:
            return cls(draft, "flac", RECOGNISED)
        return cls(draft, "flac", like.sample_rate, like.layout.name, like.format.packed.name)

    @classmethod
    def opus(cls, draft: Draft, bit_rate: int) -> Encoded:
        """Encode speech in so many bits per second."""
        encoded = cls(draft, "libopus", _OPUS)
        encoded._stream.bit_rate = bit_rate
        encoded._stream.options = {"vbr": "off"}
        return encoded

    def put(self, timed: Timed[AudioFrame]) -> None:
        """Add the part of a frame that lies in the span; the frame stays as it is, for other pieces."""
        frame, span, rate = timed.part, self._draft.span, timed.part.sample_rate
        first = max(0, round((span.start - timed.time) * rate))
        after = min(frame.samples, round((span.end - timed.time) * rate))
        if first >= after:
            return
        time = timed.time + first / rate
        if not self._has_begun:
            self._start, self._has_begun = time, True
        elif time - self._end > HOLE / 2:
            self._put_silence(time - self._end)
        part = frame if after - first == frame.samples else _part(frame, first, after)
        self._mux(*self._resampled.put(part))
        self._end = time + (after - first) / rate

    def finish(self) -> Piece:
        """Close the piece."""
        self._mux(*self._resampled.flush(), None)
        self._container.close()
        self._guarded.reraise()
        return self._draft.finish(self._start, self._end)

    def discard(self) -> None:
        """Close and remove the piece."""
        self._container.close()
        self._draft.discard()

    def _put_silence(self, seconds: float) -> None:
        """Add so many seconds of silence."""
        from av.audio.frame import AudioFrame

        self._mux(*self._resampled.flush())
        left = round(seconds * self._stream.rate)
        while left > 0:
            frame = AudioFrame(self._stream.format, self._stream.layout, samples=min(left, self._stream.rate))
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            frame.sample_rate = self._stream.rate
            self._mux(frame)
            left -= frame.samples

    def _mux(self, *frames: AudioFrame | None) -> None:
        for frame in frames:
            if frame is not None:
                frame.pts, frame.time_base = self._count, Fraction(1, self._stream.rate)
                self._count += frame.samples
            self._container.mux(self._stream.encode(frame))
            self._guarded.reraise()


def _part(frame: AudioFrame, first: int, after: int) -> AudioFrame:
    """Some samples of a frame."""
    from av.audio.frame import AudioFrame

    width = 1 if frame.format.is_planar else frame.layout.nb_channels
    samples = frame.to_ndarray()[:, first * width : after * width].copy()
    part = AudioFrame.from_ndarray(samples, frame.format.name, frame.layout.name)
    part.sample_rate = frame.sample_rate
    return part
