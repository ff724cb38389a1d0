"""Reads books in EPUB: the text of their chapters, title, author and cover."""

from __future__ import annotations

import codecs
import posixpath
import re
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import IO, cast
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from attrs import define, field

from .._audio import Reader
from .._files import Source, SourceLike
from ..errors import InvalidInput
from .book import Book, Chapter

_CONTAINER = "META-INF/container.xml"
_LARGEST = 64 * 1024 * 1024
"""Bytes of one unpacked file of a book, and of all its text."""

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z][\w.-]*)")

_PICTURES = ("image/jpeg", "image/png")
_TEXTS = ("application/xhtml+xml", "text/html", "application/xml", "text/xml")
_HIDDEN = frozenset({"script", "style", "head", "title", "rt", "rp", "svg", "math", "nav"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_BREAK = "\0"
_LONGEST_TITLE = 1000


def read_epub(source: SourceLike) -> Book:
    """Read a book in EPUB, for `OpenAI.speak`.

    A file of the book that begins with a heading begins a chapter; another file belongs to the chapter before it.

    Args:
        source: the path of a file, its bytes, or a seekable binary file.

    Raises:
        InvalidInput: the file is no EPUB, or is encrypted or damaged.
    """
    with Source.open(source) as opened:
        try:
            with ZipFile(cast("IO[bytes]", Reader(opened))) as archive:
                return _Package.of(archive).book()
        except (
            *(BadZipFile, zlib.error, ET.ParseError, EOFError),
            *(KeyError, ValueError, RuntimeError, NotImplementedError),
        ) as error:
            if isinstance(error, InvalidInput):
                raise
            raise _refused(f"{opened.name or 'the book'} cannot be read as EPUB: {error}") from error


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, argument="source", expected="a book in EPUB")


@define
class _Package:
    """The package document of a book: it lists the files by id with their types, and their order."""

    archive: ZipFile
    folder: str
    root: ET.Element
    _left: int = _LARGEST

    @classmethod
    def of(cls, archive: ZipFile) -> _Package:
        package = cls(archive, "", ET.Element("none"))
        container = package.xml(_CONTAINER)
        path = next((element.get("full-path") for element in container.iter() if _name(element) == "rootfile"), None)
        if path is None:
            raise _refused("the book has no package")
        package.folder, package.root = posixpath.dirname(path), package.xml(path)
        return package

    def book(self) -> Book:
        title = self._first("title")
        authors = ", ".join(self._all("creator")) or None
        chapters = list[Chapter]()
        for text in self._texts():
            page = _Page.of(text)
            if not page.text:
                continue
            if page.title is None and chapters:
                before = chapters.pop()
                chapters.append(Chapter(before.title, f"{before.text}\n\n{page.text}"))
            else:
                chapters.append(Chapter(page.title or title, page.text))
        if not chapters:
            raise _refused("the book has no text")
        return Book(title, authors, tuple(chapters), self._cover())

    def xml(self, path: str) -> ET.Element:
        data = _decoded(self._read(path))
        if "<!ENTITY" in data:
            raise _refused(f"{path} defines entities")
        return ET.fromstring(data)  # it defines no entities

    def _texts(self) -> Iterator[str]:
        items = {element.get("id"): element for element in self.root.iter() if _name(element) == "item"}
        for place in (element for element in self.root.iter() if _name(element) == "itemref"):
            item = items.get(place.get("idref"))
            if item is None or place.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
                continue
            if item.get("media-type") in _TEXTS:
                yield _decoded(self._read(self._path(item)))

    def _cover(self) -> bytes | None:
        named = next(
            (
                element.get("content")
                for element in self.root.iter()
                if _name(element) == "meta" and element.get("name") == "cover"
            ),
            None,
        )
        for item in (element for element in self.root.iter() if _name(element) == "item"):
            marked = "cover-image" in (item.get("properties") or "").split() or (named and item.get("id") == named)
            if marked and item.get("media-type") in _PICTURES:
                return self._read(self._path(item))
        return None

    def _path(self, item: ET.Element) -> str:
        return posixpath.normpath(posixpath.join(self.folder, unquote(item.get("href") or "")))

    def _read(self, path: str) -> bytes:
        info = self.archive.getinfo(path)
        self._left -= info.file_size
        if self._left < 0:
            raise _refused(f"the book has more than {_LARGEST} bytes")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise _refused(f"{path} is packed as no file of a book in EPUB is")
        with self.archive.open(info) as packed:
            return packed.read(info.file_size)  # no more is unpacked, whatever the archive holds

    def _first(self, name: str) -> str | None:
        return next(iter(self._all(name)), None)

    def _all(self, name: str) -> list[str]:
        texts = (" ".join((element.text or "").split()) for element in self.root.iter() if _name(element) == name)
        return [text for text in texts if text]


def _decoded(data: bytes) -> str:
    """Decode UTF-8 or UTF-16, as EPUB requires, or the encoding that an old book declares."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    declared = _DECLARED.match(data)
    name = declared[1].decode().lower() if declared else "utf-8"
    try:
        # A declaration of UTF-16 that could be read as bytes is wrong.
        return data.decode("utf-8-sig" if name.startswith("utf") else name, "replace")
    except LookupError:
        return data.decode("utf-8-sig", "replace")


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


@define
class _Page(HTMLParser):
    """The paragraphs of a page, and its first heading."""

    title: str | None = None
    _paragraphs: list[str] = field(factory=list[str])
    _words: list[str] = field(factory=list[str])
    _hidden: list[str] = field(factory=list[str])

    def __attrs_post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, text: str) -> _Page:
        page = cls()
        page.feed(text)
        page.close()
        page.end_paragraph()
        return page

    @property
    def text(self) -> str:
        return "\n\n".join(self._paragraphs)

    def end_paragraph(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self._words).split(_BREAK))
        paragraph = "\n".join(filter(None, lines))
        self._words.clear()
        if paragraph:
            self._paragraphs.append(paragraph)
        return paragraph

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as of its parent
        if tag == "br":
            self._words.append(_BREAK)
        elif tag in _BLOCKS:
            self.end_paragraph()
        if tag in _HIDDEN:
            self._hidden.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the same
        if tag == "br":
            self._words.append(_BREAK)
        elif tag in _BLOCKS:
            self.end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        if tag in _BLOCKS:
            heading = self.end_paragraph()
            if tag in _HEADINGS and not self.title:
                self.title = heading[:_LONGEST_TITLE].replace("\n", " ") or None

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)
