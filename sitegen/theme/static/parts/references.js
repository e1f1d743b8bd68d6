/* Lights the lines of code that a link is about, and the link that a line leads back to: while one
   looks at the link, and after it was followed. */
{
  let followed;
  let lit = new Set();

  const targets = ({ hash, dataset: { last } }) => {
    const id = decodeURIComponent(hash.slice(1));
    const [, start, first] = id.match(/(.*?)(\d*)$/);
    const ids = last ? Array.from({ length: last - first + 1 }, (_, n) => start + (Number(first) + n)) : [id];
    return ids.map((name) => document.getElementById(name)).filter(Boolean);
  };

  const links = [...document.querySelectorAll('.ref[href^="#"], .mention')];
  const light = () => {
    lit.forEach((part) => part.classList.remove("lit"));
    lit = new Set(links.filter((link) => link === followed || link.matches(":hover, :focus-visible")).flatMap(targets));
    lit.forEach((part) => part.classList.add("lit"));
  };
  for (const link of links) {
    for (const type of ["mouseenter", "mouseleave", "focus", "blur"]) link.addEventListener(type, light);
    link.addEventListener("click", () => (followed = link));
  }
  addEventListener("hashchange", () => {
    if (followed?.hash !== location.hash) followed = undefined;
    light();
  });
}
