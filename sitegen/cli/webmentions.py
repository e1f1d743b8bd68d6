"""`sitegen webmentions`."""

from __future__ import annotations

from sitegen.cli.options import SiteFolder
from sitegen.console.console import Console
from sitegen.model.mentions import MENTIONS_FILE


def webmentions_command(site: SiteFolder = None) -> None:
    """Fetch what others say about your posts.

    Asks the service in [comments.webmention] for all webmentions of the site, and writes them to
    webmentions.json in its folder. The next build shows them. Commit this file: builds themselves
    never ask the service, so they are the same everywhere. If the service asks for a key, set the
    environment variable SITEGEN_WEBMENTION_TOKEN to it.

    Examples:
      sitegen webmentions
      sitegen webmentions ../blog
    """
    from sitegen.build.mentions import fetch_mentions

    with Console() as console:
        count, has_changed = fetch_mentions(site)
        verb = "wrote" if has_changed else "unchanged:"
        console.say(f"{verb} {MENTIONS_FILE}, {count} mention{'s' if count != 1 else ''}")
