"""The files of a post are published beside its page, and together in an archive."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from sitegen.outputs.code import LONG_AGO, archive_of, folder_of_page
from tests.command import sitegen
from tests.journal import Journal

POST = "content/posts/code.md"
PAGE, ARCHIVE = "posts/code/index.html", "posts/code/code.tar.gz"
ONE, TWO = "posts/code/code/src/a.py", "posts/code/code/b.sh"


def body(one: str = "a = 1", two: str = "#!/bin/sh\necho") -> str:
    return f"""```python title="src/a.py"\n{one}\n```\n\n```sh title="b.sh"\n{two}\n```\n"""


def test_archive_holds_the_files_whatever_the_time() -> None:
    data = archive_of([("x/b.sh", "#!/bin/sh\n"), ("x/a/ö.py", "a")])
    assert data == archive_of([("x/a/ö.py", "a"), ("x/b.sh", "#!/bin/sh\n")])
    assert data[4:8] == bytes(4)  # the time in the head of gzip (RFC 1952 §2.3)
    with tarfile.open(fileobj=BytesIO(data)) as archive:
        found = {it.name: (oct(it.mode), it.mtime) for it in archive.getmembers()}
        assert found == {"x/a/ö.py": ("0o644", LONG_AGO), "x/b.sh": ("0o755", LONG_AGO)}
        part = archive.extractfile("x/a/ö.py")
        assert part
        assert part.read() == b"a"


@pytest.mark.parametrize(
    ("page", "folder"),
    [("posts/a/index.html", "posts/a/"), ("posts/a.html", "posts/a/"), ("index.html", "")],
)
def test_folder_is_beside_the_page(page: str, folder: str) -> None:
    assert folder_of_page(page) == folder


def test_edit_of_a_block_makes_its_file_the_archive_and_the_page(tmp_path: Path) -> None:
    journal = Journal(tmp_path)

    def written() -> set[str]:
        report = journal.build()
        assert report
        return {path for path in report.written if path.startswith("posts/code/")}

    journal.post(POST, body())
    assert written() == {PAGE, ARCHIVE, ONE, TWO}
    output = journal.site / "public"
    assert (output / ONE).read_text("utf-8") == "a = 1\n"
    journal.post(POST, body(one="a = 2"))
    assert written() == {PAGE, ARCHIVE, ONE}
    journal.post(POST, body(one="a = 2") + "\nText.")
    assert written() == {PAGE}
    journal.post(POST, "Text.")
    journal.build()
    assert not (output / "posts/code/code").exists()


def test_check_takes_no_file_of_code_for_a_page(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    page = '```html title="index.html"\n<a href="/nowhere/">x</a>\n```\n'
    css = '```css title="a.css"\na { background: url(/nowhere.png) }\n```\n'
    (tmp_path / "content" / "a.md").write_text(f"{page}\n{css}", "utf-8")
    assert "0 errors" in sitegen("check", cwd=tmp_path).stdout


def test_what_an_author_puts_there_stays(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "posts" / "a"
    (folder / "code").mkdir(parents=True)
    (folder / "index.md").write_text('```python title="x.py"\nin_text\n```\n', "utf-8")
    (folder / "code" / "x.py").write_text("whole", "utf-8")
    assert sitegen("build", cwd=tmp_path).returncode == 0
    assert (tmp_path / "public/posts/a/code/x.py").read_text("utf-8") == "whole"
