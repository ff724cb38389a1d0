"""Base URLs, keys and the environment; arguments that are refused; values that servers spell in many ways."""

import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from inspect import isfunction
from pathlib import Path
from typing import Any, TypedDict

import httpx
import pytest

from tests.inside.base import coerce, validate
from tests.inside.http import address, check_base_url, check_key, options
from tonearm import ConfigurationError, InvalidInput
from tonearm.errors import MissingFile
from tonearm_generated.aioz.constraints import Integer, Items, Number, Text


@pytest.mark.parametrize(
    "url",
    [
        "",
        "server",
        "server:8096",
        "ftp://server",
        "http://",
        "http:///path",
        "//server",
        "http://user@server",
        "http://user:password@server",
        "http://:@server",
        "http://server?x=1",
        "http://server#x",
        "http://server?",
        "http://server/jf#",
        "http://server:port",
        "http://server:99999",
        "http://[::1",
        "http://a b/",
        "http://server/\x00",
    ],
)
def test_a_base_url_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_base_url(url)
    assert "password" not in str(caught.value).replace("user name or password", "")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://nas:8096/?api_key=SECRET", "a fragment: 'http://nas:8096/'"),
        ("http://nas:8096#SECRET", "a fragment: 'http://nas:8096'"),
        ("http://nas:port?SECRET", "URL 'http://nas:port' cannot be read"),
        ("http://ada:SECRET@nas:99999", "URL '***@nas:99999' cannot be read"),
        ("http://ada:SECRET/x@nas", "URL '***@nas' cannot be read"),
        ("http://ada:[SECRET@nas", "URL '***@nas' cannot be read"),
        ("http://ada:SECRET\N{CARE OF}@nas", "URL '***@nas' cannot be read"),
        ("ada:SECRET@nas:8096", "not '***@nas:8096'"),
        ("http://ada:SECRET 1@nas", "not '***@nas'"),
        ("http://ada:SECRET@SECRET@/nas", "not '***@/nas'"),
        ("ada:a?SECRET@nas", "not '***'"),
        ("http://nas\n/@SECRET?x", "URL '***@SECRET' cannot be read"),
        ("http://nas:port", "URL 'http://nas:port' cannot be read: .*port"),
    ],
)
def test_what_a_base_url_hides_is_not_shown(url: str, shown: str) -> None:
    with pytest.raises(ConfigurationError, match=shown.replace("*", "[*]").replace(".[*]", ".*")) as caught:
        check_base_url(url)
    error: BaseException | None = caught.value
    while error is not None:
        assert "SECRET" not in str(error).replace("@SECRET'", "")
        error = error.__cause__


@pytest.mark.parametrize("url", ["http://server", "https://server:8096/jellyfin", "http://[::1]:80/x/y"])
def test_a_base_url_loses_its_final_slash_only(url: str) -> None:
    assert check_base_url(url) == check_base_url(url + "/") == url


