/* The button beside each address of a feed copies it. */
for (const button of document.querySelectorAll(".feeds button")) {
  const status = button.previousElementSibling;
  button.hidden = !navigator.clipboard;
  button.onclick = async () => {
    await navigator.clipboard.writeText(status.previousElementSibling.textContent);
    status.textContent = button.dataset.done;
    setTimeout(() => (status.textContent = ""), 2000);
  };
}
