/* The title of a post in a list is the one above its text: where a browser draws the way from one page
   to the next, it goes from the one place to the other. */
{
  const name = (address) => {
    const link = [...document.querySelectorAll("main :is(h2, h3) a[href]")].find((one) => one.href === address);
    if (link) link.style.viewTransitionName = "title";
  };

  addEventListener("pageswap", (event) => event.viewTransition && name(event.activation.entry.url));
  addEventListener("pagereveal", (event) => event.viewTransition && name(navigation.activation.from?.url));
}
