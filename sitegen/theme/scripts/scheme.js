/* The button that goes from the reader's own scheme to the light one, the dark one, and back. What
   is chosen is remembered; base.html sets it before anything is drawn. */
{
  const root = document.documentElement;
  const button = document.querySelector(".scheme");
  const schemes = ["auto", "light", "dark"];
  const bars = document.querySelectorAll("meta[name=theme-color]");

  const show = (scheme) => {
    root.dataset.scheme = scheme;
    button.title = button.ariaLabel = button.dataset[scheme];
    bars.forEach((bar, index) => {
      const own = schemes[index + 1];
      bar.media = scheme === "auto" ? `(prefers-color-scheme: ${own})` : scheme === own ? "all" : "not all";
    });
  };

  if (button) {
    show(root.dataset.scheme || "auto");
    button.addEventListener("click", () => {
      const next = schemes[(schemes.indexOf(root.dataset.scheme) + 1) % schemes.length];
      show(next);
      try {
        localStorage.setItem("scheme", next);
      } catch {
        /* The reader lets no site remember anything. */
      }
    });
  }
}
