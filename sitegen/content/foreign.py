"""The keys that other generators have in front matter, and what sitegen makes of each.

    ForeignKey("lastmod", "Hugo", "updated")                 understood: another name for `updated`
    ForeignKey("weight", "Hugo, Zola", advice="write …")     SG111, with what to write instead
    ForeignKey("comments", "Jekyll, Hexo")                   ignored: nothing is lost with it

The table is all there is: the manual shows it, and a key that is not in it is the author's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.content.foreign_values import (
    A_DATE,
    A_LAYOUT,
    A_PATH,
    A_URL,
    AN_IMAGE,
    DRAFT,
    FLAG,
    HIDDEN,
    NO,
    NOT_MARKDOWN,
    TEMPLATED,
    WELL_KNOWN_LANGUAGE,
    YES,
    Form,
)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A row of the table."""

    names: str
    """Names of one meaning; `cover.image` is the `image` in the mapping `cover`, `series[0]` the
    first entry of a list, and `taxonomies.*` all in it that no other row names.

    Case, hyphens and underscores do not matter: `last_modified_at` is `lastModifiedAt` as well.
    """
    used_by: tuple[str, ...]
    field: str = ""
    """The key of sitegen that it is another name for."""
    advice: str = ""
    """What to do instead; `{value}` is what was written, `{minus}` that with the other sign."""
    form: Form | None = None
    """The values that the row is about. Others have no effect, and nothing is lost with them."""
    value: bool | None = None
    """What the field gets, if not what was written."""
    gives_way: bool = False
    """Whether nothing is lost where another key for the same field is written too."""


UNLIST = "write `unlisted: true` to leave it out of lists, feeds and the sitemap"
HOLD_BACK = "anyone can read what is published: write `draft: true` to hold it back"
IN_TEXT = "put the link into the text: a title links to its post"
IN_CONFIGURATION = "this is set for the whole site, in sitegen.toml; remove it here"
IN_MENU = "list it in a [[menu]] of sitegen.toml, which can have a title of its own"
IN_TEMPLATE = "load it in a template, or remove this"
"""Advice of several rows."""
HUGO, JEKYLL, PELICAN, ZOLA, ASTRO = "Hugo", "Jekyll", "Pelican", "Zola", "Astro"
HEXO, ELEVENTY, NIKOLA, OBSIDIAN, DEV = "Hexo", "Eleventy", "Nikola", "Obsidian", "dev.to"
GATSBY, DOCUSAURUS = "Gatsby", "Docusaurus"

