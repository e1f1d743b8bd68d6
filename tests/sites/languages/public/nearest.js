/* On the page for an address that does not exist: the addresses that look most like it. */
{
  const section = document.querySelector(".nearest");
  const wanted = decodeURI(location.pathname).toLowerCase();

  /* The edits that make one text of the other (Levenshtein). */
  const distance = (from, to) => {
    let row = [...to, 0].map((_, index) => index);
    [...from].forEach((letter, above) => {
      let corner = row[0];
      row[0] = above + 1;
      [...to].forEach((other, index) => {
        const edits = Math.min(row[index] + 1, row[index + 1] + 1, corner + (letter !== other));
        corner = row[index + 1];
        row[index + 1] = edits;
      });
    });
    return row[to.length];
  };
  const last = (path) => path.split("/").filter(Boolean).pop() ?? "";

  if (section) {
    fetch(section.dataset.sitemap).then((answer) => answer.text()).then((text) => {
      const paths = [...text.matchAll(/<loc>[^/]*\/\/[^/]*([^<]*)/g)].map((found) => decodeURI(found[1]));
      const near = paths
        .map((path) => [Math.min(distance(last(path), last(wanted)), distance(path, wanted)) / (last(wanted).length || 1), path])
        .filter(([edits]) => edits < .4).sort(([a], [b]) => a - b).slice(0, 3);
      for (const [, path] of near) {
        const link = document.createElement("a");
        link.href = link.textContent = path;
        section.lastElementChild.appendChild(document.createElement("li")).append(link);
      }
      section.hidden = !near.length;
    });
  }
}
