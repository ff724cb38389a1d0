"""Opens recordings with PyAV, which is loaded on first use, and chooses the track that is read.

Nothing else in this library opens a file of audio with PyAV.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from errno import EINVAL
from importlib import import_module
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, cast

from attrs import evolve, frozen

from ..errors import InvalidInput, TonearmError
from .beginning import beginning
from .formats import MOST_CHANNELS, MOST_RATE, OPTIONS
from .guarded_file import GuardedFile
from .ogg import links
from .riff import believable
from .section import Section
from .splitting import missing

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer


class NoSound(InvalidInput):
    """A file that is read has no track that can be heard."""


@frozen
class Choice:
    """Which track of a file is read.

    `track` is its number among the audio tracks, from 1, or its language as the file names it; None chooses the default
    track of the file. With `alone` time counts from the beginning of the track, and not of the file.
    """

    track: int | str | None = None
    alone: bool = False


ANY = Choice()
"""The default track, at its time in the file."""


@frozen
class Opened:
    """An open recording: its name, its container, the track that is read, and the number of that track from 1.

    `undecodable` has the numbers of the preferred tracks for which FFmpeg has no decoder. `begins` is the time in the
    container's clock at which the file begins, if it holds more than this track. `later` has the following links of a
    chained Ogg file. `prefixed` says that other bytes stand before the container. `reraise` raises an error of reading
    the file, which FFmpeg may have hidden.
    """

    name: str
    container: InputContainer
    stream: AudioStream
    number: int
    undecodable: tuple[int, ...]
    begins: float | None
    choice: Choice
    reraise: Callable[[], None]
    later: tuple[Section, ...] = ()
    prefixed: bool = False

    @property
    def tracks(self) -> int:
        """How many audio tracks the file has."""
        return len(self.container.streams.audio)


def check_extra(purpose: str = "to read and to cut this recording") -> None:
    """Raise ConfigurationError when the extra that reads and writes audio is not installed."""
    try:
        import_module("av")
        if find_spec("numpy") is None:  # not loaded, as only levels need it, and a short recording is sent sooner
            raise ImportError(name="numpy")
    except ImportError as error:
        raise missing(purpose, error) from error


@contextmanager
def failures(what: str) -> Generator[None]:
    """Raise errors of PyAV as errors of this library.

    PyAV raises ValueError for text, layouts and names that it does not know, and MemoryError for what FFmpeg cannot
    allocate.
    """
    from av.error import FFmpegError

    try:
        yield
    except TonearmError:
        raise
    except FFmpegError as error:
        raise refused(f"{what}: {error.strerror}") from error
    except OSError as error:
        if error.errno != EINVAL:  # FFmpeg has tried to seek before the beginning, as a damaged file says
            raise
        raise refused(f"{what}: it refers to places outside itself") from error
    except (ValueError, ArithmeticError, MemoryError, NotImplementedError) as error:
        raise refused(f"{what}: {error}") from error


@contextmanager
def opened(file: IO[bytes], choice: Choice = ANY) -> Generator[Opened]:
    """Open a recording and one of its audio tracks; of a chained Ogg file its first link with sound.

    FFmpeg recognises formats without a signature by the file's name, if it has one.

    Raises:
        InvalidInput: the file cannot be read as audio; also while it is open.
        ConfigurationError: the extra that reads audio is not installed.
    """
    check_extra()
    with failures(f"{named(file)} cannot be read as audio"), _container(file) as (container, guarded, sound):
        chain = links(sound) if container.format.name == "ogg" else ()
        with ExitStack() as stack:
            if len(chain) > 1:
                recording = _first_with_sound(stack, chain, choice)
            else:
                recording = _chosen(container, choice, file, guarded)
            yield evolve(recording, prefixed=sound is not file)


@contextmanager
def opened_link(section: Section, choice: Choice) -> Generator[Opened]:
    """Open one link of a chained Ogg file; see `opened`."""
    file = cast("IO[bytes]", section)
    with failures(f"{named(file)} cannot be read as audio"), _container(file) as (container, guarded, _):
        yield _chosen(container, choice, file, guarded)


def _first_with_sound(stack: ExitStack, chain: tuple[Section, ...], choice: Choice) -> Opened:
    refusals: list[InvalidInput] = []
    for number, section in enumerate(chain, 1):
        try:
            return evolve(stack.enter_context(opened_link(section, choice)), later=chain[number:])
        except InvalidInput as error:
            refusals.append(error)
    raise refusals[0]


@contextmanager
def _container(file: IO[bytes]) -> Generator[tuple[InputContainer, GuardedFile, IO[bytes]]]:
    """Open a container, at the beginning of a file or behind other bytes, and yield it with its part of the file."""
    from av.error import FFmpegError

    try:
        container, guarded = _open(file)
    except FFmpegError:
        start = beginning(file)
        if start is None:
            raise
        file = cast("IO[bytes]", Section(file, start, file.seek(0, os.SEEK_END)))
        container, guarded = _open(file)
    with guarded, container:
        yield container, guarded, file


def _open(file: IO[bytes]) -> tuple[InputContainer, GuardedFile]:
    import av

    end = believable(file)
    if end is not None:
        file = cast("IO[bytes]", Section(file, 0, end))
    file.seek(0)
    with GuardedFile(file) as guarded:
        return av.open(guarded, "r", container_options=OPTIONS, metadata_errors="replace"), guarded


def refused(message: str) -> InvalidInput:
    """The error for a recording that cannot be read."""
    return InvalidInput(message, argument="source", expected="a recording that can be read")


def _no_sound(message: str) -> NoSound:
    return NoSound(message, argument="source", expected="a recording with a track that can be decoded")


def named(file: IO[bytes]) -> str:
    """The name of a file in errors."""
    name = getattr(file, "name", None)
    return name if isinstance(name, str) else "the recording"


def _chosen(container: InputContainer, choice: Choice, file: IO[bytes], guarded: GuardedFile) -> Opened:
    what = f"{named(file)} cannot be read as audio"
    tracks = dict(enumerate(container.streams.audio, 1))
    if not tracks:
        raise _no_sound(f"{what}: it has no audio track")
    wanted = [*_wanted(tracks, choice, what)]
    undecodable = [number for number in wanted if not _has_decoder(tracks[number])]
    number = next((number for number in wanted if number not in undecodable), None)
    if number is None:
        raise _no_sound(f"{what}: there is no decoder for {_listed(tracks)}")
    before = tuple(each for each in undecodable if wanted.index(each) < wanted.index(number))
    stream = tracks[number]
    _check_size(stream, what)
    begins = None if choice.alone else _beginning(container, stream)
    return Opened(named(file), container, stream, number, before, begins, choice, guarded.reraise)


def _wanted(tracks: dict[int, AudioStream], choice: Choice, what: str) -> Iterator[int]:
    """The numbers of the tracks that may be read, the best first."""
    if choice.track is None:
        yield from sorted(tracks, key=lambda number: not _is_default(tracks[number]))
        return
    matching = [number for number, stream in tracks.items() if choice.track in (number, _language(stream))]
    if not matching:
        raise _no_sound(f"{what}: it has no audio track {choice.track!r}, but {_listed(tracks)}")
    yield from matching


def _is_default(stream: AudioStream) -> bool:
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.default)


def _has_decoder(stream: AudioStream) -> bool:
    # PyAV's types say that it always exists; it does not where FFmpeg has no decoder.
    return bool(getattr(stream, "codec_context", None))


def _language(stream: AudioStream) -> str | None:
    return stream.metadata.get("language")


def _listed(tracks: dict[int, AudioStream]) -> str:
    return ", ".join(
        f"track {number}" + (f" ({language})" if (language := _language(stream)) else "")
        for number, stream in tracks.items()
    )


def _check_size(stream: AudioStream, what: str) -> None:
    codec = stream.codec_context
    rate, channels = codec.sample_rate, codec.layout.nb_channels
    if rate > MOST_RATE or channels > MOST_CHANNELS:
        raise refused(f"{what}: its header declares {rate} samples a second in {channels} channels")


def _beginning(container: InputContainer, stream: AudioStream) -> float | None:
    """When the other tracks of the file begin, in seconds of its clock; None where there are none."""
    from av.stream import Disposition

    others = [
        float(other.start_time * other.time_base)
        for other in (*container.streams.audio, *container.streams.video)
        if not (other is stream or other.disposition & Disposition.attached_pic)
        and not (other.start_time is None or other.time_base is None)
    ]
    return min(others, default=None)
