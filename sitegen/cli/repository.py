"""Where a site is in its git repository, whose paths services know."""

from __future__ import annotations

from pathlib import Path

from sitegen.console.console import Format


def folder_in_repository(site: Path | None, format_: Format) -> str:
    """The path of the site's folder from the root of its repository, with a slash at the end.

    Empty where that is the root, where there is no repository, and for other readers than services.
    Raises UsageError where there is no site.
    """
    if format_ not in (Format.github, Format.sarif):
        return ""
    from sitegen.build.session import folder_of
    from sitegen.scaffold.init import repository_of

    folder = folder_of(site)
    path = folder.relative_to(repository_of(folder) or folder).as_posix()
    return "" if path == "." else f"{path}/"
