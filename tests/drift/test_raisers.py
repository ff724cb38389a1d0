"""Every refusal says which argument is wrong, or what was expected."""

import ast
from pathlib import Path

import pytest

import tonearm
from tonearm import errors
from tonearm.errors import (
    ConfigurationError,
    DownloadInterrupted,
    InvalidInput,
    MissingFile,
    RateLimited,
    TimedOut,
    TonearmError,
    UploadInterrupted,
)
from tonearm.retry import Retry

PACKAGE = Path(tonearm.__file__).parent
SENT = {"method": "GET", "url": "u"}
OWN_WORDS = ("cli", "sandbox")  # the command refuses its own options, the sandbox raises nothing of this kind


def bare(path: Path) -> list[int]:
    """The lines of a module where an error is made with a message only."""
    calls = (one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Call))
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in {InvalidInput.__name__, MissingFile.__name__}
        and not {"argument", "expected"} & {keyword.arg for keyword in call.keywords}
    ]


def test_every_refusal_has_fields() -> None:
    modules = (path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in OWN_WORDS)
    found = {str(path.relative_to(PACKAGE)): lines for path in modules if (lines := bare(path))}
    assert found == {}


def test_a_message_alone_is_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("InvalidInput('no')\nMissingFile('no', argument='source')\nInvalidInput.of('a', 1, 'b')\n")
    assert bare(module) == [1]


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (RateLimited("no", status=429, **SENT), "wait, and try again"),
        (RateLimited("no", status=429, retry_after=7.0, **SENT), "try again in 7 seconds"),
        (RateLimited("no", status=429, code="insufficient_quota", **SENT), "the quota is used up: look at"),
        (TimedOut("no", sent=True, **SENT), "try again later, or with a longer timeout"),
        (TimedOut("no", sent=True, deadline=True, **SENT), "allow the call more time"),
        (UploadInterrupted("no", done=1, total=2, id="i"), "upload the audio again"),
        (
            UploadInterrupted("no", done=1, total=2, id="i", state=Path("a b")),
            "resume the upload, now or later",
        ),
        (DownloadInterrupted("no", done=1, total=2, path=None), "download it again"),
        (DownloadInterrupted("no", done=1, total=2, path=Path("a")), "do the same again: it resumes"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_hint_fits_what_happened(error: TonearmError, hint: str) -> None:
    assert (error.hint or "").startswith(hint)


def test_each_kind_of_failure_says_what_to_do() -> None:
    silent = {kind.__name__ for kind in vars(errors).values() if isinstance(kind, type) and no_hint(kind)}
    assert silent <= {"TonearmError", "StatusError", "BadRequest", "TransferError"} | {
        "InvalidInput",
        "ConfigurationError",
    }


def no_hint(kind: type) -> bool:
    """Whether a public kind of error has a hint neither by itself nor from how it is made."""
    made_with_one = issubclass(kind, (UploadInterrupted, DownloadInterrupted, InvalidInput))
    return issubclass(kind, TonearmError) and not made_with_one and not kind.hint and kind.__name__[0] != "_"


def test_a_refusal_keeps_its_fields_as_an_error_of_the_configuration() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Retry(attempts=0)
    error = caught.value
    assert (error.argument, error.value, error.expected) == ("attempts", 0, "at least 1")
    assert error.named("--attempts") == "--attempts must be at least 1, got 0"
    refusal = InvalidInput.of("a", 1, "b", hint="c")
    refusal.add_note("d")
    made = ConfigurationError.because(refusal)
    assert (str(made), made.hint, made.__notes__) == ("a must be b, got 1 (c)", "c", ["d"])
