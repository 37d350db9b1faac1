"use strict";
// The page's one script. It moves classes about; it makes no markup and counts no characters.
(() => {
  const root = document.documentElement;
  const one = (selector) => document.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const words = JSON.parse(one("#words").textContent);
  const { cards, anchors, parts, under } = voiceMap();
  const walk = [...cards.keys()];
  let chosen = null;
  let lit = null;

  const remember = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`selon.${name}`);
      localStorage.setItem(`selon.${name}`, value);
    } catch { /* no storage here: nothing is remembered */ }
    return null;
  };

  // --- a statement's parts, shown together

  const light = (key) => {
    if (key === lit) return;
    if (lit !== null) {
      for (const [letter, element] of parts.get(lit) || []) {
        element.classList.remove(`o${letter}`, "tag");
      }
      cards.get(lit).classList.remove("lit");
      anchors.get(lit)?.classList.remove("lit");
    }
    lit = key;
    if (key === null) return;
    const named = new Set();
    for (const [letter, element] of parts.get(key) || []) {
      element.classList.add(`o${letter}`);
      if (letter !== "c" && !named.has(letter)) element.classList.add("tag");
      named.add(letter);
    }
    cards.get(key).classList.add("lit");
    anchors.get(key)?.classList.add("lit");
  };

  const inView = (element, box) => {
    const [a, b] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    return a.top >= b.top && a.bottom <= b.bottom;
  };

  const showCard = (card) => {
    const ledger = card.closest(".ledger");
    if (getComputedStyle(ledger).overflowY === "auto" && !inView(card, ledger)) {
      ledger.scrollTop += card.getBoundingClientRect().top - ledger.getBoundingClientRect().top - 40;
    }
  };

  const showSheet = (card) => {
    const copy = card.cloneNode(true);
    for (const element of [copy, ...all("[id]", copy)]) element.removeAttribute("id");
    one("#slot").replaceChildren(copy);
    one("#sheet").hidden = false;
  };

  const choose = (key, { focus = true, address = true } = {}) => {
    chosen = key;
    light(key);
    if (key === null) {
      one("#sheet").hidden = true;
      if (address) history.replaceState(null, "", location.pathname + location.search);
      return;
    }
    const [card, anchor] = [cards.get(key), anchors.get(key)];
    if (address && anchor) history.replaceState(null, "", `#${anchor.id}`);
    if (focus && anchor) {
      anchor.focus({ preventScroll: true });
      anchor.scrollIntoView({ block: "center" });
    }
    showCard(card);
    showSheet(card);
  };

  const step = (by) => {
    const open = walk.filter((key) => !cards.get(key).classList.contains("gone"));
    if (!open.length) return;
    const here = open.indexOf(chosen);
    const next = here < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(Math.max(here + by, 0), open.length - 1);
    choose(open[next]);
  };

  // --- pointing: the innermost statement under the pointer; a click takes it, again the one around

  const seen = (keys) => keys.filter((key) => !cards.get(key).classList.contains("gone"));
  const main = one("#main");
  main.addEventListener("mouseover", (event) => light(seen(under(event.target))[0] ?? chosen));
  main.addEventListener("mouseleave", () => light(chosen));
  main.addEventListener("focusin", (event) => {
    const holder = event.target.closest("a.n, .card");
    if (holder) light(holder.dataset.k);
  });
  main.addEventListener("focusout", () => light(chosen));
  main.addEventListener("click", (event) => {
    if (event.target.closest("summary") || !getSelection().isCollapsed) return;
    const keys = seen(under(event.target));
    if (!keys.length) return;
    if (event.target.closest("a")) event.preventDefault();
    const again = keys.indexOf(chosen);
    const onCard = event.target.closest(".card");
    choose(keys[(again + 1) % keys.length], { focus: Boolean(event.target.closest("a") || onCard) });
  });

  // --- filters

  const filter = () => {
    const off = new Set(all(".voice[aria-pressed=false]").map((b) => b.dataset.voice));
    const who = one("#speaker").value;
    root.dataset.off = [...off].join(" ");
    root.classList.toggle("only", who !== "");
    for (const element of all(".keep")) element.classList.remove("keep");
    let left = 0;
    for (const [key, card] of cards) {
      const stays = !off.has(card.dataset.voice) && (who === "" || card.dataset.who === who);
      card.classList.toggle("gone", !stays);
      anchors.get(key)?.classList.toggle("gone", !stays);
      left += stays;
      if (stays && who !== "") for (const [, element] of parts.get(key) || []) element.classList.add("keep");
    }
    if (chosen !== null && cards.get(chosen).classList.contains("gone")) choose(null);
    one("#status").textContent = `${left} / ${cards.size}`;
  };
  for (const button of all(".voice")) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "false");
      filter();
    });
  }
  one("#speaker").addEventListener("change", filter);

  // --- language and theme

  const speak = (language) => {
    root.lang = language;
    for (const element of all("[data-t]")) element.textContent = words[language][element.dataset.t];
    for (const element of all("[data-tl]")) element.setAttribute("aria-label", words[language][element.dataset.tl]);
    for (const element of all("[data-fr]")) element.textContent = element.dataset[language];
    for (const button of all("[data-language]")) button.setAttribute("aria-pressed", button.dataset.language === language);
  };
  for (const button of all("[data-language]")) {
    button.addEventListener("click", () => {
      speak(button.dataset.language);
      remember("language", button.dataset.language);
    });
  }
  const theme = (name) => {
    if (name === "light" || name === "dark") root.dataset.theme = name;
  };
  one("#theme").addEventListener("click", () => {
    const dark = getComputedStyle(root).colorScheme === "dark";
    theme(dark ? "light" : "dark");
    remember("theme", root.dataset.theme);
  });

  // --- keys

  const help = one("#keys");
  one("#help").addEventListener("click", () => help.showModal());
  one("#shut").addEventListener("click", () => help.close());
  one("#single").addEventListener("change", (event) => remember("single", event.target.checked ? "on" : "off"));
  one("#on").addEventListener("click", () => step(1));
  one("#back").addEventListener("click", () => step(-1));
  one("#close").addEventListener("click", () => choose(null));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") return choose(null);
    if (!one("#single").checked || event.target.closest("select, input, textarea")) return;
    const act = { j: () => step(1), k: () => step(-1), "?": () => help.showModal() }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // --- at the start, and when a permalink is followed

  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const anchor = [...anchors.values()].find((a) => a.id === id);
    if (anchor) choose(anchor.dataset.k, { address: false });
  };
  addEventListener("hashchange", follow);
  root.classList.add("js");
  const language = remember("language");
  if (words[language]) speak(language);
  theme(remember("theme"));
  one("#single").checked = remember("single") !== "off";
  follow();
})();
