"""The models of a server, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Self, cast

from attrs import field, frozen

from .._base.coerce import number, text, when


@frozen
class Model:
    """A model that a server has.

    Attributes:
        id: its name.
        owned_by: whose it is; None when the server does not say.
        created: when it was made; None when the server does not say.
        shutdown_date: the day on which it is switched off, where that is announced.
        raw: the model as the server describes it.
    """

    id: str
    owned_by: str | None
    created: datetime | None
    shutdown_date: date | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)

    @classmethod
    def of(cls, raw: object) -> Self:
        """Read a model; ValueError when it has no name."""
        found = cast("Mapping[str, object]", raw if isinstance(raw, dict) else {})
        id, made = text(found.get("id")), number(found.get("created"))
        if not id:
            raise ValueError("a model has no id")
        end = when(found.get("shutdown_date"))
        return cls(id, text(found.get("owned_by")), _moment(made), None if end is None else end.date(), found)


@frozen
class Estimate:
    """What something will probably cost.

    Attributes:
        price: in USD; None where it is not known: for other models than OpenAI's, and at other servers.
        duration: seconds of the recording, or of speech that a text of this length becomes.
        as_of: the day of the price list.
    """

    price: float | None
    duration: float
    as_of: date


def _moment(seconds: float | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
