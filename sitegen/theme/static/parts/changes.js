/* What is new to this reader: blocks that changed after the revision that was read here before. Which
   one that was is kept in this browser alone, and nowhere else. */
{
  const post = document.querySelector("[data-revision]");
  const { post: key, revision } = post?.dataset ?? {};
  const NAME = "revisions-read";
  let read = {};
  try { read = Object(JSON.parse(localStorage.getItem(NAME))); } catch {}

  /* The same page is shown again on a reload, or on the way back from what changed. */
  const before = history.state?.revision ?? read[key];
  try { if (post) localStorage.setItem(NAME, JSON.stringify({ ...read, [key]: +revision })); } catch {}

  const name = (block) => {
    const text = (block.querySelector("figcaption, pre, li, td, dt") ?? block).textContent.trim();
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
  };

  const mark = (block, number, note) => {
    block.classList.add("new");
    block.id ||= `:new-${number}`;
    const label = document.createElement("span");
    label.className = "unseen";
    label.textContent = `${note.dataset.changed}: `;
    const link = document.createElement("a");
    link.href = `#${encodeURIComponent(block.id)}`;
    link.textContent = name(block);
    note.querySelector("ul").appendChild(document.createElement("li")).append(link);
    (/^([UOD]L)$/.test(block.tagName) ? block.querySelector("li, dt, dd") : block)?.prepend(label);
  };

  const note = document.querySelector(".changed");
  if (note && before < revision) {
    const keep = () => history.replaceState({ ...history.state, revision: before }, "");
    addEventListener("hashchange", keep);
    keep();
    const blocks = [...post.querySelectorAll(".prose > [data-r]")].filter(({ dataset }) => dataset.r > before);
    blocks.forEach((block, index) => mark(block, index + 1, note));
    const title = note.querySelector(".label");
    title.textContent = title.textContent.replace("{date}", note.dataset.dates.split("|")[before - 1]);
    note.hidden = false;
  }
}
