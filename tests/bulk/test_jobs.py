"""Where jobs come from: folders and tables."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tonearm import InvalidInput, bulk


def test_folders_are_searched_in_order_and_results_keep_their_shape(tmp_path: Path) -> None:
    for name in (
        "b/two.MP3",
        "b/c/three.wav",
        "a.flac",
        ".hidden/x.wav",
        "b/._two.mp3",
        "notes.txt",
        "Ünïcode 日本.ogg",
    ):
        path = tmp_path / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "archive" / "loop").symlink_to(tmp_path / "archive")
    (tmp_path / "archive" / "dangling.wav").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "one.dat").touch()
    found = list(bulk.find(tmp_path / "archive", tmp_path / "folder.wav", tmp_path / "one.dat"))
    assert [job.output for job in found] == ["a", "b/c/three", "b/two", "Ünïcode 日本", "one"]
    assert found[0].input == str(tmp_path / "archive" / "a.flac")
    texts = list(bulk.find(tmp_path / "archive", suffixes=[".txt"]))
    assert [job.output for job in texts] == ["notes"]
    with pytest.raises(InvalidInput, match="exists"):
        list(bulk.find(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jobs.csv", "\ufeffinput,output,language,empty\r\na.wav,first/a,de,\r\nb.wav,,,\r\n"),
        (
            "jobs.jsonl",
            '{"input": "a.wav", "output": "first/a", "language": "de", "empty": null}\n{"input": "b.wav"}\n',
        ),
    ],
)
def test_tables_are_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    assert list(bulk.read(tmp_path / name)) == [bulk.Job("a.wav", "first/a", {"language": "de"}), bulk.Job("b.wav")]


def test_links_in_a_circle_and_folders_that_go_away_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "circle.wav").symlink_to(tmp_path / "circle.wav")
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.wav").write_bytes(b"")
    found = bulk.find(tmp_path)
    names = [next(found).output]
    shutil.rmtree(tmp_path / "b")
    assert names + [job.output for job in found] == ["a/x", "c/x"]


def test_a_folder_that_cannot_be_read_is_wrong_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("os.scandir", closed)
    with pytest.raises(InvalidInput, match=f"'{tmp_path}' cannot be read: Permission denied"):
        list(bulk.find(tmp_path))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jobs.csv", "input,language\na.wav,de\n,de\n"),
        ("jobs.jsonl", '{"input": "a.wav"}\n{"language": "de"}\n'),
        ("jobs.jsonl", '{"input": "a.wav"}\n["b.wav"]\n'),
        ("jobs.jsonl", '{"input": "a.wav"}\nb.wav\n'),
        ("jobs.ndjson", '{"input": "a.wav"}\n{"input": 7}\n'),
    ],
)
def test_a_row_without_an_input_is_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    jobs = bulk.read(tmp_path / name)
    assert next(jobs).input == "a.wav"
    with pytest.raises(InvalidInput, match=r"row 2 of .* has no input"):
        next(jobs)


def test_a_table_that_does_not_exist_is_wrong_input(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="exists"):
        list(bulk.read(tmp_path / "jobs.csv"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("jobs.csv", b"input\na.wav\ncaf\xe9.wav\n"),
        ("jobs.csv", b'input\n"' + b"a" * 200_000),
        ("jobs.jsonl", b'"\xe9"'),
    ],
)
def test_a_table_that_cannot_be_read_is_wrong_input(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInput, match=f"{name} cannot be read"):
        list(bulk.read(tmp_path / name))


@pytest.mark.parametrize(
    "line", ['{"input": "a", "output": 5}', '{"input": "\\ud800"}', '{"input": "a", "output": "\\ud800"}', "[" * 99999]
)
def test_a_row_that_no_job_can_be_made_of_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "jobs.jsonl").write_text(line)
    with pytest.raises(InvalidInput):
        bulk.run(lambda job: None, bulk.read(tmp_path / "jobs.jsonl"), ledger=tmp_path / "ledger")


@pytest.mark.parametrize("wrong", [5, b"a"])
def test_what_is_no_job_is_refused(tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(InvalidInput, match="jobs"):
        bulk.run(lambda job: None, [wrong], ledger=tmp_path / "ledger")
