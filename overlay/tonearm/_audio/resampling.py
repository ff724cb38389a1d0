"""Converts frames of any format, layout and rate. PyAV is loaded on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from .container import refused
from .formats import MOST_CHANNELS, MOST_RATE

if TYPE_CHECKING:
    from av.audio.format import AudioFormat
    from av.audio.frame import AudioFrame
    from av.audio.layout import AudioLayout
    from av.audio.resampler import AudioResampler

_PLANES = 2  # planes of a frame that PyAV surely counts right: from 8 on it counts too many


@define
class Resampled:
    """Converts frames to one format, layout and rate; those of its input may change, as in joined recordings."""

    format: str | AudioFormat
    layout: str | AudioLayout
    rate: int
    _form: tuple[str, str, int] | None = None
    _resampler: AudioResampler | None = None

    def put(self, frame: AudioFrame) -> list[AudioFrame]:
        """Add a frame, and return the frames that are ready."""
        form, before = (frame.format.name, frame.layout.name, frame.sample_rate), list["AudioFrame"]()
        if form != self._form:
            before = self.flush()
            self._form = form
        if self._resampler is None:
            from av.audio.resampler import AudioResampler

            self._resampler = AudioResampler(self.format, self.layout, self.rate)
        frame.pts = None  # the converted frames are counted by the caller
        return [*before, *self._resampler.resample(frame)]

    def flush(self) -> list[AudioFrame]:
        """Return the rest of the frames so far."""
        resampler, self._resampler = self._resampler, None
        return [] if resampler is None else resampler.resample(None)


@define
class Interleaved:
    """Interleaves frames of more than two channels, of which PyAV's arrays read beyond the memory of the frame."""

    name: str
    _resamplers: dict[tuple[str, str, int], AudioResampler] = field(
        factory=dict["tuple[str, str, int]", "AudioResampler"]
    )

    def of(self, frame: AudioFrame) -> AudioFrame:
        """The same samples, interleaved where there are more than two channels."""
        channels = frame.layout.nb_channels
        if not 0 < frame.sample_rate <= MOST_RATE or channels > MOST_CHANNELS:
            raise refused(f"{self.name} has {frame.sample_rate} samples a second in {channels} channels")
        if channels <= _PLANES or not frame.format.is_planar:
            return frame
        from av.audio.resampler import AudioResampler  # not above: the import takes longer than all work on a frame

        form = frame.format.packed.name, frame.layout.name, frame.sample_rate
        if form not in self._resamplers:
            self._resamplers[form] = AudioResampler(*form)
        time, base = frame.pts, frame.time_base
        (packed,) = self._resamplers[form].resample(frame)  # nothing is held back, as the rate stays
        packed.pts, packed.time_base = time, base
        return packed