FOREIGN: tuple[ForeignKey, ...] = (
    # Dates
    ForeignKey("pub_date pub_datetime", (ASTRO,), "date"),
    ForeignKey("publish_date published_date", (HUGO, ASTRO), "date"),
    ForeignKey("published_at date_published", (DEV, GATSBY), "date", form=A_DATE),
    ForeignKey("published", (HUGO, ASTRO, ELEVENTY), "date", form=A_DATE),
    ForeignKey(
        "created created_at creation_date date_created",
        (OBSIDIAN, GATSBY),
        "date",
        form=A_DATE,
        gives_way=True,
    ),
    ForeignKey("lastmod last_modified last_modified_at", (HUGO, JEKYLL), "updated"),
    ForeignKey("modified modified_at", (PELICAN, HUGO, JEKYLL), "updated"),
    ForeignKey("updated_date updated_at mod_datetime", (ASTRO,), "updated"),
    ForeignKey("date_modified date_updated", (OBSIDIAN,), "updated", form=A_DATE),
    ForeignKey("last_updated last_update.date", (DOCUSAURUS,), "updated", form=A_DATE),
    ForeignKey("expiry_date unpublish_date", (HUGO,), "expires"),
    # The URL
    ForeignKey("permalink", (ELEVENTY,), "published", form=NO, value=False),
    ForeignKey(
        "permalink",
        (JEKYLL, ELEVENTY, HEXO),
        advice="write the path itself, such as /talks/my-talk/; the pattern of all posts is set in"
        " [permalinks] of sitegen.toml",
        form=TEMPLATED,
    ),
    ForeignKey("path", (ZOLA, GATSBY), "permalink", form=A_PATH),
    ForeignKey("url", (HUGO, PELICAN), "permalink", form=A_PATH),
    ForeignKey("url", (JEKYLL,), advice=IN_TEXT, form=A_URL),
    ForeignKey("save_as", (PELICAN,), advice="write the URL as `permalink`, and remove this"),
    ForeignKey("abbrlink", (HEXO,), advice="write its whole path as `permalink`"),
    ForeignKey("post_slug", (ASTRO,), "slug"),
    ForeignKey(
        "canonical_url canonical",
        (DEV, HUGO, ASTRO),
        advice="a page names itself as the canonical one; remove this, or override the block that"
        " says so in base.html",
    ),
    ForeignKey(
        "redirect_to redirect",
        (JEKYLL, ZOLA),
        advice="write the URL of this page into the `aliases` of the one that replaces it",
    ),
    ForeignKey("guid", (NIKOLA, JEKYLL), advice="write `id: {value}` to keep its identity"),
    ForeignKey("link", (NIKOLA, JEKYLL), advice=IN_TEXT, form=A_URL),
    ForeignKey("external_url external_link", (JEKYLL, HUGO), advice=IN_TEXT, form=A_URL),
    # Whether it is published, and listed
    ForeignKey("publish", (OBSIDIAN,), "published", form=FLAG),
    ForeignKey("render build.render", (ZOLA, HUGO), "published", form=NO, value=False),
    ForeignKey("headless", (HUGO,), "published", form=YES, value=False),
    ForeignKey("status", (PELICAN, NIKOLA), "published", form=DRAFT, value=False),
    ForeignKey("status", (PELICAN, NIKOLA), "unlisted", form=HIDDEN, value=True),
    ForeignKey("build.list", (HUGO,), "unlisted", form=NO, value=True),
    ForeignKey("listed", (DOCUSAURUS,), "unlisted", form=NO, value=True),
    ForeignKey("eleventy_exclude_from_collections", (ELEVENTY,), "unlisted", form=YES),
    ForeignKey(
        "hidden noindex no_index robots_no_index hidden_in_home_list hidden_from_home_page"
        " sitemap_exclude sitemap.disable sitemap.exclude",
        (JEKYLL, HUGO),
        advice=UNLIST,
        form=YES,
    ),
    ForeignKey("sitemap", (JEKYLL,), advice=UNLIST, form=NO),
    ForeignKey("private", (HUGO, GATSBY), advice=HOLD_BACK, form=YES),
    ForeignKey("password", (HEXO, NIKOLA), advice=HOLD_BACK),
    # Topics and order
    ForeignKey("tag", (JEKYLL,), "tags"),
    *(
        ForeignKey(f"taxonomies.{name}", (ZOLA,), name)
        for name in ("tags", "categories", "authors", "category", "author")
    ),
    ForeignKey("taxonomies.series[0] series[0]", (ZOLA, HUGO), "series"),
    ForeignKey("taxonomies.series", (ZOLA,), "series"),
    ForeignKey(
        "taxonomies.*", (ZOLA,), advice="write its terms as `tags`, `categories` or `series`"
    ),
    ForeignKey(
        "weight nav_order sidebar_position",
        (HUGO, ZOLA, DOCUSAURUS),
        advice="write `order: {minus}`, since the highest comes first here",
    ),
    ForeignKey(
        "pin pinned sticky featured",
        (JEKYLL, HUGO, HEXO, ASTRO),
        advice="lists are sorted by date; remove this, or show such posts in a template of yours",
        form=YES,
    ),
    ForeignKey("menu menus nav eleventy_navigation", (HUGO, JEKYLL, ELEVENTY), advice=IN_MENU),
    ForeignKey("link_title nav_title sidebar_label", (HUGO, JEKYLL, DOCUSAURUS), advice=IN_MENU),
    # What it looks like
    ForeignKey(
        "subtitle",
        (JEKYLL, HUGO, HEXO),
        advice="write it as `excerpt`, which is shown in lists, or show it in a template of yours",
    ),
    ForeignKey(
        "cover cover_image cover_img featured_image feature_image featured_img hero hero_image"
        " hero_img thumbnail thumb og_image social_image share_image banner banner_image banner_img"
        " index_img top_img main_image header_image preview_image teaser",
        (HUGO, JEKYLL, ASTRO, GATSBY, HEXO, DEV),
        "image",
        form=AN_IMAGE,
        gives_way=True,
    ),
    ForeignKey(
        "cover.image cover.src cover.url cover.path hero.image hero.src hero.url hero_image.src"
        " hero_image.url thumbnail.image thumbnail.src thumbnail.url banner.image banner.src"
        " banner.url featured_image.src featured_image.url og_image.src og_image.url",
        (HUGO, ASTRO, GATSBY, JEKYLL),
        "image",
        form=AN_IMAGE,
        gives_way=True,
    ),
    ForeignKey(
        "image.path image.src image.url image.feature image.teaser",
        (JEKYLL, ASTRO),
        "image",
        form=AN_IMAGE,
    ),
    ForeignKey("images[0]", (HUGO,), "image", form=AN_IMAGE, gives_way=True),
    ForeignKey("images", (HUGO,), "image", form=AN_IMAGE, gives_way=True),
    ForeignKey("photos[0]", (HEXO,), "image", form=AN_IMAGE, gives_way=True),
    ForeignKey(
        "header.teaser header.og_image header.image header.overlay_image",
        (JEKYLL,),
        "image",
        form=AN_IMAGE,
        gives_way=True,
    ),
    ForeignKey("previewimage", (NIKOLA,), "image", form=AN_IMAGE, gives_way=True),
    ForeignKey("extra.image", (ZOLA,), "image", form=AN_IMAGE, gives_way=True),
    ForeignKey("extra.author extra.authors", (ZOLA,), "authors", gives_way=True),
    ForeignKey(
        "language locale language_code", (PELICAN, HEXO, JEKYLL), "lang", form=WELL_KNOWN_LANGUAGE
    ),
    ForeignKey(
        "mathjax katex latex use_math use_mathjax has_math use_katex math.enable"
        " extra.math extra.katex extra.latex",
        (JEKYLL, HUGO, HEXO, NIKOLA, ZOLA),
        "math",
        form=FLAG,
    ),
    ForeignKey("show_toc toc.enable extra.toc", (HUGO, ZOLA), "toc", form=FLAG),
    ForeignKey(
        "hide_toc hide_table_of_contents disable_toc",
        (HUGO, DOCUSAURUS),
        "toc",
        form=YES,
        value=False,
    ),
    ForeignKey(
        "layout",
        (JEKYLL, HUGO, HEXO, ELEVENTY, ASTRO),
        advice="remove it, or name a file of templates/ as `template`",
        form=A_LAYOUT,
    ),
    ForeignKey("hidetitle hide_title", (NIKOLA, HUGO), advice="the title is shown", form=YES),
    ForeignKey(
        "css js scripts stylesheets custom_css custom_js",
        (JEKYLL, HUGO, HEXO),
        advice=IN_TEMPLATE,
    ),
    ForeignKey("mermaid", (JEKYLL, HUGO), advice=IN_TEMPLATE, form=YES),
    # How it is made
    ForeignKey("markup", (HUGO,), advice="write the text in Markdown", form=NOT_MARKDOWN),
    ForeignKey(
        "excerpt_separator",
        (JEKYLL,),
        advice="write `<!-- more -->` where the summary ends, and remove this",
    ),
    ForeignKey(
        "img_path media_subpath",
        (JEKYLL,),
        advice="write the whole path of each image, and remove this",
    ),
    ForeignKey(
        "translation_key translation translations i18n_key lang_ref",
        (HUGO, PELICAN, JEKYLL, DOCUSAURUS),
        advice="link to the translations in the text",
    ),
    ForeignKey(
        "enclosure audio videos",
        (NIKOLA, HUGO),
        advice="link to the file in the text: feeds have no enclosures",
    ),
    ForeignKey(
        "cascade outputs sort_by paginate_by page_template transparent generate_feeds pagination",
        (HUGO, ZOLA, JEKYLL, ELEVENTY),
        advice=IN_CONFIGURATION,
    ),
    ForeignKey(
        "resources", (HUGO,), advice="name the files in the text: they are published as they are"
    ),
    ForeignKey(
        "eleventy_computed template_engine_override",
        (ELEVENTY,),
        advice="write the values themselves: posts are no templates",
    ),
    # What nothing is lost with
    ForeignKey("layout type template_key", (JEKYLL, HUGO, HEXO, ELEVENTY, ASTRO, NIKOLA, GATSBY)),
    ForeignKey("keywords", (PELICAN, HUGO, JEKYLL)),
    ForeignKey("toc.* toc_sticky toc_label toc_icon toc_open", (JEKYLL, HUGO)),
    ForeignKey("comments comment nocomments disqus", (JEKYLL, HUGO, HEXO, NIKOLA)),
    ForeignKey("share related read_time show_reading_time author_profile classes", (JEKYLL, HUGO)),
    ForeignKey("sidebar show_date hide_edit_post hide_meta", (JEKYLL, HUGO, ASTRO)),
    ForeignKey("render_with_liquid disable_nunjucks", (JEKYLL, HEXO)),
    ForeignKey("in_search_index insert_anchor_links is_cjk_language", (ZOLA, HUGO)),
    ForeignKey("sitemap build header", (HUGO, JEKYLL)),
    ForeignKey("cssclass cssclasses", (OBSIDIAN,)),
    ForeignKey("pretty_url url_type status", (NIKOLA, PELICAN)),
    ForeignKey("organization", (DEV,)),
    ForeignKey("uid uuid", (OBSIDIAN, JEKYLL)),
)
