/* Lets a reader search: `place` is the <search> of the page of the search, or a copy of it. */
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
    if (!all[active]) return;
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
    seen.observe(made);
    return made;
  };

  /* The pages of those results are read that come into view. */
  const seen = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
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
    list.replaceChildren(...results.slice(0, 20).map(group));
    list.hidden = !results.length;
    input.ariaExpanded = !list.hidden;
    input.removeAttribute("aria-activedescendant");
    active = -1;
    searched(query);
  };

  let timer;
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(show, 80);
  };
  input.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || (!step && event.key !== "Enter")) return;
    event.preventDefault();
    if (step) point(active < 0 && step < 0 ? -1 : active + step);
    else options()[Math.max(0, active)]?.click();
  };
  return { input, list, show };
}

/* The dialog: with what the page of the search has, so that both are the same. It is there when its
   style sheet is, or cannot be had. */
const dialogOf = once(async (url) => {
  const place = document.importNode((await pageAt(url)).querySelector("search.search"), true);
  place.querySelectorAll("[id]").forEach((each) => (each.id += "-dialog"));
  const { input, list, show } = start(place);
  input.setAttribute("aria-controls", list.id);
  input.after(make("button", { type: "button", className: "close" }, place.dataset.close));
  const dialog = make("dialog", { className: "search-dialog", ariaLabel: input.ariaLabel }, place);
  document.body.append(dialog);
  const style = place.querySelector("link");
  if (style) await new Promise((done) => (style.onload = style.onerror = done));
  dialog.onclick = ({ target }) => {
    if (target === dialog || target.closest(".close, [role=option]")) dialog.close();
  };
  show();
  return { dialog, input };
});

/* The field of the dialog, which is open then. */
export async function open(url) {
  const { dialog, input } = await dialogOf(url);
  if (!dialog.open) dialog.showModal();
  input.select();
  return input;
}

/* The page of the search: what is looked for is in its address. */
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
