import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";

const PAGE_SIZE = 10;

/** The posts of each tag, the newest first, in one pass. */
function byTopic(api) {
  const found = new Map();
  for (const post of api.getFilteredByTag("posts").reverse())
    for (const tag of post.data.tags)
      if (found.has(tag)) found.get(tag).push(post);
      else found.set(tag, [post]);
  found.delete("posts");
  return found;
}

/** The pages of the list of a tag. Eleventy's own pagination goes through one list alone. */
function pagesOf(tag, posts) {
  const count = Math.ceil(posts.length / PAGE_SIZE);
  const url = (number) => `/tags/${tag}/${number > 1 ? `page/${number}/` : ""}`;
  return Array.from({ length: count }, (_, index) => ({
    tag,
    url: url(index + 1),
    posts: posts.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
    newer: index > 0 ? url(index) : undefined,
    older: index + 1 < count ? url(index + 2) : undefined,
  }));
}

export default function (config) {
  config.addPlugin(syntaxHighlight);
  config.addPlugin(feedPlugin, {
    type: "rss",
    outputPath: "/feed.xml",
    collection: { name: "posts", limit: 20 },
    metadata: { language: "en", title: "Benchmark", base: "https://bench.example/" },
  });
  config.addPassthroughCopy("style.css");
  config.addCollection("newest", (api) => api.getFilteredByTag("posts").reverse());
  config.addCollection("topics", (api) => [...byTopic(api).keys()].sort());
  config.addCollection("topicPages", (api) =>
    [...byTopic(api)].flatMap(([tag, posts]) => pagesOf(tag, posts)),
  );
  config.addFilter("topics", (tags) => tags.filter((tag) => tag !== "posts"));
  config.addFilter("newestFirst", (posts) => [...posts].reverse());
  config.addFilter("iso", (date) => date.toISOString());
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  config.addFilter("day", (date) => day.format(date));
  return {
    dir: { input: ".", output: "public" },
    // The posts are Markdown and nothing else: no need to look for templates in them.
    markdownTemplateEngine: false,
  };
}
