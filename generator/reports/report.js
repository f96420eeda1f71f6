"use strict";
// Filters by severity and code. Without scripts the filter stays hidden and everything is shown.
(() => {
  const filter = document.getElementById("filter");
  const code = document.getElementById("code");
  const shown = document.getElementById("shown");
  const entries = [...document.querySelectorAll(".entry")];
  const boxes = [...filter.querySelectorAll("input[type=checkbox]")];

  function apply() {
    const tiers = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const start = code.value.trim().toUpperCase();
    let count = 0;
    for (const entry of entries) {
      entry.hidden = !tiers.has(entry.dataset.tier) || !entry.dataset.code.startsWith(start);
      if (!entry.hidden) count += Number(entry.dataset.count);
    }
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector(".entry:not([hidden])");
    }
    shown.textContent = `列出 ${count} 处`;
  }

  filter.hidden = entries.length === 0;
  filter.addEventListener("input", apply);
  apply();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.explanation)")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
})();
