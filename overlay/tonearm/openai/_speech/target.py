"""The file in which speech is saved, and its format."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

from attrs import frozen

from ..._audio import TYPES
from ..._base import validate
from ..._files import is_folder
from ...errors import InvalidInput
from ..presets import FORMAT_OF_SUFFIX
from ..types import FileFormat


@frozen
class Target:
    """The file to make, and the format of the speech in it."""

    path: Path
    format: FileFormat


def target(to: str | os.PathLike[str], format: FileFormat | None) -> Target:
    """Check the path of a file, and find its format: the given one, or else that of its suffix.

    Raises:
        InvalidInput: the path is a folder, or its suffix means another format or none.
    """
    path = validate.path(to, "to")
    suffix = path.suffix.lower()
    meant = FORMAT_OF_SUFFIX.get(suffix)
    if is_folder(path):
        raise InvalidInput(
            f"{str(path)!r} is a folder",
            argument="to",
            value=path,
            expected="the path of a file",
            hint="name the file to make",
        )
    if format is None:
        if meant is None:
            raise InvalidInput(
                f"the suffix {suffix!r} names no format of speech",
                argument="to",
                value=path,
                expected=f"a file that ends in {', '.join(FORMAT_OF_SUFFIX)}",
                hint=f"known are {', '.join(FORMAT_OF_SUFFIX)}; or give the format",
            )
        return Target(path, meant)
    validate.word(format, "format", get_args(FileFormat))
    if meant not in (None, format) or (meant is None and suffix[1:] in TYPES):
        raise InvalidInput(
            f"the suffix {suffix!r} does not fit the format {format!r}",
            argument="format",
            value=format,
            expected=f"one that the suffix {suffix!r} fits",
        )
    return Target(path, format)
