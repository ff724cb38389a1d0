"""The length of a source, for a service that needs it."""

from __future__ import annotations

from typing import BinaryIO, cast

from .. import _audio  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._files import Source, Spool
from ..errors import ConfigurationError, InvalidInput


def duration_of(source: Source) -> float:
    """The length of a source in seconds, by its packets.

    Raises:
        InvalidInput: it is no audio, or is a stream that can be read only once.
        ConfigurationError: the extra that reads audio is not installed.
    """
    if isinstance(source, Spool):
        raise InvalidInput(
            "duration is needed: a stream does not say how long it is before it is sent",
            argument="duration",
            value=None,
            expected="given: a stream does not say how long it is before it is sent",
        )
    file = cast("BinaryIO", _audio.Reader(source))
    try:
        return _audio.duration(file)
    except ConfigurationError as error:
        raise ConfigurationError(error.reason, hint=f"{error.hint}, or give the duration") from error
    except InvalidInput as error:
        raise InvalidInput(
            f"duration is needed: {error}", argument="duration", value=None, expected=f"given: {error}"
        ) from error
