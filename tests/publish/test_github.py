"""The addresses of repositories, and what GitHub makes of them."""

from __future__ import annotations

import pytest

from sitegen.publish.github import Repository, repository

BLOG = "https://ada.github.io/blog/"


@pytest.mark.parametrize(
    "remote",
    [
        "git@github.com:Ada/blog.git",
        "git@github.com:Ada/blog",
        "github.com:Ada/blog",
        "https://github.com/Ada/blog.git",
        "https://github.com/Ada/blog",
        "https://github.com/Ada/blog/",
        "https://GitHub.com/Ada/blog.git/",
        "https://www.github.com/Ada/blog",
        "https://ada:secret@github.com/Ada/blog.git",
        "http://github.com/Ada/blog",
        "git://github.com/Ada/blog.git",
        "ssh://git@github.com/Ada/blog.git",
        "ssh://git@github.com:22/Ada/blog.git",
        "ssh://git@ssh.github.com:443/Ada/blog.git",
    ],
)
def test_every_form_of_a_remote_names_its_repository(remote: str) -> None:
    found = repository(remote)
    assert found == Repository("Ada", "blog")
    assert found.pages == BLOG
    assert found.settings == "https://github.com/Ada/blog/settings/pages"


@pytest.mark.parametrize("name", ["ada.github.io", "Ada.github.io", "ada.GitHub.io"])
def test_repository_named_like_its_host_is_at_the_root(name: str) -> None:
    assert Repository("Ada", name).pages == "https://ada.github.io/"


def test_dots_in_a_name_are_kept() -> None:
    found = repository("git@github.com:ada/v1.2.git")
    assert found is not None
    assert found.pages == "https://ada.github.io/v1.2/"


@pytest.mark.parametrize(
    "remote",
    [
        "git@gitlab.com:ada/blog.git",
        "https://notgithub.com/ada/blog",
        "https://github.com.evil.example/ada/blog",
        "https://github.com/ada",
        "https://github.com/ada/blog/tree/main",
        "git@work:ada/blog.git",
        "/srv/git/github.com/ada/blog.git",
        "../blog.git",
        "",
    ],
)
def test_other_remotes_are_not_on_github(remote: str) -> None:
    assert repository(remote) is None
