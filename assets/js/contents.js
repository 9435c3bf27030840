// @ts-check
/**
 * The contents at the side name the section that is being read. Nothing moves and nothing takes the focus.
 */

/** A section is being read while it crosses this part of the window, from its top. */
const LINE = 0.25;

/**
 * @param {HTMLElement} nav
 */
export function start(nav) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const links = new Map([...nav.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const sections = [...links.keys()].map((id) => document.getElementById(id)).filter((section) => section !== null);
  const last = sections[sections.length - 1];
  /** @type {Set<Element>} */
  const crossing = new Set();
  let ended = false;

  const mark = () => {
    const target = ended ? sections.find((section) => section.id === location.hash.slice(1) && isInView(section)) ?? last : sections.findLast((section) => crossing.has(section));
    for (const [id, link] of links) {
      if (id !== target?.id) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "true");
        keepInView(nav, link);
      }
    }
  };

  const atLine = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) isIntersecting ? crossing.add(target) : crossing.delete(target);
      mark();
    },
    { rootMargin: `-${LINE * 100}% 0px -${(1 - LINE) * 100}% 0px` },
  );
  for (const section of sections) atLine.observe(section);

  // The last sections are too short to reach the line; the page has ended when the footer is there.
  const footer = document.querySelector(".site-footer");
  const atEnd = new IntersectionObserver(([entry]) => {
    ended = entry?.isIntersecting ?? false;
    mark();
  });
  if (footer) atEnd.observe(footer);
  addEventListener("hashchange", mark);
}

/** @param {Element} section */
function isInView(section) {
  const { top } = section.getBoundingClientRect();
  return top >= 0 && top < innerHeight;
}

/**
 * Scroll long contents, and only them.
 * @param {HTMLElement} nav
 * @param {HTMLElement} link
 */
function keepInView(nav, link) {
  const top = link.getBoundingClientRect().top - nav.getBoundingClientRect().top;
  if (top < 0 || top + link.offsetHeight > nav.clientHeight) nav.scrollTop += top - nav.clientHeight / 2;
}
