/* What readers can do with code: copy it and wrap it.
   The words are in a <template> of the page, so there is nothing to press where no script runs. */
{
  const template = document.querySelector("template.tools");

  /* Without what is no part of the code: prompts, output, numbers of notes, deleted lines. */
  const codeOf = (block) => {
    const copy = block.cloneNode(true);
    const session = copy.querySelector(".gp");
    const rest = `.callout${block.matches(".signs") ? ",del" : ""}${session ? ",.gp,.go" : ""}`;
    copy.querySelectorAll(rest).forEach((part) => part.remove());
    const code = [...copy.querySelectorAll("code")].map((part) => part.textContent).join("");
    return session ? code.replace(/^\n+|\n(?=\n)/g, "") : code;
  };

  /* Only what scrolls is a tab stop, and only code that is too wide can be wrapped. */
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const isWide = target.scrollWidth > target.clientWidth;
      if (isWide || target.scrollHeight > target.clientHeight + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
      const block = target.closest(".highlight");
      const wrap = block?.querySelector("[aria-pressed]");
      if (wrap) wrap.hidden = !isWide && !block.matches(".wrap");
    }
  });
  document.querySelectorAll(".highlight pre, .siblings > details").forEach((one) => sizes.observe(one));

  const equip = (block) => {
    const tools = template.content.firstElementChild.cloneNode(true);
    const [language, status, wrap, copy] = tools.children;
    language.textContent = block.dataset.lang || "";
    wrap.ariaPressed = block.matches(".wrap");
    wrap.onclick = () => (wrap.ariaPressed = block.classList.toggle("wrap"));
    copy.hidden = !navigator.clipboard;
    copy.onclick = async () => {
      await navigator.clipboard.writeText(codeOf(block));
      status.textContent = status.dataset.done;
      setTimeout(() => (status.textContent = ""), 2000);
    };
    block.prepend(tools);
  };
  if (template) document.querySelectorAll("div.highlight:not(.output, .since *)").forEach(equip);
}
