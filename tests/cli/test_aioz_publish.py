"""`tonearm aioz publish`, against the sandbox."""

from __future__ import annotations

import shlex
from pathlib import Path
from types import SimpleNamespace

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
    with configured.faults(Fault(path="*/chapters/en", status=501)):
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
    assert (again.json, "published already as this object; --again makes a new one" in again.err) == (first, True)
    other = cli(*words, "--again", "--json")
    assert (other.json[0]["title"], other.json[0]["id"] != first[0]["id"]) == ("Talk", True)
    assert other.err.count("the price of the transcription is not known") == 1  # it goes through both clients
    assert cli(*words, "--json").json == other.json


def test_a_dry_run_shows_each_step_and_sends_writes_and_pays_nothing(
    words: list[object], configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, before = len(configured.requests), sorted(tmp_path.rglob("*"))
    done = cli(*words, "--dry-run", "--json")
    assert done.code == 0, done.err
    assert (len(configured.requests), sorted(tmp_path.rglob("*"))) == (start, before)
    show = words[words.index("--playlist") + 1]
    aioz, openai = configured.aioz_url, configured.openai_url
    assert [(one["method"], one["url"].partition("?")[0]) for one in done.json] == [
        ("GET", f"{aioz}/media/cost"),
        ("POST", f"{aioz}/media/create"),
        ("POST", f"{aioz}/media/ID/part"),
        ("GET", f"{aioz}/media/ID/complete"),
        ("GET", f"{aioz}/media/ID"),
        ("POST", f"{openai}/audio/transcriptions"),
        ("POST", f"{aioz}/media/ID/captions/en"),
        ("POST", f"{aioz}/media/ID/chapters/en"),
        ("POST", f"{aioz}/media/ID/thumbnail"),
        ("POST", f"{aioz}/playlists/{show}/items"),
    ]
    steps = ("upload", "transcode", "transcribe", "captions", "chapters", "cover", "playlist")
    assert [line for line in done.err.splitlines() if "step" in line] == [
        f"tonearm: step {number} of 7: {step}" for number, step in enumerate(steps, 1)
    ]
    assert "the price of this model is not known here" in done.err
    monkeypatch.setattr("tonearm.OpenAI.estimate_recording", lambda *_, **__: SimpleNamespace(price=0.0123))
    assert "tonearm: about 0.0123 USD\n" in cli(*words, "--dry-run").err
    there = cli(*["en-GB" if word == "en" else word for word in words], "--dry-run", "--json").json
    fields = next(one for one in there if one["url"].endswith("/transcriptions"))
    assert "'en'" in str(fields)  # as `publish` tells a language to servers that transcribe (ISO 639-1)
    assert "en-GB" not in str(fields)
    plain = cli(*words[:3], "--dry-run", "--json")
    assert [one["url"].rpartition("/")[2] for one in plain.json] == ["create", "part", "complete", "ID"]
    assert cli(*words, "--dry-run", "--title", "").code == 2
    to = tmp_path / "feed.xml"
    read = cli("aioz", "feed", show, "-o", to, "--dry-run")
    assert (read.code, read.out.splitlines()[0], to.exists()) == (0, f"GET {aioz}/playlists/{show}", False)
    assert len(configured.requests) == start


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
