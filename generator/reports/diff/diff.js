"use strict";
// Steps through the differences, filters them, and keeps what the reader decides.
// Without scripts the page is a plain report: nothing is hidden and nothing can be decided.
(() => {
  const $ = (id) => document.getElementById(id);
  const cards = [...document.querySelectorAll(".entry")];
  const parts = [...document.querySelectorAll("details.section")];
  const boxes = [...document.querySelectorAll("#filters input")];
  const store = "disclosure-diff:" + document.body.dataset.key;
  const decisions = load();
  let current = -1;

  // What was decided: in memory, and where the browser allows it, kept for the next visit.
  function load() {
    try {
      const kept = JSON.parse(localStorage.getItem(store));
      return new Map(Array.isArray(kept) ? kept : []);
    } catch {
      return new Map();
    }
  }

  function save() {
    try {
      localStorage.setItem(store, JSON.stringify([...decisions]));
    } catch {
      // private browsing, or a full store: the export still has it
    }
  }

  function decide(card, change) {
    const number = card.dataset.number;
    const decision = { state: "", note: "", ...decisions.get(number), ...change };
    if (decision.state || decision.note) decisions.set(number, decision);
    else decisions.delete(number);
    save();
    show(card);
    count();
  }

  function show(card) {
    const { state = "", note = "" } = decisions.get(card.dataset.number) ?? {};
    card.dataset.state = state;
    for (const radio of card.querySelectorAll("input[type=radio]")) radio.checked = radio.value === state;
    const input = card.querySelector(".note input");
    if (input.value !== note) input.value = note;
  }

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function controls(card) {
    const number = card.dataset.number;
    const radios = [["采纳", "采纳"], ["不采纳", "不采纳"], ["", "未处理"]].map(([value, label]) =>
      element("label", {}, element("input", { type: "radio", name: "state" + number, value }), " " + label));
    const note = element("label", { className: "note" }, "备注",
      element("input", { type: "text", autocomplete: "off", maxLength: 500 }));
    const set = element("fieldset", { className: "decision" },
      element("legend", { textContent: `第 ${number} 处怎么处理` }), ...radios, note);
    set.addEventListener("change", (event) => {
      if (event.target.type === "radio") decide(card, { state: event.target.value });
    });
    note.addEventListener("input", (event) => decide(card, { note: event.target.value }));
    card.append(set);
    show(card);
  }

  // Filters
  function chosen(name) {
    return new Set(boxes.filter((box) => box.name === name && box.checked).map((box) => box.value));
  }

  function apply() {
    const kinds = chosen("kind"), weights = chosen("weight").add("不计"), states = chosen("state");
    for (const card of cards) {
      const { kind, weight, state } = card.dataset;
      card.hidden = !(kinds.has(kind) && weights.has(weight) && states.has(state || "未处理"));
    }
    for (const mark of document.querySelectorAll("mark[data-kind], td[data-kind], th[data-kind], tr[data-kind]")) {
      mark.classList.toggle("off", !kinds.has(mark.dataset.kind));
    }
    for (const each of document.querySelectorAll(".block, details.section")) {
      each.hidden = !each.querySelector(".entry:not([hidden])");
    }
    for (const part of parts) {
      if (!part.hidden) part.open = true;
      document.querySelector(`[data-section=${part.id}]`).hidden = part.hidden;
    }
    for (const cell of document.querySelectorAll("[data-column]")) cell.hidden = !kinds.has(cell.dataset.column);
    const overview = $("overview");
    if (overview) overview.hidden = parts.every((part) => part.hidden);
    current = -1;
    count();
    level();
  }

  function visible() {
    return cards.filter((card) => !card.hidden);
  }

  function count() {
    const seen = visible();
    $("counter").textContent = `${current + 1} / ${seen.length}`;
    $("previous").disabled = $("next").disabled = seen.length === 0;
    const open = cards.filter((card) => card.dataset.weight !== "不计");
    const done = open.filter((card) => card.dataset.state).length;
    $("decided").textContent = `已处理 ${done} / ${open.length}`;
  }

  // Steps
  function go(card) {
    for (const each of document.querySelectorAll(".current")) each.classList.remove("current");
    current = visible().indexOf(card);
    card.closest("details").open = true;
    card.classList.add("current");
    for (const link of document.querySelectorAll(`a.ref[href="#${card.id}"]`)) {
      link.parentElement.classList.add("current");
    }
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "center" });
    count();
  }

  function step(by) {
    const seen = visible();
    if (seen.length === 0) return;
    const from = current < 0 && by < 0 ? 0 : current;
    go(seen[(from + by + seen.length) % seen.length]);
  }

  const KEYS = { j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
    a: () => mark("采纳"), x: () => mark("不采纳") };

  function mark(state) {
    const card = visible()[current];
    if (card) decide(card, { state: card.dataset.state === state ? "" : state });
  }

  addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input[type=text], textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = KEYS[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  // A link to a difference that is filtered away brings it back.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#d']");
    const card = link && $(link.hash.slice(1));
    if (!card) return;
    event.preventDefault();
    if (card.hidden) {
      for (const box of boxes) {
        if ([card.dataset.kind, card.dataset.weight, card.dataset.state || "未处理"].includes(box.value)) box.checked = true;
      }
      apply();
    }
    go(card);
  });

  // Export
  const HEADS = ["序号", "部分", "类别", "轻重", "位置", "生成", "草稿", "差额", "生成位置", "草稿位置", "来自", "处理", "备注"];

  function words(card, selector) {
    return card.querySelector(selector)?.textContent.trim() ?? "";
  }

  function listed() {
    return cards.filter((card) => !card.hidden || decisions.has(card.dataset.number)).map((card) => {
      const sides = [...card.querySelectorAll(".wordings > div")].slice(0, 2);
      const { number, part, kind, weight } = card.dataset;
      const { state = "", note = "" } = decisions.get(number) ?? {};
      return [number, part, kind, weight, words(card, ".what"), ...sides.map((side) => words(side, ".wording")),
        words(card, ".change"), ...sides.map((side) => words(side, ".place")), words(card, ".source"), state, note];
    });
  }

  // A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.
  function field(text) {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d,.]+$/.test(text) ? "'" + text : text;
    return `"${safe.replaceAll('"', '""')}"`;
  }

  // In the JSON each difference says where it stands in the data: disclosure accept writes it back.
  const SPOTS = JSON.parse($("spots").textContent);

  function withSpot(row) {
    const told = Object.fromEntries(row.map((text, n) => [HEADS[n], text]));
    return SPOTS[row[0]] ? { ...told, 写回: SPOTS[row[0]] } : told;
  }

  const EXPORTS = {
    csv: () => download("比较清单.csv", "text/csv", "\ufeff" + [HEADS, ...listed()].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n"),
    json: () => download("比较清单.json", "application/json", JSON.stringify(
      listed().map(withSpot), null, 2) + "\n"),
    copy: () => {
      const text = listed().map(([number, part, kind, , what, ours, theirs, , , , , state, note]) =>
        `${number}. ${part}${what ? " " + what : ""}（${kind}）：生成“${ours}”，草稿“${theirs}”${state ? "——" + state : ""}${note ? "：" + note : ""}`).join("\n");
      const area = $("copied");
      area.hidden = false;
      area.value = text;
      area.select();
      navigator.clipboard?.writeText(text).catch(() => {});
    },
  };

  function download(name, type, content) {
    const url = URL.createObjectURL(new Blob([content], { type: type + ";charset=utf-8" }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  // Tables side by side scroll together, and their rows stay at the same height.
  for (const pair of document.querySelectorAll(".tables")) {
    const [ours, theirs] = pair.querySelectorAll(".scroll");
    ours.addEventListener("scroll", () => { theirs.scrollLeft = ours.scrollLeft; });
    theirs.addEventListener("scroll", () => { ours.scrollLeft = theirs.scrollLeft; });
  }

  function level() {
    const beside = matchMedia("(min-width: 46.01rem)").matches;
    for (const pair of document.querySelectorAll(".tables")) {
      const [ours, theirs] = [...pair.querySelectorAll("table")].map((table) => [...table.rows]);
      for (const row of [...ours, ...theirs]) row.style.height = "";
      if (!beside) continue;
      const heights = ours.map((row, n) => Math.max(row.offsetHeight, theirs[n]?.offsetHeight ?? 0));
      for (const rows of [ours, theirs]) rows.forEach((row, n) => { row.style.height = `${heights[n]}px`; });
    }
  }

  // Everything that is shown is printed.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details.section:not([open]):not([hidden])")];
    for (const each of opened) each.open = true;
    for (const row of document.querySelectorAll(".tables tr")) row.style.height = "";
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
    level();
  });

  cards.forEach(controls);
  $("toolbar").hidden = cards.length === 0;
  if ($("how")) $("how").hidden = false;
  $("previous").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));
  $("filters").addEventListener("change", apply);
  $("export").addEventListener("click", (event) => EXPORTS[event.target.dataset.export]?.());
  addEventListener("resize", level);
  apply();
})();
