// The numbers of the page: where each is printed, what it is called, what it was computed from.

const TRACE = JSON.parse(document.getElementById("trace").textContent);
/** How many 元 each unit of money is. */
const UNITS = Object.entries(JSON.parse(document.getElementById("trace").dataset.units));
const NUMBERS = new Map();
/** For each number of a figure, the elements that print it. */
const PRINTED = [];

for (const element of document.querySelectorAll("data[data-figure]")) {
  const address = element.dataset.figure;
  if (!NUMBERS.has(address)) NUMBERS.set(address, NUMBERS.size);
  (PRINTED[NUMBERS.get(address)] ||= []).push(element);
}

/** A figure by its number. */
function figure(number) {
  const [how, sources, words, value, unit, text] = TRACE.figures[number];
  const [first] = PRINTED[number] || [];
  const inTable = first && PRINTED[number].find((element) => element.closest("td, th"));
  return {
    number,
    how,
    sources,
    elements: PRINTED[number] || [],
    name: words || (inTable ? placeInTable(inTable) : ""),
    value: first ? first.value || first.getAttribute("value") : value,
    unit: first ? first.dataset.unit || "" : unit,
    text: first ? textOf(first) : text,
  };
}

/** The figures that a leaf went into directly. */
function usesOf(leaf) {
  return TRACE.figures.flatMap(([, sources], i) => (sources.includes(leaf) ? [i] : []));
}

/** Printed figures of the same parts and value, at other addresses. */
function sameAs(one) {
  if (!one.sources.length) return [];
  const key = one.sources.join();
  return TRACE.figures.flatMap(([how, sources], i) =>
    i !== one.number && how === one.how && PRINTED[i] && sources.join() === key ? [i] : []
  );
}

// Tables

const GRIDS = new WeakMap();

/** A table as rows of cells, each cell at every place it covers. */
function gridOf(table) {
  if (GRIDS.has(table)) return GRIDS.get(table);
  const grid = [];
  [...table.rows].forEach((row, r) => {
    grid[r] ||= [];
    let column = 0;
    for (const cell of row.cells) {
      while (grid[r][column]) column += 1;
      for (let down = 0; down < cell.rowSpan; down += 1) {
        grid[r + down] ||= [];
        for (let right = 0; right < cell.colSpan; right += 1) grid[r + down][column + right] = cell;
      }
      column += cell.colSpan;
    }
  });
  GRIDS.set(table, grid);
  return grid;
}

function isAmount(cell) {
  return cell.classList.contains("amount") || cell.querySelector("data") || !textOf(cell);
}

/** What a cell of a table holds: the text to its left, then the heads above it. */
function placeInTable(element) {
  const cell = element.closest("td, th");
  if (!cell) return "";
  const grid = gridOf(cell.closest("table"));
  const row = grid[cell.closest("tr").rowIndex];
  let at = row.indexOf(cell) - 1;
  while (at >= 0 && isAmount(row[at])) at -= 1;
  const left = [];
  for (; at >= 0 && !isAmount(row[at]); at -= 1) {
    if (left[0] !== row[at]) left.unshift(row[at]);
  }
  const column = row.indexOf(cell);
  const above = grid.map((cells) => cells[column]).filter((one) => one && one.tagName === "TH");
  const words = [left.map(textOf).join(" "), [...new Set(above)].map(textOf).join(" ")];
  return words.filter(Boolean).join(" · ");
}

/** The unit in which a figure is printed as a text: money in the one that rounds to the text. */
function unitOf(one, text) {
  if (one.unit !== "元") return one.unit;
  const digits = text.replace(/,/g, "");
  const number = Math.abs(Number(digits));
  if (!number) return ""; // of nothing it cannot be told
  const half = 0.5 * 10 ** -(digits.split(".")[1] || "").length;
  const rounded = ([, yuan]) => Math.abs(Math.abs(Number(one.value)) / yuan - number) <= half * 1.001;
  return UNITS.find(rounded)?.[0] || "";
}
