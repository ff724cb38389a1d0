"""`tonearm aioz publish`, against the sandbox."""

from __future__ import annotations

import shlex
from pathlib import Path

import feedparser
import pytest

from tests.recipes.published import CHAPTERS, COVER, MODEL, record
from tonearm import Aioz
from tonearm.cli import main
from tonearm.sandbox import Fault, Sandbox

from .conftest import Cli


@pytest.fixture
def words(configured: Sandbox, tmp_path: Path) -> list[object]:
    """The words of a command that publishes a recording with everything."""
    for name, content in (("talk.vtt", CHAPTERS), ("cover.png", COVER)):
        (tmp_path / name).write_bytes(content)
    with Aioz() as aioz:
        show = aioz.create_playlist("Show").id
    talk = record(tmp_path / "talk.wav")
    files = ["--chapters", tmp_path / "talk.vtt", "--cover", tmp_path / "cover.png"]
    options = ["--preset", "standard", "--title", "Talk", "--tag", "a", "--metadata", "b=c", "--public"]
    rest = ["--captions", "--language", "en", "--model", MODEL, "--playlist", show, "--max-price", 9, "--timeout", 600]
    return ["aioz", "publish", talk, *files, *options, *rest]


def test_a_recording_is_published_with_everything(words: list[object], cli: Cli) -> None:
    done = cli(*words, "--json")
    assert (done.code, len(done.json)) == (0, 1), done.err
    media = done.json[0]
    assert (media["title"], media["status"], media["is_public"]) == ("Talk", "done", True)
    assert [len(media["captions"]), len(media["chapters"])] == [1, 1]
    assert (media["tags"], media["metadata"]) == (["a"], {"b": "c"})


def test_what_fails_names_the_command_that_resumes(words: list[object], configured: Sandbox, cli: Cli) -> None:
    with configured.faults(Fault(path="*/chapters/en", status=400)):
        done = cli(*words)
    assert done.code == 5
    assert "what is done is recorded in" in done.err
    assert [one["kind"] for one in cli("state", "list", "--json").json] == ["publication"]
    start = len(configured.requests)
    resume = shlex.split(done.err.rpartition("to go on: ")[2])
    assert main(resume[1:]) == 0
    asked = [one.path for one in configured.requests[start:]]
    assert not any(path.endswith(("/create", "/part", "/complete", "/transcriptions")) for path in asked)


def test_what_is_published_is_shown_again_unless_a_new_object_is_asked_for(words: list[object], cli: Cli) -> None:
    first = cli(*words, "--json").json
    again = cli(*words, "--json")
    assert (again.json, "published before as this object; --again makes a new one" in again.err) == (first, True)
    other = cli(*words, "--again", "--json")
    assert (other.json[0]["title"], other.json[0]["id"] != first[0]["id"], other.err) == ("Talk", True, "")
    assert cli(*words, "--json").json == other.json


def test_captions_need_a_model_and_a_language(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    talk = record(tmp_path / "talk.wav")
    assert "which model?" in cli("aioz", "publish", talk, "--captions", "--language", "en").err
    done = cli("aioz", "publish", talk, "--captions", "--model", MODEL)
    assert (done.code, "--language" in done.err) == (2, True)
    assert cli("state", "list", "--json").json == []


def test_a_feed_is_written_and_what_is_not_in_it_named(words: list[object], cli: Cli, tmp_path: Path) -> None:
    assert cli(*words).code == 0
    show = words[words.index("--playlist") + 1]
    to = tmp_path / "feed.xml"
    done = cli("aioz", "feed", show, "-o", to, "--title", "Mornings", "--explicit", "--url", "https://example.org/f")
    assert (done.code, done.out, done.err) == (0, "", "")
    read = feedparser.parse(to.read_text(encoding="utf-8"))
    assert (read.bozo, read.feed.title) == (False, "Mornings")
    assert "<itunes:explicit>true</itunes:explicit>" in to.read_text(encoding="utf-8")
    assert [entry.title for entry in read.entries] == ["Talk"]
    with Aioz() as aioz:
        new = aioz.create("New")
        aioz.add_to_playlist(str(show), new.id)
    done = cli("aioz", "feed", show)
    assert (done.code, "not in the feed: New: its status is new" in done.err) == (1, True)
    assert len(feedparser.parse(done.out).entries) == 1
    assert cli("aioz", "feed", show, "--link", "nowhere").code == 2
