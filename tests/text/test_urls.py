"""Slugs, safe parts of paths, and the base path."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model.site import Route
from sitegen.text.urls import (
    absolute,
    base_path,
    below,
    encoded,
    file_key,
    file_route,
    joined,
    overview_permalink,
    page_permalink,
    route,
    slugify,
    unsafe,
    with_base,
    without_base,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))
BASE = "https://example.org/repo/"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("  --a__b--  ", "a__b"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("C♯", "c-sharp"),
        ("C++20", "c-plus-plus-20"),
        ("#python", "python"),
        ("1 + 1", "1-1"),
        ("Node.js", "node.js"),
        ("Release 1.2", "release-1.2"),
        ("e.g. this...", "e.g-this"),
        ("robots.txt", "robots-txt"),
        ("index.html", "index-html"),
        (".env", "env"),
        ("Straße", "straße"),
        ("ＡＢＣ", "abc"),
        ("cafe\u0301", "café"),
        ("../../etc", "etc"),
        ("a/b", "a-b"),
        ("தமிழ் மொழி", "தமிழ்-மொழி"),
        ("हिन्दी", "हिन्दी"),
        ("اللغة العربية", "اللغة-العربية"),
        ("中", "中"),
        ("1️⃣ first", "1-first"),
    ],
)
def test_slug_keeps_letters_and_marks_of_any_script(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_sign_after_a_combining_mark_counts() -> None:
    # Python's \w does not match a vowel sign, so `கு++` was once the slug of `கு`.
    assert slugify("கு++") == "கு-plus-plus"


def test_one_character_tags_differ() -> None:
    assert len({slugify(tag) for tag in "一二三"}) == 3


@pytest.mark.parametrize("text", ["", "???", "🎉", "❤️", "👩‍💻", "\u3164", "\udcff", "..", "/"])
def test_text_without_letters_has_a_visible_ascii_slug(text: str) -> None:
    assert slugify(text).isascii()
    assert slugify(text).isalnum()


def test_texts_without_letters_differ() -> None:
    assert slugify("🎉") != slugify("🚀")


@pytest.mark.parametrize("name", ["con", "CON", "Aux", "com1", "COM¹", "lpt9", "con.x"])
def test_slug_is_never_a_windows_device(name: str) -> None:
    assert unsafe(slugify(name)) is None
    assert unsafe(name) is not None


def test_spellings_of_one_device_share_a_slug() -> None:
    assert slugify("CON") == slugify("con") != "con"


def test_long_slugs_are_cut_and_stay_different() -> None:
    one, two = slugify("த" * 200 + "1"), slugify("த" * 200 + "2")
    assert one != two
    assert len(one.encode()) <= 120


@given(ANY_TEXT)
@example("a\u2060\u0301")
@example("İ#ΟΔΟΣ")
@example("-" * 300 + "x" * 300)
@example("0:.:0")
@example("x." * 60)
def test_slug_is_safe_and_its_own_slug(text: str) -> None:
    slug = slugify(text)
    assert unsafe(slug) is None
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    "segment",
    [
        *("", ".", "..", ".git", "a.", "a ", "a\0b", "a\nb", "a/b", "a\\b", "C:", "a?", "a#"),
        *("%2e%2e", "con", "CON.txt", "con .txt", "com²", "nul", "a|b", "a\x9fb", "\udcff"),
        *("x" * 256, "த" * 86),
    ],
)
def test_segment_that_some_system_cannot_hold_is_unsafe(segment: str) -> None:
    assert unsafe(segment)


@pytest.mark.parametrize("segment", ["a", "a.b", "my post", "x" * 255, "தமிழ்", "conf", "-", "~a"])
def test_ordinary_segment_is_safe(segment: str) -> None:
    assert unsafe(segment) is None


@pytest.mark.parametrize(
    ("permalink", "path", "url"),
    [
        ("/", "index.html", "/repo/"),
        ("/a/", "a/index.html", "/repo/a/"),
        ("/a", "a/index.html", "/repo/a/"),
        ("a/b/", "a/b/index.html", "/repo/a/b/"),
        ("/a.html", "a.html", "/repo/a.html"),
        ("/a b/ü/", "a b/ü/index.html", "/repo/a%20b/%C3%BC/"),
        ("/a&b='c'/", "a&b='c'/index.html", "/repo/a&b='c'/"),
    ],
)
def test_route_of_a_permalink(permalink: str, path: str, url: str) -> None:
    assert route(permalink, BASE) == Route(path, url)


def test_file_route_has_the_base_path() -> None:
    assert file_route("img/a b.png", BASE) == Route("img/a b.png", "/repo/img/a%20b.png")


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("https://example.org/", "/"),
        (BASE, "/repo/"),
        ("http://localhost:8000/a/b/", "/a/b/"),
        ("https://example.org/блог/", "/%D0%B1%D0%BB%D0%BE%D0%B3/"),
    ],
)
def test_base_path(base_url: str, path: str) -> None:
    assert base_path(base_url) == path


def test_absolute_url_has_the_base_path_once() -> None:
    assert absolute(BASE, route("/a/", BASE).url) == "https://example.org/repo/a/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/about/", "/repo/about/"),
        ("/", "/repo/"),
        ("/a?q=1%20b#ü", "/repo/a?q=1%20b#%C3%BC"),
        ("//cdn.example/x.js", "//cdn.example/x.js"),
        ("https://example.net/", "https://example.net/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#top", "#top"),
        ("relative/", "relative/"),
    ],
)
def test_only_urls_from_the_root_get_the_base_path(url: str, expected: str) -> None:
    assert with_base(url, BASE) == expected


def test_encoding_twice_changes_nothing() -> None:
    assert encoded("a b/ü?x=[1]#%41") == "a%20b/%C3%BC?x=[1]#%41"
    assert encoded(encoded("a b/ü?x=[1]#%41")) == encoded("a b/ü?x=[1]#%41")


def test_reference_that_is_no_url_is_left_as_it_is() -> None:
    # urljoin raises ValueError for it, and `image: http://[x` ended a build with a traceback.
    assert joined("https://example.org/", "http://[x") == "http://[x"


@pytest.mark.parametrize(
    ("pattern", "permalink"),
    [
        ("/tags/{slug}/", "/tags/"),
        ("/blog/t/{slug}.html", "/blog/t/"),
        ("/{slug}/", "/tags/"),
        ("/t-{slug}/", "/tags/"),
    ],
)
def test_overview_stands_above_its_terms(pattern: str, permalink: str) -> None:
    assert overview_permalink(pattern, "tags") == permalink


@pytest.mark.parametrize(
    ("permalink", "number", "expected"),
    [
        ("/", 1, "/"),
        ("/", 2, "/page/2/"),
        ("/tags/x/", 3, "/tags/x/page/3/"),
        ("/tags/x.html", 1, "/tags/x.html"),
        ("/tags/x.html", 2, "/tags/x/page/2/"),
    ],
)
def test_pages_of_a_list(permalink: str, number: int, expected: str) -> None:
    assert page_permalink(permalink, number) == expected


def test_feed_of_a_list_that_is_a_file_stands_in_a_folder() -> None:
    # `/tags/x.html` once had its feed at `/tags/x.htmlfeed.xml`.
    assert below("/tags/x.html", "feed.xml") == below("/tags/x/", "feed.xml") == "/tags/x/feed.xml"


@pytest.mark.parametrize(
    ("url", "base_url", "path"),
    [
        ("/repo/a/", BASE, "/a/"),
        ("/repo/", BASE, "/"),
        ("/repo", BASE, "/"),
        ("/a/", BASE, "/a/"),
        ("/repository/", BASE, "/repository/"),
        ("a/", BASE, "a/"),
        ("/a/", "https://me.example/", "/a/"),
        ("/bücher/a/", "https://me.example/b%C3%BCcher/", "/a/"),
        ("/b%C3%BCcher/a/", "https://me.example/b%C3%BCcher/", "/a/"),
    ],
)
def test_base_path_that_an_author_wrote_is_not_written_twice(
    url: str, base_url: str, path: str
) -> None:
    assert without_base(url, base_url) == path


ordinary = st.text("ab1_-./", max_size=9) | st.sampled_from(["con", "lpt1", "a" * 120, "a" * 121])


@given(text=ordinary)
def test_what_is_taken_as_it_is_would_come_out_the_same(text: str) -> None:
    """Capitals take the long way, and mean the same."""
    assert slugify(text) == slugify(text.upper())
    assert (unsafe(text) is None) == (unsafe(text.upper()) is None)
    assert file_key(text) == file_key(f"{text}é")[:-2] == file_key(text.upper())
    assert file_route(text, "https://x.dev/").url == f"/{quote(text)}"
