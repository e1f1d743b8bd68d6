"""Where a site will be: which source of an address goes before which."""

from __future__ import annotations

import pytest

from sitegen.model.diagnostics import UsageError
from sitegen.publish.destination import (
    Remote,
    contradictions,
    destination_of,
    domain_of,
    the_domain,
)
from sitegen.publish.github import Repository

UNSET = "http://localhost:8000/"
GITHUB = Remote("origin", "git@github.com:ada/blog.git", Repository("ada", "blog"))
ELSEWHERE = Remote("origin", "/srv/blog.git", None)


@pytest.mark.parametrize(
    ("wished", "configured", "domain", "host", "expected"),
    [
        ("a.dev", "https://b.dev/", "a.dev", GITHUB, "https://a.dev/"),
        (None, "https://b.dev/x/", "a.dev", GITHUB, "https://b.dev/x/"),
        (None, UNSET, "a.dev", GITHUB, "https://a.dev/"),
        (None, UNSET, None, GITHUB, "https://ada.github.io/blog/"),
        (None, "http://127.0.0.1/", None, GITHUB, "https://ada.github.io/blog/"),
        (None, "https://b.dev/", None, ELSEWHERE, "https://b.dev/"),
    ],
)
def test_nearest_source_of_an_address_counts(
    wished: str | None, configured: str, domain: str | None, host: Remote, expected: str
) -> None:
    assert destination_of(wished, configured, domain, host).url == expected


def test_without_any_source_the_address_has_to_be_given() -> None:
    with pytest.raises(UsageError, match=r"/srv/blog\.git is not on GitHub"):
        destination_of(None, UNSET, None, ELSEWHERE)


@pytest.mark.parametrize(
    ("text", "domain"),
    [("Blog.Example.org", "blog.example.org"), ("müller.example", "xn--mller-kva.example")],
)
def test_domain_is_ascii_and_lower_case(text: str, domain: str) -> None:
    assert domain_of(text, "--domain") == domain


@pytest.mark.parametrize(
    "text", ["", "https://a.dev", "a.dev/blog", "a.dev:80", "me@a.dev", "a b", "a.dev\nb.dev"]
)
def test_what_is_no_domain_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="is not a domain"):
        domain_of(text, "--domain")


def test_domain_of_the_static_file_goes_before_the_one_on_the_branch() -> None:
    assert the_domain(None, "own.dev", "old.dev") == "own.dev"
    assert the_domain(None, None, "old.dev") == "old.dev"
    assert the_domain(None, None, None) is None


def test_two_domains_at_once_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"--domain is a\.dev, but static/CNAME is b\.dev"):
        the_domain("a.dev", "b.dev", None)


@pytest.mark.parametrize(
    ("url", "domain", "host", "expected"),
    [
        ("https://ada.github.io/blog/", None, GITHUB, ""),
        ("https://ada.dev/blog/", None, GITHUB, ""),  # below the domain of the user's own site
        ("https://a.dev/", "a.dev", GITHUB, ""),
        ("https://a.dev/", None, ELSEWHERE, ""),
        ("https://a.dev/", None, GITHUB, "give --domain a.dev once"),
        ("https://ada.github.io/blog/", "a.dev", GITHUB, "CNAME says a.dev"),
        ("https://a.dev/blog/", "a.dev", GITHUB, "CNAME says a.dev"),
        ("https://ada.github.io/", None, GITHUB, "at https://ada.github.io/blog/"),
    ],
)
def test_contradiction_of_address_and_host_is_said(
    url: str, domain: str | None, host: Remote, expected: str
) -> None:
    said = " ".join(contradictions(url, domain, host))
    assert expected in said
    assert bool(said) == bool(expected)
