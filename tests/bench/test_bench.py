import hashlib
import http.client
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree as ET

import pytest

from tests.bench import __main__ as bench
from tests.bench import download, environment, growth, memory, peers, profile, scan, sentences, transfer, upload
from tests.bench.bars import LEFT, WIDTH
from tests.bench.bars import draw as draw_bars
from tests.bench.contest import Goal, contest
from tests.bench.plot import COLOURS, draw
from tests.bench.report import Bar, Report, Settings

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.bench", *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.soak
def test_a_quick_run_of_the_memory_axis_prints_its_table() -> None:
    done = start("memory", "--pairs", "1", "--size", str(4 << 20))
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows] == [
        "| transfer",
        "| ---",
        "| Upload to AIOZ, sync",
        "| Upload to AIOZ, async",
        "| Upload to AIOZ, sync, 4 workers",
        "| Upload to AIOZ, async, 4 workers",
        "| Download from Jellyfin, sync",
        "| Download from Jellyfin, async",
    ], done.stderr
    assert rows[0][1:3] == ["256 KiB", "4 MiB"]
    assert "- Python: " in done.stdout
    assert done.returncode == ("**no**" in done.stdout)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ["speed"],
            "there is no axis speed; there are: start, footprint, small, many, list, transcript, first, download",
        ),
        (["--pairs", "0"], "must be at least 1"),
        (["start", "--write"], "--write takes no axis, as RESULTS.md has all of them"),
        (
            ["--compare", "HEAD", "upload"],
            "--compare takes start, small, many, list, transcript, first, and no --write",
        ),
        (["--compare", "no-such-revision", "start"], "git has no no-such-revision"),
        (["--size", "15"], "must be at least 16"),
        (["--size", "1 GiB"], "invalid number value"),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_measured(
    arguments: list[str], reason: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    monkeypatch.setenv("COLUMNS", "400")
    with pytest.raises(SystemExit) as ended:
        bench.main()
    said = capsys.readouterr()
    assert not said.out
    assert reason in (said.err if ended.value.code == 2 else str(ended.value.code))


@pytest.mark.parametrize(("arguments", "written"), [([], False), (["--write"], True)])
def test_the_result_is_written_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], written: bool
) -> None:
    results, bars = tmp_path / "RESULTS.md", tmp_path / "comparisons.svg"
    monkeypatch.setattr(bench, "RESULTS", results)
    monkeypatch.setattr(bench, "BARS", bars)
    monkeypatch.setattr(bench, "AXES", {"memory": lambda _: Report("memory", "About.", ["a", "b"], [["1", "2"]], True)})
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    assert bench.main() == 0
    assert results.exists() == bars.exists() == written
    assert not written or "## memory\n\nAbout.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n" in results.read_text()


@pytest.mark.parametrize(("last", "verdict"), [(4.0, "yes"), (5.0, "**no**")])
def test_a_median_above_its_goal_fails_the_bench_and_an_outlier_does_not(
    monkeypatch: pytest.MonkeyPatch, last: float, verdict: str
) -> None:
    grown = iter([2.0, 9.0, 1.0, 2.0, 2.0, last])  # small, large; large, small; small, large

    def run(transfer: str, style: str, *_: object) -> float:
        return next(grown) if (transfer, style) == ("download", "async") else 4.0

    monkeypatch.setattr(memory, "run", run)
    report = memory.measure(Settings(pairs=3, size=64))
    assert [row[-1] for row in report.rows] == ["yes"] * 5 + [verdict]
    assert report.met == (verdict == "yes")
    small, large, difference = report.rows[-1][1:4]
    assert small == "2.00 (2.00 to 2.00)"
    assert large == f"{last:.2f} (1.00 to 9.00)"
    assert difference == f"{last - 2:.2f} (-1.00 to 7.00)"


def test_a_quick_run_prints_its_tables() -> None:
    done = start("upload", "--quick", "--size", str(1 << 20))
    rows = [line.split(" | ")[0] for line in done.stdout.splitlines() if line.startswith("| ")]
    for name in ("hash only", "2 workers"):
        assert f"| {name}" in rows, done.stderr
    assert done.returncode == ("**no**" in done.stdout), done.stderr


