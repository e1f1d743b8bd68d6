/* Opens the search with its button, `/` or Ctrl-K. What it needs is loaded then, and letters that are
   typed before it is there are kept for it. */
{
  const button = document.querySelector(".search-open");
  const place = document.querySelector("main search.search");
  const script = new URL("search.js", document.currentScript.src);
  let typed = null;

  const open = async (event) => {
    event.preventDefault();
    if (place) return place.querySelector("input").focus();
    typed ??= "";
    try {
      const input = await (await import(script)).open(button.href);
      if (typed) input.value = typed;
      if (typed) input.dispatchEvent(new Event("input"));
    } catch {
      location = `${button.href}?q=${encodeURIComponent(typed)}`;
    }
    typed = null;
  };

  if (place) import(script).then((search) => search.onPage(place));
  if (button) {
    button.addEventListener("click", (event) => {
      if (!(event.metaKey || event.ctrlKey || event.shiftKey)) open(event);
    });
    document.addEventListener("keydown", (event) => {
      const { key } = event;
      const isCommand = event.metaKey || event.ctrlKey;
      const isLetter = !isCommand && !event.altKey && !event.target.closest?.("input, textarea, select, [contenteditable]");
      if (isLetter && typed !== null && !key[1]) {
        event.preventDefault();
        typed += key;
      } else if (isLetter ? key === "/" : isCommand && key.toLowerCase() === "k" && !event.altKey && !event.shiftKey) open(event);
    });
  }
}
