"use strict";
// The voice map: it moves classes about and presses the page's own buttons; it makes no markup.
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const { cards, anchors, parts, under } = voiceMap();
  const walk = [...cards.keys()];
  let chosen = null;
  let lit = null;

  const light = (key) => {
    if (key === lit) return;
    for (const [letter, element] of parts.get(lit) || []) element.classList.remove(`o${letter}`);
    cards.get(lit)?.classList.remove("lit");
    anchors.get(lit)?.classList.remove("lit");
    lit = key;
    for (const [letter, element] of parts.get(key) || []) element.classList.add(`o${letter}`);
    cards.get(key)?.classList.add("lit");
    anchors.get(key)?.classList.add("lit");
  };

  const choose = (key, focus = true) => {
    cards.get(chosen)?.classList.remove("chosen");
    chosen = key;
    light(key);
    if (key === null) return;
    const [card, anchor] = [cards.get(key), anchors.get(key)];
    card.classList.add("chosen");
    const folded = card.closest("details.notes");
    if (folded) folded.open = true;
    if (anchor) history.replaceState(null, "", `#${anchor.id}`);
    if (focus && anchor) {
      anchor.focus({ preventScroll: true });
      anchor.scrollIntoView({ block: "center" });
    }
    if (!anchor) card.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    if (!walk.length) return;
    const here = walk.indexOf(chosen);
    choose(walk[here < 0 ? (by > 0 ? 0 : walk.length - 1) : Math.min(Math.max(here + by, 0), walk.length - 1)]);
  };

  const main = one("#main");
  main.addEventListener("mouseover", (event) => light(under(event.target)[0] ?? chosen));
  main.addEventListener("mouseleave", () => light(chosen));
  main.addEventListener("focusin", (event) => {
    const holder = event.target.closest("a.n, .card");
    if (holder) light(holder.dataset.k);
  });
  main.addEventListener("click", (event) => {
    if (event.target.closest("summary, button, label, input, .card a:not(.num)") || !getSelection().isCollapsed) return;
    const keys = under(event.target);
    if (!keys.length) return;
    if (event.target.closest("a")) event.preventDefault();
    choose(keys[(keys.indexOf(chosen) + 1) % keys.length], Boolean(event.target.closest("a")));
  });

  const help = one("#keys");
  one("#help").addEventListener("click", () => help.showModal());
  const press = (selector) => {
    if (chosen !== null) cards.get(chosen).querySelector(selector)?.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") return choose(null);
    if (!one("#single").checked || event.target.closest("select, input, textarea")) return;
    const act = {
      j: () => step(1),
      k: () => step(-1),
      a: () => press("[value^=accept]"),
      r: () => press("[value^=reject]"),
      e: () => press(".edit"),
      u: () => press(".undo, [value^=undo]"),
      "?": () => help.showModal(),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // A telephone shows the text first: what is said in a paragraph unfolds under it.
  foldBelow("75rem", () => all(".rail .facet"));
  foldBelow("48rem", () => all("details.notes"));
  // Paper has the statements beside their place, folded or not.
  addEventListener("beforeprint", () => all("details.notes").forEach((folded) => { folded.open = true; }));

  // A voice or a speaker unticked is silent in the text and beside it.
  const map = one(".map");
  const filter = () => {
    const voices = new Set(all("[data-silence]:not(:checked)").map((box) => box.dataset.silence));
    const speakers = new Set(all("[data-hush]:not(:checked)").map((box) => box.dataset.hush));
    for (const letter of "qrhs") map.classList.toggle(`no-${letter}`, voices.has(letter));
    for (const card of cards.values()) card.hidden = voices.has(card.dataset.voice) || speakers.has(card.dataset.speaker);
  };
  for (const box of all("[data-silence], [data-hush]")) box.addEventListener("change", filter);

  // The reference is copied at once where the browser lets it be; else its page shows it.
  document.addEventListener("click", async (event) => {
    const cite = event.target.closest?.("a.cite");
    if (!cite || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const answer = await fetch(`${cite.getAttribute("href")}?as=plain`);
      await navigator.clipboard.writeText(await answer.text());
      cite.textContent = `✓ ${map.dataset.copied}`;
    } catch {
      location.assign(cite.href);
    }
  });

  const follow = () => {
    const anchor = all("a.n").find((a) => `#${a.id}` === location.hash);
    if (anchor) choose(anchor.dataset.k);
  };
  addEventListener("hashchange", follow);
  follow();
  // In the queue, the next one after a judgement.
  if (location.hash === "#next") step(1);

  // What was said when; the list below it says the same in words.
  const line = one("#line");
  if (line) {
    const points = JSON.parse(line.dataset.points);
    const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", year: "2-digit" });
    // As high as the day on which most was said, and no higher.
    const most = Math.max(...points.map(([at]) => points.filter((p) => p[0] === at).length));
    line.style.height = `${3 + 1.6 * most}rem`;
    whenSeen(line, (echarts) => {
      const chart = echarts.init(line, null, { renderer: "svg" });
      const draw = () => chart.setOption({
        animation: false,
        grid: { left: 30, right: 30, top: 10, bottom: 30 },
        xAxis: { type: "time", minInterval: 86400000, axisLabel: { color: getComputedStyle(document.body).color, hideOverlap: true, formatter: (at) => day.format(at) } },
        yAxis: { show: false, min: 0.5, max: most + 0.5 },
        series: [{
          type: "scatter",
          symbolSize: 22,
          data: points.map(([day, number]) => ({ value: [day, points.filter((p) => p[0] === day && p[1] <= number).length], name: String(number) })),
          label: { show: true, formatter: "{b}", color: "#fff" },
          itemStyle: { color: "#0d5546", opacity: 1 },
        }],
      });
      draw();
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
      chart.on("click", (event) => choose(event.name));
      addEventListener("resize", () => chart.resize());
    });
  }
})();
