import { getCollection } from "astro:content";

const PAGE_SIZE = 10;

const found = await getCollection("posts");

/** All posts, the newest first. */
export const posts = found
  .map((entry) => ({
    entry,
    url: `/posts/${entry.id}/`,
    title: entry.data.title,
    date: new Date(entry.data.date),
    tags: entry.data.tags,
  }))
  .sort((one, other) => other.date - one.date);

/** The names of all tags, and the posts of each. */
export const tags = new Map(
  [...new Set(posts.flatMap((post) => post.tags))].sort().map((tag) => [tag, []]),
);
for (const post of posts) for (const tag of post.tags) tags.get(tag).push(post);

const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
export const day = (date) => format.format(date);

/** The pages of a list, as routes below `start`: with their posts, and the URLs beside them. */
export function pagesOf(title, start, all) {
  const count = Math.ceil(all.length / PAGE_SIZE);
  const path = (number) => (number === 1 ? start : `${start ? `${start}/` : ""}page/${number}`);
  const url = (number) => (path(number) ? `/${path(number)}/` : "/");
  return Array.from({ length: count }, (_, index) => {
    const shown = all.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE);
    const newer = index > 0 ? url(index) : undefined;
    const older = index + 1 < count ? url(index + 2) : undefined;
    return { params: { path: path(index + 1) || undefined }, props: { title, shown, newer, older } };
  });
}
