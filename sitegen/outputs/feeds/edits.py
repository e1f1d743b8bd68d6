"""What a feed says of the last edit of a post."""

from __future__ import annotations

from html import escape

from sitegen.engine.trace import View
from sitegen.model.revisions import Revisions
from sitegen.model.site import Card
from sitegen.outputs.language import language_in
from sitegen.text.urls import changes_permalink, joined


def last_edit(card: Card, view: View) -> str:
    """The line above the text of a post, as HTML; empty where feeds say nothing, or it has none."""
    if not (view.read("config:history.git") and view.read("config:history.feeds")):
        return ""
    revisions: Revisions | None = view.get(f"history:{card.path}")
    if revisions is None or len(revisions.all) == 1:
        return ""
    last, language = revisions.all[-1], language_in(view, card.lang or view.read("site:language"))
    edited = language.say("updated_on", values={"date": language.formats.date(last.date)})
    said = f"{edited} · {last.subject}" if last.subject else edited
    url = joined(view.read("site:origin"), changes_permalink(card.url))
    words = escape(language.say("what_changed"))
    return f'<p><em>{escape(said)}</em> · <a href="{escape(url)}">{words}</a></p>\n'
