"use strict";
// A table of counts, drawn above itself; the table stays for those who read it.
for (const table of document.querySelectorAll("table.chart")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 2 || !globalThis.echarts) continue;
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
  const ink = getComputedStyle(document.body).color;
  const place = document.createElement("div");
  place.className = "drawn";
  place.setAttribute("aria-hidden", "true");
  table.parentElement.before(place);
  const chart = echarts.init(place);
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: "inherit", color: ink },
    legend: { textStyle: { color: ink } },
    grid: { left: 48, right: 8, top: 36, bottom: 28 },
    xAxis: { type: "category", data: rows.map((row) => row.cells[0].textContent), axisLabel: { color: ink } },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: ink } },
    series: names.map((name, n) => ({
      name, type: "bar", data: rows.map((row) => Number(row.cells[n + 1].textContent)),
    })),
  });
  addEventListener("resize", () => chart.resize());
}