def test_a_ratio_is_one_of_its_own_pair(capsys: pytest.CaptureFixture[str]) -> None:
    took = {"ours": iter([1.1, 2.2, 8.0]), "theirs": iter([1.0, 2.0, 4.0])}
    order: list[str] = []

    def run(name: str) -> float:
        order.append(name)
        return next(took[name])

    runs = {"ours": lambda: run("ours"), "theirs": lambda: run("theirs"), "others": None}
    goals = [Goal("ours", "theirs", 1.15), Goal("ours", "theirs", 1.05, "It was tried."), Goal("ours", "others", 1.0)]
    report = contest(Settings(pairs=3, size=64), "t", "The median of {pairs}.", "s", runs, goals)
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert [row[2:] for row in report.rows[2:]] == [
        ["1.10 (1.10 to 2.00)", "<= 1.15", "yes, a tie"],
        ["1.10 (1.10 to 2.00)", "<= 1.05", "**no**, a tie"],
        ["", "<= 1.00", "not measured: others is not here"],
    ]
    assert not report.met
    assert report.about == "The median of 3.\n\nMissed: ours / theirs. It was tried."


@pytest.mark.parametrize(("seconds", "pairs"), [(0.0, 2), (1e9, 10)])
def test_what_is_short_is_done_more_often(seconds: float, pairs: int) -> None:
    runs = {"ours": lambda: 1.0, "theirs": lambda: 2.0}
    report = contest(Settings(2, 64, seconds), "t", "{pairs}", "s", runs, [Goal("ours", "theirs", 1.0)])
    assert (report.about, len(report.bars[0].ratios)) == (str(pairs), pairs)


@pytest.mark.parametrize(("points", "met"), [([(1, 9.0), (2, 2.0), (4, 5.0)], True), ([(2, 2.0), (4, 9.0)], False)])
def test_what_grows_faster_than_its_size_is_not_linear(points: list[tuple[float, float]], met: bool) -> None:
    assert growth.linear(points, fixed=2) == met


def test_a_plot_is_the_same_for_the_same_numbers() -> None:
    found = {what: [(100.0, 0.1), (1000.0, 1.5)] for what in growth.WHAT}
    drawn = draw(growth.panels(found))
    assert drawn == draw(growth.panels(found))
    assert ET.fromstring(drawn).tag.endswith("svg")
    assert drawn.count("<circle") == 8


def test_a_comparison_is_drawn_with_its_spread_and_its_goal() -> None:
    drawn = draw_bars([Bar("a / b", [0.5, 0.4, 9.0], 0.6), Bar("c <& d", [1.2], 1.0)])
    assert ET.fromstring(drawn).tag.endswith("svg")
    assert "0.50 (goal 0.60)" in drawn
    assert "1.20 (goal 1.00)" in drawn
    assert [COLOURS[2] in drawn, COLOURS[1] in drawn] == [True, True]
    assert f"x2='{LEFT + WIDTH}.0'" in drawn  # what is greater than the scale ends at its edge


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository, whose revisions are compared")
@pytest.mark.soak
def test_a_revision_is_compared_with_its_own_library() -> None:
    done = start("--quick", "--compare", "HEAD", "start", "small")
    rows = [line.split(" | ")[0] for line in done.stdout.splitlines() if line.startswith("| ")]
    assert rows[2:] == [
        "| start, here",
        "| start, HEAD",
        "| start, here / start, HEAD",
        "| small, here",
        "| small, HEAD",
        "| small, here / small, HEAD",
    ], done.stderr
    assert done.returncode == ("**no**" in done.stdout)


@pytest.mark.soak
def test_quick_runs_of_the_axes_of_many_and_of_long_print_their_tables() -> None:
    done = start("shelf", "book", "writing", "--quick")
    rows = [line.split(" | ")[0] for line in done.stdout.splitlines() if line.startswith("| ")]
    for name in ("download_all / httpx in threads", "speak / encoding alone", "to_html / json.dumps"):
        assert f"| {name}" in rows, done.stderr
    assert done.returncode == ("**no**" in done.stdout), done.stderr


