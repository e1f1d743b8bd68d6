function start(place, searched = () => {}) {
const input = place.querySelector("input");
const list = place.querySelector("[role=listbox]");
const status = place.querySelector("[role=status]");
let active = -1, turn = 0;
const options = () => [...list.querySelectorAll("[role=option]")];
const say = (key, value = "") => (status.textContent = key && status.dataset[key].replace("{}", value));
const point = (to) => {
const all = options();
if (all[active]) all[active].ariaSelected = false;
active = all.length ? (to + all.length) % all.length : -1;
if (active < 0) return;
input.setAttribute("aria-activedescendant", all[active].id);
all[active].ariaSelected = true;
all[active].scrollIntoView({ block: "nearest" });
};
const option = (id, href, ...inside) => make("a", { role: "option", id, href, tabIndex: -1, dir: "auto" }, ...inside);
const group = (result, number) => {
const { title, url } = result.document, id = `${list.id}-${number}`;
const made = make("div", { role: "group", ariaLabel: title, className: "found" }, option(id, url, make("strong", {}, title)));
made.fill = async () => {
const parts = await excerpts(result).catch(() => []);
const current = options()[active];
parts.forEach((part, at) => {
made.append(option(`${id}-${at}`, address(result, part), make("b", {}, part.heading.text), excerpt(part)));
});
active = options().indexOf(current);
};
return made;
};
const seen = new IntersectionObserver((entries) => {
for (const { isIntersecting, target } of entries) {
if (!isIntersecting) continue;
seen.unobserve(target);
target.fill();
}
});
const show = async () => {
const query = input.value.trim(), mine = ++turn;
let results = [];
try {
await titles();
results = query ? await search(query) : [];
if (mine !== turn) return;
say(query && (results.length ? "found" : "none"), results.length);
} catch {
say("failed");
}
const groups = results.slice(0, 20).map(group);
list.replaceChildren(...groups);
list.hidden = !groups.length;
input.ariaExpanded = !list.hidden;
active = -1;
input.removeAttribute("aria-activedescendant");
groups.forEach((each) => seen.observe(each));
searched(query);
};
let timer;
input.addEventListener("input", () => {
clearTimeout(timer);
timer = setTimeout(show, 80);
});
input.addEventListener("keydown", (event) => {
const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
if (event.isComposing || (!step && event.key !== "Enter")) return;
event.preventDefault();
if (step) point(active < 0 && step < 0 ? -1 : active + step);
else options()[Math.max(0, active)]?.click();
});
return { input, list, show };
}
const dialogOf = once(async (url) => {
const place = document.importNode((await pageAt(url)).querySelector("search.search"), true);
const close = make("button", { type: "button", className: "close" }, place.dataset.close);
place.querySelectorAll("[id]").forEach((each) => (each.id += "-dialog"));
const { input, list, show } = start(place);
input.setAttribute("aria-controls", list.id);
input.after(close);
const dialog = make("dialog", { className: "search-dialog", ariaLabel: input.ariaLabel }, place);
document.body.append(dialog);
dialog.addEventListener("click", ({ target }) => {
if (target === dialog || target.closest(".close, [role=option]")) dialog.close();
});
show();
return { dialog, input };
});
export async function open(url) {
const { dialog, input } = await dialogOf(url);
if (!dialog.open) dialog.showModal();
input.select();
}
export function onPage(place) {
const address = new URL(location);
const { input, show } = start(place, (query) => {
address.searchParams.set("q", query);
history.replaceState(null, "", query ? address : location.pathname);
});
input.value ||= address.searchParams.get("q") ?? "";
input.focus();
show();
}
const BLOCK = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,td,th,pre,figcaption,blockquote,summary,div,section,article,body";
const pieces = once(async (url) => {
const page = await pageAt(url);
page.querySelectorAll("script,style,template,nav").forEach((each) => each.remove());
const texts = page.createTreeWalker(page.querySelector("main .prose, main") ?? page.body, NodeFilter.SHOW_TEXT);
const found = [];
let heading = { id: "", text: "" };
for (let block, node; (node = texts.nextNode()); ) {
const here = node.parentElement.closest(BLOCK);
if (here !== block) {
block = here;
if (/^H[2-6]$/.test(here.tagName) && here.id) heading = { id: here.id, text: here.textContent.trim() };
found.push({ heading, text: "", isCode: !!here.closest("pre") });
}
found.at(-1).text += node.data;
}
return found;
});
const LONG = 180, BEFORE = 50;
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
const richness = (marks, [from]) => new Set(marks.filter(([start]) => start >= from && start < from + LONG - BEFORE).map((mark) => mark[2])).size;
async function excerpts({ document, words }) {
const best = new Map();
for (const piece of await pieces(document.url)) {
for (const text of piece.isCode ? piece.text.split("\n") : [piece.text.replace(/\s+/gu, " ")]) {
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
function excerpt({ text, marks, first, isCode }) {
let from = isCode || first < BEFORE ? 0 : text.indexOf(" ", first - BEFORE) + 1;
if (from > first) from = first;
let until = text.indexOf(" ", from + LONG - 20);
if (until < 0 || until > from + LONG + 20) until = from + LONG;
const line = [from ? "…" : ""];
let at = from;
for (const [start, end] of marks.filter(([start, end]) => start >= from && end <= until)) {
line.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
at = end;
}
line.push(text.slice(at, until), until < text.length ? "…" : "");
return make(isCode ? "code" : "span", { className: "excerpt" }, ...line);
}
function address({ document }, { heading, text, first }) {
const words = text.slice(first).trim().split(/\s+/u).slice(0, 4).join(" ");
return `${document.url}#${heading.id}:~:text=${encodeURIComponent(words).replaceAll("-", "%2D")}`;
}
const home = new URL(".", import.meta.url);
const CODE = 8;
const TITLE = 3;
function once(read) {
const known = new Map();
return (key) => known.get(key) ?? known.set(key, read(key)).get(key);
}
async function textAt(url) {
const answer = await fetch(url);
if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
return answer.text();
}
const pageAt = async (url) => new DOMParser().parseFromString(await textAt(url), "text/html");
const entry = (map, key, made) => map.get(key) ?? map.set(key, made).get(key);
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
function isNear(one, other) {
let at = 0;
while (at < one.length && one[at] === other[at]) at++;
const a = one.slice(at), b = other.slice(at);
return [b, b.slice(1)].includes(a.slice(1)) || a === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
}
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
const [a, b, c] = word;
const files = await Promise.all([word, b + a, b + c, a + c].map(fileOf));
gather([...new Set([words, ...files])], (as) => isNear(word, as) && 0.5);
}
return found;
}
function asked(query) {
return query.split(/\s+/u).flatMap((text) => {
const [, filter, rest] = /^(tag|code):(.+)$/iu.exec(text) ?? [, "", text];
if (/tag/i.test(filter)) return [{ word: tagWord(rest), isFilter: true }];
return wordsIn(rest).map((word) => ({ word, isFilter: !!filter }));
});
}
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
const SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{323af}";
const LEFT_OUT = "\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\xad\u200b-\u200d\u2060\ufe00-\ufe0f";
const SIGNS = "\u0900-\u0963\u0966-\u0dff";
const UNLIKE = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i", ς: "σ" };
const regex = (source) => new RegExp(source, "gu");
const CHUNK = regex(`[\\p{L}\\p{N}_.+#${SPACELESS}${LEFT_OUT}${SIGNS}-]+`);
const PART = regex(`[A-Za-z](?:\\+\\+|#)|[${SPACELESS}]+|[A-Z]+(?![a-z])[0-9]*|[A-Z]?(?:(?![A-Z${SPACELESS}])[\\p{L}\\p{N}]|[${SIGNS}])+`);
const ACCENT = regex(`[${LEFT_OUT}]`);
const FIRST = regex(`^[${SPACELESS}]`);
const isSpaceless = (text) => text.search(FIRST) === 0;
const partsOf = (chunk) => chunk.normalize("NFKD").replace(ACCENT, "").normalize("NFC").match(PART) ?? [];
const plain = (part) => part.toLowerCase().replace(/[^\0-\x7f]/gu, (letter) => UNLIKE[letter] ?? letter);
function wordsOfPart(part) {
if (!isSpaceless(part)) return [[...plain(part)].slice(0, 32).join("")];
const letters = [...part];
return letters.length > 1 ? letters.slice(1).map((letter, at) => letters[at] + letter) : [part];
}
const wordsOf = once((chunk) => {
const parts = partsOf(chunk);
if (parts.length > 1 && !parts.some(isSpaceless)) parts.push(parts.join(""));
return [...new Set(parts.flatMap(wordsOfPart))];
});
export const wordsIn = (text) => (text.match(CHUNK) ?? []).flatMap(wordsOf);
const tagWord = (tag) => "#" + (tag.match(CHUNK) ?? []).flatMap(partsOf).map(plain).join("");
function shelfOf(word) {
const [first, second = " "] = word;
return (first.codePointAt() * 67 + second.codePointAt() * 13) % 256;
}
