"""Broken links of a document, found before anything is rendered.

What is looked at is what an author wrote: links to documents, ids, headings and files by their
sources; and all others as the URLs that they become, against what is planned. What only a finished
page tells, such as the ids that a template computes, is left to `sitegen check`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sitegen.config.schema import Permalinks
from sitegen.model.code import line_reference
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import FIGURE, Document, Link
from sitegen.model.report import Absence, LeftOut
from sitegen.model.source import MARKDOWN
from sitegen.site.link_fixes import anchored, readdressed
from sitegen.site.link_slips import NO_ADDRESS, ON_THIS_COMPUTER, mistyped_scheme, slip_in
from sitegen.site.links import candidates, id_in, is_rooted, links_of, split_href
from sitegen.site.moved import anchors_meant, home_of, pattern_meant
from sitegen.site.references import problem_of_lines
from sitegen.site.resolver import Resolver
from sitegen.text.notations import is_for_liquid, own_notation
from sitegen.text.spelling import Names, did_you_mean
from sitegen.text.urls import encoded, file_key, joined, with_base
from sitegen.text.wikilinks import is_wikilink

if TYPE_CHECKING:
    from sitegen.site.name_check import NameTargets

HOST = re.compile(
    r"(?:www\.|(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|edu|gov|app|ai|info|co|de|fr|uk|eu|ch|nl|xyz|blog)(?![^/:?#]))",
    re.IGNORECASE,
)
"""The start of a path that looks like the name of a host, whose URL needs `https://` before it."""

BESIDE = "put the file beside the post, or into static/"
ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>{}]+)""", re.IGNORECASE)
REMEDIES = {
    Absence.DRAFT: "publish that page too, remove the link, or build with --drafts",
    Absence.SCHEDULED: "give that page an earlier date, remove the link, or build with --future",
    Absence.EXPIRED: "remove the link, or `expires` from that page",
}

ALWAYS_THERE = {"", "top"}
"""Fragments every page has (HTML, section 7.4.6.4)."""


