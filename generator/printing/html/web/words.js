// Elements, and texts as people read and compare them.

/** Makes an element: make("p", {class: "a", onclick: f}, "text", child, …). */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** The text of an element on one line. */
function textOf(element) {
  return element.textContent.replace(/\s+/g, " ").trim();
}

/** A text as it is searched: one width, one case, no spaces, no commas within numbers. */
function folded(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "").replace(/(\d),(?=\d)/g, "$1");
}

/** A number written with commas, to be read: 461245101 → 461,245,101. */
function withCommas(number) {
  const [whole, decimals] = String(number).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (decimals ? `.${decimals}` : "");
}

const DECIMALS = 6;

/** An amount written with a decimal point as a whole number of millionths: sums are exact. */
function exact(text) {
  const [, sign, whole, decimals = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text);
  const digits = BigInt(whole + decimals.slice(0, DECIMALS).padEnd(DECIMALS, "0"));
  return sign ? -digits : digits;
}

/** The other way: millionths as a text, with two decimals if it has any. */
function written(millionths) {
  const sign = millionths < 0n ? "-" : "";
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(DECIMALS + 1, "0");
  const decimals = digits.slice(-DECIMALS).replace(/0{1,4}$/, "");
  return sign + digits.slice(0, -DECIMALS) + (decimals === "00" ? "" : `.${decimals}`);
}

/** The heading that an element stands under. */
function headingOf(element) {
  const box = element.closest(".scroll");
  if (box) {
    const named = document.getElementById(box.getAttribute("aria-labelledby") || "");
    if (named) return named;
  }
  let found = null;
  for (const heading of HEADINGS) {
    if (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) found = heading;
    else break;
  }
  return found;
}

const HEADINGS = [...document.querySelectorAll("main :is(h1, h2, h3, h4)")];

function nameOf(heading) {
  return heading ? heading.getAttribute("aria-label") || textOf(heading) : document.title;
}

/** Brings an element into view and marks it for a moment. */
function show(element) {
  const marked = element.closest("td, th") || element;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({block: "center", inline: "nearest", behavior: calm ? "auto" : "smooth"});
  for (const other of document.querySelectorAll(".shown")) other.classList.remove("shown");
  marked.classList.add("shown");
}

/** Lets the arrow keys move among some controls, of which the tab key reaches one. */
function roving(controls) {
  controls.forEach((control, i) => control.setAttribute("tabindex", i ? "-1" : "0"));
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
  return (event) => {
    const at = controls.indexOf(event.target);
    const next = controls[at + step[event.key]];
    if (at < 0 || !next) return;
    event.preventDefault();
    controls[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  };
}
