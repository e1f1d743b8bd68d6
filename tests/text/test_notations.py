"""Links as authors of other generators wrote them."""

from __future__ import annotations

import pytest

from sitegen.text.notations import own_notation


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("@/posts/a.md", "/posts/a.md"),
        ("{filename}/posts/a.md", "/posts/a.md"),
        ("{filename}a.md", "a.md"),
        ("{static}/images/fox.png", "/images/fox.png"),
        ("{attach}fox.png", "fox.png"),
        ("|filename|../a.md", "../a.md"),
        ("{{site.baseurl}}/about/", "/about/"),
        ("{{ site.url }}{{ site.baseurl }}/fox.png", "/fox.png"),
    ],
)
def test_path_of_another_generator_is_written_as_here(written: str, path: str) -> None:
    assert own_notation(written) == path


@pytest.mark.parametrize(
    "written", ["/a.md", "@me", "a@/b", "{tag}python", "{{ page.url }}", "{{site.baseurl}}about"]
)
def test_any_other_path_is_left_as_it_is(written: str) -> None:
    assert own_notation(written) == written
