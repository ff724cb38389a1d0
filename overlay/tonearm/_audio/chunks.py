"""Writes parts of a recording into files."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias, TypeVar, cast

from attrs import define

from .._base.cancellation import check_stop
from .._files import Source
from ..errors import InvalidInput
from . import remux, wav
from .chunk import Draft, Piece
from .container import ANY, Choice, check_extra, failures, named
from .cuts import Span
from .packet_index import NotIndexed, PacketIndex
from .reader import Reader
from .reencode import Encoded, decoded
from .remux import Copy, Form, Frames, Unfit, kind_of, packets
from .timeline import Timed

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.packet import Packet

_SPEECH, _LOWEST = 32_000, 6_000  # bits per second of Opus: enough for speech, and the fewest that it can encode with
_BEGINNING = 20.0  # seconds of the first piece that are decoded to see whether pieces can be copied
_PAGES = 1200  # bits per second that Ogg adds

_Part = TypeVar("_Part")
_PartOf: TypeAlias = Callable[[float, float], tuple[float, float, Iterator[bytes | memoryview]]]
"""Finds a part between two times: its true times, and its bytes."""


class _Writer(Protocol[_Part]):
    def put(self, timed: Timed[_Part]) -> None: ...
    def finish(self) -> Piece: ...
    def discard(self) -> None: ...


def write_pieces(
    file: BinaryIO,
    spans: Iterable[Span],
    folder: Path,
    choice: Choice = ANY,
    *,
    most: int | None = None,
    index: PacketIndex | None = None,
) -> Iterator[Piece]:
    """Write each span of a recording into its own file, which can be decoded by itself.

    The file is read once, as far as the next piece needs it. Each piece is whole on the disk (mode 600) when it is
    yielded, and may be removed then. The same recording and spans make the same bytes. Sound is copied without
    decoding where the container allows it; else it is encoded again, as FLAC.

    Args:
        file: a seekable binary file that holds the recording.
        spans: the parts to write, in order, each with some sound. The next is read when the one before is written, so
            that a recording may be cut while it is scanned. Copied pieces are decoded to check that they play as they
            should: intact spans not at all, but for the beginning of the first, and all other spans whole.
        folder: where to write them.
        choice: which track of the file.
        most: bytes that a piece may have; a larger one is encoded again at a low bit rate.
        index: that of a scan of this track, which may still grow. The pieces are the same, and take less to write.

    Raises:
        InvalidInput: the file cannot be read as audio, or a piece cannot be as small as `most`.
        ConfigurationError: the extra that reads audio is not installed; plain WAV needs it only for `most`.
    """
    for piece in _pieces(file, spans, folder, choice, index or PacketIndex()):
        yield piece if most is None or piece.size <= most else _smaller(piece, most)


def _pieces(file: BinaryIO, spans: Iterable[Span], folder: Path, choice: Choice, index: PacketIndex) -> Iterator[Piece]:
    plain = wav.read(file)
    if plain is not None:
        for number, span in enumerate(spans, 1):
            yield _slice(partial(plain.part, file), Draft.new(folder / f"{number:04}.wav", span))
        return
    kind, waiting = kind_of(file, choice), _Waiting(iter(enumerate(spans, 1)))
    with failures(f"{named(file)} cannot be cut"):
        if kind.form is not None:
            sound, least = packets(file, kind.zero, kind.form, choice), _BEGINNING
            part = partial(index.part, file, zero=kind.zero, early=kind.early)
            try:
                with closing(_copied(part, sound, waiting, folder, kind.form, kind.early)) as written:
                    for piece in written:
                        _check(piece, least if piece.span.intact else math.inf)
                        least = 0.0
                        yield piece
            except Unfit:
                pass  # the interrupted span still waits, with all after it
        yield from _written(decoded(file, choice), waiting, partial(_encoded, folder, kind.exact))


def _slice(part: _PartOf, draft: Draft) -> Piece:
    try:
        start, end, blocks = part(draft.span.start, draft.span.end)
        for block in blocks:
            check_stop()
            draft.file.write(block)
        return draft.finish(start, end)
    except BaseException:
        draft.discard()
        raise


def _copied(
    part: _PartOf,
    sound: Iterator[Timed[Packet[AudioStream]]],
    waiting: _Waiting,
    folder: Path,
    form: Form,
    early: float,
) -> Generator[Piece]:
    """Copy one span after the other: ranges of the file as far as they are known, and then packets."""
    if form.muxer is None:
        with suppress(NotIndexed):
            for number, span in waiting:
                yield _slice(part, Draft.new(folder / f"{number:04}.{form.extension}", span))
                waiting.done()
    yield from _written(sound, waiting, partial(_copy, folder, form), early)


def _copy(folder: Path, form: Form, number: int, span: Span, first: Timed[Packet[AudioStream]]) -> Copy | Frames:
    draft = Draft.new(folder / f"{number:04}.{form.extension}", span)
    return Frames(draft, first) if form.muxer is None else Copy(draft, form, first)


def _encoded(folder: Path, exact: bool, number: int, span: Span, first: Timed[AudioFrame]) -> Encoded:
    return Encoded.flac(Draft.new(folder / f"{number:04}.flac", span), like=first.part if exact else None)


def _written(
    parts: Iterator[Timed[_Part]],
    waiting: _Waiting,
    begin: Callable[[int, Span, Timed[_Part]], _Writer[_Part]],
    early: float = 0.0,
) -> Generator[Piece]:
    """Write one span after the other; each begins with the part that contains `early` seconds before it."""
    kept: list[Timed[_Part]] = []  # parts that the next span may need, too
    for number, span in waiting:
        writer, again, kept = None, kept, []
        begins, shared, ends = span.start - early, span.end - span.shared - early, span.end
        try:
            for timed in chain(again, parts):
                check_stop()
                end = timed.end
                if end > shared:
                    kept.append(timed)
                if end > begins:
                    writer = writer or begin(number, span, timed)
                    if timed.time < ends:
                        writer.put(timed)
                if end >= ends:
                    break
            if writer is None:
                return
            piece = writer.finish()
            writer = None
        finally:
            if writer is not None:
                writer.discard()
        yield piece
        waiting.done()


def _check(piece: Piece, most: float) -> None:
    """Remove a piece and raise Unfit when its first `most` seconds do not play as they should."""
    try:
        if most:
            remux.check(piece, most)
    except Unfit:
        piece.path.unlink()
        raise


@define
class _Waiting:
    """The spans that no piece holds yet, with their numbers; read one by one, as the scan may still run."""

    _later: Iterator[tuple[int, Span]]
    _begun: tuple[int, Span] | None = None

    def __iter__(self) -> Iterator[tuple[int, Span]]:
        while True:
            self._begun = self._begun or next(self._later, None)
            if self._begun is None:
                return
            yield self._begun

    def done(self) -> None:
        """Mark the last span as written; without this call it is yielded again."""
        self._begun = None


def _smaller(piece: Piece, most: int) -> Piece:
    """Encode a piece again so that it has no more than `most` bytes."""
    try:
        check_extra()
        length = piece.end - piece.start
        bit_rate = min(_SPEECH, int(most * 8 / length) - _PAGES)
        if bit_rate < _LOWEST:
            raise InvalidInput(
                f"{length:.0f} seconds of sound do not fit {most} bytes",
                argument="piece",
                value=length,
                expected=f"so few seconds that they fit {most} bytes",
                hint="take shorter chunks",
            )
        with Source.open(piece.path) as source:
            return _compressed(cast("BinaryIO", Reader(source)), piece, bit_rate)
    finally:
        piece.path.unlink()


def _compressed(file: BinaryIO, piece: Piece, bit_rate: int) -> Piece:
    encoded = Encoded.opus(Draft.new(piece.path.with_name(f"{piece.path.stem}-small.ogg"), piece.span), bit_rate)
    try:
        for timed in decoded(file):
            check_stop()
            timed.time += piece.start
            encoded.put(timed)
        return encoded.finish()
    except BaseException:
        encoded.discard()
        raise
