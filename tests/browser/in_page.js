// Checks that run inside of a page; each returns what is wrong as sentences. Evaluated by care.py.
({
  /** What reaches beyond the right edge of the screen, when the page can be scrolled sideways. */
  tooWide() {
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide <= 0) return [];
    const found = [...document.querySelectorAll("body *")]
      .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest(".visually-hidden"))
      .slice(0, 3)
      .map((node) => node.cloneNode(false).outerHTML);
    return [`${wide} pixels wider than the screen: ${found.join(" | ")}`];
  },

  /** Links, buttons and inputs smaller than 24 by 24, but for links inside of running text. */
  smallTargets() {
    const named = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']";
    const words = (node) => (node.textContent ?? "").replace(/[\s\p{P}]+/gu, "");
    const block = (node) => {
      let parent = node.parentElement;
      while (parent && getComputedStyle(parent).display.startsWith("inline")) parent = parent.parentElement;
      return parent ?? document.body;
    };
    const inRunningText = (node) => {
      if (node.tagName !== "A" || getComputedStyle(node).display !== "inline") return false;
      const around = block(node);
      const links = [...around.querySelectorAll("a, .visually-hidden")].reduce((sum, link) => sum + words(link).length, 0);
      return words(around).length > links;
    };
    const faults = [];
    for (const node of document.querySelectorAll(named)) {
      if (!node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
      if (node.closest(".visually-hidden, .skip-link, svg, .js-plotly-plot") || inRunningText(node)) continue;
      const label = node.matches("input[type=radio], input[type=checkbox]") ? node.labels?.[0] : undefined;
      const boxes = [...(label ?? node).getClientRects(), ...node.getClientRects()];
      if (boxes.some((box) => box.width >= 23.9 && box.height >= 23.9)) continue;
      const box = node.getBoundingClientRect();
      if (box.width === 0) continue;
      faults.push(`target of ${Math.round(box.width)} x ${Math.round(box.height)}: ${node.outerHTML.slice(0, 110)}`);
    }
    return faults;
  },

  /** Animations and transitions that still take time, and scrolling that is still smooth. */
  motion() {
    const faults = [];
    if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") faults.push("the page scrolls smoothly");
    const long = (list) => list.split(",").some((time) => parseFloat(time) * (time.includes("ms") ? 0.001 : 1) > 0.01);
    for (const node of document.querySelectorAll("body, body *")) {
      const style = getComputedStyle(node);
      if (long(style.transitionDuration)) faults.push(`transition: ${node.cloneNode(false).outerHTML}`);
      if (style.animationName !== "none" && long(style.animationDuration)) faults.push(`animation: ${node.cloneNode(false).outerHTML}`);
    }
    for (const running of document.getAnimations()) {
      if (Number(running.effect?.getComputedTiming().duration) > 10) faults.push("an animation is running");
    }
    return [...faults, ...(window.__smooth ?? [])].slice(0, 10);
  },

  /** Text in drawings whose color is too close to what lies under it: 4.5 to 1, or 3 to 1 where it is large. */
  drawnText() {
    const numbers = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const opaque = (color) => color !== "none" && color !== "transparent" && (numbers(color)[3] ?? 1) > 0.02;
    const over = (top, bottom) => {
      const [r, g, b, alpha = 1] = numbers(top);
      const under = numbers(bottom);
      return `rgb(${[r, g, b].map((value, n) => value * alpha + under[n] * (1 - alpha)).join(", ")})`;
    };
    const light = (color) => {
      const [r, g, b] = numbers(color).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const faded = (node, color) => {
      const style = getComputedStyle(node);
      const [r, g, b, alpha = 1] = numbers(color);
      return `rgba(${r}, ${g}, ${b}, ${alpha * parseFloat(style.fillOpacity) * parseFloat(style.opacity)})`;
    };
    const paper = (node) => {
      const layers = [];
      for (let parent = node; parent; parent = parent.parentElement) {
        const color = getComputedStyle(parent).backgroundColor;
        if (!opaque(color)) continue;
        layers.push(color);
        if ((numbers(color)[3] ?? 1) === 1) break;
      }
      const dark = matchMedia("(prefers-color-scheme: dark)").matches && getComputedStyle(document.documentElement).colorScheme.includes("dark");
      return layers.reverse().reduce((under, color) => over(color, under), dark ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)");
    };
    const covers = (shape, x, y) => {
      const box = shape.getBoundingClientRect();
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) return false;
      const matrix = shape.getScreenCTM()?.inverse();
      return matrix ? shape.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix)) : false;
    };
    const faults = [];
    for (const svg of document.querySelectorAll("svg")) {
      if (!svg.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const shapes = [...svg.querySelectorAll("rect, path, circle, ellipse, polygon")].filter((shape) => opaque(getComputedStyle(shape).fill));
      for (const text of svg.querySelectorAll("text")) {
        const style = getComputedStyle(text);
        const box = text.getBoundingClientRect();
        if (!text.textContent?.trim() || box.width === 0 || style.visibility === "hidden" || style.opacity === "0") continue;
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        let under = paper(svg);
        for (const shape of shapes) {
          const before = shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
          if (before && covers(shape, x, y)) under = over(faded(shape, getComputedStyle(shape).fill), under);
        }
        const [one, other] = [light(over(faded(text, style.fill), under)), light(under)];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        const size = parseFloat(style.fontSize) * (text.getScreenCTM()?.d ?? 1);
        const large = size >= 24 || (size >= 18.6 && Number(style.fontWeight) >= 700);
        if (ratio < (large ? 3 : 4.5) - 0.01) faults.push(`drawn text at ${ratio.toFixed(2)} to 1: ${text.outerHTML.slice(0, 140)} ${style.fill} on ${under}`);
      }
    }
    return faults.slice(0, 10);
  },

  /** What is wrong with the element that has the focus; nothing at all where none has it. */
  focused() {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const name = node.outerHTML.slice(0, 120);
    window.__visited ??= new Set();
    if (window.__visited.has(node)) return [`focused twice: ${name}`];
    window.__visited.add(node);
    const faults = [];
    const ringed = (part) => {
      const style = getComputedStyle(part);
      return style.outlineStyle !== "none" && (style.outlineStyle === "auto" || parseFloat(style.outlineWidth) >= 2);
    };
    const label = node.labels?.[0];
    if (!ringed(node) && !(label && ringed(label))) faults.push(`no focus ring: ${name}`);
    const box = [...node.getClientRects()].find((rect) => rect.width > 1 && rect.height > 1);
    if (!box) return [...faults, `focus on something without a size: ${name}`];
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) {
      const partly = box.height >= innerHeight && box.bottom > 0 && box.top < innerHeight;
      return partly ? faults : [...faults, `focus off the screen: ${name}`];
    }
    const top = document.elementFromPoint(x, y);
    if (!top || node.contains(top) || top.contains(node) || label?.contains(top)) return faults;
    return [...faults, `focus is covered by ${top.cloneNode(false).outerHTML}: ${name}`];
  },
})
