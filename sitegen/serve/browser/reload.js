// Keeps a page as its sources are. Only pages that `sitegen serve` answers have this script.

import { hideProblems, offer, showProblems } from "./overlay.js";

const OURS = new URL(".", import.meta.url);
const OFFERS = "sitegen:offers";
const script = document.querySelector("script[data-sitegen]");
const { page, session, since } = JSON.parse(script.dataset.sitegen);

let known = since; // the number of the site that this page shows
let isLeaving = false;
let stream = null;
let turn = Promise.resolve();

// Each message only says that there is news. A tab that has missed some asks for all of it at once.
function connect() {
  if (stream || document.hidden) return;
  stream = new EventSource(new URL("events", OURS));
  stream.onmessage = () => (turn = turn.then(ask));
  stream.onerror = () => {
    if (stream?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    disconnect();
    setTimeout(connect, 1000);
  };
}

function disconnect() {
  stream?.close();
  stream = null;
}

async function ask() {
  try {
    const answer = await fetch(new URL(`news?since=${known}`, OURS));
    if (answer.ok && !isLeaving) hear(await answer.json());
  } catch {
    // The server is gone. When it is back, the stream says so.
  }
}

function hear(news) {
  if (news.problems.length) return showProblems(news.problems);
  hideProblems();
  const inUse = used();
  const changed = news.changed.filter((path) => inUse.has(path));
  const styles = changed.map(linksTo);
  const offered = news.saved.filter((saved) => plain(saved.url) !== plain(location));
  if (news.session !== session || styles.some((links) => !links.length)) return reload(offered);
  styles.flat().forEach((link) => swap(link, news.number));
  if (offered.length) offer(offered);
  known = news.number;
}

// The paths of the page in view and of all it has loaded.
function used() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  return new Set([location, page, ...loaded].map(plain));
}

// The path of an address as the server writes it, or nothing for that of another server.
function plain(address) {
  const url = new URL(address, location);
  if (url.origin !== location.origin) return "";
  const path = url.pathname.replace(/\/index\.html$/, "/");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function linksTo(path) {
  const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
  return links.filter((link) => plain(link.href) === path);
}

// The old style stays until the new one is there, so that the page is never without.
function swap(link, number) {
  const address = new URL(link.href);
  address.searchParams.set("sitegen", number);
  const next = link.cloneNode();
  next.href = address;
  next.onload = next.onerror = () => link.remove();
  link.after(next);
}

// The browser keeps the scroll position; what was to be offered would be lost.
function reload(offered) {
  isLeaving = true;
  if (offered.length) sessionStorage.setItem(OFFERS, JSON.stringify(offered));
  location.reload();
}

const kept = sessionStorage.getItem(OFFERS);
sessionStorage.removeItem(OFFERS);
if (kept) offer(JSON.parse(kept));

// A hidden tab holds no connection, of which a browser has only six for one server.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);
performance.setResourceTimingBufferSize(10_000);
connect();