def test_the_core_environment_has_nothing_but_the_core() -> None:
    names = ("httpx", "tonearm", "rich", "numpy")
    program = f"from importlib.util import find_spec; print(*filter(find_spec, {names}))"
    done = subprocess.run([environment.core(), "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["httpx", "tonearm"]


def test_the_profile_is_written_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(profile, "PROFILE", tmp_path / "PROFILE.md")
    monkeypatch.setattr(profile, "CALLS", 10)
    monkeypatch.setattr(transfer, "allow_small_parts", lambda: None)  # it silences a logger of this process, too
    for write in (False, True):
        profile.write_profile(Settings(pairs=1, size=1 << 20), write)
        assert profile.PROFILE.exists() == write
    assert "## One small call" in profile.PROFILE.read_text()


def test_the_profile_counts_every_thread_from_its_start() -> None:
    def before() -> None:
        sum(range(10_000))

    def here() -> None:
        sum(range(10_000))

    def elsewhere() -> None:
        hashlib.md5(bytes(100_000))

    def do(start: Callable[[], None]) -> None:
        before()
        start()
        threads = [Thread(target=elsewhere), Thread(target=elsewhere)]
        for thread in threads:
            thread.start()
        here()
        for thread in threads:
            thread.join()

    found = {name: seconds for (_, _, name), seconds in profile._profiled(do).items()}
    assert found.keys() >= {"here", "elsewhere", "builtins.sum", "_hashlib.openssl_md5"}
    assert "before" not in found
    assert min(found.values()) >= 0
    assert sys.getprofile() is threading.getprofile() is None


@pytest.mark.soak
def test_a_quick_run_of_the_sentences_axis_prints_its_table() -> None:
    done = start("sentences", "--pairs", "1")
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows[2:]] == [f"| {name}" for name in sentences.KINDS]
    assert done.returncode == ("**no**" in done.stdout), done.stderr


def test_cutting_is_judged_by_the_finding_of_sentences_of_its_own_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    find, cut = [1.0] * 3 + [2.0] * 3 + [4.0] * 3, [1.3, 1.4, 1.0, 2.6, 2.6, 1.0, 8.0, 8.0, 1.0]
    took = {"find": iter(find), "cut": iter(cut)}
    monkeypatch.setattr(sentences, "run", lambda work, kind: next(took[work]) / 1000)
    report = sentences.measure(Settings(pairs=3, size=64))
    assert [row[3:] for row in report.rows] == [
        ["1.30 (1.30 to 2.00)", "<= 1.3", "yes"],
        ["1.40 (1.30 to 2.00)", "<= 1.3", "**no**"],
        ["0.50 (0.25 to 1.00)", "<= 1.3", "yes"],
    ]
    assert not report.met


def test_the_meter_sees_memory_that_is_no_longer_there() -> None:
    program = """if True:
        from tests.bench.transfer import Meter
        meter = Meter()
        meter.start()
        size = len(b"x" * (64 << 20))
        print(size, meter.growth())
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    size, growth = map(int, done.stdout.split())
    assert size - (1 << 20) < growth < 2 * size


def test_an_upload_with_a_part_missing_is_not_completed() -> None:
    with peers.started() as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"))
        connection.request("POST", "/media/create", body=b"{}")
        connection.getresponse().read()
        connection.request("POST", "/media/bench/part", body=b"x", headers={"Content-Range": "bytes 0-0/2"})
        assert connection.getresponse().read()
        connection.request("GET", "/media/bench/complete")
        assert connection.getresponse().status == 409
        connection.close()


def test_a_transfer_that_fails_ends_the_bench(tmp_path: Path) -> None:
    with peers.started() as url, pytest.raises(SystemExit, match="the sync upload of 64 bytes failed"):
        memory.run("upload", "sync", 1, url, 64, tmp_path)  # there is no source
    with peers.started() as url, pytest.raises(SystemExit, match="the run with 2 workers failed"):
        upload.run(2, url, 64, tmp_path)
    with peers.started() as url, pytest.raises(SystemExit, match="the plain download failed"):
        download.run("plain", url, 64, tmp_path / "nowhere")


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg on PATH (Debian package ffmpeg)")
def test_a_quick_run_of_the_scan_axis_prints_its_table() -> None:
    done = start("scan", "--pairs", "1", "--size", str(4 << 20))
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows][:6] == [
        "| run",
        "| ---",
        "| ffmpeg -af silencedetect",
        "| Scan and cut",
        "| Times silencedetect",
        "| Memory",
    ], done.stderr
    assert done.returncode == ("**no**" in done.stdout)


@pytest.mark.parametrize(
    ("took", "grown", "met"), [(0.9, 20.0, True), (1.0, 20.0, False), (0.9, 21.0, False)], ids=["met", "slow", "large"]
)
def test_a_scan_is_judged_by_its_time_and_its_memory(
    monkeypatch: pytest.MonkeyPatch, took: float, grown: float, met: bool
) -> None:
    order: list[str] = []
    monkeypatch.setattr(scan, "make", lambda path, length: path)
    monkeypatch.setattr(scan, "detect", lambda _: order.append("detect") or 1.0)
    monkeypatch.setattr(scan, "run", lambda _: order.append("scan") or (took, grown))
    monkeypatch.setattr(environment, "peers", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/ffmpeg")
    report = scan.measure(Settings(pairs=2, size=64))
    assert report.met == met
    assert ("Missed:" in report.about) == (took > scan.SLOWER)
    assert order == ["detect", "scan", "scan", "detect"]


def test_a_scan_that_fails_ends_the_bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="the scan failed"):
        scan.run(tmp_path / "missing.mp3")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match="needs ffmpeg"):
        scan.measure(Settings(pairs=1, size=64))
