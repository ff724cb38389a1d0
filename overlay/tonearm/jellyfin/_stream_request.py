"""The selection of a stream: an item, a format and a start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from attrs import evolve, frozen

from ..errors import InvalidInput
from . import presets
from ._ids import id_of
from ._stream_options import VOID_OF_ORIGINALS, checked, warn_of_void
from ._ticks import ticks
from .presets import PresetName
from .types import AudioParams

_SHAPING = VOID_OF_ORIGINALS - {"cpu_core_limit", "transcode_reasons"} | {"container"}
"""Parameters that would change the audio, which is impossible for an original."""


@frozen
class Selection:
    """A stream with checked parameters. `params` has all but the container, which is part of the path."""

    item_id: str
    container: str | None
    params: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        item_id: str | UUID,
        options: AudioParams,
        *,
        device_id: str,
        preset: PresetName | None = None,
        start: float | timedelta | None = None,
    ) -> Self:
        """Make a selection from a caller's arguments: `options` override preset and device; `start` is in seconds.

        Raises:
            InvalidInput: the server would refuse, drop or fail on a value.
        """
        wanted = id_of(item_id)
        given = checked(options)
        params = {} if preset is None else dict[str, Any](presets.params(preset))
        if preset == "original" and given.get("static") is not False and (void := sorted(_SHAPING & given.keys())):
            raise InvalidInput(
                f"the preset 'original' sends the file as it is, so {', '.join(void)} would do nothing",
                argument=void[0],
                value=given[void[0]],
                expected="left out with the preset 'original', which sends the file as it is",
                hint=f"choose another preset: {presets.names()}",
            )
        if "container" in given:
            params.pop("audio_codec", None)
        if start is not None and "start_time_ticks" in given:
            raise InvalidInput(
                "start and start_time_ticks say the same",
                argument="start",
                value=str(start),
                expected="left out where start_time_ticks is given",
                hint="give one of them",
            )
        params = {"device_id": device_id, **params, **given}
        container = params.pop("container", None)
        selection = cls(wanted, container, _with_codec(container, params))
        warn_of_void(given.keys(), original=selection.original)
        return selection if start is None else selection.starting(start)

    @property
    def original(self) -> bool:
        """Whether this is the original file, which the server sends with byte ranges."""
        return self.params.get("static") is True

    def starting(self, at: float | timedelta) -> Self:
        """This selection with another start, in seconds."""
        begin = ticks(at, "start")
        if not self.original:
            return self.replacing(start_time_ticks=begin)
        if begin:
            raise InvalidInput(
                "the original is sent from its beginning",
                argument="start",
                value=str(at),
                expected="0 for the original, which is sent from its beginning",
                hint="to start elsewhere, choose another preset",
            )
        return self

    @property
    def as_original(self) -> Self:
        """The original from which this is encoded."""
        kept = {name: self.params[name] for name in ("device_id", "media_source_id") if name in self.params}
        return evolve(self, container=None, params={**kept, "static": True})

    def replacing(self, **params: object) -> Self:
        """This selection with other values of these parameters."""
        return evolve(self, params={**self.params, **params})


def _with_codec(container: str | None, params: dict[str, Any]) -> dict[str, Any]:
    """Add the codec to the container, as the server's own choice fails for several formats.

    (Jellyfin server source, tag v10.11.11, StreamingHelpers)
    """
    if params.get("static") is True:
        return params
    if container is None:
        raise InvalidInput(
            "neither a preset nor a container is given, and without them the server sends the original only",
            argument="preset",
            value=None,
            expected="given, or a container",
            hint=f"choose a preset (original, {presets.names()}) or a container",
        )
    if "audio_codec" in params:
        return params
    known = presets.by_extension(container)
    if known is None or known.codec is None:
        raise InvalidInput.of("audio_codec", None, f"given beside container {container!r}")
    return {**params, "audio_codec": known.codec}
