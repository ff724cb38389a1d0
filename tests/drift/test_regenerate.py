import shutil
import signal
from pathlib import Path

import pytest

from tests.drift.regeneration import TRAPS, copy_project, regenerate, regenerate_apart, tree, with_traps


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one small service, TRAPS, which was made: a service of ours takes ten times as long."""
    project = copy_project(tmp_path_factory.mktemp("made"))
    for folder in ("specs", "generated"):
        shutil.rmtree(project / folder)
    (project / "specs").mkdir()
    with_traps(project)
    assert regenerate(project).stdout == "made again: traps\n"
    return project


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "project")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The project with all services."""
    return copy_project(tmp_path)


def remark(project: Path) -> None:
    """Change the spec in what nothing is made of."""
    with (project / "specs" / "traps.yaml").open("a") as file:
        file.write("# a remark\n")


def test_check_names_a_hand_edit_an_extra_file_and_a_missing_file(project: Path) -> None:
    package = project / "generated" / "tonearm_generated"
    with (package / "traps" / "types.py").open("a") as file:
        file.write("# by hand\n")
    (package / "traps" / "extra.py").touch()
    (project / "generated" / "stray.txt").touch()
    (package / "py.typed").unlink()
    before = tree(project)
    done = regenerate(project, "--check", "traps")
    assert done.returncode == 1
    assert done.stderr.splitlines()[:-1] == [
        "generated/stray.txt: is made from no spec: remove it",
        "generated/tonearm_generated/py.typed: is missing",
        "generated/tonearm_generated/traps/extra.py: is made from no spec",
        "generated/tonearm_generated/traps/types.py: differs from what its spec makes",
    ]
    assert tree(project) == before


def test_a_stray_beside_the_package_is_to_be_removed_by_hand(project: Path) -> None:
    (project / "generated" / "stray.txt").touch()
    done = regenerate(project, "--check", "traps")
    assert (done.returncode, done.stderr) == (1, "generated/stray.txt: is made from no spec: remove it\n")


def test_what_check_finds_around_the_services_is_put_right(project: Path) -> None:
    before = tree(project)
    names = ["MANIFEST.json", "__init__.py", "py.typed"]
    for name in names:
        file = project / "generated" / "tonearm_generated" / name
        file.write_bytes(file.read_bytes().removesuffix(b"\n") or b"\n")
    done = regenerate(project, "--check", "traps")
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        [
            *(f"generated/tonearm_generated/{name}: differs from what its spec makes" for name in names),
            "To make it again: scripts/regenerate.py",
        ],
    )
    assert regenerate(project).stdout == "made again: the package around the services\n"
    assert tree(project) == before


def test_what_a_stopped_run_left_is_removed(project: Path) -> None:
    before = tree(project)
    left = project / "generated" / ".new-left"
    shutil.copytree(project / "generated" / "tonearm_generated", left / "new")
    assert regenerate(project, "--check", "traps").returncode == 1
    assert regenerate(project).stdout.startswith("up to date: ")
    assert tree(project) == before
    assert not left.exists()


def test_an_interrupt_while_the_packages_change_places_leaves_the_earlier_one(project: Path) -> None:
    before = tree(project)
    remark(project)
    regenerate_apart(project, "traps", stop="raise KeyboardInterrupt")
    assert tree(project) == before
    assert [path.name for path in (project / "generated").iterdir()] == ["tonearm_generated"]


def test_a_kill_while_the_packages_change_places_is_mended_by_the_next_run(whole: Path) -> None:
    """The services that are not made again are still in the earlier package."""
    before = tree(whole)
    with_traps(whole)
    assert regenerate_apart(whole, "traps", stop="os.kill(os.getpid(), signal.SIGKILL)").returncode == -signal.SIGKILL
    assert not (whole / "generated" / "tonearm_generated").exists()
    assert regenerate(whole, "traps").stdout == "made again: traps\n"
    assert tree(whole).items() >= {name: before[name] for name in before if "MANIFEST" not in name}.items()
    assert [path.name for path in (whole / "generated").iterdir()] == ["tonearm_generated"]


def test_check_names_a_spec_that_changed_even_if_only_by_a_comment(project: Path) -> None:
    remark(project)
    done = regenerate(project, "--check", "traps")
    assert done.returncode == 1
    assert "specs/traps.yaml: changed since generated/tonearm_generated/traps was made" in done.stderr
    assert "generated/tonearm_generated/MANIFEST.json: differs" in done.stderr


