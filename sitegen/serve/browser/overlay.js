// What `sitegen serve` shows over a page: mistakes, and links to what was saved.
//
// It lives in a shadow root, so that the styles of the site and ours do not meet. All text is set
// as text: a mistake quotes what an author wrote.

const STYLE = new URL("overlay.css", import.meta.url);

const root = make("sitegen-overlay").attachShadow({ mode: "open" });
const style = make("link", { rel: "stylesheet", href: STYLE.href });
const isStyled = new Promise((done) => (style.onload = style.onerror = done));
const dialog = make("dialog", {}, []);
dialog.setAttribute("aria-labelledby", "title");
const reopen = make("button", { className: "reopen", type: "button", hidden: true });
const offers = make("div", { className: "offers" });
offers.setAttribute("role", "status");
root.append(style, dialog, reopen, offers);

let shown = "";

function make(name, properties = {}, children = []) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter(Boolean));
  return element;
}

// Before anything is shown: the page, and what shows it, are there.
async function ready() {
  if (!root.host.isConnected) document.body.append(root.host);
  await isStyled;
}

export async function showProblems(problems) {
  const these = JSON.stringify(problems);
  if (these === shown) return; // whoever has closed them has seen them
  shown = these;
  dismiss();
  await ready();
  if (these !== shown) return;
  const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
  reopen.textContent = count;
  dialog.replaceChildren(
    make("div", { className: "head" }, [
      make("h1", { id: "title", tabIndex: -1, autofocus: true, textContent: `${count} to mend` }),
      closing("Close", () => dialog.close()),
    ]),
    make("p", { textContent: "Until this is mended, the site stays as it was. Save, and the page follows by itself." }),
    make("ol", {}, problems.map(problem)),
  );
  reopen.hidden = true;
  if (!dialog.open) dialog.showModal();
}

export function hideProblems() {
  shown = "";
  dialog.close();
  reopen.hidden = true;
}

// Esc and the button close the dialog; the mistakes are still there.
dialog.onclose = () => (reopen.hidden = !shown);
reopen.onclick = () => {
  reopen.hidden = true;
  dialog.showModal();
};

function problem({ severity, code, message, path, line, column, hint, frame, length, said, opens }) {
  const place = [path, line, column].filter((part) => part !== null).join(":");
  const where = opens
    ? make("a", { href: opens, textContent: place, title: "Open in the editor" })
    : make("span", { textContent: place });
  return make("li", {}, [
    make("p", { className: "place" }, [path && where, code && make("b", { textContent: code })]),
    make("p", { className: "message", textContent: message }),
    frame?.trim() && make("pre", { tabIndex: 0 }, [number(line), ...marked(frame, column, length)]),
    said?.length && make("pre", { tabIndex: 0, textContent: said.join("\n") }),
    hint && make("p", { className: "hint", textContent: hint }),
  ]);
}

function number(line) {
  return make("span", { className: "number", textContent: `${line} ` });
}

// The line of the source with the place marked; columns count characters, not UTF-16.
function marked(frame, column, length) {
  const line = [...frame];
  const start = (column ?? 1) - 1;
  const part = (from, to) => line.slice(from, to).join("");
  if (column === null) return [frame];
  const mark = make("mark", { textContent: part(start, start + length) || " " });
  return [part(0, start), mark, part(start + length)];
}

export async function offer(saved) {
  await ready();
  const links = saved.map(({ url, title }) => make("a", { href: url, textContent: title }));
  const text = make("p", {}, ["Saved: ", ...links.flatMap((link, at) => (at ? [", ", link] : [link]))]);
  offers.replaceChildren(text, closing("Dismiss", dismiss));
}

function dismiss() {
  offers.replaceChildren();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !dialog.open) dismiss();
});

function closing(label, onclick) {
  const button = make("button", { className: "close", type: "button", textContent: "×", onclick });
  button.setAttribute("aria-label", label);
  return button;
}
