"""Make a manual page of each command: build/man/man1/tonearm.1 and others, for `man -M build/man tonearm-aioz-upload`.

click-man, which does this for click, does not know typer's own commands.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from tonearm import __version__
from tonearm.cli._app import app

PLACE = Path(__file__).resolve().parents[1] / "build" / "man"


def main() -> int:
    """Run the command line; the exit status is 1 when groff has a complaint about a page."""
    parser = argparse.ArgumentParser(prog="manual.py", description=__doc__)
    parser.add_argument("to", metavar="DIR", nargs="?", type=Path, default=PLACE, help="the folder above man1")
    folder: Path = parser.parse_args().to / "man1"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command: Any = get_command(app)
    for context in _contexts(command.context_class(command, info_name="tonearm")):
        (folder / f"{_name(context)}.1").write_text(page(context), encoding="utf-8")
    pages = sorted(folder.iterdir())
    print(f"{len(pages)} pages: man -M {folder.parent} tonearm")
    groff = shutil.which("groff")
    if groff is None:
        return 0
    checked = subprocess.run(
        [groff, "-man", "-ww", "-K", "utf8", "-T", "utf8", "-z", *pages], capture_output=True, text=True, check=False
    )
    print(checked.stderr, end="", file=sys.stderr)
    return 1 if checked.returncode or checked.stderr else 0


def page(context: Any) -> str:
    """Write the page of one command as roff."""
    command, name = context.command, _name(context)
    taken = command.get_params(context)
    summary, *rest = _paragraphs(command.help or "")
    lines = [
        f'.TH "{name.upper()}" 1 "" "tonearm {__version__}" "User commands"',
        *(".nh", ".ad l"),  # a word that is broken at the end of a line cannot be copied
        *(".SH NAME", rf"{escaped(name)} \- {escaped(summary.removesuffix('.'))}"),
        *(".SH SYNOPSIS", f".B {escaped(context.command_path)}", escaped(" ".join(_usage(context)))),
        *(".SH DESCRIPTION", formatted(summary)),
    ]
    for paragraph in rest:
        lines += [".PP", formatted(paragraph)]
    records = {
        "ARGUMENTS": [_record(one, context) for one in taken if one.param_type_name == "argument"],
        "OPTIONS": [_record(one, context) for one in taken if one.param_type_name == "option"],
        "COMMANDS": [(f"{_name(below)}(1)", below.command.get_short_help_str(200)) for below in _below(context)],
    }
    for title, entries in records.items():
        lines += [f".SH {title}"] if entries else []
        for term, text in entries:
            lines += [".TP", rf"\fB{escaped(term)}\fR", formatted(text)]
    if context.parent is not None:
        lines += [".SH SEE ALSO", rf"\fB{escaped(_name(context.parent))}\fR(1)"]
    return "\n".join([*lines, ""])


_SIGNS = str.maketrans({"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"})


def escaped(text: str) -> str:
    """Write text so that roff prints it as it is: no letter of it is an order, or a finer sign than was meant."""
    return (r"\&" if text.startswith(".") else "") + text.translate(_SIGNS)


def formatted(text: str) -> str:
    """Write a paragraph; what stands in backticks is bold."""
    parts = re.split(r"`([^`]+)`", text)
    return "".join(rf"\fB{escaped(part)}\fR" if number % 2 else escaped(part) for number, part in enumerate(parts))


def _paragraphs(text: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def _contexts(context: Any) -> Iterator[Any]:
    yield context
    for below in _below(context):
        yield from _contexts(below)


def _below(context: Any) -> list[Any]:
    """The commands of a group, each with a context of its own."""
    group = context.command
    if not hasattr(group, "list_commands"):
        return []
    found = [(name, group.get_command(context, name)) for name in group.list_commands(context)]
    return [
        command.context_class(command, info_name=name, parent=context) for name, command in found if not command.hidden
    ]


def _name(context: Any) -> str:
    return str(context.command_path).replace(" ", "-")


def _usage(context: Any) -> list[str]:
    return [str(piece) for piece in context.command.collect_usage_pieces(context)]


def _record(parameter: Any, context: Any) -> tuple[str, str]:
    """The name of a parameter and what it is for; the options that every command takes are explained once."""
    record = parameter.get_help_record(context)
    if record is None:
        kind = "" if parameter.is_flag or parameter.count else f" {parameter.make_metavar(context)}"
        return ", ".join(parameter.opts) + kind, "See `tonearm(1)`."
    term, text = record
    return term, text


if __name__ == "__main__":
    sys.exit(main())
