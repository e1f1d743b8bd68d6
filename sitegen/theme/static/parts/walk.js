/* Lights the lines of a walk that are being read about: those of the last passage with a reference
   that has come up to the middle of the window. */
for (const walk of document.querySelectorAll(".walk")) {
  const block = walk.firstElementChild;
  const passages = [...walk.lastElementChild.children].filter((part) => part.querySelector('.ref[href^="#"]'));

  const linesOf = (link) => {
    const [, start, first] = decodeURIComponent(link.hash.slice(1)).match(/(.*?)(\d*)$/);
    const last = link.dataset.last ?? first;
    const lines = [];
    for (let number = Number(first); number <= last; number += 1) lines.push(document.getElementById(start + number));
    return lines.filter((line) => line && block.contains(line));
  };

  /* A block that is taller than the window shows the first of the lines. */
  const show = (line) => {
    const pre = line?.closest("pre");
    if (!pre || pre.scrollHeight <= pre.clientHeight) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    pre.scrollTo({ top: line.offsetTop - pre.clientHeight / 3, behavior });
  };

  let current;
  const read = () => {
    const now = passages.filter((part) => part.getBoundingClientRect().top < innerHeight / 2).pop();
    if (now === current) return;
    current = now;
    walk.querySelectorAll(".here").forEach((part) => part.classList.remove("here"));
    if (!now) return;
    now.classList.add("here");
    const lines = [...now.querySelectorAll('.ref[href^="#"]')].flatMap(linesOf);
    lines.forEach((line) => line.classList.add("here"));
    show(lines[0]);
  };

  new IntersectionObserver(([entry]) => {
    if (entry.isIntersecting) addEventListener("scroll", read, { passive: true });
    else removeEventListener("scroll", read);
    read();
  }).observe(walk);
}
