"""The HLS master playlist and the DASH manifest, which list the renditions of an object."""

from pathlib import Path
from xml.etree import ElementTree as ET

from attrs import frozen

from tonearm.sandbox.aioz.objects import Quality
from tonearm.sandbox.aioz.transcode import CODECS, PLAYLISTS

_MPD = "urn:mpeg:dash:schema:mpd:2011"
ET.register_namespace("", _MPD)


@frozen
class Rendition:
    """A finished rendition: its number among the object's qualities, and its folder."""

    number: int
    folder: Path
    quality: Quality


def master(renditions: list[Rendition]) -> str:
    """Write the master playlist (RFC 8216, section 4.3.4)."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rendition in renditions:
        peak, average = _bandwidth(rendition.folder)
        lines.append(f'#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS="{CODECS}"')
        lines.append(f"hls/{rendition.number}/{PLAYLISTS['hls']}")
    return "\n".join([*lines, ""])


def manifest(renditions: list[Rendition], duration: float) -> str:
    """Write one DASH manifest out of those that FFmpeg wrote for each rendition.

    Representations between which a player may switch share an adaptation set: the same language, sample rate and number
    of channels.
    """
    root: ET.Element | None = None
    sets: dict[tuple[str, int, str], ET.Element] = {}
    for rendition in renditions:
        own = ET.parse(rendition.folder / PLAYLISTS["dash"]).getroot()
        adaptation = _one(own, "Period/AdaptationSet")
        representation = _one(adaptation, "Representation")
        _place(representation, rendition.number)
        quality = rendition.quality
        key = (quality.language, quality.sample_rate, quality.channels)
        if key in sets:
            sets[key].append(representation)
            continue
        adaptation.attrib |= {"id": str(len(sets))} | ({"lang": quality.language} if quality.language else {})
        # Each representation begins with a header of its own.
        adaptation.attrib.pop("bitstreamSwitching", None)
        sets[key] = adaptation
        if root is None:
            root = own
            root.set("mediaPresentationDuration", f"PT{duration:.3f}S")
        else:
            _one(root, "Period").append(adaptation)
    if root is None:
        raise ValueError("a manifest needs a rendition")
    return ET.tostring(root, "unicode", xml_declaration=True)


def _place(representation: ET.Element, number: int) -> None:
    """Set the id of a representation, and the folder of its segments."""
    representation.set("id", str(number))
    base = ET.Element(f"{{{_MPD}}}BaseURL")
    base.text = f"dash/{number}/"
    template = _one(representation, "SegmentTemplate")
    representation.insert(list(representation).index(template), base)


def _one(element: ET.Element, path: str) -> ET.Element:
    child = element.find("/".join(f"{{{_MPD}}}{name}" for name in path.split("/")))
    if child is None:
        raise ValueError(f"the manifest has no {path}")
    return child


def _bandwidth(folder: Path) -> tuple[int, int]:
    """Measure the bits per second of the densest segment and of all (a last segment that is short does not count)."""
    lines = (folder / PLAYLISTS["hls"]).read_text().splitlines()
    durations = [float(line.removeprefix("#EXTINF:").split(",")[0]) for line in lines if line.startswith("#EXTINF:")]
    sizes = [(folder / line).stat().st_size for line in lines if not line.startswith("#")]
    rates = [
        size * 8 / seconds for size, seconds in zip(sizes, durations, strict=True) if seconds >= max(durations) / 2
    ]
    return round(max(rates)), round(sum(sizes) * 8 / sum(durations))
