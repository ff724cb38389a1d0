# Made from specs/jellyfin.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py jellyfin
"""The limits that specs/jellyfin.yaml sets for what is sent, by object and by parameter."""

from attrs import frozen


@frozen(kw_only=True)
class Text:
    """How many characters a string may have, and the pattern that it must match as a whole."""

    min_length: int = 0
    max_length: int | None = None
    pattern: str | None = None


@frozen(kw_only=True)
class Integer:
    """Between which bounds a whole number must be."""

    minimum: int | None = None
    maximum: int | None = None


@frozen(kw_only=True)
class Number:
    """Between which bounds a number must be."""

    minimum: float | None = None
    maximum: float | None = None


@frozen(kw_only=True)
class Items:
    """How many members a list may have, and the limits of each."""

    min_items: int = 0
    max_items: int | None = None
    each: Text = Text()


class Parameters:
    container_query = Text(pattern="^[a-zA-Z0-9\\-\\._,|]{0,40}$")
    container_path = Text(pattern="^[a-zA-Z0-9\\-\\._,|]{0,40}$")
    segment_container = Text(pattern="^[a-zA-Z0-9\\-\\._,|]{0,40}$")
    audio_codec = Text(pattern="^[a-zA-Z0-9\\-\\._,|]{0,40}$")
    level = Text(pattern="^-?[0-9]+(?:\\.[0-9]+)?$")
    video_codec = Text(pattern="^[a-zA-Z0-9\\-\\._,|]{0,40}$")
    subtitle_codec = Text(pattern="^[a-zA-Z0-9\\-\\._,|]{0,40}$")
    range = Text(pattern="^bytes=[0-9]*-[0-9]*$")
