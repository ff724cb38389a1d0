"""The envelope of every response: `status`, with `data` or a `message`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..._engine import Plan, call
from ..._http import Answer, Request, failure

T = TypeVar("T")


def send(request: Request, parse: Callable[[Answer], T]) -> Plan[T]:
    """Send a request, and parse its response unless its `status` is an error.

    Raises:
        StatusError: the response is not 2xx, or its `status` is not `success`; it has the service's message.
    """
    return call(request, lambda answer: parse(_accepted(answer)))


def _accepted(answer: Answer) -> Answer:
    status = answer.object().get("status")
    if status is None or (isinstance(status, str) and status.strip().lower() in ("", "success")):
        return answer
    if isinstance(status, int) and 200 <= status < 300:
        return answer
    raise failure(answer)
