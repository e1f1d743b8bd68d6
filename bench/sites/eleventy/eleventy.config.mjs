import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";

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
  config.addCollection("topics", (api) => {
    const names = new Set(api.getFilteredByTag("posts").flatMap((post) => post.data.tags));
    names.delete("posts");
    return [...names].sort();
  });
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