def test_check_names_what_a_changed_spec_would_change(project: Path) -> None:
    assert "operationId: put_thing" in TRAPS
    spec = project / "specs" / "traps.yaml"
    spec.write_text(TRAPS.replace("operationId: put_thing", "operationId: set_thing"), encoding="utf-8")
    done = regenerate(project, "--check", "traps")
    assert done.returncode == 1
    assert "traps/api/things/set_thing.py: is missing" in done.stderr
    assert "traps/api/things/put_thing.py: is made from no spec" in done.stderr


def test_unchanged_set_is_left_alone_without_loading_the_generator(project: Path) -> None:
    before = tree(project)
    (project / "scripts" / "openapi_python_client.py").write_text("raise SystemExit('the generator was loaded')")
    done = regenerate_apart(project)
    assert done.returncode == 0
    assert done.stdout.startswith("up to date: ")
    assert tree(project) == before


def test_what_is_made_again_is_the_same_under_another_hash_seed(project: Path) -> None:
    """So scripts/check does with all services, under a seed that differs from run to run."""
    before = tree(project)
    shutil.rmtree(project / "generated")
    assert regenerate_apart(project, hash_seed="1").returncode == 0
    assert tree(project) == before


def test_only_the_named_service_is_made_and_a_service_without_spec_goes(whole: Path) -> None:
    before = tree(whole)
    spec = with_traps(whole)
    assert regenerate(whole, "traps", "traps").stdout == "made again: traps\n"
    made = tree(whole)
    assert {name for name in made if made[name] != before.get(name)} - {"tonearm_generated/MANIFEST.json"} == {
        name for name in made if "/traps/" in name
    }
    spec.unlink()
    assert regenerate(whole).returncode == 0
    assert tree(whole) == before


def test_unknown_service_is_refused(project: Path) -> None:
    done = regenerate(project, "nosuch")
    assert done.returncode == 2
    assert "no spec for nosuch" in done.stderr


BROKEN = {
    "yaml": (
        "info: {title",
        "info: {{title",
        "traps.yaml:4:1: expected ',' or '}', but got '<scalar>' (while parsing a flow mapping, from line 3)",
    ),
    "repeated key": ("  /things:\n    post:", "  /things/{headers}:\n    post:", "traps.yaml:22: the key '/things"),
    "schema": ("type: string, enum", "type: strin, enum", "traps.yaml:42: components / schemas / Kind / type: 'strin'"),
    "structure": ("in: path, ", "", "'in' is a required property"),
    "reference": ("schemas/Extra'}}", "schemas/Extr'}}", "traps.yaml:14: "),
    "reference to another kind": (
        "{name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}]",
        "{$ref: '#/components/schemas/Kind'}]",
        "traps.yaml:2: document: a reference may lead to the wrong kind of component (KeyError: 'name')",
    ),
    "operation twice": ("operationId: put_thing", "operationId: send_thing", "traps.yaml:30: paths / /things / put:"),
    "not UTF-8": ("of", "\udcff", "traps.yaml:3: not UTF-8"),
    "control character": ("of", "\x07", "traps.yaml:3: special characters are not allowed: #x0007"),
    "empty": (TRAPS, "", "traps.yaml:1: the file holds nothing"),
    "no mapping": (TRAPS, "just words", "traps.yaml:1: document: 'just words' is not of type 'object'"),
    "undefined name": (
        next(line for line in TRAPS.splitlines(keepends=True) if "parameters: [" in line),
        "",
        "traps/api/things/put_thing.py:22:35: F821 Undefined name `Unset`",
    ),
    "generator's warning": (
        "application/json: {schema",
        "image/png: {schema",
        "specs/traps.yaml:6: paths / /things/{headers} / get: WARNING",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_spec_stops_with_place_and_reason_and_leaves_the_tree(project: Path, fault: str) -> None:
    old, new, message = BROKEN[fault]
    assert old in TRAPS
    with_traps(project).write_bytes(TRAPS.replace(old, new, 1).encode(errors="surrogateescape"))
    before = tree(project)
    done = regenerate(project)
    assert done.returncode == 1
    assert message in done.stderr
    assert tree(project) == before


def test_lost_anchor_stops_with_template_and_name(project: Path) -> None:
    edits = project / "scripts" / "_regenerate" / "edits.py"
    text = edits.read_text()
    assert text.count('"params.update("') == 1
    edits.write_text(text.replace('"params.update("', '"parameters.update("'))
    before = tree(project)
    done = regenerate(project)
    assert done.returncode == 1
    assert "template endpoint_macros.py.jinja: the anchor 'query map' was found 0 times" in done.stderr
    assert tree(project) == before


def test_other_tool_versions_than_the_pinned_ones_are_refused(project: Path) -> None:
    pins = project / "pyproject.toml"
    pins.write_text(pins.read_text().replace("ruff==", "ruff==9"))
    done = regenerate(project)
    assert done.returncode == 1
    assert done.stderr.startswith("ruff 9")
