"use strict";
// A table of counts by month, drawn above itself; the table stays for those who read it.
const NAMED = new Intl.DateTimeFormat(document.documentElement.lang, { month: "short", year: "numeric", timeZone: "UTC" });

// Every month from the first to the last: one in which nothing was is an empty place, not left out.
const filled = (rows) => {
  const found = new Map(rows.filter((row) => /^\d{4}-\d\d$/.test(row.dataset.month)).map((row) => [row.dataset.month, row]));
  const known = [...found.keys()].sort();
  const months = [];
  for (let at = known[0]; at && at <= known.at(-1) && months.length < 1200; ) {
    months.push({ name: NAMED.format(new Date(`${at}-01`)), row: found.get(at) });
    const [year, month] = at.split("-").map(Number);
    at = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
  }
  return months;
};

const SVG = "http://www.w3.org/2000/svg";
const shape = (name, given) => {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) one.setAttribute(key, value);
  return one;
};
const words = (tag, className, textContent) => Object.assign(document.createElement(tag), { className, textContent });
// As round a number as tops the largest: 1, 2 or 5 with noughts.
const topped = (largest) => {
  const tens = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 5, 10].map((n) => n * tens).find((n) => n >= largest);
};
// A few months are not drawn as a few walls.
const MIN_PLACES = 12;

// Bars of each month side by side; a group tells its counts where one points at it.
const bars = (months, some, names, count, top, places) => {
  const plot = shape("svg", { viewBox: `0 0 ${100 * places} 100`, preserveAspectRatio: "none" });
  for (const y of [0.5, 50, 99.5]) plot.append(shape("line", { x1: 0, x2: 100 * places, y1: y, y2: y }));
  for (const [at, { name, row }] of months.entries()) {
    const month = shape("g", {}), title = shape("title", {});
    title.textContent = [name, ...some.map((n) => `${names[n]} ${count(row, n)}`)].join(" · ");
    month.append(title);
    for (const [k, n] of some.entries()) {
      const height = (100 * count(row, n)) / top, width = 76 / some.length;
      month.append(shape("rect", { class: `k${n}`, x: 100 * at + 12 + k * width, y: 100 - height, width, height }));
    }
    plot.append(month);
  }
  return plot;
};

for (const table of document.querySelectorAll("table.chart")) {
  const months = filled([...table.tBodies[0].rows]);
  if (months.length < 2) continue;
  const count = (row, n) => (row ? Number(row.cells[n + 1].textContent.replace(/\D/g, "")) : 0);
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
  // What nobody does is no bar.
  const some = [...names.keys()].filter((n) => months.some(({ row }) => count(row, n)));
  const top = topped(Math.max(1, ...some.flatMap((n) => months.map(({ row }) => count(row, n)))));
  const places = Math.max(months.length, MIN_PLACES);
  const place = words("div", "drawn bars", "");
  place.setAttribute("aria-hidden", "true");
  const legend = words("p", "small", "");
  legend.append(...some.map((n) => words("span", `key k${n}`, names[n])));
  const plot = words("div", "plot", "");
  const many = new Intl.NumberFormat(document.documentElement.lang);
  plot.append(bars(months, some, names, count, top, places), words("b", "top", many.format(top)), words("b", "base", "0"));
  const below = words("div", "below", "");
  place.append(legend, plot, below);
  // The drawing says it at one look; the table is folded behind it.
  const folded = table.closest("details");
  (folded ?? table.parentElement).before(place);
  if (folded) folded.open = false;
  const label = () => {
    // As many months are named as there is room for.
    const every = Math.ceil((places * 88) / below.clientWidth);
    below.replaceChildren(...months.flatMap(({ name }, at) => {
      if (at % every) return [];
      const one = words("span", "", name);
      one.style.left = `${(100 * (at + 0.12)) / places}%`;
      return one;
    }));
  };
  label();
  addEventListener("resize", label);
}
