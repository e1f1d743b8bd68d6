/* On the page for an address that does not exist: a search for its words, and the addresses that are
   most like it. */
{
  const section = document.querySelector(".nearest");
  const name = (path) => path.toLowerCase().replace(/(index)?\.html?$/, "").split("/").filter(Boolean).pop() ?? "";

  /* An address as people read it; `/100%/` is one that no rule can decode. */
  const readable = (path) => {
    try {
      return decodeURI(path);
    } catch {
      return path;
    }
  };

  /* The letters to add, remove or replace to make one text of the other (Levenshtein). */
  const edits = (from, to) => {
    let row = [...Array(to.length + 1).keys()];
    for (const letter of from) {
      const next = [row[0] + 1];
      for (let at = 0; at < to.length; at++) {
        next.push(Math.min(next[at] + 1, row[at + 1] + 1, row[at] + (letter !== to[at])));
      }
      row = next;
    }
    return row[to.length];
  };

  const wanted = name(readable(location.pathname));
  const field = document.querySelector("form.search input");
  if (field) field.value = wanted.replace(/[-_.]+/g, " ").trim();

  const show = (sitemap) => {
    const paths = [...sitemap.matchAll(/<url>\s*<loc>[^/]*\/\/[^/]*([^<]*)/g)].map(([, path]) => path);
    const near = paths
      .map((path) => [edits(name(readable(path)), wanted), path])
      .filter(([count]) => count < wanted.length * .4)
      .sort(([one], [other]) => one - other)
      .slice(0, 3);
    for (const [, path] of near) {
      const link = document.createElement("a");
      link.href = path;
      link.textContent = readable(path);
      section.lastElementChild.appendChild(document.createElement("li")).append(link);
    }
    section.hidden = !near.length;
  };

  fetch(section.dataset.sitemap).then((answer) => answer.text()).then(show);
}
