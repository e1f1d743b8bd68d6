"""The webmentions of a site, fetched into its folder, where builds find them."""

from __future__ import annotations

import os
from pathlib import Path

from sitegen.build.session import configuration, folder_of
from sitegen.model.diagnostics import SitegenError, UsageError
from sitegen.model.mentions import MENTIONS_FILE
from sitegen.sources.webmentions import fetch, mentions_in

TOKEN = "SITEGEN_WEBMENTION_TOKEN"  # noqa: S105 (the name of a variable)
"""The variable of the environment with the key that a service asks for."""


def fetch_mentions(site: Path | None) -> tuple[int, bool]:
    """How many mentions the file of the site has now, and whether it has changed.

    Raises UsageError where the site has none of this kind, and SitegenError where they cannot be
    fetched or written; the file is then as it was.
    """
    folder = folder_of(site)
    config, _ = configuration(folder)
    if config.comments.provider != "webmention":
        hint = 'set provider = "webmention" below [comments] in sitegen.toml'
        raise UsageError("this site has no webmentions", hint=hint)
    text = fetch(config.comments.webmention.source, os.environ.get(TOKEN))
    file, waiting = folder / MENTIONS_FILE, folder / f".{MENTIONS_FILE}"
    try:
        before = file.read_text("utf-8") if file.exists() else None
        if text != before:
            waiting.write_text(text, "utf-8")
            waiting.replace(file)
    except OSError as error:
        raise SitegenError(f"cannot write {MENTIONS_FILE}: {error.strerror}") from error
    known, _ = mentions_in(text)
    return sum(map(len, known.values())), text != before
