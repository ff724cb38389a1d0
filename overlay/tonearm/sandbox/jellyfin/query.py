"""The parameters of a request: read as ASP.NET Core binds them, names in any case."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from uuid import UUID

from attrs import frozen

from tonearm.sandbox.context import JellyfinVersion

_CODEC_PATTERN: Final = r"^[a-zA-Z0-9\-\._,\|]{0,40}$"
_LEVEL_PATTERN: Final = r"-?[0-9]+(?:\.[0-9]+)?"
_INTEGER: Final = re.compile(r"\s*[+-]?[0-9]+\s*")


class InvalidQuery(Exception):
    """Parameters that the server's model binding refuses: `errors` has the messages by parameter name."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(errors)
        self.errors = errors


@frozen
class Query:
    """The checked parameters of one request; one that is absent, empty or unknown is None."""

    _values: Mapping[str, str]
    options: Mapping[str, str]
    """Every parameter whose name begins with a small letter: the server's stream options, names case-sensitive."""

    def text(self, name: str) -> str | None:
        return self._values.get(name.lower())

    def integer(self, name: str) -> int | None:
        value = self.text(name)
        return None if value is None else int(value)

    def flag(self, name: str) -> bool:
        return (self.text(name) or "").strip().lower() == "true"

    def several(self, name: str, *, separator: str = ",") -> list[str]:
        return [part.strip() for part in (self.text(name) or "").split(separator) if part.strip()]

    @classmethod
    def bind(cls, pairs: Iterable[tuple[str, str]], checks: "Mapping[str, Check]") -> "Query":
        """Read a query string's pairs, each parameter by its check.

        Raises InvalidQuery when a value does not fit its parameter.
        """
        values: dict[str, str] = {}
        options: dict[str, str] = {}
        for name, value in pairs:
            if name[:1].islower():
                options.setdefault(name, value)
            if value:
                values.setdefault(name.lower(), value)
        errors = {
            name: [message] for name, check in checks.items() if (message := check(name, values.get(name.lower())))
        }
        if errors:
            raise InvalidQuery(errors)
        return cls(values, options)

    @classmethod
    def of_stream(cls, pairs: Iterable[tuple[str, str]], *, container: str | None, version: JellyfinVersion) -> "Query":
        """Read the query of a stream operation; `container` is that of the path.

        Raises:
            InvalidQuery: a value does not fit its parameter.
            IndexError: a name is empty, which the server does not survive before 12.0.
        """
        pairs = list(pairs)
        if version == "10.11" and any(not name for name, _ in pairs):
            raise IndexError("a query parameter without a name")
        if container is not None:
            pairs = [("container", container), *(pair for pair in pairs if pair[0].lower() != "container")]
        # breakOnNonKeyFrames left in 12.0: an unknown name, which servers ignore (server source, tag v12.0-rc5).
        dropped = {"breakOnNonKeyFrames"} if version == "12.0" else set[str]()
        return cls.bind(pairs, {name: check for name, check in _STREAM_CHECKS.items() if name not in dropped})


Check = Callable[[str, str | None], str | None]
"""Returns the message about a parameter's value (by name and value), or None when it is valid."""


def _invalid(value: str) -> str:
    return f"The value '{value}' is not valid."


def _matches(pattern: str) -> Check:
    def check(name: str, value: str | None) -> str | None:
        if value is None or re.fullmatch(pattern, value):
            return None
        return f"The field {name} must match the regular expression '{pattern}'."

    return check


def whole_number(bits: int = 32) -> Check:
    def check(_name: str, value: str | None) -> str | None:
        if value is None or (_INTEGER.fullmatch(value) and -(1 << bits - 1) <= int(value) < 1 << bits - 1):
            return None
        return _invalid(value)

    return check


def boolean(_name: str, value: str | None) -> str | None:
    return None if value is None or value.strip().lower() in {"true", "false"} else _invalid(value)


def guid(_name: str, value: str | None) -> str | None:
    try:
        UUID(value or "0" * 32)
    except ValueError:
        return _invalid(value or "")
    return None


def needed(name: str, value: str | None) -> str | None:
    return None if value else f"The {name} field is required."


def _number(_name: str, value: str | None) -> str | None:
    try:
        float(value or 0)
    except ValueError:
        return _invalid(value or "")
    return None


# The enumerations (context, subtitleMethod) are not here: the server ignores unknown words.
_STREAM_CHECKS: Final[Mapping[str, Check]] = {
    **dict.fromkeys(
        ("container", "segmentContainer", "audioCodec", "videoCodec", "subtitleCodec"), _matches(_CODEC_PATTERN)
    ),
    "level": _matches(_LEVEL_PATTERN),
    **dict.fromkeys(
        (
            "static",
            "enableAutoStreamCopy",
            "allowVideoStreamCopy",
            "allowAudioStreamCopy",
            "breakOnNonKeyFrames",
            "copyTimestamps",
            "requireAvc",
            "deInterlace",
            "requireNonAnamorphic",
            "enableMpegtsM2TsMode",
            "enableAudioVbrEncoding",
        ),
        boolean,
    ),
    **dict.fromkeys(
        (
            "segmentLength",
            "minSegments",
            "audioSampleRate",
            "maxAudioBitDepth",
            "audioBitRate",
            "audioChannels",
            "maxAudioChannels",
            "width",
            "height",
            "videoBitRate",
            "subtitleStreamIndex",
            "maxRefFrames",
            "maxVideoBitDepth",
            "transcodingMaxAudioChannels",
            "cpuCoreLimit",
            "audioStreamIndex",
            "videoStreamIndex",
        ),
        whole_number(32),
    ),
    "startTimeTicks": whole_number(64),
    "framerate": _number,
    "maxFramerate": _number,
}
