"""The configuration of another generator, beside content that has none of sitegen's: SG011."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Foreign:
    """A generator, and what it calls the title and the address of a site, where it has names."""

    name: str
    title: str = ""
    address: str = ""


HUGO = Foreign("Hugo", "title", "baseURL")
JEKYLL = Foreign("Jekyll or Hexo", "title", "url")
ASTRO = Foreign("Astro", address="site")
ELEVENTY = Foreign("Eleventy")
GATSBY = Foreign("Gatsby", "siteMetadata.title", "siteMetadata.siteUrl")
ENDINGS = ("js", "cjs", "mjs", "ts", "mts")

CONFIGURATIONS: Mapping[str, Foreign] = {
    "config.toml": Foreign("Hugo or Zola", "title", "baseURL or base_url"),
    **{f"{name}.{ending}": HUGO for name in ("hugo", "config") for ending in ("yaml", "yml")},
    **dict.fromkeys(("hugo.toml", "hugo.json", "config/_default"), HUGO),
    **{f"_config.{ending}": JEKYLL for ending in ("yml", "yaml", "toml")},
    "pelicanconf.py": Foreign("Pelican", "SITENAME", "SITEURL"),
    "conf.py": Foreign("Nikola", "BLOG_TITLE", "SITE_URL"),
    **{f"astro.config.{ending}": ASTRO for ending in ENDINGS},
    ".eleventy.js": ELEVENTY,
    **{f"eleventy.config.{ending}": ELEVENTY for ending in ENDINGS},
    **{f"gatsby-config.{ending}": GATSBY for ending in ENDINGS},
    ".obsidian": Foreign("Obsidian"),
}
"""By the path of the file or folder."""


def foreign_configurations(site: Path) -> tuple[Diagnostic, ...]:
    """SG011 for each configuration of another generator in a folder without a `sitegen.toml`."""
    found = (path for path in CONFIGURATIONS if os.path.lexists(site / path))
    templates = "; move templates/ away: it is not read either" if _has_templates(site) else ""
    return tuple(_unread(path, CONFIGURATIONS[path], templates) for path in found)


def _has_templates(site: Path) -> bool:
    return (site / "templates").is_dir()


def _unread(path: str, by: Foreign, templates: str) -> Diagnostic:
    title = f'title = "…" ({by.title})' if by.title else 'title = "…"'
    address = f'base_url = "…" ({by.address})' if by.address else 'base_url = "…"'
    return Diagnostic(
        "SG011",
        f"'{path}' is the configuration of {by.name}: sitegen does not read it",
        path,
        hint=f"write a sitegen.toml with {title} and {address}{templates}",
    )
