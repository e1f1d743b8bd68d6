/* Opens the search with its button, `/` or Ctrl-K. What it needs is loaded then. */
{
  const button = document.querySelector(".search-open");
  const place = document.querySelector("main search.search");
  const script = new URL("search.js", document.currentScript.src);

  const open = (event) => {
    event.preventDefault();
    if (place) place.querySelector("input").focus();
    else import(script).then((search) => search.open(button.href)).catch(() => (location = button.href));
  };

  if (place) import(script).then((search) => search.onPage(place));
  if (button) {
    button.addEventListener("click", (event) => {
      if (!(event.metaKey || event.ctrlKey || event.shiftKey)) open(event);
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
      const isSlash = event.key === "/" && !isTyping && !event.metaKey && !event.ctrlKey && !event.altKey;
      if (isSlash || (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey)) open(event);
    });
  }
}
