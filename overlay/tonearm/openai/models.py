"""The models of a server, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, cast

from attrs import field, frozen

from tonearm_generated.reading import given

from .._base.answers import Answer
from .._base.coerce import moment, text, when

if TYPE_CHECKING:
    from tonearm_generated.openai import models

_NAMES = ("name", "model", "model_name", "modelId", "key")
_LISTS = ("result", "data", "models")


@frozen(repr=False)
class Model(Answer):
    """A model that a server has.

    Attributes:
        id: its name.
        owned_by: its owner; None if the server names none.
        created: when it was made; None if the server sends no time.
        shutdown_date: the day on which it is switched off, if that is announced.
        raw: the model as the server describes it.
    """

    id: str
    owned_by: str | None
    created: datetime | None
    shutdown_date: date | None
    raw: Mapping[str, Any] = field(repr=False, eq=False)

    @classmethod
    def of(cls, model: models.Model) -> Self:
        """Take over what generated code has read."""
        end = when(given(model.shutdown_date))
        return cls(
            model.id,
            given(model.owned_by),
            moment(given(model.created)),
            None if end is None else end.date(),
            model.raw,
        )


@frozen(repr=False)
class Estimate(Answer):
    """The probable price of a recording or of speech.

    Attributes:
        price: in USD; None for models other than OpenAI's, and at other servers.
        duration: seconds of the recording, or of the speech that the text becomes.
        as_of: the day of the price list.
    """

    price: float | None
    duration: float
    as_of: date


def entries_of(raw: object) -> list[dict[str, object]]:
    """The entries in a list of models, each with its `id`; entries that cannot be read are left out.

    Raises:
        TypeError: the answer has no list, or no entry that can be read.
    """
    for key in _LISTS:
        if isinstance(raw, dict) and isinstance(inner := cast("dict[str, object]", raw).get(key), (list, dict)):
            raw = cast("object", inner)
    if isinstance(raw, dict):  # a mapping of names to models
        by_name = cast("dict[str, object]", raw)
        named = [
            {"id": name, **cast("dict[str, object]", entry)}
            for name, entry in by_name.items()
            if isinstance(entry, dict)
        ]
        raw = named or ([by_name] if by_name.get("id") else None)
    if not isinstance(raw, list):
        raise TypeError("there is no list of models")
    members = cast("list[object]", raw)
    entries = [entry for entry in map(_entry, members) if entry is not None]
    if members and not entries:
        raise TypeError("no entry of the list has a name")
    return entries


def _entry(raw: object) -> dict[str, object] | None:
    entry = cast("dict[str, object]", raw) if isinstance(raw, dict) else {"id": raw}
    name = text(entry.get("id")) or next((name for key in _NAMES if (name := text(entry.get(key)))), None)
    return None if name is None else entry if entry.get("id") == name else {**entry, "id": name}
