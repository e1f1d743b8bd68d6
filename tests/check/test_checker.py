"""Everything broken in a finished site is reported, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.check.checker import check_site
from sitegen.check.feeds import urls_in
from sitegen.check.html import scan
from sitegen.config.schema import Config
from sitegen.model.codes import CODES
from sitegen.model.diagnostics import Diagnostic
from tests.check.test_fix import CONFIG, make_site
from tests.conftest import ROOT
from tests.prefork import sitegen

BASE = "https://me.github.io/repo/"

FINISHED = {
    "index.html": "<p id=home>",
    "about/index.html": "<h2 id=us>Us</h2><a name=old></a><p id=größe><p id='a%20b'><p id='c d'>",
    "posts/first-post/index.html": "",
    "raw.html": "<p>",
    "Photo.JPG": "",
    "größe/index.html": "",
    "a b.txt": "",
    "assets/app.js": "",
    "assets/site.css": "",
    "icon.svg": "<svg><g id=sun></g></svg>",
    "paper.pdf": "",
}
"""A site that the cases below are pages of, by path below the output folder."""

WORKING = [
    "",
    "#",
    "#top",
    "#TOP",
    "#:~:text=any%20words",
    "?page=2",
    ".",
    "/repo/",
    "/repo",
    "/repo/index.html",
    "/repo/about/",
    "/repo/about/?q=1#us",
    "/repo/about/index.html#us",
    "/repo/about/#old",
    "/repo/about/#us:~:text=x",
    "/repo/about/#gr%C3%B6%C3%9Fe",
    "/repo/about/#größe",
    "/repo/about/#a%20b",
    "/repo/about/#c%20d",
    "/repo/gr%C3%B6%C3%9Fe/",
    "/repo/größe/",
    "/repo/a%20b.txt",
    "/repo/%61bout/",
    "/repo/posts/../about/",
    "/repo/posts/first-post/%2e%2e/first-post/",
    "%2E./repo/%2e/about/",
    "about/#us",
    "./about/",
    " about/ ",
    "abo\nut/",
    "\\repo\\about/",
    "icon.svg#sun",
    "paper.pdf#page=3",
    "https://me.github.io/repo/about/#us",
    "http://me.github.io/repo/about/",
    "https://ME.github.io:443/repo/about/",
    "//me.github.io/repo/about/",
    "https://me.github.io/other/",
    "https://elsewhere.example/missing/",
    "mailto:me@example.org",
    "tel:+123",
    "javascript:void(0)",
    "data:image/png;base64,AA==",
    "MAILTO:me@example.org",
]

BROKEN = {
    "/repo/abuot/": ("SG301", "did you mean '/repo/about/'?"),
    "/repo/2020/first-post/": ("SG301", "did you mean '/repo/posts/first-post/'?"),
    "/repo/about.html": ("SG301", "did you mean '/repo/about/'?"),
    "/repo/assets/": ("SG301", "this folder has no index.html"),
    "/repo//about/": ("SG301", "did you mean '/repo/about/'?"),
    "https://me.github.io/repo/nothing-like-it": ("SG301", None),
    "http://[": ("SG301", None),
    "http://me.github.io:x/": ("SG301", None),
    "/repo/about/#use": ("SG302", "did you mean '#us'?"),
    "#nowhere": ("SG302", None),
    "/repo/about#nowhere": ("SG302", None),
    "/repo/papr.pdf": ("SG303", "did you mean '/repo/paper.pdf'?"),
    "no.js": ("SG303", None),
    "icon.svg#moon": ("SG302", None),
    "/about/": ("SG703", "did you mean '/repo/about/'?"),
    "/": ("SG703", "did you mean '/repo/'?"),
    "../../x": ("SG703", "every URL of this site starts with '/repo/'"),
    "/repo/About/": ("SG704", "did you mean '/repo/about/'?"),
    "photo.jpg": ("SG704", "did you mean '/repo/Photo.JPG'?"),
    "/repo/gro\u0308\u00dfe/": ("SG704", "did you mean '/repo/größe/'?"),
    "/repo/about": ("SG705", "write '/repo/about/'"),
    "/repo/raw": ("SG705", "write '/repo/raw.html'"),
}
"""By what a page links to: how it is reported."""

HTML = {
    "<img src=no.png>": "broken image: 'no.png'",
    "<img alt='>' SRC = 'no.png'>": "broken image: 'no.png'",
    "<img srcset='Photo.JPG 1x, no.png 2x'>": "broken image: 'no.png'",
    "<picture><source srcset='no.png'></picture>": "broken image: 'no.png'",
    "<link rel=preload imagesrcset='no.png 1x'>": "broken image: 'no.png'",
    "<video poster=no.png>": "broken image: 'no.png'",
    "<video src=no.mp4>": "broken video: 'no.mp4'",
    "<script src=no.js></script>": "broken script: 'no.js'",
    "<iframe src=no/></iframe>": "broken frame: 'no/'",
    "<object data=no.pdf></object>": "broken object: 'no.pdf'",
    "<form action=no></form>": "broken form: 'no'",
    "<svg><use xlink:href='icon.svg#no'/></svg>": (
        "broken anchor: no heading or id 'no' in '/repo/icon.svg'"
    ),
    "<link rel='StyleSheet' href=no.css>": "broken style sheet: 'no.css'",
    "<link rel=canonical href=https://me.github.io/repo/no/>": (
        "broken canonical link: 'https://me.github.io/repo/no/'"
    ),
    "<link rel='alternate' href=no.xml>": "broken alternate link: 'no.xml'",
    "<meta http-equiv=Refresh content=\"0; url='no/'\">": "broken redirect: 'no/'",
    "<meta property=og:image content=/repo/no.png>": "broken preview image: '/repo/no.png'",
    "<style>p { background: url( 'no.png' ) }</style>": "broken image or font: 'no.png'",
    "<style>@import 'no.css';</style>": "broken style sheet: 'no.css'",
    '<p style="background:url(&quot;no.png&quot;)">': "broken image or font: 'no.png'",
    "<style>p { background: image-set('no.png' 1x, url(icon.svg) 2x) }</style>": (
        "broken image or font: 'no.png'"
    ),
    "<blockquote cite=no/></blockquote>": "broken link: 'no/'",
    "<a href='' ping='about/ no/'></a>": "broken ping: 'no/'",
    "<base href=/repo/about/><a href=../no/>": "broken link: '../no/'",
    "<a href=no&amp;more>": "broken link: 'no&more'",
    "<p id=x><p id=x>": "duplicate id 'x'",
    "<pre><a href=no></a></pre>": "broken link: 'no'",
    "<textarea></textarea><a href=no>": "broken link: 'no'",
}
"""By what a page holds: the one thing that is reported."""

SILENT = [
    "<!-- <a href=no> --><!--><!-- <img src=no> --!>",
    "<script>'<a href=no>'</script>",
    "<textarea><a href=no></textarea><title><a href=no></title>",
    "<link rel='dns-prefetch preconnect' href=/>",
    "<style>/* url(no) */ p { content: 'url(no)'; filter: url(#f) }</style>",
    "<a data-href=no title='href=no'>",
    "<style>/* image-set('no') */ p { background: image-set('icon.svg' type('a/b')) }</style>",
    "<base href=/repo/about/><a href=#us><a href='index.html'>",
    "<a id=x name=x>",
    "<p>1 < 2 <3 </a href=no></p>",
    "<a href=no",
    "<img srcset='data:image/png,AA 1x'>",
]


def finished(folder: Path, files: dict[str, str], base_url: str = BASE) -> tuple[Diagnostic, ...]:
    """What the check says of these files."""
    for path, text in files.items():
        write(folder / "public", path, text)
    found = check_site(folder / "public", folder, Config(base_url=base_url)).diagnostics
    # What is missing in the feeds here is what `test_feed_rules` is about.
    return tuple(problem for problem in found if problem.code != "SG020")


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


def linked(href: str) -> str:
    return f'<p><a href="{href}">it</a>'


@pytest.mark.parametrize("href", WORKING)
def test_working_link_is_not_reported(href: str, tmp_path: Path) -> None:
    assert finished(tmp_path, FINISHED | {"page.html": linked(href)}) == ()


@pytest.mark.parametrize("href", BROKEN)
def test_broken_link_is_reported_with_what_may_be_meant(href: str, tmp_path: Path) -> None:
    [problem] = finished(tmp_path, FINISHED | {"page.html": linked(href)})
    assert (problem.code, problem.hint) == BROKEN[href]
    assert (problem.path, problem.line, problem.column) == ("public/page.html", 1, 13)


@pytest.mark.parametrize("html", HTML)
def test_everything_that_leads_somewhere_is_looked_at(html: str, tmp_path: Path) -> None:
    [problem] = finished(tmp_path, FINISHED | {"page.html": html})
    assert problem.message == HTML[html]


@pytest.mark.parametrize("html", SILENT)
def test_what_only_looks_like_a_link_is_none(html: str, tmp_path: Path) -> None:
    assert finished(tmp_path, FINISHED | {"page.html": html}) == ()


def test_every_code_of_the_check_has_a_case_here() -> None:
    reported = {code for code, _ in BROKEN.values()} | {"SG706"}
    links = {"SG301", "SG302", "SG303"}
    assert reported == {code for code in CODES if code.startswith("SG7")} | links


def test_site_at_the_root_of_a_host_has_no_outside(tmp_path: Path) -> None:
    files = FINISHED | {"page.html": linked("/about/"), "other.html": linked("/repo/about/")}
    [problem] = finished(tmp_path, files, "https://me.example/")
    assert (problem.code, problem.path) == ("SG301", "public/other.html")


LISTINGS = {
    "feed.xml": "<rss><channel><item><link>{}</link></item></channel></rss>",
    "atom.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><link href="{}"/></feed>',
    "sitemap.xml": "<urlset><url><loc>{}</loc></url></urlset>",
    "feed.json": '{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"url": "{}"}}]}}',
    "robots.txt": "User-agent: *\nSitemap: {}\n",
    "posts/feed.xml": "<rss><item><description>&lt;a href='{}'></description></item></rss>",
}


@pytest.mark.parametrize("path", LISTINGS)
def test_broken_url_in_what_programs_read_is_reported(path: str, tmp_path: Path) -> None:
    good = LISTINGS[path].format(f"{BASE}about/?a=1")
    bad = LISTINGS[path].format(f"{BASE}gone/")
    assert finished(tmp_path, FINISHED | {path: good}) == ()
    [problem] = finished(tmp_path, FINISHED | {path: bad})
    assert problem.message == f"broken link: '{BASE}gone/'"
    assert problem.path == f"public/{path}"
    assert (problem.line, problem.column) == (
        bad[: bad.index(BASE)].count("\n") + 1,
        problem.column,
    )
    assert bad.split("\n")[(problem.line or 0) - 1][(problem.column or 0) - 1 :].startswith(BASE)


def test_feed_does_not_repeat_what_its_page_says(tmp_path: Path) -> None:
    body = f"&lt;a href='{BASE}about/#gone'>"
    feed = f"<rss><item><description>{body}</description></item></rss>"
    [problem] = finished(tmp_path, FINISHED | {"x.html": linked("about/#gone"), "feed.xml": feed})
    assert problem.path == "public/x.html"


def test_identity_in_a_feed_is_no_link(tmp_path: Path) -> None:
    feed = f"<feed><id>{BASE}1</id><entry><id>{BASE}2</id></entry></feed>"
    guid = f"<rss><guid isPermaLink='false'>{BASE}3</guid></rss>"
    assert finished(tmp_path, FINISHED | {"atom.xml": feed, "feed.xml": guid}) == ()


def test_style_sheet_is_looked_at(tmp_path: Path) -> None:
    css = "a { background: url(../icon.svg) }\nb { src: url(no.woff2) }\n"
    [problem] = finished(tmp_path, FINISHED | {"assets/site.css": css})
    assert (problem.path, problem.line, problem.column) == ("public/assets/site.css", 2, 14)


def test_web_manifest_is_looked_at(tmp_path: Path) -> None:
    icons = [{"src": "../icon.svg"}, {"src": "no.png"}]
    text = json.dumps({"name": "no/", "start_url": "/repo/", "icons": icons})
    [problem] = finished(tmp_path, FINISHED | {"assets/site.webmanifest": text})
    assert (problem.code, problem.path) == ("SG303", "public/assets/site.webmanifest")
    assert text[(problem.column or 0) - 1 :].startswith("no.png")


def test_fault_of_many_pages_is_reported_once(tmp_path: Path) -> None:
    [problem] = finished(tmp_path, {f"{n}.html": linked("/repo/gone/") for n in range(9)})
    assert problem.path == "public/0.html"
    assert problem.message == "broken link: '/repo/gone/' (and on 8 more pages)"


# The command, on sites as people have them


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, "sitegen.toml", f'base_url = "{BASE}"\n')
    write(tmp_path, "content/posts/good.md", "---\ntitle: Good\n---\n[about](/about/#us)\n")
    write(tmp_path, "content/pages/about.md", "# About\n\n## Us\n")
    return tmp_path


def test_sound_site_gets_one_line(site: Path) -> None:
    done = sitegen("check", site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("checked 7 pages with ")
    assert ": 0 errors, 0 warnings in " in done.stdout
    assert done.stdout.count("\n") == 1


def test_check_leaves_the_output_folder_alone_and_its_own_out_of_git(site: Path) -> None:
    sitegen("check", site)
    assert not (site / "public").exists()
    assert (site / ".sitegen" / ".gitignore").read_text("utf-8") == "*\n"


PLACES = {
    "content/posts/good.md": ("Text.\n\n```\n[x](/gone/)\n```\n\nSee [x](/gone/).\n", 7, 5),
    "content/posts/html.md": ('<p>\n<a class="x" href="/gone/">x</a>\n</p>\n', 2, 20),
    "content/posts/set.md": ('Text\n\n<img alt="" srcset="/gone/ 2x">\n', 3, 21),
    "content/posts/image.md": ("---\ntitle: A\nimage: /gone/\n---\n", 3, 8),
    "content/posts/own.md": (f"[x]({BASE}gone/)\n", 1, 5),
    "sitegen.toml": (f'base_url = "{BASE}"\n[[menu]]\ntitle = "x"\nurl = "/gone/"\n', 4, 8),
    "templates/post.html": ("<p>\n<a href='/repo/gone/'>x</a>\n", 2, 10),
    "templates/404.html": ("<a href=\"{{ url('/gone/') }}\">x</a>\n", 1, 18),
    "static/raw.html": ("<p>\n<a href=gone/>x</a>\n", 2, 9),
    "static/a.css": ("p { background: url(gone/) }\n", 1, 21),
}
"""By the source that is to blame: its text, and the line and column of what is broken."""


@pytest.mark.parametrize("path", PLACES)
def test_broken_link_is_shown_where_it_was_written(path: str, site: Path) -> None:
    text, line, column = PLACES[path]
    write(site, path, text)
    done = sitegen("check", site, "--format", "json")
    [problem] = json.loads(done.stdout)["diagnostics"]
    assert done.returncode == 1
    assert (problem["path"], problem["line"], problem["column"]) == (path, line, column)
    written = problem["frame"][column - 1 :][: problem["length"]]
    assert problem["target"] in written
    assert f"'{problem['target']}'" in problem["message"]


def test_each_of_two_equal_broken_links_is_shown(site: Path) -> None:
    write(site, "content/posts/good.md", "[a](/gone/)\n\n[b](/gone/)\n")
    found = json.loads(sitegen("check", site, "--format", "json").stdout)["diagnostics"]
    assert [problem["line"] for problem in found] == [1, 3]


def test_template_says_how_many_pages_it_spoils(site: Path) -> None:
    write(site, "templates/post.html", "<a href='/about/'>x</a>\n")
    write(site, "content/posts/second.md", "Text.\n")
    done = sitegen("check", site)
    assert "templates/post.html:1:10: error SG703" in done.stderr
    assert "(on posts/good/index.html and 1 more page)" in done.stderr
    assert "did you mean '/repo/about/'?" in done.stderr


def test_what_the_author_wrote_is_what_is_suggested(site: Path) -> None:
    write(site, "content/posts/good.md", "[x](/abuot/)\n")
    assert "did you mean '/about/'?" in sitegen("check", site).stderr


REPORTED = {
    "[a](gone.md)": "SG301",
    "[a](gone.md?x#y)": "SG301",
    "[a](<one two%20three.md>)": "SG301",
    "[a](größe.md)": "SG301",
    "[a](/posts/gone.md)": "SG301",
    "[a](id:nobody)": "SG301",
    '<a href="../gone.md">a</a>': "SG301",
    "[a](#gone)": "SG302",
    "[a](../pages/about.md#gr%C3%B6%C3%9Fe)": "SG302",
    "![a](no.png)": "SG303",
    "---\nimage: no.png\n---\nText": "SG303",
    "[a](draft.md)": "SG304",
}
"""By what an author wrote: the code with which the build reports it."""


@pytest.mark.parametrize("text", REPORTED)
def test_what_the_build_reports_is_not_reported_again(text: str, site: Path) -> None:
    """The check compared its links with the words of the build's messages.

    A link with a query, one to a draft and an image in the front matter were reported twice, and so
    was every link whose message was worded in another way.
    """
    codes = "\n".join(f'SG30{number} = "warning"' for number in range(1, 5))
    write(site, "sitegen.toml", f'base_url = "{BASE}"\n[diagnostics]\n{codes}\n')
    write(site, "content/posts/draft.md", "---\ndraft: true\n---\n")
    write(site, "content/posts/good.md", text)
    found = json.loads(sitegen("check", site, "--format", "json").stdout)["diagnostics"]
    assert [problem["code"] for problem in found] == [REPORTED[text]]


def test_no_message_decides_what_is_reported_again(site: Path) -> None:
    sitegen("build", site)
    write(site, "content/posts/good.md", "[a](gone.md) [b](other.md)\n")
    write(site, "public/posts/good/index.html", linked("gone.md") + linked("other.md"))
    path = "content/posts/good.md"
    build = Diagnostic("SG301", "in other words than today", path, 1, 1, target="gone.md")
    config = Config(base_url=BASE)
    [problem] = check_site(site / "public", site, config, reported=[build]).diagnostics
    assert (problem.path, problem.target) == (path, "other.md")


def test_another_broken_link_of_the_same_post_is_reported(site: Path) -> None:
    write(site, "sitegen.toml", f'base_url = "{BASE}"\n[diagnostics]\nSG302 = "warning"\n')
    write(site, "content/posts/good.md", "[a](../pages/about.md#one) [b](/about/#two) [c](/one/)\n")
    found = json.loads(sitegen("check", site, "--format", "json").stdout)["diagnostics"]
    assert [(problem["code"], problem["target"]) for problem in found] == [
        ("SG302", "../pages/about.md#one"),
        ("SG302", "/about/#two"),
        ("SG301", "/one/"),
    ]


def test_broken_link_of_a_post_hides_no_other_problem(site: Path) -> None:
    """The check stopped at what the build reports, and showed the rest once that was mended."""
    write(site, "content/posts/good.md", "[a](gone.md)\n")
    write(site, "static/a.css", "p { background: url(gone.png) }\n")
    done = sitegen("check", site)
    assert done.returncode == 1
    assert "content/posts/good.md:1:1: error SG301" in done.stderr
    assert "static/a.css:1:21: error SG303" in done.stderr


@pytest.mark.parametrize("path", [path for path in PLACES if "own.md" not in path])
def test_build_and_check_agree(path: str, site: Path) -> None:
    """A missing image was a warning of one and an error of the other."""
    text, *_ = PLACES[path]
    write(site, path, text)
    checked = json.loads(sitegen("check", site, "--format", "json").stdout)["diagnostics"]
    built = json.loads(sitegen("build", site, "--format", "json").stdout)["diagnostics"]
    only_finished = path.startswith("static/")
    assert built == ([] if only_finished else checked)


def test_site_that_cannot_be_built_is_not_checked(site: Path) -> None:
    write(site, "content/posts/good.md", "---\ntitle: [\n---\n")
    done = sitegen("check", site)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error SG101" in done.stderr
    assert "1 error, 0 warnings: the site cannot be built, so its links are not" in done.stderr


def test_warnings_are_errors_when_strict(site: Path) -> None:
    write(site, "content/posts/good.md", "[x](/about)\n")
    assert sitegen("check", site).returncode == 0
    assert sitegen("check", site, "--strict").returncode == 1


def test_severities_of_the_configuration_hold(site: Path) -> None:
    write(site, "sitegen.toml", f'base_url = "{BASE}"\n[diagnostics]\nSG301 = "off"\n')
    write(site, "content/posts/good.md", "[x](/gone/)\n")
    done = sitegen("check", site)
    assert (done.returncode, done.stderr) == (0, "")


def test_built_folder_is_checked_as_it_is(site: Path) -> None:
    sitegen("build", site)
    (site / "public" / "about" / "index.html").unlink()
    done = sitegen("check", site, "--output", site / "public", "--format", "github")
    assert done.returncode == 1
    assert "::error file=content/posts/good.md,line=4,col=9,title=SG301::" in done.stdout
    assert not (site / "public" / "about" / "index.html").exists()
    assert not (site / ".sitegen" / "check").exists()


def test_built_folder_that_is_not_there_is_a_usage_error(site: Path) -> None:
    done = sitegen("check", site, "--output", "nowhere")
    assert done.returncode == 2
    assert "there is no folder 'nowhere'" in done.stderr


def test_folder_without_a_page_is_a_usage_error(site: Path) -> None:
    done = sitegen("check", site, "--output", site / "content")
    assert done.returncode == 2
    assert "no HTML page in" in done.stderr


def test_file_whose_name_is_not_utf8_does_not_stop_the_check(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.html")).write_text(linked("gone/"), "utf-8")
    assert [d.code for d in finished(tmp_path, FINISHED)] == ["SG301"]


def test_this_site_has_no_broken_link() -> None:
    done = sitegen("check", ROOT, "--strict", SOURCE_DATE_EPOCH="1800000000")
    # A change of sitegen itself makes the cache of its site unusable.
    errors = [line for line in done.stderr.splitlines() if "SG602" not in line]
    assert (done.returncode, errors) == (0, [])


@pytest.mark.parametrize("name", ["bundles", "languages", "permalinks", "taxonomies", "templates"])
def test_links_that_sitegen_makes_work(name: str, tmp_path: Path) -> None:
    site = shutil.copytree(ROOT / "tests" / "sites" / name / "site", tmp_path / "site")
    done = sitegen("check", site, "--base-url", BASE, SOURCE_DATE_EPOCH="1735732800")
    assert (done.returncode, done.stderr) == (0, "")


def test_only_what_authors_wrote_is_broken_in_a_real_blog(shared: Path, tmp_path: Path) -> None:
    site = shutil.copytree(shared / "corpus" / "simonw-til", tmp_path / "site")
    report = json.loads(sitegen("check", site, "--base-url", BASE, "--format", "json").stdout)
    codes = Counter(problem["code"] for problem in report["diagnostics"])
    assert (report["pages"], codes) == (172, {"SG301": 4})


# Any text at all

PIECES = st.sampled_from(
    [*HTML, *SILENT, *"<>\"'=/ \n&;", "<!--", "-->", "<a href=", "<style>", "url(", "srcset", "\0"]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)


@given(TEXTS)
def test_any_html_can_be_read_and_positions_are_inside(html: str) -> None:
    found = scan(html)
    assert all(0 <= reference.offset <= len(html) for reference in found.references)
    assert all(0 <= offset < len(html) for offset in found.anchors.values())


@given(TEXTS, st.sampled_from(["a.xml", "a.json", "robots.txt"]))
def test_any_listing_can_be_read(text: str, path: str) -> None:
    assert all(0 <= reference.offset <= len(text) for reference in urls_in(path, text))


HOSTILE = [
    *("<", "<!", "<!--", "<a ", "<a b=", '<a b="', "<a =", "</a ", "<script>", "<title></titl"),
    *("<style>@import ", "<style>url(", '<style>"', '<style>"\\', "<style>/*", "<style>url(\\"),
    *("<img srcset=', ", "<meta http-equiv=refresh content='0 ", "<p id=a>", "<div>"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_much_hostile_html_is_read_to_its_end(piece: str) -> None:
    count = 300_000 // len(piece)
    first, rest = piece[: piece.find(">") + 1], piece[piece.find(">") + 1 :]
    scan(piece * count)
    scan(first + rest * count)


def test_what_another_page_shows_is_reported_where_it_is_written_alone(tmp_path: Path) -> None:
    """Links of an embedded post, of an included file and of a menu were reported once more in each
    page that shows them, at a place that nobody writes.
    """
    broken = "[a](gone.md) ![b](gone.png) [c](#gone)\n"
    files = {
        "sitegen.toml": f'{CONFIG}[[menu]]\ntitle = "X"\nurl = "gone"\n',
        "content/posts/whole.md": broken,
        "content/posts/embeds.md": "![[whole]]\n",
        "includes/part.md": "[d](lost.md) [e](/lost/)\n",
        "content/posts/includes.md": "::include{file=part.md}\n",
    }
    done = sitegen("check", make_site(tmp_path, files), "--format", "json")
    problems = json.loads(done.stdout)["diagnostics"]
    assert [(it["path"], it["target"]) for it in problems if it["severity"] == "error"] == [
        ("content/posts/whole.md", "gone.md"),
        ("content/posts/whole.md", "gone.png"),
        ("content/posts/whole.md", "#gone"),
        ("includes/part.md", "lost.md"),
        ("includes/part.md", "/lost/"),
        ("sitegen.toml", "gone"),
    ]
