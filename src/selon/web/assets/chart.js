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

for (const table of document.querySelectorAll("table.chart")) {
  const months = filled([...table.tBodies[0].rows]);
  if (months.length < 2 || !globalThis.echarts) continue;
  const count = (row, n) => (row ? Number(row.cells[n + 1].textContent.replace(/\D/g, "")) : 0);
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
  // What nobody does is no bar.
  const some = [...names.keys()].filter((n) => months.some(({ row }) => count(row, n)));
  const place = document.createElement("div");
  place.className = "drawn";
  place.setAttribute("aria-hidden", "true");
  // The drawing says it at one look; the table is folded behind it.
  const folded = table.closest("details");
  (folded ?? table.parentElement).before(place);
  if (folded) folded.open = false;
  const chart = echarts.init(place);
  const draw = () => {
    const ink = getComputedStyle(document.body).color;
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: "inherit", color: ink },
      // Hues that are no voice’s: they tell what somebody does, not how they are quoted.
      color: ["#0d7a63", "#8a8f94", "#5c6b2f", "#b3a05c"],
      legend: { top: 0, textStyle: { color: ink } },
      grid: { left: 48, right: 8, top: 36, bottom: 28 },
      xAxis: { type: "category", data: months.map(({ name }) => name), axisLabel: { color: ink } },
      yAxis: { type: "value", minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { opacity: 0.25 } } },
      series: some.map((n) => ({
        name: names[n], type: "bar", barMaxWidth: 60, data: months.map(({ row }) => count(row, n)),
      })),
    });
  };
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("resize", () => chart.resize());
}
