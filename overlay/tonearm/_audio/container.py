"""Opens recordings with PyAV, which is loaded on first use, and tells the time in them."""

# pyright: reportUnknownMemberType=false
# PyAV's own stubs leave the type arguments of Packet out.
from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, Generic, TypeVar

from attrs import define

from ..errors import InvalidInput
from .sentences import missing

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_Part = TypeVar("_Part")

_JUMP, _WRONG = 0.1, 3600.0  # seconds that time may go back, by rounding, or ahead, where something is missing


@define
class Clock:
    """Tells the time of what follows each other in a recording: seconds from its first sample that can be heard."""

    zero: float
    next: float | None = None

    def at(self, stamp: float | None, length: float) -> float:
        """The time of what has this timestamp and lasts `length`, both in seconds."""
        due = self.next or 0.0
        time = due if stamp is None else stamp - self.zero
        if self.next is not None and not -_JUMP < time - due < _WRONG:
            self.zero += time - due
            time = due
        self.next = time + length
        return time


@define
class Timed(Generic[_Part]):
    """A part of a recording, such as a frame or a packet, with its time and its length in seconds."""

    time: float
    length: float
    part: _Part

    @property
    def end(self) -> float:
        """The time at which it ends."""
        return self.time + self.length


def check_extra() -> None:
    """Raise ConfigurationError when the extra that reads and writes audio is not installed."""
    try:
        import_module("av")
        import_module("numpy")
    except ImportError as error:
        raise missing("to read and to cut this recording", error) from error


@contextmanager
def failures(what: str) -> Generator[None]:
    """Say what failed in the words of this library."""
    from av.error import FFmpegError

    try:
        yield
    except FFmpegError as error:
        raise InvalidInput(f"{what}: {error.strerror}") from error


@contextmanager
def opened(file: BinaryIO) -> Generator[tuple[InputContainer, AudioStream]]:
    """Open a recording and its first audio stream.

    Raises:
        InvalidInput: the file cannot be read as audio; also for what happens while it is open.
        ConfigurationError: the extra that reads audio is not installed.
    """
    check_extra()
    import av

    file.seek(0)
    with failures("the recording cannot be read as audio"), av.open(file, "r") as container:
        if not container.streams.audio:
            raise InvalidInput("the recording has no audio stream")
        yield container, container.streams.audio[0]


def frames(container: InputContainer, stream: AudioStream) -> Generator[Timed[AudioFrame]]:
    """Decode a recording; damaged packets are left out.

    Raises:
        InvalidInput: nothing of it can be decoded.
    """
    from av.error import FFmpegError

    clock = None
    for packet in container.demux(stream):
        try:
            decoded = stream.codec_context.decode(packet)
        except FFmpegError:
            continue
        for frame in decoded:
            clock = clock or Clock(frame.time or 0.0)
            length = frame.samples / frame.sample_rate
            yield Timed(clock.at(frame.time, length), length, frame)
    if clock is None:
        raise InvalidInput(f"nothing in the recording could be decoded ({stream.codec_context.name})")
