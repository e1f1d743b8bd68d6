/* The field above a long list: what does not match it is hidden. The buttons beside it: the order. */
for (const filter of document.querySelectorAll(".filter")) {
  const items = [...filter.parentNode.querySelectorAll(".terms > li, .year li")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  filter.oninput = ({ target }) => {
    for (const item of items) item.hidden = !plain(item.textContent).includes(plain(target.value));
    filter.querySelector("output").value = items.filter((item) => !item.hidden).length;
  };
  filter.onclick = ({ target }) => {
    if (!target.ariaPressed) return;
    for (const button of target.parentNode.children) button.ariaPressed = button === target;
    const sorted = target.value ? items.toSorted((a, b) => b.dataset.count - a.dataset.count) : items;
    items[0].parentNode.append(...sorted);
  };
}
