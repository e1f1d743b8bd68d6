import { posts, tags } from "../posts.mjs";

export function GET({ site }) {
  const entry = (path, more = "") => `<url><loc>${new URL(path, site)}</loc>${more}</url>`;
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    entry("/"),
    ...posts.map((post) => entry(post.url, `<lastmod>${post.date.toISOString()}</lastmod>`)),
    ...[...tags.keys()].map((tag) => entry(`/tags/${tag}/`)),
    "</urlset>",
  ];
  return new Response(lines.join("\n") + "\n");
}
