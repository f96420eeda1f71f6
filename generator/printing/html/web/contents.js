// The contents follow the reader; only what scrolls is a stop of the tab key.

/** How far down a heading stands, in pixels, when a reader who jumped to it reads it. */
const READ_FROM = 90;

function startContents() {
  const contents = document.querySelector("nav.toc");
  if (!contents) return;
  const links = new Map();
  for (const link of contents.querySelectorAll('a[href^="#"]')) {
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (target) links.set(target, link);
  }
  const targets = [...links.keys()];
  let current = null;
  const follow = () => {
    const passed = targets.filter((target) => target.getBoundingClientRect().top < READ_FROM);
    const link = links.get(passed.at(-1) || targets[0]);
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    current.setAttribute("aria-current", "location");
    const inside = contents.scrollHeight > contents.clientHeight && getComputedStyle(contents).overflowY === "auto";
    if (inside) contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
  };
  let asked = false;
  const later = () => {
    if (!asked) requestAnimationFrame(() => ((asked = false), follow()));
    asked = true;
  };
  addEventListener("scroll", later, {passive: true});
  addEventListener("resize", later);
  follow();
}

/** The way back to the top is of use, and in the way of nothing, once the reader has left it. */
function startBack() {
  const back = document.querySelector(".back");
  const look = () => (back.hidden = scrollY < innerHeight / 2);
  addEventListener("scroll", look, {passive: true});
  look();
}

function startScrolling() {
  const look = () => {
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    }
  };
  look();
  addEventListener("resize", look);
}
