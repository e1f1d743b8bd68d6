/* Comments, which are loaded when a reader asks for them, and not before. */
{
  const section = document.querySelector(".comments");
  const { provider, server, ...about } = section.dataset;
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const scheme = () => {
    const chosen = root.dataset.scheme;
    return chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light";
  };

  const loaders = {
    giscus(script) {
      Object.assign(script.dataset, about, { theme: scheme(), strict: "1", reactionsEnabled: "1" });
      script.src = `${server}/client.js`;
      script.crossOrigin = "anonymous";
      const follow = () => {
        const setConfig = { theme: scheme() };
        section.querySelector("iframe")?.contentWindow.postMessage({ giscus: { setConfig } }, server);
      };
      new MutationObserver(follow).observe(root, { attributeFilter: ["data-scheme"] });
      dark.addEventListener("change", follow);
    },
    isso(script) {
      const thread = document.createElement("div");
      thread.id = "isso-thread";
      thread.dataset.issoId = location.pathname;
      section.append(thread);
      Object.assign(script.dataset, { isso: `${server}/`, issoCss: "false", issoLang: about.lang });
      script.src = `${server}/js/embed.min.js`;
    },
  };

  const load = () => {
    const script = document.createElement("script");
    loaders[provider](script);
    script.async = true;
    const question = section.querySelector("p");
    question.replaceWith(script);
    script.onerror = () => script.replaceWith(question);
  };

  section.querySelector("button").onclick = load;
  /* Who signs in at GitHub comes back with this, and has asked for the comments before. */
  if (provider === "giscus" && new URLSearchParams(location.search).has("giscus")) load();
}
