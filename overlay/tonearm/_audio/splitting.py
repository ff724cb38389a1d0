"""Finds the sentences of a text. sentencex is loaded on first use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import cast

from ..errors import ConfigurationError


def sentences(language: str) -> Callable[[str], list[str]]:
    """A function that divides a text into its sentences, by the rules of a language (ISO 639-1).

    Raises:
        ConfigurationError: the extra that finds sentences is not installed.
    """
    try:
        segment = import_module("sentencex").segment
    except ImportError as error:
        raise missing("to cut a long text into sentences", error) from error
    return partial(cast("Callable[[str, str], list[str]]", segment), language)


def missing(what: str, error: ImportError) -> ConfigurationError:
    """The error for a module of the extra that is not installed."""
    return ConfigurationError(f"{what}, {error.name} is needed", hint="pip install 'tonearm[media]'")
