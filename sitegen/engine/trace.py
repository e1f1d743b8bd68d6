"""What an output was rendered from, and whether that has changed: the whole incremental theory.

**The law.** After any edit, crash or upgrade, a build with a cache leaves the bytes that a build
without one would leave. Being quick is worth nothing without it.

**Facets.** All that a page can depend on is a *facet*: a plain value with a name, such as
`site:title`, `card:posts/a.md`, `tags:python`, `body:posts/a.md`, `template:post.html`,
`output:index.html` (what the output itself is to show) or `file:static/a.png`. All facets of a
build exist before anything is rendered, so a read never waits and their order does not matter.

**Reads.** Makers of outputs see the site through a `View`, and through nothing else. It notes the
name of each facet it is asked for, those that do not exist included: a page whose link led nowhere
has to be made again when somebody writes the document it wanted. `tags:python[0:10]` reads a slice,
so that the first page of a list does not depend on its last.

**Traces.** A `Trace` is the names an output read, and the digest of the bytes that came out. What
was read had digests too, but those need no place in each trace: when a build has succeeded, every
output agrees with the facets of *that* build, whether it was made or found fresh. So one table has
the digest of each facet that anything has read (`Traces`), each is compared once, and an output is
fresh if it has read none that differs, and the file in the output folder is the one that was
written; otherwise it is made again. A facet that was computed again but came out the same changes
nothing, which needs no code: digests are of values, not of versions.

Names are read in an order that values decide (a template asks `page.previous` what it is called
only if there is one), but that needs no care either: if all values are the same, then so is the
order, and if one differs the output is made again whatever came after it.

**Fingerprints.** A maker is code: sitegen's, that of its libraries, Python's. The digest of all of
that is the fingerprint of the cache (`engine.fingerprint`), and a cache with another one is not
read at all (`storage.cache`). What plug-ins made is dropped when any of them changes.

**What has no trace.** Documents are functions of one file and of a few settings: their key is the
digest of both (`content.settings`). Lists, taxonomies and neighbours are computed again in every
build; that is cheaper than to find out whether they would differ. A failed output keeps no trace,
so it is made again.

**Rejected.** Recording which templates Jinja loads: an imported macro is loaded once for all pages,
so the second page would record nothing. `template:post.html` is the digest of all that a template
can reach, found by reading it. Times of files as versions: a checkout, a copy or an editor can
leave an old time on new text. They only spare us from hashing a file again (`storage.file_state`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sitegen.model.digest import SIZE, Digester
from sitegen.model.document import Document
from sitegen.model.trace import Trace

SLICE = re.compile(r"(.*)\[(\d+):(\d+)\]", re.DOTALL)
ABSENT = bytes(SIZE)
"""The digest of a facet that does not exist."""


class Facets:
    """The values of a site by name, each with its digest; looked up, never changed."""

    __slots__ = ("_digester", "_digests", "_values")

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values
        self._digests: dict[str, bytes] = {}
        self._digester = Digester()

    def plus(self, values: Mapping[str, object]) -> Facets:
        """These facets and some more, whose digests are not all computed again."""
        more = Facets({**self._values, **values})
        for name, seen in self._digests.items():
            if values.keys().isdisjoint((name, name.rpartition("[")[0])):
                more._digests[name] = seen
        more._digester = self._digester
        return more

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 (whatever the facet is)
        """The facet of this name, or the part of it that a slice names. KeyError: there is none."""
        try:
            return self._values[name]
        except KeyError:
            part = SLICE.fullmatch(name)
            whole = self._values.get(part[1]) if part else None
            if part and isinstance(whole, tuple):
                return whole[int(part[2]) : int(part[3])]
            raise

    def digest(self, name: str) -> bytes:
        """The digest of a facet, or of its absence. Each is computed once."""
        found = self._digests.get(name)
        if found is None:
            try:
                value = self[name]
                found = value.digest if isinstance(value, Document) else self._digester(value)
            except KeyError:
                found = ABSENT
            self._digests[name] = found
        return found


class View:
    """What one output sees of the site, and the record of it."""

    __slots__ = ("_facets", "_reads")

    def __init__(self, facets: Facets) -> None:
        self._facets = facets
        self._reads: dict[str, None] = {}

    @property
    def reads(self) -> tuple[str, ...]:
        """The names asked for so far, each once, in the order of their first reading."""
        return tuple(self._reads)

    def read(self, name: str) -> Any:  # noqa: ANN401 (whatever the facet is)
        """The facet of this name. Raises KeyError where there is none."""
        self._reads[name] = None
        return self._facets[name]

    def get(self, name: str) -> Any:  # noqa: ANN401 (whatever the facet is)
        """The facet of this name, or None where there is none."""
        try:
            return self.read(name)
        except KeyError:
            return None

    def note(self, reads: Iterable[str]) -> None:
        """Add what a shared part of the output has read through a view of its own."""
        self._reads.update(dict.fromkeys(reads))


def digests(traces: Iterable[Trace], facets: Facets) -> dict[str, bytes]:
    """The digest of every facet that these traces have read."""
    names = set().union(*(trace.reads for trace in traces))
    return {name: facets.digest(name) for name in names}


def different(known: Mapping[str, bytes], facets: Facets) -> frozenset[str]:
    """The names whose facets do not have these digests."""
    return frozenset(name for name, seen in known.items() if facets.digest(name) != seen)
