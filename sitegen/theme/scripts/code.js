/* What readers can do with code: copy it, wrap it, choose one of its tabs.
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
  if (template) document.querySelectorAll(".highlight:not(.output, .since *)").forEach(equip);

  /* A choice is remembered by its label, and holds for all groups that have the label. */
  const groups = [];
  const remembered = () => {
    try {
      return JSON.parse(localStorage.tabs);
    } catch {
      return [];
    }
  };
  const choose = (tab) => {
    const label = tab.textContent;
    const { top } = tab.getBoundingClientRect();
    groups.forEach((show) => show(label));
    scrollBy({ top: tab.getBoundingClientRect().top - top, behavior: "instant" });
    try {
      localStorage.tabs = JSON.stringify([label, ...remembered().filter((other) => other !== label)].slice(0, 20));
    } catch {
      /* The reader lets no site remember anything. */
    }
  };

  document.querySelectorAll(".tabs").forEach((group, number) => {
    const list = document.createElement("div");
    const tabs = [];
    for (const block of group.querySelectorAll(":scope > .code")) {
      const tab = document.createElement("button");
      const panel = document.createElement("div");
      tab.id = `tab:${number}:${tabs.length}`;
      panel.id = `${tab.id}:panel`;
      tab.type = "button";
      tab.role = "tab";
      panel.role = "tabpanel";
      tab.textContent = block.dataset.tab;
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("aria-labelledby", tab.id);
      tab.onclick = () => choose(tab);
      panel.onbeforematch = () => choose(tab);
      block.replaceWith(panel);
      panel.append(block);
      tabs.push([tab, panel]);
    }
    const show = (label) => {
      if (!tabs.some(([tab]) => tab.textContent === label)) return;
      for (const [tab, panel] of tabs) {
        const isShown = tab.textContent === label;
        tab.ariaSelected = isShown;
        tab.tabIndex = isShown ? 0 : -1;
        panel.ariaHidden = !isShown;
        panel.hidden = isShown ? false : "until-found";
      }
    };
    list.role = "tablist";
    list.append(...tabs.map(([tab]) => tab));
    list.onkeydown = ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key] * (getComputedStyle(list).direction === "rtl" ? -1 : 1);
      if (!step) return;
      const index = tabs.findIndex(([tab]) => tab.tabIndex === 0);
      const [next] = tabs.at((index + step) % tabs.length);
      next.focus();
      choose(next);
    };
    group.prepend(list);
    groups.push(show);
    [tabs[0][0].textContent, ...remembered().reverse()].forEach(show);
  });
}