@pytest.mark.parametrize("value", ["", " ", "a b", "a\r\nX: y", "ü", "\x00", "a\nb", "\n"])
def test_a_key_that_cannot_stand_in_a_header_is_refused_unseen(value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^key= is empty or has characters") as caught:
        check_key("key=", value)
    assert not value.strip() or value not in str(caught.value)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_line_end_of_a_file_is_no_part_of_a_key(end: str) -> None:
    assert check_key("key=", f"secret{end}") == "secret"


def test_what_is_no_text_is_refused_unseen() -> None:
    url: Any = httpx.URL("http://server")
    with pytest.raises(ConfigurationError, match="the base URL must be text, not URL"):
        check_base_url(url)
    key: Any = 123456
    with pytest.raises(ConfigurationError, match="key= must be text, not int"):
        check_key("key=", key)


@pytest.mark.parametrize("retry", [3, 0, False, "no"])
def test_a_number_of_retries_is_no_retry_policy(retry: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"retry must be a tonearm\.Retry, such as Retry\(attempts=1\), got"):
        options(None, None, retry, silence=60.0)


DEFAULT = "https://service.example/api"


@pytest.mark.parametrize("url", ["nowhere", "ftp://x", "http://[", "http://me:SECRET@nas", "http://nas?key=SECRET"])
def test_a_wrong_base_url_of_the_environment_is_said_with_its_variable(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_BASE_URL", url)
    with pytest.raises(ConfigurationError) as caught:
        address(None, "A_BASE_URL", DEFAULT)
    assert str(caught.value).startswith("A_BASE_URL: the base URL ")
    assert "SECRET" not in str(caught.value)
    assert caught.value.argument is None  # nobody gave it
    with pytest.raises(ConfigurationError, match=r"^the base URL ") as caught:
        address(url, "A_BASE_URL", DEFAULT)
    assert caught.value.argument == "base_url"


@pytest.mark.parametrize(
    ("argument", "ambient", "url", "trusted"),
    [
        (None, None, DEFAULT, True),
        (None, "http://mine/x/", "http://mine/x", True),
        (None, "", DEFAULT, True),
        (DEFAULT, None, DEFAULT, True),
        ("https://service.example:443/other", None, "https://service.example:443/other", True),
        ("http://service.example/api", None, "http://service.example/api", False),
        ("https://service.example:444/api", None, "https://service.example:444/api", False),
        ("https://evil.example/api", None, "https://evil.example/api", False),
        (DEFAULT, "http://mine/x", DEFAULT, False),
        ("http://mine/y", "http://mine/x", "http://mine/y", True),
        ("http://MINE:80", "http://mine/x", "http://MINE:80", True),
        (DEFAULT, "http://mine:port", DEFAULT, False),
    ],
)
def test_keys_of_the_environment_go_to_its_own_origin_only(
    argument: str | None, ambient: str | None, url: str, trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ambient is not None:
        monkeypatch.setenv("A_BASE_URL", ambient)
    found = address(argument, "A_BASE_URL", DEFAULT)
    assert (found.url, found.trusted) == (url, trusted)
    assert found.url in found.unused


def test_a_service_without_a_home_needs_a_base_url() -> None:
    with pytest.raises(ConfigurationError, match="give base_url, or set A_BASE_URL"):
        address(None, "A_BASE_URL", None)
    assert not address("http://mine", "A_BASE_URL", None).trusted


def test_a_base_url_of_the_environment_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_BASE_URL", "mine:80")
    with pytest.raises(ConfigurationError, match="must start with http"):
        address(None, "A_BASE_URL", DEFAULT)


REFUSED: list[tuple[Callable[[Any], object], Any, str, str]] = [
    (lambda value: validate.path_segment(value, "n"), "", "a name that is not empty, '.' or '..'", "''"),
    (lambda value: validate.path_segment(value, "n"), ".", "a name that is not empty, '.' or '..'", "'.'"),
    (lambda value: validate.path_segment(value, "n"), "..", "a name that is not empty, '.' or '..'", "'..'"),
    (lambda value: validate.path_segment(value, "n"), 5, "text", "5"),
    (lambda value: validate.path_segment(value, "n"), "\ud800", "text that UTF-8 can encode", r"'\ud800'"),
    (lambda value: validate.path(value, "n"), 5, "a path", "5"),
    (lambda value: validate.amount(value, "n"), float("inf"), "a finite number", "inf"),
    (lambda value: validate.amount(value, "n"), -0.1, "at least 0", "-0.1"),
    (lambda value: validate.amount(value, "n", least=1, most=2), 3, "between 1 and 2", "3"),
    (lambda value: validate.amount(value, "n"), True, "a number", "True"),
    (lambda value: validate.amount(value, "n"), "1", "a number", "'1'"),
    (lambda value: validate.whole(value, "n"), 1.0, "a whole number", "1.0"),
    (lambda value: validate.whole(value, "n"), True, "a whole number", "True"),
    (lambda value: validate.whole(value, "n"), -1, "at least 0", "-1"),
    (lambda value: validate.whole(value, "n", least=1, most=5), 9, "between 1 and 5", "9"),
    (lambda value: validate.whole(value, "n", least=1, most=5), 0, "between 1 and 5", "0"),
    (lambda value: validate.flag(value, "n"), 1, "True or False", "1"),
    (lambda value: validate.word(value, "n", ["highest"]), "zzz", "highest", "'zzz'"),
    (lambda value: validate.word(value, "n", ["highest", "good"]), 5, "one of good, highest", "5"),
    (lambda value: validate.word(value, "n", {"good": 1, "x": 2}), ["good"], "one of good, x", "['good'] (did you"),
    (lambda value: validate.length(value, "n", most=2), "abc", "at most 2 characters long", "'abc'"),
    (lambda value: validate.length(value, "n", least=1, most=2), "", "1 to 2 characters long", "''"),
    (lambda value: validate.length(value, "n", most=2), b"ab", "text", "b'ab'"),
    (lambda value: validate.length(value, "n", most=2, within="a"), "abc", "at most 2 characters long in a", "'abc'"),
    (lambda value: validate.encodable(value, "n", within="each key"), 5, "text in each key", "5"),
    (lambda value: validate.texts(value, "n", most=2, longest=2), "abc", "a list of texts", "'abc'"),
    (lambda value: validate.texts(value, "n", most=2, longest=2), 5, "a list of texts", "5"),
    (lambda value: validate.text(value, "n", Text(max_length=2)), "abc", "at most 2 characters long", "'abc'"),
    (lambda value: validate.text(value, "n", Text(pattern="^a$"), "an a"), "b", "an a", "'b'"),
    (lambda value: validate.number(value, "n", Number(maximum=1)), 2, "between 0 and 1", "2"),
    (lambda value: validate.integer(value, "n", Integer(minimum=1)), 0, "at least 1", "0"),
    (lambda value: validate.items(value, "n", Items(max_items=1)), ["a", "b"], "at most 1 texts", "['a', 'b']"),
    (lambda value: validate.texts(value, "n", most=2, longest=2), ["a"] * 3, "at most 2 texts", "['a', 'a', 'a']"),
]


@pytest.mark.parametrize(("check", "value", "expected", "shown"), REFUSED)
def test_a_refusal_has_argument_value_and_what_was_expected(
    check: Callable[[Any], object], value: Any, expected: str, shown: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        check(value)
    error = caught.value
    assert (error.argument, error.value, error.expected) == ("n", value, expected)
    assert str(error).startswith(f"n must be {expected}, got {shown}")
    assert error.named("--name").startswith(f"--name must be {expected}, got {shown.partition(' (')[0]}")


def test_every_function_that_refuses_is_in_the_table() -> None:
    used = Path(__file__).read_text(encoding="utf-8")
    own = {name for name, one in vars(validate).items() if isfunction(one) and one.__module__ == validate.__name__}
    assert [name for name in sorted(own) if name[0] != "_" and f"validate.{name}(" not in used] == []


def test_an_option_that_there_is_not_is_refused_and_the_nearest_one_named() -> None:
    class Known(TypedDict, total=False):
        colour: str
        size: int

    assert validate.named({"size": 1}, Known) == {"size": 1}  # type: ignore[type-var]  # what callers without a checker give
    with pytest.raises(InvalidInput, match=r"^there is no setting color \(did you mean 'colour'\?\)$") as caught:
        validate.named({"color": "red"}, Known, "setting")  # type: ignore[type-var]  # the same
    assert (caught.value.argument, caught.value.value) == ("color", "red")
    assert caught.value.expected == "one of colour, size"


def test_what_is_not_a_number_and_a_wrong_entry_and_language_are_refused_too() -> None:
    with pytest.raises(InvalidInput, match=r"^n must be a finite number, got nan$"):
        validate.amount(float("nan"), "n")
    with pytest.raises(InvalidInput, match=r"^n must be a finite number, got 10000*\.\.\. \(shortened\)$"):
        validate.amount(10**400, "n")
    with pytest.raises(
        InvalidInput, match=r"^tags must be at most 2 characters long in each entry, got 'abc'$"
    ) as caught:
        validate.texts(["abc"], "tags", most=2, longest=2)
    assert (caught.value.argument, caught.value.value) == ("tags", "abc")
    with pytest.raises(InvalidInput, match=r"^language must be a BCP 47 tag such as 'en' or 'fr-CA', got 'english'$"):
        validate.language_tag("english")


def test_the_nearest_word_is_a_hint() -> None:
    with pytest.raises(InvalidInput, match=r"got 'hihgest' \(did you mean 'highest'\?\)$") as caught:
        validate.word("hihgest", "preset", ["highest", "good"])
    assert caught.value.hint == "did you mean 'highest'?"
    assert caught.value.named("--preset") == "--preset must be one of good, highest, got 'hihgest'"


@pytest.mark.parametrize("name", ["api_key", "token", "public_key", "secret_key", "password"])
def test_no_error_keeps_a_key(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        validate.length("canary" * 50, name, most=2)
    error = caught.value
    assert error.value is None
    assert "canary" not in f"{error} {error!r} {error.named('--key')} {error.__dict__}"
    assert str(error) == f"{name} must be at most 2 characters long"


@pytest.mark.parametrize(
    ("value", "kept", "shown"),
    [
        ({"a": 1}, "<dict>", "<dict>"),
        (Path("/a.flac"), Path("/a.flac"), "'/a.flac'"),
        (lambda: None, "<function>", "<function>"),
        (("a", {}), ["a", "<dict>"], "['a', '<dict>']"),
        ("x" * 100, "x" * 100, f"'{'x' * 59}... (100 characters)"),
        (b"x" * 100, b"x" * 100, f"b'{'x' * 58}... (100 bytes)"),
    ],
)
def test_a_value_is_kept_so_that_it_can_be_pickled_and_shown_short(value: object, kept: object, shown: str) -> None:
    error = InvalidInput.of("n", value, "a number", hint="give a number")
    error.add_note("a note")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.argument, copy.value, copy.expected, copy.hint) == ("n", kept, "a number", "give a number")
    assert copy.__notes__ == ["a note"]
    assert str(copy) == str(error) == f"n must be a number, got {shown} (give a number)"


def test_a_message_without_what_was_expected_stays_whole_under_another_name() -> None:
    assert (
        InvalidInput("the source has no name", argument="title").named("--title") == "--title: the source has no name"
    )
    missing = pickle.loads(pickle.dumps(MissingFile("no file", argument="source", value="a.wav")))
    assert (missing.argument, missing.value, str(missing)) == ("source", "a.wav", "no file")


def test_good_arguments_pass_as_they_are() -> None:
    assert validate.path_segment("a/../b", "id") == "a/../b"
    assert validate.amount(0, "n") == 0
    assert validate.amount(2.5, "n", most=2.5) == 2.5
    assert validate.whole(10**12, "n") == 10**12
    assert validate.word("good", "preset", ["highest", "good"]) == "good"
    assert validate.length("ü" * 2, "t", most=2) == "üü"
    assert validate.texts(("a", ""), "tags", most=2, longest=1) == ["a", ""]


@pytest.mark.parametrize(
    ("read", "value", "result"),
    [
        (coerce.text, "x", "x"),
        (coerce.text, 5, None),
        (coerce.number, 5, 5.0),
        (coerce.number, " 2.5 ", 2.5),
        (coerce.number, "x", None),
        (coerce.number, "nan", None),
        (coerce.number, float("inf"), None),
        (coerce.number, 10**400, None),
        (coerce.number, True, None),
        (coerce.number, None, None),
        (coerce.number, [1], None),
        (coerce.integer, 2**63 + 1, 2**63 + 1),
        (coerce.integer, "9007199254740993", 9007199254740993),
        (coerce.integer, 5.0, 5),
        (coerce.integer, "5.7", 5),
        (coerce.integer, True, None),
        (coerce.integer, "x", None),
        (coerce.integer, "9" * 5000, None),
        (coerce.fields, {"a": 1}, {"a": 1}),
        (coerce.fields, [("a", 1)], {}),
        (coerce.fields, None, {}),
        (coerce.flag, True, True),
        (coerce.flag, False, False),
        (coerce.flag, 1, None),
        (coerce.flag, "true", None),
        (coerce.when, "2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (coerce.when, "2026-01-02T03:04:05.123456789Z", datetime(2026, 1, 2, 3, 4, 5, 123456, tzinfo=UTC)),
        (
            coerce.when,
            "2026-01-02T03:04:05.1+02:00",
            datetime(2026, 1, 2, 3, 4, 5, 100000, timezone(timedelta(hours=2))),
        ),
        (coerce.when, "yesterday", None),
        (coerce.when, "", None),
        (coerce.when, "0000-00-00T00:00:00Z", None),
        (coerce.when, 5, None),
    ],
)
def test_a_value_is_read_in_the_spellings_that_servers_have(read: Any, value: Any, result: Any) -> None:
    found = read(value)
    assert found == result
    assert type(found) is type(result)


def test_of_a_list_what_can_be_read_is_kept() -> None:
    assert coerce.items(["a", 5, None, "b"], coerce.text) == ("a", "b")
    assert coerce.items(None, coerce.text) == ()
    assert coerce.items("ab", coerce.text) == ()
