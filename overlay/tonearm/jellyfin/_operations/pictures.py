"""The seam for pictures of items."""

from __future__ import annotations

from uuid import UUID

from tonearm_generated.jellyfin.api.image import get_item_image
from tonearm_generated.jellyfin.types import UNSET

from ..._base import validate
from ..._engine import Plan
from ..._http import Answer, Request
from .._ids import id_of
from ..covers import Cover
from .error_hints import known
from .lacking import offered
from .startup_wait import call

COVERS = "covers"
"""The function that a server may not offer."""

_PRIMARY = "Primary"
_WIDEST = 2**31 - 1


def cover(item_id: str | UUID, max_width: int | None = None) -> Plan[Cover]:
    """Read the cover of an item."""
    width = UNSET if max_width is None else validate.whole(max_width, "max_width", least=1, most=_WIDEST)
    kwargs = get_item_image.request_kwargs(id_of(item_id), _PRIMARY, max_width=width)
    return offered(known(call(Request.of(kwargs, accept="image/*"), _cover)), COVERS, of_item=True)


def _cover(answer: Answer) -> Cover:
    """Refuse a page or message, which a proxy may send with status 200."""
    kind = answer.head.content_type
    if not answer.body:
        raise answer.unexpected("the body is empty")
    if kind.startswith("text/") or kind.endswith(("json", "html")):
        raise answer.unexpected(f"the answer is {kind}, not a picture")
    return Cover(answer.body, answer.head.shown_type, request_id=answer.request_id)
