"""`sitegen check --fix`: the sources with what surely mends their problems.

What to write, a diagnostic says itself (`Diagnostic.fix`). Here it is written only if the file then
has the problem no more, and no other: every fix is tried alone, and a file that was read in a
document is read again. All other bytes stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

from sitegen.build.session import Session
from sitegen.check.rereading import Rereading
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Replacement, edit_of
from sitegen.sources.discover import CONFIG_FILE, THEME_PREFIX, file_of, read
from sitegen.sources.git import quoted_paths
from sitegen.sources.rewrite import rewrite
from sitegen.text.edits import edited
from sitegen.text.encoding import decode

_Problems = Callable[[str, bytes], tuple[Diagnostic, ...] | None]
"""What is wrong with a source of this path and these bytes, alone; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A source, as it is and as it should be."""

    path: str
    before: bytes
    after: bytes
    mended: tuple[Diagnostic, ...]
    """In the order of the file."""

    def difference(self) -> str:
        """The repair as a unified diff, which `git apply` and `patch -p1` take."""
        old, new = (_lines(data) for data in (self.before, self.after))
        was, now = (_name_in_patch(f"{side}/{self.path}") for side in "ab")
        return "".join(_marked(unified_diff(old, new, was, now)))

    def write(self, site: Path) -> bool:
        """Whether the file could be written: it still was as it is here. Raises OSError."""
        return rewrite(Path(file_of(site, self.path)), self.before, self.after)


def by_file(made: Iterable[Repair]) -> tuple[Repair, ...]:
    """The repairs, each file once, in the order in which files were mended first."""
    by_path: dict[str, Repair] = {}
    for it in made:
        first = by_path.get(it.path, it)
        earlier = first.mended if it.path in by_path else ()
        by_path[it.path] = replace(it, before=first.before, mended=(*earlier, *it.mended))
    return tuple(by_path.values())


def repairs(session: Session, diagnostics: Iterable[Diagnostic]) -> Iterator[Repair]:
    """The sources of a site that can be mended of these problems, by path."""
    yield from _repairs(session.folder, diagnostics, Rereading(session).problems)


def repairs_of_configuration(site: Path, diagnostics: Iterable[Diagnostic]) -> Iterator[Repair]:
    """The configuration of a site that cannot be opened, if it can be mended of these problems."""
    from sitegen.config.load import load

    def problems(path: str, data: bytes) -> tuple[Diagnostic, ...] | None:
        return load(data.decode("utf-8-sig"))[1] if path == CONFIG_FILE else None

    yield from _repairs(site, diagnostics, problems)


def _repairs(
    site: Path, diagnostics: Iterable[Diagnostic], problems: _Problems
) -> Iterator[Repair]:
    by_path: defaultdict[str, list[tuple[Replacement, Diagnostic]]] = defaultdict(list)
    for diagnostic in diagnostics:
        path, edit = diagnostic.path, edit_of(diagnostic)
        if edit and path and not path.startswith(THEME_PREFIX):
            by_path[path].append((edit, diagnostic))
    for path, found in sorted(by_path.items()):
        data, _ = read(site, path)
        if data is not None and (repair := _repaired(path, data, found, problems)):
            yield repair


def _repaired(
    path: str, before: bytes, found: list[tuple[Replacement, Diagnostic]], problems: _Problems
) -> Repair | None:
    """The file with every fix that can be made, each tried alone."""
    data, known, mended = before, problems(path, before), []
    lines = (decode(before, path)[0] or "").split("\n")
    first: Replacement | None = None
    # From the last to the first, so that the places of those before it stay.
    for edit, diagnostic in sorted(found, key=lambda each: each[0], reverse=True):
        if first and (edit.line, edit.column + edit.length) > (first.line, first.column):
            continue
        is_as_read = lines[edit.line - 1 : edit.line] == [diagnostic.frame]
        after = edited(data, [edit]) if is_as_read else None
        if after is None:
            continue
        left = problems(path, after)
        if known is None or left is None or _is_better(known, left, diagnostic):
            data, known, first = after, left, edit
            mended.append(diagnostic)
    return Repair(path, before, data, tuple(reversed(mended))) if mended else None


def _is_better(
    before: tuple[Diagnostic, ...], after: tuple[Diagnostic, ...], mended: Diagnostic
) -> bool:
    """Whether there is no problem but those from before, and those that the mended one hid."""
    is_gone = not any((it.code, it.message) == (mended.code, mended.message) for it in after)
    was, now = (Counter(problem.code for problem in problems) for problems in (before, after))
    return now <= was or (is_gone and mended.code in HIDING)


HIDING = {"SG001", "SG101", "SG102"}
"""What is not read any further for a problem with one of these codes."""


def _lines(data: bytes) -> list[str]:
    """The lines of a file, each with its end as it is."""
    *lines, last = data.decode(errors="surrogateescape").split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def _name_in_patch(path: str) -> str:
    """A path as `patch` and git read it: in quotes, or before a tab where it has a space."""
    if any(character in '"\\' or ord(character) < ord(" ") for character in path):
        return quoted_paths([Path(path)])[:-1]
    return f"{path}\t" if " " in path else path


def _marked(lines: Iterable[str]) -> Iterator[str]:
    r"""The lines of a diff, with `\ No newline at end of file` where that is so."""
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
