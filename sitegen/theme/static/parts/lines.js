/* Addresses of lines of code. A click on the number of a line gives the page the address of the line,
   `#main-3`, and with Shift of all lines from that one, `?to=7#main-3`: where no script runs, this is
   still that of the first. */
{
  const marked = () => document.querySelector(".ln:target");
  const parts = (line) => line?.id.match(/(.*?)(\d+)$/).slice(1) ?? [];

  const light = () => {
    document.querySelectorAll(".ln.to").forEach((line) => line.classList.remove("to"));
    const [prefix, first] = parts(marked());
    const last = new URLSearchParams(location.search).get("to");
    for (let number = +first + 1, line; number <= last; number += 1) {
      if (!(line = document.getElementById(prefix + number))) break;
      line.classList.add("to");
    }
  };

  document.addEventListener("click", ({ target, clientX, shiftKey }) => {
    if (!target.matches(".numbers .ln[id]") || clientX - target.getBoundingClientRect().left > 56) return;
    const from = marked();
    const url = new URL(location);
    let first = target;
    url.searchParams.delete("to");
    if (shiftKey && from?.closest(".highlight") === target.closest(".highlight")) {
      const isBefore = from.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING;
      const last = isBefore ? from : target;
      first = isBefore ? target : from;
      url.searchParams.set("to", parts(last)[1]);
      getSelection().removeAllRanges();
    }
    const top = scrollY;
    history.replaceState(null, "", url);
    location.replace(`#${first.id}`);
    scrollTo({ top, behavior: "instant" });
    light();
  });

  addEventListener("hashchange", light);
  addEventListener("load", light);
}
