/* A page in pieces: for each block of text, the heading that it is below. */
const BLOCK = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,td,th,pre,figcaption,blockquote,summary,div,section,article,body";
const pieces = once(async (url) => {
  const page = await pageAt(url);
  page.querySelectorAll("script,style,template,nav,sup>a").forEach((each) => each.remove());
  const texts = page.createTreeWalker(page.querySelector(".prose") ?? page.body, NodeFilter.SHOW_TEXT);
  const found = [];
  let heading = { id: "", text: "" };
  for (let block, node; (node = texts.nextNode()); ) {
    const here = node.parentElement.closest(BLOCK);
    if (here !== block) {
      block = here;
      if (/H[2-6]/.test(here.tagName) && here.id) heading = { id: here.id, text: here.textContent.trim() };
      found.push({ heading, text: "", isCode: !!here.closest("pre") });
    }
    found.at(-1).text += node.data;
  }
  return found;
});

const LONG = 180, BEFORE = 50;

/* Where in a text these words are, as [start, end, which of those that were asked for]. */
function places(text, words) {
  const found = [];
  for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
    for (const word of wordsOf(chunk)) {
      const [at, shown] = isSpaceless(word) ? [chunk.indexOf(word), word] : [0, chunk.replace(/[.-]+$/, "")];
      const start = index + at;
      if (words.has(word) && at >= 0 && start >= (found.at(-1)?.[1] ?? 0)) found.push([start, start + shown.length, words.get(word)]);
    }
  }
  return found;
}

/* How many of the words that were asked for are in the text that an excerpt from here would have. */
const richness = (marks, [from]) => new Set(marks.filter(([start]) => start >= from && start < from + LONG - BEFORE).map((mark) => mark[2])).size;

/* The best pieces of a page: one for each part of it, code behind prose. */
async function excerpts({ document, words }) {
  const best = new Map();
  for (const piece of await pieces(document.url)) {
    for (const text of piece.isCode ? piece.text.split("\n") : [piece.text.replace(/\s+/g, " ")]) {
      const marks = places(text, words);
      const key = piece.heading.id + piece.isCode;
      for (const mark of marks) {
        const score = richness(marks, mark);
        if (score > (best.get(key)?.score ?? 0)) best.set(key, { ...piece, text, marks, score, first: mark[0] });
      }
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, 3).sort((a, b) => a.isCode - b.isCode);
}

const make = (name, properties, ...inside) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
};

/* The text around the mark that it is shown for, with all marks in it. */
function excerpt({ text, marks, first, isCode }) {
  const from = isCode || first < BEFORE ? 0 : Math.min(first, text.indexOf(" ", first - BEFORE) + 1);
  let until = text.indexOf(" ", from + LONG - 20);
  if (until < 0 || until > from + LONG + 20) until = from + LONG;
  const line = [from ? "…" : ""];
  let at = from;
  for (const [start, end] of marks.filter(([start, end]) => start >= from && end <= until)) {
    line.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
    at = end;
  }
  line.push(text.slice(at, until), text[until] ? "…" : "");
  return make(isCode ? "code" : "span", { className: "excerpt" }, ...line);
}

/* The address of a piece: its heading, and where the browser can, the very words. */
function address({ document }, { heading, text, first }) {
  const words = text.slice(first).trim().split(/\s+/).slice(0, 4).join(" ");
  return `${document.url}#${heading.id}:~:text=${encodeURIComponent(words).replaceAll("-", "%2D")}`;
}
