"""The tags of an audiobook: title, author, cover and chapters. PyAV is loaded on first use."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from .container import failures

if TYPE_CHECKING:
    from av.container import OutputContainer

_TICKS = 1000
"""Parts of a second in which chapters begin."""

_PICTURES = {b"\xff\xd8\xff": "jpeg_pipe", b"\x89PNG\r\n\x1a\n": "png_pipe"}


@frozen
class Mark:
    """A chapter, in seconds."""

    start: float
    end: float
    title: str


@frozen
class Label:
    """Tags of a file; `cover` is a picture in JPEG or PNG."""

    title: str | None = None
    author: str | None = None
    cover: bytes | None = field(default=None, repr=False)
    chapters: Sequence[Mark] = ()

    def put(self, container: OutputContainer) -> None:
        """Write the tags into a file that already has its audio stream."""
        tags = {"title": self.title, "album": self.title, "artist": self.author, "album_artist": self.author}
        container.metadata.update({name: value for name, value in tags.items() if value})
        if self.chapters:
            container.metadata["genre"] = "Audiobook"
            container.set_chapters(
                [
                    {
                        "id": number,
                        "start": round(mark.start * _TICKS),
                        "end": round(mark.end * _TICKS),
                        "time_base": Fraction(1, _TICKS),
                        "metadata": {"title": mark.title},
                    }
                    for number, mark in enumerate(self.chapters)
                ]
            )
        if self.cover is not None:
            self._put_cover(container, self.cover)

    @staticmethod
    def _put_cover(container: OutputContainer, cover: bytes) -> None:
        import av
        from av.stream import Disposition

        with failures("the cover cannot be read"), av.open(io.BytesIO(cover), "r", format=picture(cover)) as opened:
            stream = container.add_stream_from_template(opened.streams.video[0])
            stream.disposition = Disposition.attached_pic
            packet = next(packet for packet in opened.demux(video=0) if packet.size)
            packet.stream, packet.pts, packet.dts = stream, 0, 0
            container.mux(packet)


NO_LABEL = Label()


def picture(data: bytes) -> str | None:
    """FFmpeg's name of the format of a cover; None for anything but JPEG and PNG."""
    return next((name for mark, name in _PICTURES.items() if data.startswith(mark)), None)
