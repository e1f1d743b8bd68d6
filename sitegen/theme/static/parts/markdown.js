/* A button that copies a post as Markdown, in place of the link to it. */
{
  const link = document.querySelector("a[data-copy]");
  if (link && navigator.clipboard) {
    const button = document.createElement("button");
    const status = document.createElement("span");
    button.type = "button";
    button.textContent = link.dataset.copy;
    status.role = "status";
    button.onclick = async () => {
      /* Safari lets nothing be copied that is not promised while the click lasts. */
      const text = fetch(link.href).then((answer) => answer.blob()).then((it) => new Blob([it], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
      status.textContent = link.dataset.done;
      setTimeout(() => (status.textContent = ""), 2000);
    };
    link.replaceWith(button, " ", status);
  }
}
