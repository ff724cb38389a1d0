"""Signatures that show each keyword which a method accepts."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class _LeftOut:
    """Stands for the value of a keyword that is not passed, where None is not allowed."""

    def __repr__(self) -> str:
        return "..."  # as in stub files


LEFT_OUT = _LeftOut()


def shows_keywords(function: F) -> F:
    """Show the keywords of ``**options: Unpack[SomeTypedDict]`` one by one in the signature of a function.

    `help()` and IPython print that signature; the function and its types stay as they are.
    """
    signature = inspect.signature(function)
    *parameters, options = signature.parameters.values()
    name = options.annotation.removeprefix("Unpack[").removesuffix("]")  # annotations are text: see __future__
    keywords = getattr(sys.modules[function.__module__], name)
    parameters += [_parameter(name, kind) for name, kind in keywords.__annotations__.items()]
    function.__dict__["__signature__"] = signature.replace(parameters=parameters)
    return function


def _parameter(name: str, kind: Any) -> inspect.Parameter:
    text = kind.__forward_arg__
    default = None if text.endswith("| None") else LEFT_OUT
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=text)
