"""`tonearm openai`, each command against the sandbox."""

import io
import shlex
import tomllib
from pathlib import Path

import av
import pytest

from tests.inside.base import keeps
from tests.inside.cli import _track
from tests.openai.test_audiobook import PACKAGE, epub
from tonearm import Progress
from tonearm.cli import main
from tonearm.sandbox import Fault, Sandbox

from .conftest import CLIP, Cli, Done

SAID = "today we will talk about the history of music and the men and women who made it"
MODEL = ("--model", "whisper-1")
SPEAK = ("--model", "tts-1", "--voice", "alloy")


def feed(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(body)))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text("Hello there. This is speech.")
    return path


def test_transcribe_prints_the_text(configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("openai", "transcribe", CLIP, *MODEL) == Done(0, f"{SAID}\n", "")
    feed(monkeypatch, CLIP.read_bytes())
    (found,) = cli("openai", "transcribe", "-", *MODEL, "--words", "--json").json
    assert (found["text"], found["words"][0]["text"]) == (SAID, "today")
    assert "raw" not in found


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("txt", SAID),
        ("srt", "1"),
        ("vtt", "WEBVTT"),
        ("lrc", "[00:00.16]"),
        ("html", "<!doctype html>"),
        ("json", '{"text": "'),
    ],
)
def test_transcribe_writes_each_form(form: str, first: str, configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    assert cli("openai", "transcribe", CLIP, *MODEL, "--to", form).out.startswith(first)
    done = cli("openai", "transcribe", CLIP, *MODEL, "--to", form, "-o", tmp_path)
    assert done.out.splitlines()[0] == f"file  {tmp_path}/history.{form}"
    assert (tmp_path / f"history.{form}").read_text().startswith(first)


def test_text_without_times_is_kept_where_subtitles_were_asked_for(
    configured: Sandbox, cli: Cli, tmp_path: Path
) -> None:
    words = ("openai", "transcribe", CLIP, "--model", "gpt-4o-transcribe")
    done = cli(*words, "-o", tmp_path / "talk.vtt")
    assert (done.code, (tmp_path / "talk.txt").read_text()) == (1, f"{SAID}\n")
    assert not (tmp_path / "talk.vtt").exists()
    assert f"the model returned no times, which vtt needs: the text is in {tmp_path}/talk.txt" in done.err
    done = cli(*words, "--to", "srt")
    assert (done.code, done.out) == (1, f"{SAID}\n")
    assert "standard output; --piece 15" in done.err


def test_several_recordings_go_into_a_folder(
    configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = cli("openai", "transcribe", CLIP.parent / "*.flac", *MODEL, "-o", tmp_path, "--to", "srt", "--json")
    assert [Path(one["file"]).name for one in done.json] == ["evening.srt", "history.srt"]
    assert cli("openai", "transcribe", CLIP, CLIP, *MODEL, "-o", tmp_path / "x.txt").code == 2
    done = cli("openai", "transcribe", CLIP, *MODEL, "-o", tmp_path / "x.txt")
    assert (tmp_path / "x.txt").read_text() == f"{SAID}\n"
    feed(monkeypatch, CLIP.read_bytes())
    assert f"{tmp_path}/stdin.txt" in cli("openai", "transcribe", "-", *MODEL, "-o", tmp_path).out


def test_a_folder_stands_for_its_recordings_and_a_folder_for_results_is_made(
    configured: Sandbox, cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("in/a.flac", "in/deep/b.FLAC", "in/.hidden.flac", "in/notes.txt"):
        (tmp_path / name).write_bytes(CLIP.read_bytes())
    out = f"{tmp_path}/new/deep/"
    assert cli("openai", "transcribe", tmp_path / "in", *MODEL, "-o", out, "--to", "srt", "--dry-run").code == 0
    assert not (tmp_path / "new").exists()
    done = cli("openai", "transcribe", tmp_path / "in", *MODEL, "-o", out, "--to", "srt", "--json")
    assert [(Path(one["recording"]).name, Path(one["file"]).name) for one in done.json] == [
        ("a.flac", "a.srt"),
        ("b.FLAC", "b.srt"),
    ]
    (tmp_path / "none").mkdir()
    assert "holds no recording" in cli("openai", "transcribe", tmp_path / "none", *MODEL).err


def test_the_commands_that_resume_count_no_result_anew(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    other = tmp_path / "other.wav"
    other.write_bytes(CLIP.read_bytes())
    with configured.faults(Fault(path="*/transcriptions", status=501, skip=1, times=9), unused_ok=True):
        done = cli("openai", "transcribe", CLIP, other, CLIP, *MODEL, "-o", f"{tmp_path}/{{number}}.txt")
    assert done.code == 5
    first, second = (command.split() for command in done.err.splitlines()[-1].split(" && "))
    assert (f"--out={tmp_path}/2.txt" in first, first[-1]) == (True, str(other))
    assert (f"--out={tmp_path}/3.txt" in second, second[-1]) == (True, str(CLIP))


def test_results_may_be_named_by_a_template(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    files = CLIP.parent / "*.flac"
    template = f"{tmp_path}/{{form}}/{{number}}-{{stem}}.{{form}}"
    assert cli("openai", "transcribe", files, *MODEL, "--to", "vtt", "-o", template).code == 0
    assert sorted(path.name for path in (tmp_path / "vtt").iterdir()) == ["1-evening.vtt", "2-history.vtt"]
    for wrong, shown in (
        ("{other}.srt", "it may have {stem}"),
        ("{stem", "it may have"),
        ("x{form}.srt", "both become"),
    ):
        refused = cli("openai", "transcribe", files, *MODEL, "-o", f"{tmp_path}/{wrong}")
        assert (refused.code, shown in refused.err) == (2, True), wrong


def test_results_on_standard_output_can_be_told_apart(configured: Sandbox, cli: Cli) -> None:
    files = CLIP.parent / "*.flac"
    for form in ("srt", "vtt", "lrc", "html"):
        refused = cli("openai", "transcribe", files, *MODEL, "--to", form)
        assert (refused.code, f"several {form} files cannot follow each other" in refused.err) == (2, True)
    told = cli("openai", "transcribe", files, *MODEL, "--json").json
    assert [Path(one["recording"]).stem for one in told] == ["evening", "history"]
    assert all(one["text"] for one in told)


def test_the_suffix_of_the_file_says_the_form(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    assert cli("openai", "transcribe", CLIP, *MODEL, "-o", tmp_path / "x.VTT").code == 0
    assert (tmp_path / "x.VTT").read_text().startswith("WEBVTT\n")
    assert cli("openai", "transcribe", CLIP, *MODEL, "-o", tmp_path / "x.srt", "--to", "txt").code == 0
    assert (tmp_path / "x.srt").read_text() == f"{SAID}\n"


def test_nothing_is_paid_for_that_has_no_place(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    other = tmp_path / f"{CLIP.stem}.wav"
    other.write_bytes(CLIP.read_bytes())
    before = len(configured.requests)
    for out, reason in (
        (f"{tmp_path}/gone/x.txt", f"there is no folder '{tmp_path}/gone'"),
        (f"{tmp_path}/x.xyz", "the suffix .xyz stands for no form (txt, srt, vtt, lrc, html, json)"),
        (f"{CLIP}/x/", f"the folder '{CLIP}/x' cannot be made: Not a directory"),
    ):
        done = cli("openai", "transcribe", CLIP, *MODEL, "-o", out)
        assert (done.code, done.err.splitlines()[0]) == (2, f"tonearm: {reason}")
    done = cli("openai", "transcribe", CLIP, other, *MODEL, "-o", tmp_path)
    assert done.code == 2
    assert done.err == f"tonearm: '{CLIP}' and '{other}' would both become '{tmp_path}/{CLIP.stem}.txt'\n"
    assert len(configured.requests) == before


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        (["transcribe", str(CLIP)], "transcription-model"),
        (["translate", str(CLIP)], "transcription-model"),
        (["estimate", "--seconds", "5"], "transcription-model"),
        (["estimate", str(CLIP)], "transcription-model"),
        (["estimate", str(Path(__file__))], "speech-model"),
    ],
    ids=" ".join,
)
def test_a_model_is_asked_for_in_words_of_the_command(
    words: list[str], setting: str, configured: Sandbox, cli: Cli
) -> None:
    assert cli("openai", *words).err == "tonearm: which model? give --model\n"  # what a login stores is not heard here
    assert cli("openai", "login", "--no-key", "--profile", "work").code == 0
    done = cli("openai", *words, "--profile", "work")
    assert done.code == 2
    store = f"tonearm openai login --profile work --{setting} NAME"
    assert done.err == f"tonearm: which model? give --model, or store one with `{store}`\n"
    assert cli(*store.split()[1:]).code == 0
    assert "which model?" not in cli("openai", *words, "--profile", "work").err


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["nothing.wav", *MODEL], 2, "there is no file 'nothing.wav'"),
        ([str(CLIP), *MODEL, "--to", "pdf"], 2, "--to is one of txt, srt, vtt, lrc, html, json, not 'pdf'"),
        ([str(CLIP), *MODEL, "--format", "srt"], 2, "--to writes the other forms"),
        ([str(CLIP)], 2, "model"),
    ],
)
def test_what_cannot_be_transcribed_is_told(
    words: list[str], code: int, reason: str, configured: Sandbox, cli: Cli
) -> None:
    done = cli("openai", "transcribe", *words)
    assert (done.code, done.out) == (code, "")
    assert reason in done.err


def test_a_page_of_what_came_from_standard_input_has_no_recording(
    configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, CLIP.read_bytes())
    done = cli("openai", "transcribe", "-", *MODEL, "--to", "html")
    assert (done.code, done.out.startswith("<!doctype html>"), "<audio" in done.out) == (0, True, False)


def test_a_recording_that_is_too_large_is_to_be_cut(configured: Sandbox, cli: Cli) -> None:
    with configured.faults(Fault(path="*/transcriptions", status=413)):
        done = cli("openai", "transcribe", CLIP, *MODEL)
    assert done.code != 0
    assert "--piece SECONDS cuts the recording" in done.err


def test_a_key_that_is_refused_ends_with_3(configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "canary-12")
    done = cli("openai", "translate", CLIP, *MODEL)
    assert (done.code, "canary" in done.err) == (3, False)


def test_translate_prints_english(configured: Sandbox, cli: Cli) -> None:
    done = cli("openai", "translate", CLIP, *MODEL, "--prompt", "history")
    assert (done.code, done.out) == (0, f"{SAID}\n")


def test_ctrl_c_prints_the_same_command_for_what_is_left(
    configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    evening = CLIP.with_name("evening.flac")
    monkeypatch.setattr("tonearm.cli._bars.Bars.of", lambda _, name: stop if name in (evening.name, "-") else None)
    done = cli("openai", "transcribe", CLIP, evening, *MODEL, "--words", "--to", "txt")
    assert (done.code, done.out) == (5, f"{SAID}\n")
    assert done.err.splitlines() == [
        "tonearm: interrupted",
        f"to go on: tonearm openai transcribe --to=txt --model=whisper-1 --words {evening}",
    ]
    feed(monkeypatch, CLIP.read_bytes())
    done = cli("openai", "transcribe", "-", *MODEL)
    assert (done.code, done.err) == (130, "tonearm: interrupted\n")


def test_speak_makes_a_file_or_plays_at_once(
    configured: Sandbox, cli: Cli, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "speech.mp3"
    done = cli("openai", "speak", text, "-o", out, *SPEAK, "--json")
    assert (done.code, done.json[0]["path"], done.json[0]["size"]) == (0, str(out), out.stat().st_size)
    with av.open(str(out)) as container:
        assert container.format.name == "mp3"
    feed(monkeypatch, b"Hello.")
    assert "requests  1" in cli("openai", "speak", "-", "-o", out, *SPEAK, "--speed", "1.5").out


def test_a_book_becomes_an_audiobook(configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    book, out = tmp_path / "book.epub", tmp_path / "book.m4b"
    book.write_bytes(epub(**{"cover.png": None, "OPS/book.opf": PACKAGE.replace("image/png", "image/x")}))
    pauses = ("--pauses", "0.25", "--chapter-pauses", "0.5")
    done = cli("openai", "speak", book, "-o", out, *SPEAK, *pauses, "--title", "My book", "--json")
    assert (done.code, done.json[0]["pieces"]) == (0, 5)
    with av.open(str(out)) as container:
        chapters = [chapter["metadata"]["title"] for chapter in container.chapters()]
        assert (container.metadata["title"], container.metadata["artist"]) == ("My book", "Ada, Bob")
    assert chapters == ["One Storm", "Two"]
    assert cli("openai", "speak", book, "-o", tmp_path / "book.wav", *SPEAK, "--rate", "8000").code == 0
    assert "price" in cli("openai", "estimate", book, "--model", "tts-1").out


def test_ctrl_c_while_speaking_prints_the_same_command(
    configured: Sandbox, cli: Cli, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Progress) -> None:
        raise keeps(KeyboardInterrupt())

    monkeypatch.setattr("tonearm.cli._bars.Bars.of", lambda *_: stop)
    done = cli("openai", "speak", text, "-o", tmp_path / "x.mp3", *SPEAK)
    assert (done.code, done.out) == (5, "")
    assert done.err.splitlines() == [
        "tonearm: interrupted",
        f"to go on: tonearm openai speak --out={tmp_path}/x.mp3 --voice=alloy --model=tts-1 {text}",
    ]


def test_speech_goes_to_a_pipe_as_it_comes(
    configured: Sandbox, text: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["openai", "speak", str(text), "-o", "-", *SPEAK, "--format", "wav"]) == 0
    assert capfdbinary.readouterr().out[:4] == b"RIFF"


def test_a_text_that_is_too_long_to_be_played_at_once_is_told_in_words(
    configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = "tonearm: what to do: -o - speaks what fits one request; -o FILE speaks a text of any length, in chunks\n"
    feed(monkeypatch, b"secret words. " * 400)
    done = cli("openai", "speak", "-", "-o", "-", *SPEAK)
    assert (done.code, done.out) == (1, "")
    assert " -> 400: input: String should have at most 4096 characters (request id " in done.err
    assert (done.err.endswith(hint), "secret words" in done.err) == (True, False)
    feed(monkeypatch, b"secret words. " * 400)
    monkeypatch.delenv("OPENAI_BASE_URL")
    done = cli("openai", "speak", "-", "-o", "-", *SPEAK)
    assert (done.code, "the text must fit one request" in done.err, done.err.endswith(hint)) == (2, True, True)
    feed(monkeypatch, b"short")
    done = cli("openai", "speak", "-", "-o", "-", "--voice", "nobody", "--model", "tts-1")
    assert (done.code, hint in done.err) == (2, False)


def test_a_voice_is_needed(configured: Sandbox, cli: Cli, text: Path) -> None:
    done = cli("openai", "speak", text, "-o", "x.mp3", "--model", "tts-1")
    assert (done.code, done.err.startswith("tonearm: which voice?")) == (2, True)


def test_a_profile_names_models_and_voice(
    box: Sandbox, cli: Cli, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, b"sandbox-key\n")
    names = ("--speech-model", "tts-1", "--transcription-model", "whisper-1", "--voice", "alloy")
    assert cli("openai", "login", "--key-stdin", "--base-url", box.openai_url, *names).code == 0
    out = tmp_path / "x.mp3"
    assert cli("openai", "speak", text, "-o", out).code == 0
    assert cli("openai", "transcribe", out).code == 0
    assert tomllib.loads((tmp_path / "config/tonearm/config.toml").read_text())["default"]["openai"]["voice"] == "alloy"


def test_models_and_estimate(configured: Sandbox, cli: Cli, text: Path) -> None:
    found = cli("openai", "models", "--json").json
    assert "whisper-1" in [model["id"] for model in found]
    assert cli("openai", "models").out.splitlines()[0].split()[:2] == ["model", "owner"]
    made = cli("openai", "estimate", "--seconds", 90, *MODEL, "--json").json[0]
    assert made["duration"] == 90
    said = cli("openai", "estimate", text, "--model", "tts-1").out
    assert said.startswith("price     not known\n")
    for words in ([], [text, "--seconds", 5]):
        refused = cli("openai", "estimate", *words, *MODEL)
        assert refused.err.startswith("tonearm: give a recording, a text file, or --seconds\n")
    missing = cli("openai", "estimate", text.with_name("gone.txt"), *MODEL)
    assert (missing.code != 0, "gone.txt" in missing.err, missing.out) == (True, True, "")


@pytest.mark.parametrize("name", ["talk.flac", "talk", "talk.txt"])
def test_a_recording_is_known_by_its_suffix_or_its_bytes_and_measured(
    name: str, configured: Sandbox, cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(CLIP.read_bytes())
    with av.open(str(CLIP)) as recording:
        assert recording.duration is not None
        seconds = recording.duration / 1_000_000
    made = cli("openai", "estimate", tmp_path / name, *MODEL, "--json").json[0]
    assert made["duration"] == pytest.approx(seconds, abs=0.001)


@pytest.mark.parametrize("words", ["Hello", "Hello, both of you.", "and/or", "w" * 5000])
def test_words_where_a_file_belongs_are_explained(words: str, configured: Sandbox, cli: Cli, tmp_path: Path) -> None:
    said = cli("openai", "speak", words, "-o", tmp_path / "x.mp3", "--model", "tts-1", "--voice", "alloy")
    assert said.code == 2
    assert "there is no file" in said.err
    assert f"what to do: to speak these words: echo {shlex.quote(words[:200])}" in said.err
    missing = cli("openai", "speak", "missing.txt", "-o", tmp_path / "x.mp3", "--model", "tts-1", "--voice", "alloy")
    assert missing.err == "tonearm: there is no file 'missing.txt'\n"
    folder = cli("openai", "speak", tmp_path, "-o", tmp_path / "x.mp3", "--model", "tts-1", "--voice", "alloy")
    assert (folder.code, "cannot be read: Is a directory" in folder.err) == (2, True)


def test_voices_and_consents(configured: Sandbox, cli: Cli) -> None:
    (consent,) = cli("openai", "consents", "--create", "Ida", "--recording", CLIP, "--language", "nb-NO", "--json").json
    assert (consent["name"], consent["language"]) == ("Ida", "nb-NO")
    (changed,) = cli("openai", "consents", "--update", consent["id"], "--name", "Moe", "--json").json
    assert (changed["id"], changed["name"]) == (consent["id"], "Moe")
    made = cli("openai", "voices", "--create", "Ida", "--sample", CLIP, "--consent", consent["id"], "--json")
    assert (made.code, made.json[0]["type"], made.err) == (0, "audio_sample", "")
    words = cli("openai", "voices", "--create", "Skipper", "--prompt", "Hoarse.", "--script-hint", "Ship ahoy.")
    assert "made of  prompt" in words.out
    assert "does not accept voices that are made of words" in words.err
    assert cli("openai", "voices", "--delete", made.json[0]["id"]).code == 0
    assert cli("openai", "voices", "--delete", made.json[0]["id"]).code == 4
    assert cli("openai", "consents", "--delete", consent["id"], "--json").json == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["voices"], "--create or --delete"),
        (["voices", "--delete", "v", "--sample", str(CLIP)], "--sample needs --create"),
        (["voices", "--delete", "v", "--script-hint", "x"], "--script-hint needs --create"),
        (["voices", "--create", "n"], "give one of them"),
        (["voices", "--create", "n", "--sample", str(CLIP)], "--sample needs --consent"),
        (["consents", "--create", "n"], "--create, --recording and --language need each other"),
        (["consents", "--language", "nb"], "--create, --recording and --language need each other"),
        (["consents", "--update", "c"], "--update and --name need each other"),
    ],
)
def test_a_voice_that_is_not_described_is_refused(words: list[str], said: str, configured: Sandbox, cli: Cli) -> None:
    before = len(configured.requests)
    done = cli("openai", *words)
    assert done.code == 2
    assert said in done.err
    assert len(configured.requests) == before


def test_an_estimate_at_openai_has_a_price(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert " USD\n" in cli("openai", "estimate", "--seconds", 90, *MODEL).out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["transcribe", str(CLIP), *MODEL], "/audio/transcriptions"),
        (["translate", str(CLIP), *MODEL], "/audio/translations"),
        (["models"], "/models"),
        (["consents"], "/audio/voice_consents?limit=100"),
        (["voices", "--create", "n", "--prompt", "p"], "/audio/voices"),
    ],
    ids=lambda value: value[0],
)
def test_each_command_has_a_dry_run(words: list[str], expected: str, configured: Sandbox, cli: Cli) -> None:
    before = len(configured.requests)
    done = cli("openai", *words, "--dry-run", "--json")
    assert (done.code, done.err) == (0, "")
    assert [one["url"] for one in done.json] == [configured.openai_url + expected]
    assert "sandbox-key" not in done.out
    assert len(configured.requests) == before


@pytest.mark.parametrize("out", ["x.mp3", "-"])
def test_speech_has_a_dry_run(out: str, configured: Sandbox, cli: Cli, text: Path, tmp_path: Path) -> None:
    done = cli("openai", "speak", text, "-o", out if out == "-" else tmp_path / out, *SPEAK, "--dry-run", "--json")
    assert [one["json"]["input"] for one in done.json] == [text.read_text()]
    assert not (tmp_path / "x.mp3").exists()


@pytest.mark.parametrize(
    ("model", "ok", "said"),
    [
        ("marker", True, "marker: there"),
        ("no-such-model", False, "no-such-model: the server does not list it"),
    ],
)
def test_the_doctor_looks_at_the_models_of_the_profile(
    model: str, ok: bool, said: str, box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, b"sandbox-key\n")
    words = ("--key-stdin", "--base-url", box.openai_url, "--transcription-model", model)
    assert cli("openai", "login", *words).code == 0
    finding = next(one for one in cli("doctor", "--json").json if one["check"] == "transcription_model")
    assert (finding["ok"], finding["detail"]) == (ok, said)


def test_the_doctor_tells_when_a_model_ends(box: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"sandbox-key\n")
    words = ("--key-stdin", "--base-url", box.openai_url, "--speech-model", "old", "--transcription-model", "older")
    assert cli("openai", "login", *words).code == 0
    body = (
        b'{"object": "list", "data": [{"id": "old", "object": "model", "shutdown_date": "2999-01-02"},'
        b'{"id": "older", "object": "model", "shutdown_date": "2020-01-02"}]}'
    )
    with box.faults(Fault(path="*/models", status=200, headers={"Content-Type": "application/json"}, body=body)):
        done = cli("doctor", "--json")
    found = {one["check"]: (one["ok"], one["detail"]) for one in done.json if one["service"] == "openai"}
    assert done.code == 1
    assert found["speech_model"] == (True, "old: ends on 2999-01-02")
    assert found["transcription_model"] == (False, "older: ends on 2020-01-02")


def test_a_track_is_a_number_or_a_language() -> None:
    assert [_track(text) for text in (None, "2", "deu")] == [None, 2, "deu"]


def test_workers_are_a_number_or_auto(configured: Sandbox, cli: Cli, text: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.mp3"
    assert cli("openai", "speak", text, "-o", out, *SPEAK, "--workers", "auto").code == 0
    assert cli("openai", "transcribe", CLIP, *MODEL, "--workers", "2").code == 0
    done = cli("openai", "speak", text, "-o", out, "--workers", "many")
    assert (done.code, "a number or auto, not 'many'" in done.err) == (2, True)
