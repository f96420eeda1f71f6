// Search over the text, the tables and the projects.

const MOST_HITS = 200;
let index = null;

/** Everything that can be found, in the order of the page. */
function indexed() {
  const elements = document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, td, th, figcaption)");
  index ||= [...elements]
    .filter((element) => !element.querySelector("p, li, td, th"))
    .map((element) => ({
      element,
      text: folded(`${element.textContent}${element.getAttribute("aria-label") || ""}`),
    }))
    .filter(({text}) => text);
  return index;
}

function found(query) {
  const asked = folded(query);
  return asked ? indexed().filter(({text}) => text.includes(asked)) : [];
}

function startSearch() {
  const input = make("input", {type: "search", "aria-label": "搜索全文、表格和项目", placeholder: "搜索全文、表格、项目、金额"});
  const status = make("p", {role: "status"});
  const list = make("ol", {class: "hits"});
  const results = make("div", {class: "results", hidden: ""}, status, list);
  const bar = make("div", {class: "bar", role: "search"}, input, results);
  const close = () => (results.hidden = true);
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => fill(input.value, status, list, results, close), 150);
  });
  input.addEventListener("focus", () => (results.hidden = !list.children.length));
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") (close(), input.focus());
    if (event.key === "ArrowDown" && event.target === input) list.querySelector("button")?.focus();
  });
  document.addEventListener("pointerdown", (event) => bar.contains(event.target) || close());
  document.body.prepend(bar);
}

function fill(query, status, list, results, close) {
  const hits = found(query);
  results.hidden = !folded(query);
  const cut = hits.length > MOST_HITS ? `，这里列出前 ${MOST_HITS} 处` : "";
  status.textContent = hits.length ? `找到 ${hits.length} 处${cut}` : "没有找到";
  list.replaceChildren();
  let heading = null;
  for (const {element} of hits.slice(0, MOST_HITS)) {
    const over = headingOf(element);
    if (over !== heading) list.append(make("li", {class: "over"}, nameOf(over)));
    heading = over;
    const go = () => (close(), show(element));
    list.append(make("li", {}, make("button", {type: "button", onclick: go}, excerpt(element, query))));
  }
  list.onkeydown = roving([...list.querySelectorAll("button")]); // in place of the one of other hits
}

function excerpt(element, query) {
  const text = element.closest("td, th") ? [placeInTable(element), textOf(element)].join("　") : textOf(element);
  const at = Math.max(text.indexOf(query.trim()) - 20, 0);
  return `${at ? "…" : ""}${text.slice(at, at + 80)}${text.length > at + 80 ? "…" : ""}`;
}
