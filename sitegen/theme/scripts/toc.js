/* Marks, in the contents of a page, the part that is being read, and keeps it in sight unless the
   reader is about to use them. A part is read once its heading is where a link puts it, at the top of
   the window. */
{
  const contents = document.querySelector(".toc");
  const links = [...(contents?.querySelectorAll("a") ?? [])];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

  const top = 48;
  let marked = -1;

  const mark = () => {
    const current = headings.findLastIndex((heading) => heading?.getBoundingClientRect().top < top);
    if (current === marked) return;
    links[marked]?.removeAttribute("aria-current");
    links[current]?.setAttribute("aria-current", "true");
    marked = current;
    if (contents.matches(":hover, :focus-within")) return;
    const { offsetTop, offsetHeight } = links[current] ?? links[0];
    const room = contents.clientHeight / 3;
    if (offsetTop - contents.scrollTop < room || offsetTop + offsetHeight - contents.scrollTop > 2 * room) {
      contents.scrollTop = offsetTop - contents.clientHeight / 2;
    }
  };

  const observer = new IntersectionObserver(mark, { rootMargin: `-${top}px 0px 0px` });
  headings.forEach((heading) => heading && observer.observe(heading));
}
