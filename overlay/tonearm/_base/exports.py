"""Public names of a package that are loaded when they are first used."""

import sys
from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import Any


def names(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a package whose public names are loaded when they are first used (PEP 562).

    Args:
        package: its name.
        homes: for each name the module that defines it, relative to the package; these modules are public, too.
    """
    space = vars(sys.modules[package])

    def load(name: str) -> Any:
        if name in homes:
            value = getattr(import_module(homes[name], package), name)
        elif f".{name}" in homes.values():
            value = import_module(f".{name}", package)
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        space[name] = value
        return value

    return load, lambda: sorted({*space, *homes})


def modules(package: str, names: Collection[str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package whose modules are loaded when they are first used; `names` are these."""

    def load(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(f".{name}", package)  # which makes it an attribute of the package

    return load
