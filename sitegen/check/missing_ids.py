"""Posts without an `id`, on a site whose posts have one.

An id keeps links and the entry in feeds when a file is renamed. A site that gives them to most of
its posts wants them for all; what is written is the id that the post has already, or that it had
when it was published, and the slug that it has, where that would otherwise follow the id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.build.pipeline import documents_of
from sitegen.build.session import Session
from sitegen.check.moved_posts import Former
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import Document
from sitegen.model.source import MARKDOWN, Kind
from sitegen.sources.discover import read
from sitegen.text.encoding import decode
from sitegen.text.quoting import quoted


def missing_ids(session: Session, formers: Iterable[Former]) -> Iterator[Diagnostic]:
    """SG021 for each post that has no id of its own, where more than half of all posts have.

    `formers` are what is known of posts as they were published, the best first.
    """
    was = {document.source.path: old.identity for old, document in reversed(tuple(formers))}
    posts = [it for it in documents_of(session) if it.source.kind is Kind.POST]
    without = [it for it in posts if "id" not in it.meta.places]
    if 2 * len(without) < len(posts):
        for post in without:
            yield _problem(post, was.get(post.source.path, post.meta.id), session)


def _problem(post: Document, identity: str, session: Session) -> Diagnostic:
    meta, path = post.meta, post.source.path
    data, _ = read(session.folder, path)
    lines = ((decode(data, path)[0] if data else None) or "").split("\n")
    keys = {"id": identity}
    if meta.slug != identity.rpartition("/")[2] and "slug" not in meta.places:
        keys["slug"] = meta.slug
    number = min((place[0] for place in meta.places.values()), default=1)
    line = lines[number - 1] if number <= len(lines) else ""
    sign = " =" if lines[0].startswith("+++") else ":"
    written = "".join(f"{key}{sign} {quoted(value)}\n" for key, value in keys.items())
    new = f"{written}{line}" if meta.places else f"---\n{written}---\n{line}"
    can_add = bool(line) and path.lower().endswith(MARKDOWN) and not lines[0].startswith("{")
    return Diagnostic(
        "SG021",
        "this post has no 'id', which other posts of the site have",
        path,
        number,
        1,
        f"use {' and '.join(written.splitlines())}",
        max(1, len(line)),
        fix=Fix(line, new) if can_add else None,
    )
