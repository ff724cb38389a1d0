"""Copies a span of a recording into its own file, without decoding it."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO

from attrs import frozen

from ..errors import InvalidInput
from . import timeline
from .chunk import Draft, Piece
from .container import ANY, Choice, Opened, opened
from .guarded_file import WRITING, GuardedFile
from .length import decoded_duration
from .timeline import HOLE, Timed, lead

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet


@frozen
class Form:
    """What can hold packets unchanged: FFmpeg's name of a container (None if they need none), and the extension."""

    muxer: str | None
    extension: str


_VORBIS_BLOCK = 2048  # samples of a long block, as encoders make them
_EARLY = 0.05
_MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
_FORMS = {
    # Frames alone: a header would make decoders leave out the first samples of a piece.
    ("mp3", "mp3"): Form(None, "mp3"),
    (_MP4, "aac"): Form("ipod", "m4a"),
    ("ogg", "opus"): Form("ogg", "ogg"),
    ("ogg", "vorbis"): Form("ogg", "ogg"),
    ("matroska,webm", "opus"): Form("webm", "webm"),
    ("matroska,webm", "vorbis"): Form("webm", "webm"),
}


class Unfit(Exception):
    """A copied piece would not play as the recording does."""


@frozen
class Kind:
    """How a recording is cut: `exact` (FLAC keeps all of it) or copied in a `form`, counting from the timestamp `zero`.

    `early` is how many seconds before a span its packets begin: decoders return nothing for the first packets, so that
    else the beginning of the span would be lost.
    """

    exact: bool
    form: Form | None
    zero: float
    early: float


def form_of(recording: Opened) -> Form | None:
    """What can hold the packets of a recording; None if nothing can. Links of a chain are not copied."""
    codec = recording.stream.codec_context.codec.canonical_name
    return None if recording.later else _FORMS.get((recording.container.format.name, codec))


def kind_of(file: BinaryIO, choice: Choice = ANY) -> Kind:
    """Look at the container, and at the first samples that can be heard."""
    with opened(file, choice) as recording:
        stream = recording.stream
        exact = stream.codec_context.codec.canonical_name == "flac" and not recording.later
        early = _EARLY + lead(stream, _VORBIS_BLOCK / (stream.codec_context.sample_rate or _VORBIS_BLOCK))
        return Kind(exact, form_of(recording), timeline.first_sample(recording), early)


def packets(file: BinaryIO, zero: float, form: Form, choice: Choice = ANY) -> Iterator[Timed[Packet[AudioStream]]]:
    """The packets of a recording with their times, for pieces of this form.

    Raises:
        Unfit: the codec starts again with another header, and a piece has only one.
    """
    with opened(file, choice) as recording:
        for timed in timeline.packets(recording, zero):
            if form.muxer is not None and timed.part.has_sidedata("new_extradata"):
                raise Unfit
            yield timed


def check(piece: Piece, most: float = math.inf) -> None:
    """Raise Unfit when a copied piece does not play for as long as it should.

    Packets may be missing or damaged: recognisers decode the remaining ones, and ignore timestamps. Only the first
    `most` seconds are checked.
    """
    troubles: list[str] = []
    try:
        played = decoded_duration(piece.path, troubles.append, most=most)
    except InvalidInput:
        raise Unfit from None
    if troubles or abs(min(played, most) - min(piece.end - piece.start, most)) > HOLE:
        raise Unfit


class Frames:
    """A piece of packets without a container."""

    def __init__(self, draft: Draft, first: Timed[Packet[AudioStream]]) -> None:
        self._draft, self._first, self._end = draft, first.time, first.time

    def put(self, timed: Timed[Packet[AudioStream]]) -> None:
        """Add a packet."""
        self._draft.file.write(bytes(timed.part))
        self._end = timed.end

    def finish(self) -> Piece:
        """Close the piece."""
        return self._draft.finish(self._first, self._end)

    def discard(self) -> None:
        """Close and remove the piece."""
        self._draft.discard()


class Copy:
    """A piece of packets in a container."""

    def __init__(self, draft: Draft, form: Form, first: Timed[Packet[AudioStream]]) -> None:
        import av

        self._draft, self._first, self._end = draft, first.time, first.time
        stream = first.part.stream
        self._source, self._lead = stream, lead(stream, first.length)
        self._base = stream.time_base or Fraction(1)
        self._per_second = float(1 / self._base)
        self._guarded = GuardedFile(draft.file)
        self._container = av.open(self._guarded, "w", format=form.muxer, options={**WRITING, "fflags": "+bitexact"})
        self._stream = self._container.add_stream_from_template(stream)

    def put(self, timed: Timed[Packet[AudioStream]]) -> None:
        """Add a packet; it stays as it is, for other pieces."""
        packet = timed.part
        packet.pts = packet.dts = round((timed.time - self._first) * self._per_second)
        packet.stream = self._stream
        self._container.mux(packet)
        self._guarded.reraise()
        packet.stream, packet.time_base = self._source, self._base
        self._end = timed.end

    def finish(self) -> Piece:
        """Close the piece."""
        self._container.close()
        self._guarded.reraise()
        return self._draft.finish(self._first + self._lead, self._end)

    def discard(self) -> None:
        """Close and remove the piece."""
        self._container.close()
        self._draft.discard()
