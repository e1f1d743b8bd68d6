/* The index, as the build has made it (outputs/search.py); each file of it is read once. */
const home = new URL(".", import.meta.url);
const CODE = 8; /* levels from here on are of words in code */
const TITLE = 3; /* the level of a word in a title */

function once(read) {
  const known = new Map();
  return (key) => known.get(key) ?? known.set(key, read(key)).get(key);
}

async function textAt(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(url);
  return answer.text();
}

const pageAt = async (url) => new DOMParser().parseFromString(await textAt(url), "text/html");

/* The value of a key, which is made where there is none. */
const entry = (map, key, made) => map.get(key) ?? map.set(key, made).get(key);

/* All that can be found; and as in a file of words, those of the titles. */
const titles = once(async () => {
  const { files, ids, minutes, pages } = JSON.parse(await textAt(new URL("search/titles.json", home)));
  const average = minutes.reduce((sum, one) => sum + one, 0) / minutes.length;
  const byId = new Map(), words = new Map();
  minutes.forEach((time, at) => {
    const [url, title] = pages.slice(at * 2), found = wordsIn(title);
    const document = { url: new URL(url, home).href, title, name: found.join(" "), length: time / average };
    byId.set(ids.slice(at * 3, at * 3 + 3), document);
    found.forEach((word) => entry(words, word, []).push([document, TITLE]));
  });
  return { files, byId, words };
});

/* Word → [document, level] of each that has it, in the file that a word is in. */
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
  while (at < one.length && one[at] === other[at]) at++;
  const a = one.slice(at), b = other.slice(at);
  return [b, b.slice(1)].includes(a.slice(1)) || a === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
}

/* Document → how often it has a word, and as which words: those that begin like it count less, and
   where there are none, those that are near it. */
async function having(word, inCode) {
  const found = new Map();
  const gather = (files, likeness) => {
    for (const [as, documents] of files.flatMap((words) => [...words])) {
      const share = as === word ? 1 : likeness(as);
      for (const [document, level] of share ? documents : []) {
        if (inCode && level < CODE) continue;
        const all = entry(found, document, { times: 0, as: new Set() });
        all.times += share * (level < CODE ? 2 ** level : 2 ** (level - CODE) / 2);
        all.as.add(as);
      }
    }
  };
  const { words } = await titles();
  const isTag = word[0] === "#";
  gather([words, await fileOf(word)], (as) => !isTag && word[1] && as.startsWith(word) && (0.5 * word.length) / as.length);
  if (!found.size && !isTag && word[3]) {
    /* The mistake can be in the letters that decide the file. */
    const [a, b, c] = word;
    const files = await Promise.all([word, b + a, b + c, a + c].map(fileOf));
    gather([...new Set([words, ...files])], (as) => isNear(word, as) && 0.5);
  }
  return found;
}

/* What a reader typed, as words, and whether each is a filter. */
function asked(query) {
  return query.split(/\s+/u).flatMap((text) => {
    const [, filter, rest] = /^(tag|code):(.+)$/iu.exec(text) ?? [, "", text];
    if (/tag/i.test(filter)) return [{ word: tagWord(rest), isFilter: true }];
    return wordsIn(rest).map((word) => ({ word, isFilter: !!filter }));
  });
}

/* What is found, the best first: documents, each with the words that were found, and for which of
   those that were asked for. Scores are those of BM25. */
export async function search(query) {
  const words = asked(query), name = wordsIn(query).join(" ");
  const all = await Promise.all(words.map(({ word, isFilter }) => having(word, isFilter && word[0] !== "#")));
  const { byId } = await titles();
  const results = new Map();
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
    .filter(({ has }) => words.every(({ isFilter }, at) => !isFilter || has.has(at)))
    .map((result) => ({ ...result, score: result.score * result.has.size + (result.document.name === name && 1e3) }))
    .sort((a, b) => b.score - a.score);
}
