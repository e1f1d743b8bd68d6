"""Links to the files of posts and pages that have other names now, which only the past can tell."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import unquote

from sitegen.check.moved_posts import Former
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.site.link_fixes import readdressed
from sitegen.site.links import split_href
from sitegen.text.dates import date_in_name
from sitegen.text.wikilinks import is_wikilink, key_of_name, parse_wikilink


def with_new_names(
    problems: tuple[Diagnostic, ...], formers: Iterable[Former]
) -> tuple[Diagnostic, ...]:
    """The problems, of which links to what was renamed say what it is now, and can be mended."""
    if not any(map(_leads_nowhere, problems)):
        return problems
    renamed = {old.signs.path: it.source.path for old, it in formers}
    named = {key_of_name(_name(old)): _name(new) for old, new in renamed.items()}
    return tuple(_mended(it, renamed, named) if _leads_nowhere(it) else it for it in problems)


def _leads_nowhere(problem: Diagnostic) -> bool:
    return problem.code == "SG301" and bool(problem.path and problem.target) and not problem.fix


def _mended(
    problem: Diagnostic, renamed: Mapping[str, str], named: Mapping[str, str]
) -> Diagnostic:
    href, folder = problem.target or "", posixpath.dirname(problem.path or "")
    if is_wikilink(href):
        old = parse_wikilink(href).name
        new = named.get(key_of_name(old))
        fix = Fix(f"[[{old}", f"[[{new}") if new else None
    else:
        path = posixpath.normpath(posixpath.join(folder, unquote(split_href(href)[0])))
        new = posixpath.relpath(renamed[path], folder) if path in renamed else None
        fix = readdressed(href, new) if new else None
    return replace(problem, hint=f"it is '{new}' now", fix=fix) if new else problem


def _name(path: str) -> str:
    """What wikilinks call a file: its name without date and ending."""
    return date_in_name(posixpath.splitext(posixpath.basename(path))[0])[1]
