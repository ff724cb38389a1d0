"""Base URLs, keys and the environment; arguments that are refused; values that servers spell in many ways."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from tonearm import ConfigurationError, InvalidInput
from tonearm._base import coerce, validate
from tonearm._http.settings import address, check_base_url, check_key, options


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


@pytest.mark.parametrize("value", ["", " ", "a b", "a\r\nX: y", "ü", "\x00", "a\n"])
def test_a_key_that_cannot_stand_in_a_header_is_refused_unseen(value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^key= is empty or has characters") as caught:
        check_key("key=", value)
    assert not value.strip() or value not in str(caught.value)


def test_what_is_no_text_is_refused_unseen() -> None:
    url: Any = httpx.URL("http://server")
    with pytest.raises(ConfigurationError, match="the base URL must be text, not URL"):
        check_base_url(url)
    key: Any = 123456
    with pytest.raises(ConfigurationError, match="key= must be text, not int"):
        check_key("key=", key)


@pytest.mark.parametrize("retry", [3, 0, False, "no"])
def test_a_number_of_retries_is_no_retry_policy(retry: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"retry must be a tonearm\.Retry, such as Retry\(attempts=1\), not"):
        options(None, None, retry, silence=60.0)


DEFAULT = "https://service.example/api"


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
    with pytest.raises(ConfigurationError, match="give base_url= or set A_BASE_URL"):
        address(None, "A_BASE_URL", None)
    assert not address("http://mine", "A_BASE_URL", None).trusted


def test_a_base_url_of_the_environment_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_BASE_URL", "mine:80")
    with pytest.raises(ConfigurationError, match="must start with http"):
        address(None, "A_BASE_URL", DEFAULT)


REFUSED: list[tuple[Any, str]] = [
    (lambda: validate.path_segment("", "id"), "id must not be ''"),
    (lambda: validate.path_segment(".", "id"), r"id must not be '\.'"),
    (lambda: validate.path_segment("..", "id"), r"id must not be '\.\.'"),
    (lambda: validate.path_segment(5, "id"), "id must be text, not int"),  # type: ignore[arg-type]
    (lambda: validate.path_segment("\ud800", "id"), "id has characters"),
    (lambda: validate.amount(float("nan"), "n"), "n must be at least 0, not nan"),
    (lambda: validate.amount(float("inf"), "n"), "n must be at least 0, not inf"),
    (lambda: validate.amount(-0.1, "n"), "n must be at least 0, not -0.1"),
    (lambda: validate.amount(3, "n", least=1, most=2), "n must be at least 1 and at most 2, not 3"),
    (lambda: validate.amount(10**400, "n"), "n must be at least 0, not 1000"),
    (lambda: validate.amount(True, "n"), "n must be a number, not bool"),
    (lambda: validate.amount("1", "n"), "n must be a number, not str"),  # type: ignore[arg-type]
    (lambda: validate.whole(1.0, "n"), "n must be a whole number, not 1.0"),  # type: ignore[arg-type]
    (lambda: validate.whole(True, "n"), "n must be a whole number, not True"),
    (lambda: validate.whole(-1, "n"), "n must be at least 0, not -1"),
    (lambda: validate.whole(3, "n", most=2), "n must be at least 0 and at most 2, not 3"),
    (lambda: validate.word("hihgest", "preset", ["highest", "good"]), r"did you mean 'highest'\?\); known are good, h"),
    (lambda: validate.word("zzz", "preset", ["highest"]), "preset 'zzz' is not known; known are highest"),
    (lambda: validate.word(5, "preset", ["highest"]), "preset 5 is not known"),  # type: ignore[arg-type]
    (lambda: validate.word(["good"], "preset", {"good": 1}), r"preset \['good'\] is not known"),  # type: ignore[arg-type]
    (lambda: validate.length("abc", "t", most=2), "t must have 0 to 2 characters, not 3"),
    (lambda: validate.length("", "t", least=1, most=2), "t must have 1 to 2 characters, not 0"),
    (lambda: validate.length(b"ab", "t", most=2), "t must be text, not bytes"),  # type: ignore[arg-type]
    (lambda: validate.length("\ud800", "t", most=2), "t has characters that are half of a pair"),
    (lambda: validate.texts("abc", "tags", most=2, longest=2), "tags must be a list of texts, not one text"),
    (lambda: validate.texts(["a"] * 3, "tags", most=2, longest=2), "tags must be at most 2, not 3"),
    (lambda: validate.texts(["abc"], "tags", most=2, longest=2), "each of tags must have 0 to 2 characters"),
    (lambda: validate.texts([5], "tags", most=2, longest=2), "each of tags must be text"),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("check", "message"), REFUSED)
def test_an_argument_is_refused_with_its_name_and_bounds(check: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        check()


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
