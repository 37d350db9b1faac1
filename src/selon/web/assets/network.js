"use strict";
// The network, drawn from the API: placed by d3-force (the same every time), shown by Cytoscape.
(async () => {
  const box = document.querySelector(".net");
  if (!box || !globalThis.cytoscape || !globalThis.d3) return;
  const status = document.querySelector("#drawn");
  const panel = document.querySelector("#chosen");
  const many = new Intl.NumberFormat(document.documentElement.lang);
  box.hidden = false;
  status.textContent = box.dataset.drawing;
  let told;
  try {
    const answer = await fetch(box.dataset.from, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    told = await answer.json();
  } catch {
    box.replaceChildren(Object.assign(document.createElement("p"), { className: "note", textContent: box.dataset.failed }));
    return;
  }

  const kinds = ["person", "organisation", "outlet", "place"];
  const largest = Math.max(...told.nodes.map((n) => n.out + n.into), 1);
  const thickest = Math.max(...told.edges.map((e) => e.n), 1);
  const nodes = told.nodes.map((n, i) => ({
    ...n, i, all: n.out + n.into,
    kind: kinds.includes(n.type) ? n.type : "other",
    size: 7 + 25 * Math.sqrt((n.out + n.into) / largest),
  }));
  const numbers = new Map(nodes.map((n) => [n.asks, n.i]));
  const edges = told.edges.map((e) => ({ ...e, source: numbers.get(e.source), target: numbers.get(e.target) }));

  // A few steps at a time, so that the page stays alive meanwhile.
  const place = async () => {
    const placed = nodes.map((n) => ({ size: n.size }));
    const crowd = nodes.length > 600;
    const force = d3.forceSimulation(placed)
      .force("edge", d3.forceLink(edges.map((e) => ({ source: e.source, target: e.target }))).distance((l) => 26 + l.source.size + l.target.size))
      .force("apart", d3.forceManyBody().strength((n) => (crowd ? -50 : -160) - 5 * n.size).theta(crowd ? 1.5 : 0.9).distanceMax(crowd ? 500 : 1200))
      .force("x", d3.forceX().strength(crowd ? 0.06 : 0.09))
      .force("y", d3.forceY().strength(crowd ? 0.08 : 0.13))
      .alphaDecay(crowd ? 0.22 : 0.03)
      .stop();
    const room = d3.forceCollide((n) => n.size / 2 + (crowd ? 4 : 13));
    if (!crowd) force.force("room", room);
    while (force.alpha() > force.alphaMin()) {
      const until = performance.now() + 40;
      while (force.alpha() > force.alphaMin() && performance.now() < until) {
        // That no two lie over one another is asked for when they are nearly in place: it costs as much as all else.
        if (crowd && force.alpha() < 0.1 && !force.force("room")) force.force("room", room);
        force.tick();
      }
      await new Promise((go) => setTimeout(go));
    }
    return placed;
  };
  const began = performance.now();
  const placed = await place();

  const colours = () => {
    const of = (selector) => getComputedStyle(document.querySelector(selector));
    const found = Object.fromEntries([...kinds, "other"].map((k) => [k, of(`.kind.${k}`).color]));
    return { ...found, ink: of(".net").color, edge: of(".net").borderTopColor, paper: of("#net").backgroundColor };
  };
  const shapes = { person: "ellipse", organisation: "round-rectangle", outlet: "diamond", place: "triangle", other: "hexagon" };
  const style = (c) => [
    { selector: "node", style: { width: "data(size)", height: "data(size)", "border-width": 1, "border-color": c.paper } },
    ...Object.entries(shapes).map(([kind, shape]) => ({ selector: `node.${kind}`, style: { shape, "background-color": c[kind] } })),
    { selector: "node.told", style: { label: "data(name)", color: c.ink, "font-size": "data(type)", "font-family": getComputedStyle(document.body).fontFamily, "text-outline-color": c.paper, "text-outline-width": 2, "text-valign": "bottom", "text-margin-y": 2 } },
    { selector: "node.above", style: { "text-valign": "top", "text-margin-y": -2 } },
    { selector: "edge", style: { width: "data(wide)", "line-color": c.edge, "target-arrow-color": c.edge, "target-arrow-shape": "triangle", "arrow-scale": 0.7, "curve-style": nodes.length > 700 ? "haystack" : "bezier", opacity: 0.55 } },
    { selector: ".dim", style: { opacity: 0.1 } },
    { selector: "node.near", style: { "border-width": 2, "border-color": c.ink } },
    { selector: "edge.near", style: { "line-color": c.ink, "target-arrow-color": c.ink, opacity: 0.9 } },
  ];
  // Where all of it is seen; the library's own reckoning measures each name first.
  const whole = () => {
    const sheet = document.querySelector("#net");
    const [wide, high] = [sheet.clientWidth, sheet.clientHeight];
    const [xs, ys] = [placed.map((n) => n.x), placed.map((n) => n.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const zoom = Math.min((wide - Math.min(160, wide / 2.5)) / Math.max(right - left, 1), (high - 70) / Math.max(bottom - top, 1), 2.5);
    return { zoom, pan: { x: wide / 2 - (zoom * (left + right)) / 2, y: high / 2 - 6 - (zoom * (top + bottom)) / 2 } };
  };
  const graph = cytoscape({
    container: document.querySelector("#net"),
    elements: [
      ...nodes.map((n) => ({ data: { id: `n${n.i}`, i: n.i, name: n.name.length > 40 ? `${n.name.slice(0, 39)}…` : n.name, size: n.size, type: 12 }, classes: n.kind, position: { x: placed[n.i].x, y: placed[n.i].y } })),
      ...edges.map((e, i) => ({ data: { id: `e${i}`, i, source: `n${e.source}`, target: `n${e.target}`, wide: 0.7 + 3.3 * Math.sqrt(e.n / thickest) } })),
    ],
    layout: { name: "preset", fit: false },
    ...whole(),
    style: style(colours()),
    autoungrabify: true, boxSelectionEnabled: false, minZoom: 0.05, maxZoom: 6,
    hideEdgesOnViewport: nodes.length > 700, textureOnViewport: nodes.length > 700, pixelRatio: nodes.length > 700 ? 1 : "auto",
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style(colours())));

  // Names stand where there is room for them: the weightiest first, no two over one another.
  const byWeight = graph.nodes().toArray().sort((a, b) => b.data("size") - a.data("size"));
  let chosen = null;
  const label = () => {
    const zoom = graph.zoom();
    const [wide, high] = [graph.width(), graph.height()];
    const [taken, bodies] = [[], []];
    const lit = chosen ? chosen.union(chosen.isNode() ? chosen.closedNeighborhood() : chosen.connectedNodes()) : null;
    for (const node of byWeight) {
      if (lit && !lit.has(node)) continue;
      const half = (node.data("size") * zoom) / 2;
      // Of the small ones it does no harm to be written over.
      if (half < 4) break;
      const at = node.renderedPosition();
      bodies.push([at.x - half, at.y - half, at.x + half, at.y + half]);
    }
    const ordered = lit ? [...byWeight.filter((n) => lit.has(n)), ...byWeight.filter((n) => !lit.has(n))] : byWeight;
    graph.batch(() => {
      for (const [rank, node] of ordered.entries()) {
        const at = node.renderedPosition();
        const half = node.data("name").length * 3.4;
        const reach = (node.data("size") * zoom) / 2;
        const below = [at.x - half, at.y + reach + 1, at.x + half, at.y + reach + 17];
        const above = [at.x - half, at.y - reach - 17, at.x + half, at.y - reach - 1];
        const free = (mine) => {
          const over = (t) => t[0] < mine[2] && t[2] > mine[0] && t[1] < mine[3] && t[3] > mine[1];
          // A name is told whole or not at all.
          const inside = mine[0] >= 0 && mine[2] <= wide && mine[1] >= 0 && mine[3] <= high;
          // The weightiest are named even where others stand close to them.
          return inside && !taken.some(over) && (rank < 25 || !bodies.some(over));
        };
        const mine = lit && !lit.has(node) ? undefined : [below, above].find(free);
        if (mine) taken.push(mine);
        // Most stay as they are.
        if (node.hasClass("told") !== Boolean(mine)) node.toggleClass("told", Boolean(mine));
        if (node.hasClass("above") !== (mine === above)) node.toggleClass("above", mine === above);
        // The size on the screen stays the same however near one looks.
        if (mine) node.data("type", 12 / zoom);
      }
    });
  };
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(label, 60);
  };
  graph.on("viewport resize", soon);
  // A window that changes shows all of it again.
  addEventListener("resize", () => {
    graph.resize();
    graph.viewport(whole());
  });
  label();

  const page = (node) => (node.type === "outlet" ? `/outlet?${new URLSearchParams({ name: node.name })}` : `/person/${node.asks.slice(1)}`);
  const statements = (edge) => {
    const asked = new URLSearchParams([[told.source, nodes[edge.source].asks], [told.target, nodes[edge.target].asks]]);
    return `/?${asked}${told.query ? `&${told.query}` : ""}`;
  };
  const around = (node) => `${box.dataset.page}${box.dataset.page.includes("?") ? "&" : "?"}${new URLSearchParams({ near: node.asks })}`;
  const link = (words, href) => {
    const made = document.createElement("a");
    made.href = href;
    made.append(Object.assign(document.createElement("bdi"), { textContent: words }));
    return made;
  };
  const made = (name, ...parts) => {
    const element = document.createElement(name);
    element.append(...parts);
    return element;
  };
  const listed = (title, found, end) => {
    if (!found.length) return [];
    const rows = found.sort((a, b) => b.n - a.n).slice(0, 30).map((e) => made("li", link(nodes[e[end]].name, page(nodes[e[end]])), " ", link(many.format(e.n), statements(e))));
    return [made("h3", title), made("ul", ...rows)];
  };
  const let_go = () => {
    chosen = null;
    graph.elements().removeClass("dim near");
    panel.replaceChildren(Object.assign(document.createElement("p"), { className: "told", textContent: panel.dataset.none }));
    label();
  };
  const choose = (element) => {
    chosen = element;
    const kept = element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
    graph.batch(() => {
      graph.elements().addClass("dim").removeClass("near");
      kept.removeClass("dim");
      (element.isNode() ? kept : element.union(element.connectedNodes())).edges().union(element).addClass("near");
    });
    const shut = Object.assign(document.createElement("button"), { type: "button", className: "act", textContent: panel.dataset.shut });
    shut.addEventListener("click", let_go);
    if (element.isNode()) {
      const node = nodes[element.data("i")];
      panel.replaceChildren(
        made("h2", link(node.name, page(node))),
        made("p", link(panel.dataset.near, around(node)), " ", shut),
        ...listed(panel.dataset.to, edges.filter((e) => e.source === node.i), "target"),
        ...listed(panel.dataset.from, edges.filter((e) => e.target === node.i), "source"),
      );
    } else {
      const edge = edges[element.data("i")];
      panel.replaceChildren(
        made("h2", link(nodes[edge.source].name, page(nodes[edge.source])), " → ", link(nodes[edge.target].name, page(nodes[edge.target]))),
        made("p", link(`${many.format(edge.n)} ${panel.dataset.says}`, statements(edge)), " ", shut),
      );
    }
    label();
  };
  graph.on("tap", (event) => (event.target === graph ? let_go() : choose(event.target)));
  graph.on("dbltap", "node", (event) => location.assign(page(nodes[event.target.data("i")])));
  graph.on("dbltap", "edge", (event) => location.assign(statements(edges[event.target.data("i")])));

  const middle = () => ({ x: graph.width() / 2, y: graph.height() / 2 });
  const deeds = {
    in: () => graph.zoom({ level: graph.zoom() * 1.5, renderedPosition: middle() }),
    out: () => graph.zoom({ level: graph.zoom() / 1.5, renderedPosition: middle() }),
    fit: () => graph.viewport(whole()),
  };
  for (const button of box.querySelectorAll("[data-do]")) button.addEventListener("click", deeds[button.dataset.do]);

  document.querySelector("#names").append(...nodes.slice(0, 500).map((n) => Object.assign(document.createElement("option"), { value: n.name })));
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  document.querySelector("#spot").addEventListener("change", (event) => {
    const asked = plain(event.target.value.trim());
    if (!asked) return let_go();
    const hit = nodes.find((n) => plain(n.name) === asked) || nodes.find((n) => plain(n.name).includes(asked));
    if (!hit) return;
    const element = graph.$id(`n${hit.i}`);
    graph.zoom(Math.max(graph.zoom(), 1));
    graph.center(element);
    choose(element);
  });
  status.textContent = "";
  // For the tests: what is drawn, and how long its placing took.
  box.dataset.drawn = String(nodes.length);
  box.dataset.took = String(Math.round(performance.now() - began));
  globalThis.network = graph;
})();
