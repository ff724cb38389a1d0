"""Renditions that were not requested, made when a player first loads them: every object has URLs of both kinds."""

import shutil
import threading

from attrs import define, field

from tonearm.sandbox.aioz.files import Files
from tonearm.sandbox.aioz.objects import BITRATES, Media, Quality
from tonearm.sandbox.aioz.playlists import Rendition
from tonearm.sandbox.aioz.refusal import Refused
from tonearm.sandbox.aioz.transcode import PLAYLISTS, NotAudio, Stopped, transcode
from tonearm.sandbox.recording import AudioError

_CONTAINERS = {"hls": "mpegts", "dash": "fmp4"}


@define
class OnDemand:
    """Makes one rendition at a time, in the thread of the request."""

    _files: Files
    _lock: threading.Lock = field(factory=threading.Lock, init=False)
    _closed: threading.Event = field(factory=threading.Event, init=False)

    def close(self) -> None:
        """Stop the rendition that is being made."""
        self._closed.set()

    def rendition(self, media: Media, kind: str) -> Rendition:
        """Return the rendition of a kind that was not requested; make it if it is missing.

        Raises:
            Refused: the object is not done, or the sandbox stops.
        """
        if media.status != "done" or kind not in PLAYLISTS:
            raise Refused("there is no such rendition", 404)
        quality = Quality(
            resolution="standard", type=kind, container_type=_CONTAINERS[kind], bitrate=BITRATES["standard"]
        )
        number = len(media.qualities)
        folder = self._files.rendition(media.id, number, quality)
        with self._lock:
            if not folder.is_dir():
                making = folder.with_name(f"{number}.making")
                shutil.rmtree(making, ignore_errors=True)
                try:
                    transcode(self._files.source(media.id), making, quality, self._closed.is_set)
                except (AudioError, NotAudio, Stopped) as error:
                    raise Refused("there is no such rendition", 404) from error
                making.rename(folder)
        return Rendition(number, folder, quality)
