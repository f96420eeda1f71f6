// Each table: copied, or saved as CSV or as a workbook.

/** The cells of a table by row: null where a merged cell reaches. */
function cellsOf(table) {
  const seen = new Set();
  return gridOf(table).map((row) =>
    Array.from(row, (cell) => {
      if (!cell || seen.has(cell)) return null;
      seen.add(cell);
      const text = textOf(cell);
      const number = cell.querySelector("data") && /^-?[\d,]+(\.\d+)?$/.test(text) ? text.replace(/,/g, "") : "";
      return {text, number, decimals: number.includes("."), columns: cell.colSpan, rows: cell.rowSpan};
    })
  );
}

/** A text that no spreadsheet takes for a formula. */
function harmless(cell) {
  return /^[=+@\t\r]|^-(?!\d)./.test(cell.text) && !cell.number ? `'${cell.text}` : cell.text;
}

function csv(table) {
  const quoted = (cell) => (cell ? `"${harmless(cell).replace(/"/g, '""')}"` : "");
  const lines = cellsOf(table).map((row) => row.map(quoted).join(","));
  return new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], {type: "text/csv;charset=utf-8"});
}

function tabbed(table) {
  const line = (row) => row.map((cell) => (cell ? harmless(cell) : "")).join("\t");
  return cellsOf(table).map(line).join("\n");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", {"aria-hidden": "true", class: "unseen"});
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const anchor = make("a", {href: url, download: name, class: "unseen"});
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The unit that stands above a table, for the name of a file: its numbers have none. */
function unitAbove(box) {
  const lines = [...(box.closest("section")?.querySelectorAll("p") || [])];
  const above = lines.filter((line) => line.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING);
  const found = above.map((line) => /单位[：:]\s*([百千十万亿]*元)/.exec(line.textContent)).filter(Boolean);
  return found.length ? `（${found.at(-1)[1]}）` : "";
}

function startTables() {
  for (const box of document.querySelectorAll(".scroll")) {
    const table = box.querySelector("table");
    const name = nameOf(headingOf(table));
    const file = `${document.title} ${name}${unitAbove(box)}`.replace(/[\\/:*?"<>|\s]+/g, " ").slice(0, 120);
    const sheet = name.replace(/[\[\]:*?/\\']/g, " ").slice(0, 31).trim() || "表";
    const told = make("span", {role: "status"});
    const copied = async () => (told.textContent = (await copy(tabbed(table))) ? "已复制" : "浏览器不让复制");
    const button = (text, does, action) =>
      make("button", {type: "button", onclick: action, "aria-label": `${does}：${name}`}, text);
    const buttons = [
      button("复制", "复制表格", copied),
      button("CSV", "存为 CSV", () => save(csv(table), `${file}.csv`)),
      button("XLSX", "存为 XLSX", () => save(workbook(sheet, cellsOf(table)), `${file}.xlsx`)),
    ];
    const tools = make("div", {class: "tools", role: "toolbar", "aria-label": `表格：${name}`}, ...buttons, told);
    tools.addEventListener("keydown", roving(buttons));
    box.before(tools);
  }
}
