"""The keys that other generators have in front matter, and what sitegen makes of each.

    ForeignKey("lastmod", "Hugo", "updated")                 understood: another name for `updated`
    ForeignKey("weight", "Hugo, Zola", advice="write …")     SG111, with what to write instead
    ForeignKey("comments", "Jekyll, Hexo")                   ignored: nothing is lost with it

The table is all there is: the manual shows it, and a key that is not in it is the author's own.
"""

from __future__ import annotations

from sitegen.content.foreign_values import (
    A_DATE,
    A_LAYOUT,
    A_PATH,
    A_URL,
    AN_IMAGE,
    BARE_IMAGE,
    DRAFT,
    FLAG,
    HIDDEN,
    NO,
    NOT_MARKDOWN,
    NOT_MORE,
    TEMPLATED,
    WELL_KNOWN_LANGUAGE,
    YES,
    Form,
)
from sitegen.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A row of the table."""

    names: str
    """Names of one meaning; `cover.image` is the `image` in the mapping `cover`, `series[0]` the
    first entry of a list, and `taxonomies.*` all in it that no other row names.

    Case, hyphens and underscores do not matter: `last_modified_at` is `lastModifiedAt` as well.
    """
    used_by: str
    field: str = ""
    """The key of sitegen that it is another name for."""
    advice: str = ""
    """What to do instead; `{value}` is what was written, `{minus}` that with the other sign."""
    form: Form | None = None
    """The values that the row is about. Others have no effect, and nothing is lost with them."""
    value: bool | None = None
    """What the field gets, if not what was written."""
    gives_way: bool = False
    """Whether nothing is lost where another key for the same field is written too.

    A row with advice has a field only to give way.
    """


UNLIST = "write `unlisted: true` to leave it out of lists, feeds and the sitemap"
HOLD_BACK = "write `draft: true` to hold it back: anyone can read what is published"
IN_TEXT = "put the link into the text: a title links to its post"
IN_CONFIGURATION = "this is set for the whole site, in sitegen.toml; remove it here"
FROM_A_THEME = (
    "its folder depends on a theme: write `image: {value}` for a file beside the post, and"
    " `image: /{value}` for one in static/"
)
IN_MENU = "list it in the menu of sitegen.toml, which can have a title of its own"
IN_TEMPLATE = "load it in a template, or remove this"
"""Advice of several rows."""

FOREIGN: tuple[ForeignKey, ...] = (
    # Dates
    ForeignKey("pub_date pub_datetime", "Astro", "date"),
    ForeignKey("publish_date published_date", "Hugo, Astro", "date"),
    ForeignKey("published_at date_published", "dev.to, Gatsby", "date", form=A_DATE),
    ForeignKey("published", "Hugo, Astro, Eleventy", "date", form=A_DATE),
    ForeignKey(
        "created created_at creation_date date_created",
        "Obsidian, Gatsby",
        "date",
        form=A_DATE,
        gives_way=True,
    ),
    ForeignKey("lastmod last_modified last_modified_at", "Hugo, Jekyll", "updated"),
    ForeignKey("modified modified_at", "Pelican, Hugo, Jekyll", "updated"),
    ForeignKey("updated_date updated_at mod_datetime", "Astro", "updated"),
    ForeignKey("date_modified date_updated", "Obsidian", "updated", form=A_DATE),
    ForeignKey("last_updated last_update.date", "Docusaurus", "updated", form=A_DATE),
    ForeignKey("expiry_date unpublish_date", "Hugo", "expires"),
    # The URL
    ForeignKey("permalink", "Eleventy", "published", form=NO, value=False),
    ForeignKey(
        "permalink",
        "Jekyll, Eleventy, Hexo",
        advice="remove this line, or write the path itself, such as /talks/my-talk/; the pattern of"
        " all posts is set in [permalinks] of sitegen.toml",
        form=TEMPLATED,
    ),
    ForeignKey("path", "Zola, Gatsby", "permalink", form=A_PATH),
    ForeignKey("url", "Hugo, Pelican", "permalink", form=A_PATH),
    ForeignKey("url", "Jekyll", advice=IN_TEXT, form=A_URL),
    ForeignKey("save_as", "Pelican", advice="write the URL as `permalink`, and remove this"),
    ForeignKey("abbrlink", "Hexo", advice="write its whole path as `permalink`"),
    ForeignKey("post_slug", "Astro", "slug"),
    ForeignKey(
        "canonical_url canonical",
        "dev.to, Hugo, Astro",
        advice="a page names itself as the canonical one; remove this, or override the block that"
        " says so in base.html",
    ),
    ForeignKey(
        "redirect_to redirect",
        "Jekyll, Zola",
        advice="write the URL of this page into the `aliases` of the one that replaces it",
    ),
    ForeignKey("guid", "Nikola, Jekyll", advice="write `id: {value}` to keep its identity"),
    ForeignKey("link", "Nikola, Jekyll", advice=IN_TEXT, form=A_URL),
    ForeignKey("external_url external_link", "Jekyll, Hugo", advice=IN_TEXT, form=A_URL),
    # Whether it is published, and listed
    ForeignKey("publish", "Obsidian", "published", form=FLAG),
    ForeignKey("render build.render", "Zola, Hugo", "published", form=NO, value=False),
    ForeignKey("headless", "Hugo", "published", form=YES, value=False),
    ForeignKey("status", "Pelican, Nikola", "published", form=DRAFT, value=False),
    ForeignKey("status", "Pelican, Nikola", "unlisted", form=HIDDEN, value=True),
    ForeignKey("build.list", "Hugo", "unlisted", form=NO, value=True),
    ForeignKey("listed", "Docusaurus", "unlisted", form=NO, value=True),
    ForeignKey("eleventy_exclude_from_collections", "Eleventy", "unlisted", form=YES),
    ForeignKey(
        "hidden noindex no_index robots_no_index hidden_in_home_list hidden_from_home_page"
        " sitemap_exclude sitemap.disable sitemap.exclude",
        "Jekyll, Hugo",
        advice=UNLIST,
        form=YES,
    ),
    ForeignKey("sitemap", "Jekyll", advice=UNLIST, form=NO),
    ForeignKey("private", "Hugo, Gatsby", advice=HOLD_BACK, form=YES),
    ForeignKey("password", "Hexo, Nikola", advice=HOLD_BACK),
    # Topics and order
    ForeignKey("tag", "Jekyll", "tags"),
    *(
        ForeignKey(f"taxonomies.{name}", "Zola", name)
        for name in ("tags", "categories", "authors", "category", "author")
    ),
    ForeignKey("taxonomies.series[0] series[0]", "Zola, Hugo", "series"),
    ForeignKey(
        "taxonomies.series[1] series[1]",
        "Zola, Hugo",
        advice="a post is part of one series: the first is used, remove the others",
    ),
    ForeignKey("taxonomies.series", "Zola", "series"),
    ForeignKey(
        "taxonomies.*", "Zola", advice="write its terms as `tags`, `categories` or `series`"
    ),
    ForeignKey(
        "weight nav_order sidebar_position",
        "Hugo, Zola, Docusaurus",
        advice="write `order: {minus}`, since the highest comes first here",
    ),
    ForeignKey(
        "pinned sticky featured",
        "Jekyll, Hugo, Hexo, Astro",
        advice="write `pin: true` to show it on the home page before all other posts",
        form=YES,
    ),
    ForeignKey("menu menus nav eleventy_navigation", "Hugo, Jekyll, Eleventy", advice=IN_MENU),
    ForeignKey("link_title nav_title sidebar_label", "Hugo, Jekyll, Docusaurus", advice=IN_MENU),
    # What it looks like
    ForeignKey(
        "subtitle",
        "Jekyll, Hugo, Hexo",
        advice="write it as `excerpt`, which is shown in lists, or show it in a template of yours",
    ),
    *(
        ForeignKey(
            "cover cover_image cover_img featured_image feature_image featured_img hero hero_image"
            " hero_img thumbnail thumb og_image social_image share_image banner banner_image"
            " banner_img index_img top_img main_image header_image preview_image teaser"
            " cover.image cover.src cover.url cover.path hero.image hero.src hero.url"
            " hero_image.src hero_image.url thumbnail.image thumbnail.src thumbnail.url"
            " banner.image banner.src banner.url featured_image.src featured_image.url"
            " og_image.src og_image.url image.path image.src image.url image.feature image.teaser"
            " images images[0] photos[0] previewimage header.teaser header.og_image header.image"
            " header.overlay_image extra.image",
            "Hugo, Jekyll, Astro, Gatsby, Hexo, Zola, Nikola, dev.to",
            "image",
            advice=advice,
            form=form,
            gives_way=True,
        )
        for form, advice in ((AN_IMAGE, ""), (BARE_IMAGE, FROM_A_THEME))
    ),
    ForeignKey("extra.author extra.authors", "Zola", "authors", gives_way=True),
    ForeignKey(
        "language locale language_code", "Pelican, Hexo, Jekyll", "lang", form=WELL_KNOWN_LANGUAGE
    ),
    ForeignKey(
        "mathjax katex latex use_math use_mathjax has_math use_katex math.enable"
        " extra.math extra.katex extra.latex",
        "Jekyll, Hugo, Hexo, Nikola, Zola",
        "math",
        form=FLAG,
    ),
    ForeignKey("show_toc toc.enable extra.toc", "Hugo, Zola", "toc", form=FLAG),
    ForeignKey(
        "hide_toc hide_table_of_contents disable_toc",
        "Hugo, Docusaurus",
        "toc",
        form=YES,
        value=False,
    ),
    ForeignKey(
        "layout",
        "Jekyll, Hugo, Hexo, Eleventy, Astro",
        advice="remove this line, or name a file of templates/ as `template`",
        form=A_LAYOUT,
    ),
    ForeignKey(
        "hidetitle hide_title",
        "Nikola, Hugo",
        advice="leave the title out in a template of yours, or remove this",
        form=YES,
    ),
    ForeignKey(
        "css js scripts stylesheets custom_css custom_js",
        "Jekyll, Hugo, Hexo",
        advice=IN_TEMPLATE,
    ),
    ForeignKey("mermaid", "Jekyll, Hugo", advice=IN_TEMPLATE, form=YES),
    # How it is made
    ForeignKey("markup", "Hugo", advice="write the text in Markdown", form=NOT_MARKDOWN),
    ForeignKey(
        "excerpt_separator",
        "Jekyll",
        advice="write `<!-- more -->` where the summary ends, and remove this",
        form=NOT_MORE,
    ),
    ForeignKey(
        "img_path media_subpath",
        "Jekyll",
        advice="write the whole path of each image, and remove this",
    ),
    ForeignKey(
        "translation_key translation translations i18n_key lang_ref",
        "Hugo, Pelican, Jekyll, Docusaurus",
        advice="link to the translations in the text",
    ),
    ForeignKey(
        "enclosure audio videos",
        "Nikola, Hugo",
        advice="link to the file in the text: feeds have no enclosures",
    ),
    ForeignKey(
        "cascade outputs sort_by paginate_by page_template transparent generate_feeds pagination",
        "Hugo, Zola, Jekyll, Eleventy",
        advice=IN_CONFIGURATION,
    ),
    ForeignKey(
        "resources", "Hugo", advice="name the files in the text: they are published as they are"
    ),
    ForeignKey(
        "eleventy_computed",
        "Eleventy",
        advice="write the values themselves: front matter is no template",
    ),
    # What nothing is lost with
    ForeignKey("layout type template_key", "Jekyll, Hugo, Hexo, Eleventy, Astro, Nikola, Gatsby"),
    ForeignKey("keywords", "Pelican, Hugo, Jekyll"),
    ForeignKey("toc.* toc_sticky toc_label toc_icon toc_open", "Jekyll, Hugo"),
    ForeignKey("comments comment nocomments disqus", "Jekyll, Hugo, Hexo, Nikola"),
    ForeignKey("share related read_time show_reading_time author_profile classes", "Jekyll, Hugo"),
    ForeignKey("sidebar show_date hide_edit_post hide_meta", "Jekyll, Hugo, Astro"),
    ForeignKey(
        "render_with_liquid disable_nunjucks template_engine_override", "Jekyll, Hexo, Eleventy"
    ),
    ForeignKey("in_search_index insert_anchor_links is_cjk_language", "Zola, Hugo"),
    ForeignKey("sitemap build header", "Hugo, Jekyll"),
    ForeignKey("cssclass cssclasses", "Obsidian"),
    ForeignKey("pretty_url url_type status", "Nikola, Pelican"),
    ForeignKey("organization", "dev.to"),
    ForeignKey("uid uuid", "Obsidian, Jekyll"),
)
