"""The envelope of every answer: `status`, and beside it `data` or a `message`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..._engine import Plan, call
from ..._http import Answer, Request, failure

T = TypeVar("T")


def ask(request: Request, parse: Callable[[Answer], T]) -> Plan[T]:
    """Send a request, and parse its answer unless the service says in it that it has refused.

    Raises:
        StatusError: the answer is not 2xx, or the `status` in it is not `success`; what it says is the message.
    """
    return call(request, lambda answer: parse(_accepted(answer)))


def _accepted(answer: Answer) -> Answer:
    status = answer.object().get("status")
    if status is None or (isinstance(status, str) and status.strip().lower() in ("", "success")):
        return answer
    if isinstance(status, int) and 200 <= status < 300:
        return answer
    raise failure(answer)
