import rss from "@astrojs/rss";
import { posts } from "../posts.mjs";

export const GET = (context) =>
  rss({
    title: "Benchmark",
    description: "Benchmark",
    site: context.site,
    items: posts.slice(0, 20).map((post) => ({
      title: post.title,
      link: post.url,
      pubDate: post.date,
      content: post.entry.rendered.html,
    })),
  });
