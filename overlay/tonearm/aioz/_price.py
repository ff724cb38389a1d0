"""The price of transcoding, and the limit of an upload's price."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from .. import _audio, _transfer  # pyright: ignore[reportPrivateUsage]  # a room of this package
from .._base.validate import amount
from .._engine import Plan, Work
from .._files import Source, SourceLike
from ..errors import InvalidInput
from . import _operations as calls
from .types import Cost, QualityConfig


def cost_of(presets: Sequence[str], duration: float | None, source: SourceLike | None) -> Plan[Cost]:
    """The price for audio of a known duration, or for a source, which is measured first."""
    if (duration is None) == (source is None):
        raise InvalidInput(
            "duration or source must be given, and not both",
            argument="duration",
            value=duration,
            expected="given, or source instead of it",
        )
    if source is not None:
        opened = yield from Work(partial(_transfer.open_input, source), undo=Source.close)
        with opened:
            duration = yield from Work(partial(_audio.duration_of, opened))
    return (yield from calls.objects.cost(presets, cast("float", duration)))


def check_price(
    most: float, qualities: Sequence[QualityConfig] | None, duration: float | None, source: Source
) -> Plan[None]:
    """Check the price before anything is created; InvalidInput if it exceeds `most` or the balance.

    The price depends on the names of qualities, not on bit rates (AIOZ Audio document, "Get audio cost").
    """
    amount(most, "max_price")
    if not qualities:
        raise InvalidInput(
            "max_price needs a preset or qualities: the price of the service's own choice is not known",
            argument="max_price",
            value=most,
            expected="given together with a preset: the price of the service's own choice is not known",
        )
    if duration is None:
        duration = yield from Work(partial(_audio.duration_of, source))
    names = list(dict.fromkeys(config.resolution for config in qualities))
    cost = yield from calls.objects.cost(names, duration)
    if cost.price > most:
        raise InvalidInput(
            f"this would cost {cost.price} USD, and max_price is {most}",
            argument="max_price",
            value=most,
            expected=f"at least {cost.price} USD, which this would cost",
            hint="choose a cheaper preset, or permit a higher price",
        )
    if cost.is_enough is False:
        raise InvalidInput(
            f"this would cost {cost.price} USD, and the account's balance does not cover it",
            expected="covered by the balance of the account",
            hint="add to the balance of the account",
        )
