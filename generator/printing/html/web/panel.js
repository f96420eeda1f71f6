// The panel that tells where a number comes from.

const MOST_AT_ONCE = 30;
const HOW = {
  sum: "由下列各项相加",
  count: "由下列各项数出",
  difference: "按印出的数计算：本年 − 上年",
  share: "按印出的数计算：部分 ÷ 整体 × 100%",
  rate: "按印出的数计算：（本年 − 上年）÷ 上年 × 100%",
  "last year": "由上年的数据算得",
  stated: "单位填报的数，没有更细的构成",
};

/** What is computed from numbers as they are printed, not from the exact ones. */
const OF_PRINTED = ["difference", "share", "rate"];

const panel = make("aside", {id: "panel", "aria-label": "数字的来历", tabindex: "-1", hidden: ""});
/** What was shown before, to go back to. */
const trail = [];
let opener = null;

function openPanel(element) {
  opener = element;
  trail.length = 0;
  view(() => figureView(NUMBERS.get(element.dataset.figure), element));
}

function closePanel() {
  panel.hidden = true;
  document.documentElement.classList.remove("with-panel");
  for (const one of document.querySelectorAll(".asked")) one.classList.remove("asked");
  if (opener) opener.focus({preventScroll: true});
}

function view(content) {
  trail.push(content);
  const back = trail.length > 1
    ? [make("button", {type: "button", onclick: () => (trail.pop(), view(trail.pop()))}, "返回")]
    : [];
  const close = make("button", {type: "button", onclick: closePanel, "aria-label": "关闭"}, "关闭");
  panel.replaceChildren(make("div", {class: "panel-bar"}, ...back, close), ...content());
  panel.hidden = false;
  panel.scrollTop = 0;
  document.documentElement.classList.add("with-panel");
  panel.focus({preventScroll: true});
}

/** What is told of a figure; one that was clicked is told in the unit in which it is printed. */
function figureView(number, clicked) {
  const one = figure(number);
  const at = clicked || one.elements[0];
  const text = at ? textOf(at) : one.text;
  for (const other of document.querySelectorAll(".asked")) other.classList.remove("asked");
  for (const element of one.elements) element.classList.add("asked");
  return [
    make("h2", {}, one.name || nameOf(headingOf(at))),
    ...(at ? [make("p", {class: "panel-where"}, nameOf(headingOf(at)))] : []),
    make("p", {class: "panel-value"}, `${text} ${unitOf(one, text)}`),
    ...exactValue(one, text),
    ...parts(one),
    ...alsoPrinted(one, at),
  ];
}

function exactValue(one, text) {
  if (OF_PRINTED.includes(one.how) || one.unit !== "元" || unitOf(one, text) === "元") return [];
  return [make("p", {class: "panel-exact"}, `准确数 ${withCommas(one.value)} 元，印出的数四舍五入`)];
}

function parts(one) {
  if (one.how === "sum" && !one.sources.length) {
    return [make("p", {}, "没有列入这一项的明细，所以是零或空")];
  }
  const said = make("h3", {}, one.sources.length > 1 || one.how !== "sum" ? HOW[one.how] : "就是这一项");
  if (!one.sources.length) return [make("p", {}, HOW[one.how])];
  const items = one.sources.map((source) => () => partItem(source, OF_PRINTED.includes(one.how)));
  const list = make("ol", {class: "parts"});
  const result = [said, list];
  const add = (upTo) => list.append(...items.slice(list.children.length, upTo).map((item) => item()));
  add(MOST_AT_ONCE);
  if (items.length > MOST_AT_ONCE) {
    const all = make("button", {type: "button"}, `列出全部 ${items.length} 项`);
    all.addEventListener("click", () => (add(items.length), all.remove()));
    result.push(all);
  }
  if (one.how === "sum" && one.unit === "元" && items.length > 1) result.push(sumLine(one));
  return result;
}

