"""Ids of items, playlists and users."""

from __future__ import annotations

import re
from uuid import UUID

from .._base import validate
from ..errors import InvalidInput

LONGEST = 128
"""Characters of an id. The limit is ours: the longest that we know have 44."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-?)[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{12}")
_ID = re.compile(r"[0-9A-Za-z._~-]+")
_EXPECTED = f"32 hexadecimal digits, with or without dashes, or at most {LONGEST} letters, digits and any of - . _ ~"


def id_of(value: str | UUID, name: str = "item_id") -> str:
    """An id as it is sent: Jellyfin's with dashes, an id of another form unchanged.

    Jellyfin's ids are UUIDs. Other servers that speak its protocol have others: Navidrome's have 44 hexadecimal digits,
    or 22 letters and digits. Letters, digits and `-._~` mean themselves in a path, a query and a list with commas.

    Raises:
        InvalidInput: the value is no id, is too long, or would change the path.
    """
    if isinstance(value, UUID):
        return str(value)
    if _UUID.fullmatch(validate.path_segment(value, name)):
        return str(UUID(value))
    if not _ID.fullmatch(value) or len(value) > LONGEST or not value.strip("."):
        raise InvalidInput.of(name, value, _EXPECTED)
    return value


def compact(value: str | UUID, name: str = "item_id") -> str:
    """An id as in Jellyfin's responses, without dashes if it is a UUID; some parameters need this form.

    Raises:
        InvalidInput: the value is no id.
    """
    checked = id_of(value, name)
    return checked.replace("-", "") if _UUID.fullmatch(checked) else checked
