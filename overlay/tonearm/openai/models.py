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

_NAMES = ("id", "name", "model", "model_name", "modelId", "key")
_LISTS = ("result", "data", "models")


@frozen(repr=False)
class Model(Answer):
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
    """What something will probably cost.

    Attributes:
        price: in USD; None where it is not known: for other models than OpenAI's, and at other servers.
        duration: seconds of the recording, or of speech that a text of this length becomes.
        as_of: the day of the price list.
    """

    price: float | None
    duration: float
    as_of: date


def entries_of(raw: object) -> list[dict[str, object]]:
    """The models in a list, each with its `id`, however a server wraps it; an entry that cannot be read costs itself.

    Raises:
        TypeError: there is no list, or nothing in it can be read.
    """
    for key in _LISTS:
        if isinstance(raw, dict) and isinstance(found := cast("dict[str, object]", raw).get(key), (list, dict)):
            raw = cast("object", found)
    if isinstance(raw, dict):  # names, each with what is said of it
        told = cast("dict[str, object]", raw)
        named = [{"id": name, **cast("dict[str, object]", one)} for name, one in told.items() if isinstance(one, dict)]
        raw = named or ([told] if told.get("id") else None)
    if not isinstance(raw, list):
        raise TypeError("there is no list of models")
    members = cast("list[object]", raw)
    entries = [entry for entry in map(_entry, members) if entry is not None]
    if members and not entries:
        raise TypeError("no entry of the list has a name")
    return entries


def _entry(raw: object) -> dict[str, object] | None:
    found = cast("dict[str, object]", raw) if isinstance(raw, dict) else {"id": raw}
    name = next((name for key in _NAMES if (name := text(found.get(key)))), None)
    return None if name is None else found if found.get("id") == name else {**found, "id": name}
