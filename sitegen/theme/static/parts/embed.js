/* Puts what another site has in the place of a link to it, when a reader follows that. The link can
   still be opened in a new tab. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".remote > a[data-frame]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const frame = Object.assign(document.createElement("iframe"), {
    title: link.firstElementChild.textContent,
    allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
    referrerPolicy: "strict-origin-when-cross-origin",
    src: link.dataset.frame,
  });
  link.replaceWith(frame);
  frame.focus();
});
