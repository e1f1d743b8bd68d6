/* A button beside each address of a feed, which copies it. */
{
  const template = document.querySelector("template.copy");
  const equip = (address) => {
    const button = template.content.firstElementChild.cloneNode(true);
    const { textContent: word } = button;
    const status = document.createElement("span");
    status.role = "status";
    button.ariaLabel = `${word}: ${address.textContent}`;
    button.onclick = async () => {
      await navigator.clipboard.writeText(address.textContent);
      status.textContent = button.dataset.done;
      setTimeout(() => (status.textContent = ""), 2000);
    };
    address.after(status, button);
  };
  if (navigator.clipboard) document.querySelectorAll(".feeds code").forEach(equip);
}
