/* The words of a text: the rules of text/words.py, and a test holds the two together. */
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
const plain = (part) => part.toLowerCase().replace(/./gu, (letter) => UNLIKE[letter] ?? letter);

function wordsOfPart(part) {
  if (!isSpaceless(part)) return [[...plain(part)].slice(0, 32).join("")];
  const letters = [...part];
  return letters[1] ? letters.slice(1).map((letter, at) => letters[at] + letter) : [part];
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
  return (first.codePointAt() * 67 + second.codePointAt() * 13);
}
