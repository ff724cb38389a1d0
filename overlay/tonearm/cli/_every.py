"""The options that every command of a service has: about its requests, and about messages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from attrs import define, field, fields_dict
from typer.core import TyperOption

from .. import InvalidInput


@define
class Chosen:
    """The values of these options in the running command."""

    headers: dict[str, str] = field(factory=dict[str, str], repr=False)
    certificate: str | None = None
    certificate_key: str | None = None
    timeout: float | None = None
    deadline: float | None = None
    retries: int | None = None
    verbose: int = 0
    quiet: int = 0
    words: list[str] = field(factory=list[str], repr=False)
    """The options as they were typed, for the command that resumes, with a variable for the value of a header."""
    hidden: dict[str, str] = field(factory=dict[str, str], repr=False)
    """The names of the headers whose values are not repeated, by the variables for their values."""

    def client(self) -> dict[str, Any]:
        """The arguments of a client's constructor."""
        from .. import Retry

        pair = (self.certificate, self.certificate_key) if self.certificate_key else self.certificate
        retry = None if self.retries is None else Retry(attempts=self.retries + 1)
        arguments = {"timeout": self.timeout, "deadline": self.deadline, "retry": retry, "certificate": pair}
        return {
            name: value for name, value in {**arguments, "headers": self.headers or None}.items() if value is not None
        }

    def profile(self) -> dict[str, str | None]:
        """The settings that `login` stores; None for those not given."""
        headers = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        paths = {"certificate": self.certificate, "certificate_key": self.certificate_key}
        return {
            "headers": headers or None,
            **{name: path and str(Path(path).absolute()) for name, path in paths.items()},
        }


chosen = Chosen()
"""Of the command that runs in this process."""


def begin() -> None:
    """Forget the options of an earlier command."""
    nothing = Chosen()
    for name in fields_dict(Chosen):
        setattr(chosen, name, getattr(nothing, name))


def joined(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """Headers of both; a new one replaces an old one, also if its name has other capitals."""
    names = {name.lower() for name in new}
    return {name: value for name, value in old.items() if name.lower() not in names} | new


def read_headers(lines: list[str]) -> dict[str, str]:
    """Headers by their names, from lines such as `Name: value`.

    `@FILE` stands for the lines of a file, and `$VARIABLE` as a value for that variable of the environment.

    Raises:
        InvalidInput: a line is no header, the file cannot be read, or there is no such variable.
    """
    headers: dict[str, str] = {}
    for line in lines:
        if line.startswith("@"):
            headers = joined(headers, read_headers(_lines_of(Path(line[1:]))))
            continue
        name, colon, value = line.partition(":")
        if not colon or not name.strip() or not value.strip():
            raise InvalidInput(
                "a header must be written as 'Name: value', or @FILE with such lines",
                argument="header",
                expected="'Name: value', or @FILE",
            )
        headers = joined(headers, {name.strip(): _from_environment(value.strip())})
    return headers


def _from_environment(value: str) -> str:
    """A value as it is, or that of the named variable."""
    if not _is_variable(value):
        return value
    if not (stored := os.environ.get(value[1:])):
        raise InvalidInput(
            f"a header needs the variable {value[1:]}, which is not set",
            argument="header",
            hint=f"set {value[1:]}, or give a file with @FILE",
        )
    return stored


def _is_variable(value: str) -> bool:
    return value.startswith("$") and value[1:].isidentifier()


def _lines_of(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no text in UTF-8"
        raise InvalidInput(f"the file of headers {str(path)!r} cannot be read: {why}", argument="header") from None
    return [line for line in lines if line.strip() and not line.startswith(("#", "@"))]


def add(command: Any, *, connects: bool) -> None:
    """Give a command these options, except its own ones; without `connects`, only those about messages.

    The help of `tonearm` explains them once; that of a command only names them.
    """
    own = {option for parameter in command.params for option in parameter.opts}
    added = [option for option in _options(connects=connects) if not own.intersection(option.opts)]
    command.params += added
    if added:
        names = ", ".join(option.opts[-1] for option in added)
        command.epilog = f"Also: {names}; `tonearm --help` explains them."


def _options(*, connects: bool) -> list[TyperOption]:
    messages = [_option("-v", "--verbose", count=True), _option("-q", "--quiet", is_flag=True)]
    if not connects:
        return messages
    seconds = {"type": float, "metavar": "SECONDS"}
    return [
        *(_option("--timeout", **seconds), _option("--deadline", **seconds), _option("--retries", type=int)),
        *(_option("--header", multiple=True), _option("--certificate"), _option("--certificate-key")),
        *messages,
    ]


def _option(*names: str, **settings: Any) -> TyperOption:
    return TyperOption(param_decls=list(names), expose_value=False, hidden=True, callback=_take, **settings)


def _without_value(line: str) -> str:
    """A header for the command that resumes: with a variable instead of its value, which may be secret."""
    if line.startswith("@"):
        return line
    name, _, value = line.partition(":")
    if _is_variable(value.strip()):
        return line
    variable = "TONEARM_HEADER_" + "".join(
        character if character.isalnum() else "_" for character in name.strip().upper()
    )
    chosen.hidden[variable] = name.strip()
    return f"{name.strip()}: ${variable}"


def _take(_context: Any, option: Any, value: Any) -> None:
    """Remember the value of one of the options, if it was given."""
    name, word = option.name, option.opts[-1]
    if name == "header":
        chosen.headers = joined(chosen.headers, read_headers(list(value)))
        chosen.words += [f"{word}={_without_value(line)}" for line in value]
    elif name in ("verbose", "quiet"):
        times = int(value or 0)
        setattr(chosen, name, times)
        chosen.words += [word] * times
    elif value is not None:
        if name == "retries" and value < 0:
            raise InvalidInput.of("--retries", value, "a whole number from 0")
        setattr(chosen, name, value)
        chosen.words.append(f"{word}={value}")
