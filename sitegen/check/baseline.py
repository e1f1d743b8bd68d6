"""`sitegen check --baseline`: the problems that a site is known to have, in a file of its own.

    {"content/posts/old.md": {"SG301": {"../gone.md": 1}}}

A problem is known by its file, its code, and the link or the line that it is about, so that it
stays known where the file grows above it. The file is sorted and has a line for each, so that a
diff of it reads as what was mended.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sitegen.check.order import BASELINE
from sitegen.model.codes import CODES, Severity
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, UsageError, identity_of
from sitegen.sources.rewrite import put

Baseline = Counter[tuple[str, str, str]]
"""How often there is each problem (`identity_of`)."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The problems of a site, beside those that were known."""

    new: tuple[Diagnostic, ...]
    known: int
    gone: int
    """Baseline problems that the site has no more."""


def read_baseline(site: Path) -> Baseline:
    """What the file of a site knows; nothing where there is none. Raises UsageError, OSError."""
    file = site / BASELINE
    if not file.exists():
        return Counter()
    try:
        entries = json.loads(file.read_bytes())
        return Counter(
            {
                (path, code, text): int(count)
                for path, codes in entries.items()
                for code, texts in codes.items()
                for text, count in texts.items()
            }
        )
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        hint = "sitegen check --baseline writes it again"
        raise UsageError(f"{BASELINE} cannot be read", hint=hint) from error


def baseline_of(diagnostics: Iterable[Diagnostic]) -> Baseline:
    """The problems that can be known."""
    return Counter(identity_of(problem) for problem in diagnostics if _can_wait(problem))


def write_baseline(site: Path, known: Baseline) -> None:
    """Replace the file of a site, or remove it where nothing is left to know. Raises OSError."""
    entries: dict[str, dict[str, dict[str, int]]] = {}
    for (path, code, text), count in sorted(known.items()):
        entries.setdefault(path, {}).setdefault(code, {})[text] = count
    file = site / BASELINE
    if not entries:
        file.unlink(missing_ok=True)
        return
    put(file, f"{json.dumps(entries, indent=2, ensure_ascii=False)}\n".encode())


def sifted(diagnostics: Iterable[Diagnostic], known: Baseline) -> Sifted:
    """The problems that are not known, in their order."""
    left, new, found = Counter(known), [], 0
    for problem in diagnostics:
        name = identity_of(problem)
        if _can_wait(problem) and left[name] > 0:
            left[name] -= 1
            found += 1
        else:
            new.append(problem)
    return Sifted(tuple(new), found, left.total())


def _can_wait(problem: Diagnostic) -> bool:
    """Whether the problem of a site that was built can stay; infos are not worth knowing."""
    return problem.severity > Severity.INFO and not CODES[problem.code].fixed
