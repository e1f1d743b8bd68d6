/* Shows the picture that a link leads to in a dialog. The link can still be opened in a new
   tab. Esc closes the dialog, and so does a click anywhere; the focus returns to the link. */
{
  const make = (tag, given = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), given);
    made.append(...children);
    return made;
  };

  const show = (link) => {
    const { alt } = link.querySelector("img");
    const caption = link.closest("figure")?.querySelector("figcaption")?.textContent;
    const dialog = make("dialog", { className: "zoom-dialog", ariaLabel: alt || caption || link.dataset.close });
    dialog.append(
      make("img", { src: link.href, alt }),
      ...(caption ? [make("p", { dir: "auto" }, caption)] : []),
      make("button", { type: "button" }, link.dataset.close),
    );
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.zoom");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link);
  });
}
