"""Comments below a post: what the page says of them, and what its script needs to load them.

Nothing is loaded before a reader asks for it. Until then the page names the host that will be
asked, and links to the comments where they can be read without a script.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sitegen.config.schema import GiscusConfig
from sitegen.engine.trace import View
from sitegen.model.site import Card
from sitegen.outputs.context import Comments

GISCUS_LANGUAGES = frozenset(
    (
        *("ar", "be", "bg", "ca", "cs", "da", "de", "en", "eo", "es", "eu", "fa", "fr", "he"),
        *("hu", "id", "it", "ja", "ko", "nl", "pl", "pt", "ro", "ru", "th", "tr", "vi", "uk"),
        *("uz", "zh-Hans", "zh-Hant", "zh-TW", "zh-HK"),
    )
)
"""Those that its interface speaks (i18n.js of giscus/giscus)."""


def comments_of(card: Card, lang: str, view: View) -> Comments | None:
    """Those of a post, in a language; None where the site has none."""
    provider: str | None = view.read("config:comments.provider")
    if provider == "giscus":
        return _giscus(view.read("config:comments.giscus"), card, lang)
    if provider == "isso":
        server: str = view.read("config:comments.isso").server.rstrip("/")
        values = {"provider": provider, "server": server, "lang": lang.partition("-")[0]}
        return Comments(host=_host(server), url=None, values=tuple(values.items()))
    return None


def _giscus(config: GiscusConfig, card: Card, lang: str) -> Comments:
    by_id = config.mapping == "id"
    values = {
        "provider": "giscus",
        "server": config.server.rstrip("/"),
        "repo": config.repo,
        "repo-id": config.repo_id,
        "category": config.category,
        "category-id": config.category_id,
        "mapping": "specific" if by_id else config.mapping,
        "term": card.id if by_id else "",
        "lang": _language_of_giscus(lang),
    }
    return Comments(
        host=_host(config.server),
        url=f"https://github.com/{config.repo}/discussions",
        values=tuple((name, value) for name, value in values.items() if value),
    )


def _language_of_giscus(lang: str) -> str:
    tags = (lang, lang.partition("-")[0], "zh-Hans" if lang.startswith("zh") else "en", "en")
    return next(tag for tag in tags if tag in GISCUS_LANGUAGES)


def _host(url: str) -> str:
    return urlsplit(url).netloc
