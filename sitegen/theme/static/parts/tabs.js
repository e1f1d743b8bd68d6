/* Blocks below each other become tabs, where scripts run. */
{
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
    for (const block of group.querySelectorAll(":scope > [data-tab]")) {
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
