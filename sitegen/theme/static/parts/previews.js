/* Shows the title and the description of the page that a link in a text leads to, while one points at
   the link or has reached it with the keyboard. A page is asked for when it is first to be shown.
   Esc takes the preview away, and so does a click; one may point at it. Nothing happens on touch. */
{
  const root = new URL("..", document.currentScript.src).href;
  const pages = new Map();
  const card = document.createElement("div");
  card.className = "preview";
  card.ariaHidden = "true";
  let link, timer;

  const read = async (url) => {
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const say = (name) => page.querySelector(`meta[${name}]`)?.content ?? "";
    const { lang, dir } = page.documentElement;
    return { lang, dir, title: say('property="og:title"') || page.title, text: say('name="description"') };
  };
  const about = (url) => {
    if (!pages.has(url)) pages.set(url, read(url).catch(() => ({})));
    return pages.get(url);
  };

  const hide = () => {
    clearTimeout(timer);
    card.remove();
    link = undefined;
  };
  const place = ({ left, top, bottom }) => {
    const { width, height } = card.getBoundingClientRect();
    const isAbove = bottom + height + 16 > innerHeight && top > height + 16;
    card.style.top = `${scrollY + (isAbove ? top - height - 6 : bottom + 6)}px`;
    card.style.left = `${scrollX + Math.max(8, Math.min(left, document.body.clientWidth - width - 8))}px`;
  };
  const show = async (next) => {
    link = next;
    const { lang, dir, title, text } = await about(next.href.split("#")[0]);
    if (link !== next || !title) return;
    const [name, words] = ["strong", "p"].map((tag) => document.createElement(tag));
    name.textContent = title;
    words.textContent = text;
    Object.assign(card, { lang, dir });
    card.replaceChildren(name, ...(text ? [words] : []));
    document.body.append(card);
    place(next.getBoundingClientRect());
  };

  const leadsAway = (one) =>
    one?.href.startsWith(root) && one.pathname !== location.pathname && !/\.(?!html?$)\w+$/.test(one.pathname);
  const look = (target) => {
    const next = target.closest?.(".prose a");
    if (leadsAway(next) ? next === link : card.contains(target)) clearTimeout(timer);
    else if (leadsAway(next)) {
      clearTimeout(timer);
      timer = setTimeout(() => (hide(), show(next)), 300);
    } else if (!link?.matches(":focus-visible")) {
      clearTimeout(timer);
      timer = setTimeout(hide, 200);
    }
  };
  addEventListener("pointerover", ({ pointerType, target }) => pointerType === "mouse" && look(target));
  addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && look(target));
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  for (const type of ["focusout", "pointerdown"]) addEventListener(type, hide);
  document.documentElement.addEventListener("pointerleave", () => (timer = setTimeout(hide, 200)));
}
