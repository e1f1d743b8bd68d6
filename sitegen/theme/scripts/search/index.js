/* The index, as the build has made it (outputs/search.py); each file of it is read once. */
const home = new URL(".", import.meta.url);
const CODE = 8; /* levels from here on are of words in code */

/* A function that asks another once for each key. */
function once(read, known = new Map()) {
  return (key) => known.get(key) ?? known.set(key, read(key)).get(key);
}

/* The value of a key, which is made where there is none. */
const entry = (map, key, made) => map.get(key) ?? map.set(key, made).get(key);

async function textAt(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(url);
  return answer.text();
}

const pageAt = async (url) => new DOMParser().parseFromString(await textAt(url), "text/html");

/* All that can be found; and as in a file of words, those of the titles. */
const titles = once(async () => {
  const { files, ids, minutes, pages } = JSON.parse(await textAt(new URL("search/titles.json", home)));
  const average = minutes.reduce((sum, one) => sum + one, 0) / minutes.length;
  const byId = new Map(), words = new Map();
  let address = "";
  minutes.forEach((time, at) => {
    const [rest, title] = pages.slice(at * 2), found = wordsIn(title);
    /* Left out of an address are the slug of the title, and what the address before has too (outputs/search.py). */
    address = address.slice(0, rest.charCodeAt() - 32) + rest.slice(1);
    const slug = title.toLowerCase().match(/[a-z\d\x80-\uffff]+/g)?.join("-");
    const document = { url: new URL(address.replace(" ", slug), home).href, title, name: found.join(" "), length: time / average };
    byId.set(ids.slice(at * 3, at * 3 + 3), document);
    found.forEach((word) => entry(words, word, []).push([document, 3 /* the level of a word in a title */]));
  });
  return { files, byId, words };
});

/* Word → [document, level] of each that has it, in the file that a word is in: their number divides that of shelves. */
const fileOf = async (word) => file(shelfOf(word) % (await titles()).files);

const file = once(async (number) => {
  const { byId } = await titles();
  const words = new Map(), name = number.toString(16).padStart(2, "0");
  for (const line of (await textAt(new URL(`search/${name}.txt`, home))).split("\n")) {
    const document = byId.get(line.slice(0, 3));
    for (const found of document ? line.slice(3).split(" ") : []) {
      entry(words, found.slice(0, -1), []).push([document, parseInt(found.at(-1), 16)]);
    }
  }
  return words;
});

/* Whether one letter makes the difference: another, one more, one less, or two in the wrong order. */
function isNear(one, other) {
  let at = 0;
  while (one[at] && one[at] === other[at]) at++;
  const a = one.slice(at), b = other.slice(at);
  return [b, b.slice(1)].includes(a.slice(1)) || a === b.slice(1) || b === a[1] + a[0] + a.slice(2);
}

/* Document → how often it has a word, and as which words: those that begin like it count less, and
   where there are none, those that are near it. */
async function having({ word, filter }) {
  const found = new Map(), isTag = word[0] === "#";
  const gather = (files, likeness) => {
    for (const [as, documents] of files.flatMap((words) => [...words])) {
      const share = as === word ? 1 : likeness(as);
      for (const [document, level] of share ? documents : []) {
        if (filter && !isTag && level < CODE) continue;
        const all = entry(found, document, { times: 0, as: new Set() });
        all.times += share * 2 ** (level < CODE ? level : level - CODE - 1);
        all.as.add(as);
      }
    }
  };
  const { words } = await titles();
  gather([words, await fileOf(word)], (as) => !isTag && word[1] && as.startsWith(word) && (0.5 * word.length) / as.length);
  if (!found.size && !isTag && word[3]) {
    /* The mistake can be in the letters that decide the file. */
    const [a, b, c] = word;
    const files = await Promise.all([word, b + a, b + c, a + c].map(fileOf));
    gather([...new Set([words, ...files])], (as) => isNear(word, as) && 0.5);
  }
  return found;
}

/* What a reader typed, as words, and the filter that each is, if it is one. */
function asked(query) {
  return query.split(/\s+/).flatMap((text) => {
    const [filter, tag, rest] = /^(?:(tag)|code):(.+)$/iu.exec(text) ?? ["", , text];
    return (tag ? [tagWord(rest)] : wordsIn(rest)).map((word) => ({ word, filter }));
  });
}

/* What is found, the best first: documents, each with the words that were found, and for which of
   those that were asked for. Scores are those of BM25. */
export async function search(query) {
  const words = asked(query), name = wordsIn(query).join(" ");
  const all = await Promise.all(words.map(having));
  const { byId } = await titles();
  const results = new Map();
  const scoreOf = ({ score, has, document }) => score * has.size + (document.name === name && 1e3);
  all.forEach((found, at) => {
    const weight = Math.log(1 + (byId.size - found.size + 0.5) / (found.size + 0.5));
    for (const [document, { times, as }] of found) {
      const result = entry(results, document, { document, score: 0, words: new Map(), has: new Set() });
      result.score += (weight * times) / (times + 0.7 + 0.5 * document.length);
      result.has.add(at);
      as.forEach((word) => result.words.set(word, at));
    }
  });
  return [...results.values()]
    .filter(({ has }) => words.every(({ filter }, at) => !filter || has.has(at)))
    .sort((a, b) => scoreOf(b) - scoreOf(a));
}