function sumLine(one) {
  const total = one.sources.reduce((sum, source) => sum + exact(amountOf(source)), 0n);
  return make("p", {class: "panel-sum"}, `${one.sources.length} 项合计 ${withCommas(written(total))} 元`);
}

/** The value of a source, in 元 for money. */
function amountOf(source) {
  return source < 0 ? figure(-1 - source).value : TRACE.leaves[source][1];
}

/** A part of a figure: in 元 exactly, or as it is printed. */
function partItem(source, asPrinted) {
  if (source >= 0) {
    const [words, amount] = TRACE.leaves[source];
    return link(words, `${withCommas(amount)} 元`, () => leafView(source));
  }
  const one = figure(-1 - source);
  const exactly = one.unit === "元" && !asPrinted;
  const value = exactly ? `${withCommas(one.value)} 元` : `${one.text} ${unitOf(one, one.text)}`;
  return link(one.name || nameOf(headingOf(one.elements[0])), value, () => figureView(one.number));
}

function link(words, value, content) {
  const button = make("button", {type: "button", onclick: () => view(content)}, make("span", {}, words));
  if (value) button.append(" ", make("b", {}, value));
  return make("li", {}, button);
}

function leafView(leaf) {
  const [words, amount] = TRACE.leaves[leaf];
  const uses = usesOf(leaf).filter((number) => PRINTED[number]);
  return [
    make("h2", {}, words),
    make("p", {class: "panel-where"}, "填报的明细，不由别的数算出"),
    make("p", {class: "panel-value"}, `${withCommas(amount)} 元`),
    make("h3", {}, `列入了 ${uses.length} 个印出的数`),
    places(uses.flatMap((number) => PRINTED[number].slice(0, 1))),
  ];
}

function alsoPrinted(one, at) {
  const same = sameAs(one).flatMap((number) => PRINTED[number]);
  const elsewhere = [...one.elements, ...same].filter((element) => element !== at);
  if (!elsewhere.length) return [make("p", {class: "panel-where"}, "只在这一处印出")];
  return [make("h3", {}, `还印在 ${elsewhere.length} 处`), places(elsewhere)];
}

/** Links to where numbers are printed. */
function places(elements) {
  const go = (element) => () => {
    if (matchMedia("(max-width: 60rem)").matches) closePanel();
    show(element);
    element.focus({preventScroll: true});
  };
  const item = (element) => {
    const place = placeInTable(element) || around(element);
    const button = make("button", {type: "button", onclick: go(element)});
    button.append(make("span", {}, `${nameOf(headingOf(element))}：${place}`), " ", make("b", {}, textOf(element)));
    return make("li", {}, button);
  };
  const list = make("ol", {class: "parts"}, ...elements.slice(0, MOST_AT_ONCE).map(item));
  if (elements.length <= MOST_AT_ONCE) return list;
  const box = make("div", {}, list);
  const all = make("button", {type: "button"}, `列出全部 ${elements.length} 处`);
  all.addEventListener("click", () => {
    list.append(...elements.slice(MOST_AT_ONCE).map(item));
    all.remove();
  });
  box.append(all);
  return box;
}

/** The words around a number in a text. */
function around(element) {
  const before = element.previousSibling ? element.previousSibling.textContent : "";
  return `“…${before.slice(-12)}${textOf(element)}…”`;
}

function startPanel() {
  document.body.append(panel);
  const groups = new Map();
  for (const element of PRINTED.flat()) {
    element.setAttribute("role", "button");
    const group = element.closest("table, p, li") || element.parentElement;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(element);
  }
  for (const [group, elements] of groups) group.addEventListener("keydown", roving(elements));
  document.addEventListener("click", (event) => {
    const element = event.target.closest("data[data-figure]");
    if (element && !String(getSelection())) openPanel(element);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) closePanel();
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("data[data-figure]")) {
      event.preventDefault();
      openPanel(event.target);
    }
  });
}