@dataclass(frozen=True)  # not slotted: what is cached needs a place
class Targets:
    """What the link check knows of the site."""

    sources: Mapping[str, str]
    """Source path of every document and bundle file that is published → its URL."""
    ids: Mapping[str, str]
    """Document id → source path."""
    anchors: Mapping[str, Collection[str]]
    """Source path of a document → the ids in it."""
    left_out: Mapping[str, LeftOut]
    """By source path: the documents that are not published."""
    content: str
    """The content folder."""
    resolver: Resolver
    """Of the URLs of all that is planned."""
    beside: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By source path of a document: the files that are published only beside its page."""
    files: tuple[str, ...] = ()
    """The source paths of the other files of the content folder, published or not."""
    templates: tuple[str, ...] = ()
    """The texts of all templates."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """By source path: those that are published."""
    hidden: tuple[Document, ...] = ()
    """Those that are not."""
    heading_ids: str = "github"
    """As `[markdown] anchors` has it."""
    permalinks: Permalinks = field(default_factory=Permalinks)
    is_nested: bool = False
    """As of the placement: whether a folder of the site is called like its base path."""
    is_open: bool = False
    """Whether there may be more files, which the post-build command is yet to add."""

    @cached_property
    def has_unread(self) -> bool:
        """Whether there are documents of which not all is known that a link can lead to."""
        known = self.anchors.keys() | self.left_out.keys()
        unread = (path for path in self.sources.keys() - known if path.lower().endswith(MARKDOWN))
        return any(unread) or any(document.in_doubt for document in self.documents.values())

    @cached_property
    def by_name(self) -> NameTargets:
        """What wikilinks can lead to."""
        from sitegen.site.name_check import NameTargets

        files = {path for some in (self.sources, *self.beside.values()) for path in some}
        others = tuple(path for path in files if not path.lower().endswith(MARKDOWN))
        return NameTargets(self.documents, self.hidden, others, self.files, self.heading_ids)

    @cached_property
    def template_ids(self) -> frozenset[str]:
        """The ids that templates give, any of which a page may have."""
        return frozenset(name for text in self.templates for name in ID.findall(text))

    def is_doubtful(self, problem: Diagnostic) -> bool:
        """Whether there may be what a link leads to: the page of a document that was not read, a
        file that is yet to be added, or an anchor that a template gives to the page.
        """
        is_of_page = problem.code not in ("SG303", "SG704")
        is_in_templates = _fragment(problem.target or "") in self.template_ids
        return (
            (self.has_unread and is_of_page)
            or (self.is_open and problem.code not in ("SG302", "SG703"))
            or (problem.code == "SG302" and is_in_templates)
        )

    def with_added(self, paths: Iterable[str]) -> Targets:
        """The same when these files have been added, and no more will be."""
        return replace(self, resolver=self.resolver.with_files(paths), is_open=False)

    @cached_property
    def files_there(self) -> frozenset[str]:
        """The same, to be asked."""
        return frozenset(self.files)

    @cached_property
    def folded_files(self) -> Mapping[str, str]:
        """What a file system that knows no case takes for a file → the path of the file."""
        return {file_key(path): path for path in self.files}

    @cached_property
    def slugs(self) -> Mapping[str, Document]:
        """The last part of a URL → a post that may have been there."""
        return {it.meta.slug: it for it in self.documents.values()}

    @cached_property
    def id_names(self) -> Names:
        return Names(self.ids)

    @cached_property
    def stems(self) -> Mapping[str, tuple[str, ...]]:
        """What documents are called → the source paths of all that are called so."""
        paths: dict[str, tuple[str, ...]] = {}
        for path in sorted(self.anchors):
            paths[_stem(path)] = (*paths.get(_stem(path), ()), path)
        return paths

    @cached_property
    def stem_names(self) -> Names:
        return Names(self.stems)


def check_links(document: Document, targets: Targets) -> tuple[Diagnostic, ...]:
    """The broken links of a document and its front matter, each at its place in the source.

    Those that the configuration gives to all documents are none of its own.
    """
    links = (link for link in links_of(document) if link.line)
    found = ((link, _problem(link, document, targets)) for link in links)
    return tuple(_placed(problem, link, document) for link, problem in found if problem)


def _placed(problem: Diagnostic, link: Link, document: Document) -> Diagnostic:
    return replace(
        problem,
        path=document.source.path,
        line=link.line,
        column=link.column,
        length=link.length,
        target=link.href,
    )


def _problem(link: Link, document: Document, targets: Targets) -> Diagnostic | None:
    href, path = link.href, document.source.path
    address, _ = split_href(href)
    if is_wikilink(href):
        return _wikilink_problem(link, path, targets)
    if not address:
        return _target_problem(link, path, path, targets) if href else NO_ADDRESS
    if address.startswith("id:"):
        return _id_problem(link, path, targets)
    if any(address == f"{FIGURE}{name}" for name, _ in document.rendered.figures):
        return None
    if is_for_liquid(address):
        message = f"broken link: nothing fills in '{href}'"
        return Diagnostic("SG301", message, hint="write the path that it stands for")
    paths = candidates(address, path, targets.content)
    beside = targets.beside.get(path, {})
    known = (p for p in paths if p in targets.sources or p in beside or p in targets.left_out)
    if target := next(known, ""):
        return _target_problem(link, target, path, targets)
    is_text = unquote(address).lower().endswith(MARKDOWN)
    problem = (
        _missing(address, path, targets)
        if is_text
        else _url_problem(href, paths, document, targets)
    )
    return problem and (slip_in(href, partial(_leads, link, document, targets)) or problem)


def _leads(link: Link, document: Document, targets: Targets, href: str) -> bool:
    """Whether a link leads somewhere if it is written so: also to a file that is published then."""
    paths = candidates(split_href(href)[0], document.source.path, targets.content)
    is_there = not targets.files_there.isdisjoint(paths)
    return is_there or not _problem(replace(link, href=href), document, targets)


def _wikilink_problem(link: Link, path: str, targets: Targets) -> Diagnostic | None:
    from sitegen.site.name_check import problem_of_wikilink

    if hidden := targets.by_name.hidden_target(link.href, path):
        return _target_problem(link, hidden, path, targets)
    problem = problem_of_wikilink(link, path, targets.by_name)
    return None if problem and problem.code == "SG301" and targets.has_unread else problem


def _url_problem(
    href: str, paths: tuple[str, ...], document: Document, targets: Targets
) -> Diagnostic | None:
    """What is wrong with a link as the URL that it becomes; `paths` are the files it may mean."""
    if slip := mistyped_scheme(href):
        return slip
    if ON_THIS_COMPUTER.match(href):
        message = f"broken link: '{href}' is a path on your computer, which no reader has"
        name = re.split(r"[\\/]", href)[-1]
        return Diagnostic("SG303", message, hint=_near_file(name, document, targets) or BESIDE)
    resolver = targets.resolver
    url = with_base(encoded(own_notation(href)), resolver.base_url, is_nested=targets.is_nested)
    page = joined(resolver.base_url, targets.sources[document.source.path])
    problem = resolver.problem(url, page, "link", href)
    if problem is None or targets.is_doubtful(problem):
        return None
    if problem.code not in ("SG301", "SG303", "SG704"):
        return _as_written(problem, resolver)
    if HOST.match(href):
        message = f"broken link: '{href}' is a path on this site, since it has no scheme"
        hint = f"did you mean 'https://{href}'?"
        return replace(problem, code="SG301", message=message, hint=hint)
    if meant := _other_case(paths, document, targets):
        message = f"link with the wrong case or Unicode form: '{unquote(href)}'"
        hint = f"did you mean '{meant}'?"
        return Diagnostic("SG704", message, hint=hint, fix=readdressed(href, meant))
    if problem.code == "SG303" and paths and not is_rooted(href):
        message = f"broken link: no published file '{split_href(href)[0]}'"
        hint = _near_file(href, document, targets) or BESIDE
        fix = _moved(href, document, targets)
        return Diagnostic("SG303", message, hint=hint, fix=fix)
    if problem.code == "SG303" and problem.hint is None:
        place = unquote(split_href(resolver.without_base(f"'{url}"))[0][1:])
        return replace(problem, hint=_home(place, targets))
    problem = _as_written(problem, resolver)
    return _of_post(problem, document, targets) if problem.code == "SG301" else problem


def _home(path: str, targets: Targets) -> str:
    """The hint for the path of a file that is not there: where it may be, or where to put it."""
    found = home_of(path, targets.files)
    if not found:
        return f"put the file at static{path}"
    file, folder = found
    if any(path.startswith(f"{folder}/") for path in targets.anchors):
        return f'if all paths start in {folder}/, write [content] path = "{folder}"'
    return f"move {file} to static{path}"


def _of_post(problem: Diagnostic, document: Document, targets: Targets) -> Diagnostic:
    """The problem of a URL that a post had, with the setting by which posts have such URLs again.

    With the day of the post in it, it is surely that post.
    """
    href = problem.target or ""
    path = unquote(split_href(own_notation(href))[0])
    *_, last = path.rstrip("/").removesuffix(".html").split("/")
    post = targets.slugs.get(last)
    if post is None or not path.startswith("/"):
        return problem
    if post.meta.date and f"/{post.meta.date:%Y/%m/%d}/" in path:
        folder = posixpath.dirname(document.source.path) or "."
        file = posixpath.relpath(post.source.path, folder)
        problem = replace(problem, fix=readdressed(href, file))
    setting = pattern_meant(path, post, targets.permalinks)
    if setting is None:
        return problem
    near = f"{problem.hint} Or " if problem.hint else ""
    return replace(problem, hint=f"{near}keep the URLs that posts had: {setting}")


def _as_written(problem: Diagnostic, resolver: Resolver) -> Diagnostic:
    """The problem in URLs as authors write them, without the base path."""
    hint = problem.hint and resolver.without_base(problem.hint)
    return replace(problem, message=resolver.without_base(problem.message), hint=hint)


def _fragment(href: str) -> str:
    return unquote(href.partition("#")[2])


def _id_problem(link: Link, path: str, targets: Targets) -> Diagnostic | None:
    name = id_in(split_href(link.href)[0])
    if target := targets.ids.get(name):
        return _target_problem(link, target, path, targets)
    if targets.has_unread:  # one of them may have this id
        return None
    near = targets.id_names.nearest(name)
    hint = f"did you mean 'id:{near}'?" if near else None
    return Diagnostic("SG301", f"broken link: no document has the id '{name}'", hint=hint)


def _target_problem(link: Link, target: str, path: str, targets: Targets) -> Diagnostic | None:
    """What is wrong with a link of the document at `path` to one that is known."""
    if absent := targets.left_out.get(target):
        message = f"broken link: '{target}' {_status(absent)}"
        return Diagnostic("SG304", message, hint=REMEDIES.get(absent.reason))
    anchors = targets.anchors.get(target)
    name = _fragment(link.href)
    if anchors is None or name in anchors or name in ALWAYS_THERE or name in targets.template_ids:
        return None
    page = "on this page" if target == path else f"in '{target}'"
    if target in targets.documents and (lines := line_reference(link.href)):
        blocks = targets.documents[target].rendered.blocks
        return problem_of_lines(lines, link.recorded, blocks, page)
    setting = anchors_meant(name, targets.documents[target]) if target in targets.documents else ""
    keep = setting and f"keep the ids that headings had: {setting}"
    hint = keep or did_you_mean(name, anchors, "did you mean '#{}'?")
    message = f"broken anchor: no heading or id '{name}' {page}"
    return Diagnostic("SG302", message, hint=hint, fix=anchored(link.href, anchors))


def _status(absent: LeftOut) -> str:
    match absent.reason:
        case Absence.DRAFT:
            return "is a draft"
        case Absence.SCHEDULED:
            return f"is scheduled for {absent.date:%Y-%m-%d}"
        case Absence.EXPIRED:
            return f"expired on {absent.date:%Y-%m-%d}"


def _missing(address: str, path: str, targets: Targets) -> Diagnostic:
    message = f"broken link: no such page '{address}'"
    name = unquote(own_notation(address))
    stem = _stem(name)
    same = targets.stems.get(stem, ())
    sources = same or targets.stems.get(targets.stem_names.nearest(stem) or "")
    root = "/" if is_rooted(address) else ""
    folder = (targets.content if root else posixpath.dirname(path)) or "."
    known = [root + posixpath.relpath(source, folder) for source in sources or ()]
    # One name in many folders: which is meant must be plain from the rest of the path.
    cutoff = 0 if len(known) == 1 else 0.75
    fix = readdressed(address, known[0]) if len(same) == 1 else None
    return Diagnostic("SG301", message, hint=did_you_mean(name, known, cutoff=cutoff), fix=fix)


def _stem(path: str) -> str:
    """What a document is called: its file without the ending, or the folder of an `index.md`."""
    *folders, file = path.split("/")
    stem = posixpath.splitext(file)[0]
    return folders[-1] if stem == "index" and folders else stem


def _other_case(paths: tuple[str, ...], document: Document, targets: Targets) -> str | None:
    """What an author has to write for the file whose name differs in case or Unicode form."""
    found = (targets.folded_files.get(file_key(path)) for path in paths)
    file = next(filter(None, found), None)
    folder = posixpath.dirname(document.source.path) or "."
    return posixpath.relpath(file, folder) if file else None


def _moved(href: str, document: Document, targets: Targets) -> Fix | None:
    """The link to the one file of the site that has the same name."""
    found = home_of(posixpath.basename(unquote(split_href(href)[0])), targets.files)
    if not found:
        return None
    folder = posixpath.dirname(document.source.path) or "."
    return readdressed(href, posixpath.relpath(found[0], folder))


def _near_file(href: str, document: Document, targets: Targets) -> str | None:
    """The hint that names the nearest file in the folder of a document, or below it; else the one
    file of that name anywhere.
    """
    folder = posixpath.dirname(document.source.path)
    name = unquote(split_href(href)[0])
    start = f"{folder}/" if folder else ""
    files = (path.removeprefix(start) for path in targets.files if path.startswith(start))
    if near := did_you_mean(name, files, cutoff=0.8):
        return near
    found = home_of(posixpath.basename(name), targets.files)
    return f"did you mean '{posixpath.relpath(found[0], folder or '.')}'?" if found else None
