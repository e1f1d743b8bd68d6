"""The sitemap (sitemaps.org, protocol 0.9): every page that a search engine should know.

What one file may not hold is in several, and `sitemap.xml` is the index of these. In which of them
an address is depends on the address alone, so that a new page changes one file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zlib import crc32

from sitegen.model.output import DocumentSubject, Output
from sitegen.outputs.feeds.xml import document, element, group, rfc3339
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.text.urls import absolute, file_route

_NAME, _INDEX = "sitemap", "sitemap index"
_OWNER = "the sitemap"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
URLS_OF_SITEMAP, BYTES_OF_SITEMAP = 50_000, 50 * 1024 * 1024
"""What a sitemap may hold at most (sitemaps.org, protocol 0.9)."""
URLS_THAT_FIT = 20_000
"""As many as are below both limits whatever they are, if none is longer than browsers take."""
FRAME = 120
"""Bytes of an entry besides its address, at most."""

Urls = Sequence[tuple[str, datetime | None]]
"""Absolute addresses, and when each page changed."""


def sitemaps(
    outputs: Sequence[Output], kinds: Mapping[str, OutputKind], site: SitePlan
) -> Iterator[Output]:
    """The files of the sitemap of a site with these outputs."""
    first = site.file("sitemap.xml", _NAME, _OWNER)
    is_small = len(outputs) <= URLS_THAT_FIT
    total = 1 if is_small else files_for(listed_pages(outputs, kinds, site.facets))
    if total == 1:
        yield first
        return
    yield replace(first, kind=_INDEX, total=total)
    for number in range(1, total + 1):
        part = site.file(_file(number), _NAME, _OWNER)
        yield replace(part, number=number, total=total)


def files_for(urls: Urls) -> int:
    """How many files these addresses need: a power of two."""
    total = 1
    while _is_beyond(urls, total):
        total *= 2
    return total


def _is_beyond(urls: Urls, total: int) -> bool:
    """Whether so many files would not do."""
    counts, sizes = Counter[int](), Counter[int]()
    for url, _ in urls:
        number = _number(url, total)
        counts[number] += 1
        sizes[number] += len(url) + 4 * url.count("&") + FRAME
    return max(counts.values()) > URLS_OF_SITEMAP or max(sizes.values()) > BYTES_OF_SITEMAP


def _number(url: str, total: int) -> int:
    """In which of the files an address is, from 1."""
    return crc32(url.encode("utf-8", "surrogatepass")) % total + 1


def _file(number: int) -> str:
    return f"sitemap-{number}.xml"


def listed_pages(
    outputs: Iterable[Output], kinds: Mapping[str, OutputKind], facets: Mapping[str, Any]
) -> tuple[tuple[str, datetime | None], ...]:
    """The absolute URL of every page to be found, and when its document changed.

    Left out are unlisted documents, and lists after their first page.
    """
    entries = []
    for output in outputs:
        if not kinds[output.kind].in_sitemap or output.number > 1:
            continue
        subject = output.subject
        card = facets[f"card:{subject.path}"] if isinstance(subject, DocumentSubject) else None
        if card is None or not card.unlisted:
            changed = (card.updated or card.date) if card else None
            entries.append((f"{facets['site:origin']}{output.url}", changed))
    return tuple(entries)


def urls_by_file(
    outputs: Sequence[Output], kinds: Mapping[str, OutputKind], facets: Mapping[str, Any]
) -> Iterator[tuple[str, Urls]]:
    """What each file of the sitemap has, by its number; by nothing where there is one."""
    urls = listed_pages(outputs, kinds, facets)
    total = next((output.total for output in outputs if output.kind == _NAME), 1)
    if total == 1:
        yield "", urls
        return
    parts: dict[int, list[tuple[str, datetime | None]]] = {}
    for entry in urls:
        parts.setdefault(_number(entry[0], total), []).append(entry)
    yield from ((str(number), tuple(part)) for number, part in parts.items())


def _render(output: Output, context: RenderContext) -> bytes:
    part = f":{output.number}" if output.total > 1 else ""
    return sitemap(context.view.get(f"sitemap{part}") or ())


def _render_index(output: Output, context: RenderContext) -> bytes:
    base = context.view.read("site:absolute_url")
    files = (file_route(_file(number), base).url for number in range(1, output.total + 1))
    return sitemap_index(absolute(base, file) for file in files)


def sitemap(urls: Iterable[tuple[str, datetime | None]]) -> bytes:
    """The sitemap of absolute URLs and the time each page changed, in their order."""
    entries = (
        group(
            "url",
            (element("loc", url), element("lastmod", rfc3339(changed)) if changed else ""),
            1,
        )
        for url, changed in urls
    )
    return document(group("urlset", entries, xmlns=_NAMESPACE))


def sitemap_index(urls: Iterable[str]) -> bytes:
    """The index of sitemaps with these absolute URLs.

    It does not say when they changed: that would be the time when they were written, which
    nothing may depend on.
    """
    entries = (group("sitemap", (element("loc", url),), 1) for url in urls)
    return document(group("sitemapindex", entries, xmlns=_NAMESPACE))


# Planned when all pages are (`outputs.plan`).
SITEMAP = OutputKind(_NAME, lambda _: (), render=_render)
SITEMAP_INDEX = OutputKind(_INDEX, lambda _: (), render=_render_index)
