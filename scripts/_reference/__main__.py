"""The reference in docs/reference/: every public name with its signature and docstring, read without importing it."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import griffe
from attrs import define, field
from objects import code, default, is_alias, is_field, named, public_class, signature, summary, target, typed_dict

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES: dict[str, tuple[str, list[str]]] = {
    "shared": (
        "tonearm",
        [
            "AudioStream",
            "AsyncAudioStream",
            "Answer",
            "Answers",
            "Retry",
            "Progress",
            "progress.OnProgress",
            "_files.SourceLike",
        ],
    ),
    "errors": ("tonearm.errors", []),
    "subtitles": ("tonearm.subtitles", []),
    "aioz": ("tonearm.aioz", []),
    "jellyfin": ("tonearm.jellyfin", []),
    "openai": ("tonearm.openai", []),
    "recipes": ("tonearm.recipes", []),
    "bulk": ("tonearm.bulk", []),
    "sandbox": ("tonearm.sandbox", []),
}
"""The module of each page, and which of its names; all that are public when none is named."""

INTRODUCTION = """# Reference

Made from the docstrings by `scripts/docs`; do not edit. What several services share stands first.

"""
CLIENTS = ["Aioz", "AsyncAioz", "Jellyfin", "AsyncJellyfin", "OpenAI", "AsyncOpenAI", "Sandbox"]
"""What stands first on its page."""

INNER = {"because", "of", "sparse", "HttpClient", "AsyncHttpClient", "Opening", "Plan"}
"""Names that are there for the library itself."""


def main() -> int:
    """Run the command line; the exit status is 1 when --check finds a page that differs."""
    parser = argparse.ArgumentParser(prog="docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name what differs and exit with 1")
    check: bool = parser.parse_args().check
    made = Reference(griffe.load("tonearm", search_paths=[ROOT / "overlay"], allow_inspection=False)).pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in REFERENCE.glob("*.md")}
    changed = sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))
    if check:
        for name in changed:
            print(f"docs/reference/{name} is not what the docstrings say: run scripts/docs", file=sys.stderr)
        return 1 if changed else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in made:
            (REFERENCE / name).write_text(made[name], encoding="utf-8")
        else:
            (REFERENCE / name).unlink()
    print(f"made again: {', '.join(changed)}" if changed else "up to date")
    return 0


@define
class Reference:
    """All pages over one loaded package.

    Attributes:
        package: the package, as griffe has read it.
        homes: the page of each name that has a heading.
    """

    package: Any
    homes: dict[str, str] = field(factory=dict[str, str], init=False)

    def pages(self) -> dict[str, str]:
        """The text of each page by file name."""
        shown: dict[str, list[Any]] = {}
        for page, (path, chosen) in PAGES.items():
            module = self.found(path)
            names = chosen or module.exports or [name for name, one in module.members.items() if public_class(one)]
            names = sorted(names, key=lambda name: CLIENTS.index(name) if name in CLIENTS else len(CLIENTS))
            shown[page] = [one for one in (target(module[name]) for name in names) if one.path not in self.homes]
            shown[page] += self.taken(shown[page])
            self.homes |= {one.path: page for one in shown[page]}
        index = INTRODUCTION
        made: dict[str, str] = {}
        for page, objects in shown.items():
            module = self.found(PAGES[page][0])
            made[f"{page}.md"] = self.page(page, module, objects)
            index += f"- [{PAGES[page][0] if page != 'shared' else 'What all share'}]({page}.md): "
            index += (
                ", ".join(f"[`{one.name}`]({page}.md#{one.name.lower()})" for one in objects if not one.is_attribute)
                + "\n"
            )
        return {"README.md": index, **made}

    def found(self, path: str) -> Any:
        """The object at a dotted path; the package itself for its own name."""
        inner = path.partition(".")[2]
        return target(self.package[inner]) if inner else self.package

    def page(self, page: str, module: Any, objects: Sequence[Any]) -> str:
        """One page: the module's own words, then its objects."""
        title = "What all share" if page == "shared" else f"{module.path}"
        blocks = [f"# {title}"]
        if page != "shared":
            blocks += self.described(module, page)
        for one in objects:
            blocks += self.object(one, page)
        return "\n\n".join(blocks) + "\n"

    def taken(self, objects: Sequence[Any]) -> list[Any]:
        """What the signatures of these objects name of the package that has no heading yet: options and aliases."""
        known = {one.path for one in objects} | self.homes.keys()
        new: dict[str, Any] = {}
        for name in (name for one in objects for name in named(one)):
            if not name.startswith("tonearm.") or name in known or name in new:
                continue
            try:
                one = self.found(name)
            except (KeyError, griffe.AliasResolutionError, griffe.CyclicAliasError):
                continue
            if one.path in known or one.name.startswith("_") or one.name in INNER:
                continue
            if (one.is_attribute and is_alias(one)) or (one.is_class and typed_dict(one)):
                new[one.path] = one
        found = sorted(new.values(), key=lambda one: (one.is_attribute, one.name))
        return [*found, *self.taken([*objects, *found])] if found else []

    def object(self, one: Any, page: str) -> Iterator[str]:
        """What stands under the heading of one name."""
        yield f"## {one.name}"
        if one.is_function:
            yield from self.function(one, page)
        elif one.is_attribute:
            said = str(one.value).strip("'")  # quoted where it is needed by checkers only
            yield code(f"{one.name} = {said}")
            yield from self.described(one, page)
        else:
            yield from self.klass(one, page)

    def klass(self, one: Any, page: str) -> Iterator[str]:
        """A class: how it is made, what it is, what it has, what it does."""
        members = {name: target(member) for name, member in one.all_members.items() if not name.startswith("_")}
        made = one.all_members.get("__init__")
        if page == "errors":
            bases = [str(base) for base in one.bases if not str(base).startswith("_")]
            yield code(f"class {one.name}({', '.join(bases)})")
        elif made is not None and "wire" not in target(made).parameters:
            yield code(signature(target(made), one.name))
        if one.path.endswith(f".async_client.{one.name}"):
            yield self.line(summary(one).partition("\n")[0], page)
            yield self.twin(one.name.removeprefix("Async"), list(members.values()))
            return
        wider = [base for base in one.resolved_bases if base.path in self.homes] if typed_dict(one) else []
        shared = {name for base in wider for name in base.all_members}
        own = {name: member for name, member in members.items() if name not in shared and is_field(member)}
        yield from self.described(one, page, fields=own)
        for base in wider:  # what several kinds of options share is told once
            yield self.line(f"The rest: see {base.name}.", page)
        properties = [m for m in members.values() if "property" in m.labels]
        if properties:
            yield "Properties:\n\n" + "\n".join(
                f"- `{m.name}` (`{m.annotation}`): {self.line(summary(m), page)}" for m in properties
            )
        for name, loop in (("__iter__", "for"), ("__aiter__", "async for")):
            if name in one.all_members:
                yield f"With `{loop}`: {self.line(summary(target(one.all_members[name])), page)}"
        for method in (m for m in members.values() if m.is_function and m.name not in INNER):
            yield f"### {one.name}.{method.name}"
            yield from self.function(method, page)

    def twin(self, name: str, members: Sequence[Any]) -> str:
        """How the methods of an asynchronous client are called."""
        methods = [one for one in members if one.is_function]
        looped = [one.name for one in methods if str(one.returns).startswith("AsyncIterator")]
        awaited = [one.name for one in methods if "async" in one.labels and one.name not in looped]
        plain = [one.name for one in methods if one.name not in (*awaited, *looped)]
        lists = [
            f"{what}: {', '.join(f'`{one}`' for one in names)}."
            for what, names in (("With `await`", awaited), ("With `async for`", looped), ("As they are", plain))
            if names
        ]
        link = f"[{name}](#{name.lower()})"
        return f"Arguments, methods and errors are those of {link}; `http` is an httpx.AsyncClient. {' '.join(lists)}"

    def function(self, one: Any, page: str) -> Iterator[str]:
        """A function or method."""
        yield code("\n".join(signature(form, one.name) for form in one.overloads or [one]))
        yield from self.described(one, page)

    def described(self, one: Any, page: str, fields: dict[str, Any] | None = None) -> Iterator[str]:
        """The docstring, section by section; fields are told in the section that describes them, or after all."""
        left = dict(fields or {})
        sections: Any = one.docstring.parse("google", **_AS_WRITTEN) if one.docstring else []
        for section in sections:
            kind = section.kind.value
            if kind == "text":
                yield self.prose(section.value, page)
            elif kind in ("parameters", "other parameters", "attributes"):
                told = {item.name: item.description for item in section.value}
                known = [(name, left.pop(name, None)) for name in dict.fromkeys([*left, *told])]
                lines = [self.item(name, told.get(name), member, page) for name, member in known]
                yield ("Has:" if kind == "attributes" else "Arguments:") + "\n\n" + "\n".join(lines)
            elif kind == "raises":
                lines = [f"- `{item.annotation}`: {self.line(item.description, page)}" for item in section.value]
                yield "Raises:\n\n" + "\n".join(lines)
            elif kind in ("returns", "yields"):
                (item,) = section.value
                # What stands before a colon is taken for a type, also where it is the beginning of a sentence.
                before = "" if str(item.annotation) == str(one.returns) else f"{item.annotation}: "
                yield f"Returns: {self.line(before + item.description, page)}"
            else:
                raise ValueError(f"{one.path}: no form for a section of {kind}")
        if left:
            yield "Has:\n\n" + "\n".join(self.item(name, None, member, page) for name, member in left.items())

    def item(self, name: str, told: str | None, member: Any, page: str) -> str:
        """One argument or field: its name, what it may be, what it means."""
        text = summary(member) if told is None else told
        kind = f" (`{member.annotation}`{default(member)})" if member is not None else ""
        return f"- `{name}`{kind}" + (f": {self.line(text, page)}" if text else "")

    def prose(self, text: str, page: str) -> str:
        """Paragraphs as they are; what is indented stays code."""
        parts = re.split(r"\n\n+", text.strip("\n"))
        return "\n\n".join(part if part.startswith("    ") else self.line(part, page) for part in parts)

    def line(self, text: str, page: str) -> str:
        """Text in one line, with the places that it sends the reader to as links."""

        def link(found: re.Match[str]) -> str:
            homes = {path.rpartition(".")[2]: home for path, home in self.homes.items()}
            if (home := homes.get(found[1])) is None:
                return found[0]
            return f"see [{found[1]}]({'' if home == page else home + '.md'}#{found[1].lower()})"

        flat = " ".join(text.split())
        return re.sub(r"\bsee ([A-Z]\w+)", link, flat.replace("``", "`"))


_AS_WRITTEN: dict[str, Any] = {"returns_named_value": False, "returns_multiple_items": False, "warnings": False}


if __name__ == "__main__":
    sys.exit(main())
