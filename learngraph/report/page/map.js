// the map: one page at a time, seen, moved over and lit up by mouse and by keyboard

const SMALLEST = 0.6; // a map that would be smaller begins at a part of it
const READABLE = 1;
const LARGEST_FIT = 1.2;
const MARGIN = 40;
const LIGHT = {
  paper: "#fff", ink: "#1b1f24", quiet: "#525a64", line: "#c9d0d8", accent: "#0b57d0", error: "#b3261e", needs: "#0b57d0",
  unlocks: "#9a3f00", focus: "#6a1b9a", box: "#eef3f9", outside: "#fff", missing: "#fbeceb",
};

const makeMap = ({ catalogue, canvas, terms, tip, picture, relations, onFocus, onChoose }) => {
  const cy = cytoscape({
    container: canvas, elements: [], style: looks(colours()), layout: { name: "preset" }, minZoom: 0.05, maxZoom: 3,
    autoungrabify: true, boxSelectionEnabled: false, userZoomingEnabled: false,
  });
  let order = []; // courses and achievements, column by column
  let focused = null;
  let chosen = null;
  const nodeAt = (number) => cy.nodes("[number]").filter((node) => node.data("number") === number);

  const describe = (node) => {
    const number = node.data("number");
    const known = catalogue.learning(number);
    const lines = [catalogue.title(number)];
    if (node.hasClass("missing")) lines.push("is not in the catalogue");
    else if (node.hasClass("outside")) lines.push("outside of this page");
    if (known) {
      lines.push(known.term ? `term ${known.term} at the earliest` : "can never be taken");
      if (known.numbers) lines.push(catalogue.metrics.map((name, at) => `${name} ${formatted(known.numbers[at])}`).join(", "));
    }
    return lines;
  };
  const showTip = (node) => {
    const joint = node.hasClass("joint");
    const lines = joint
      ? [node.data("label"), ...node.data("conditions").map((text) => `or \u201c${text}\u201d`)]
      : describe(node);
    fill(tip, ...lines.map((line, at) => make(at ? "div" : "strong", {}, bidi(line))));
    tip.hidden = false;
    const { x, y } = node.renderedPosition();
    const space = canvas.clientWidth - tip.offsetWidth - 8;
    const under = y + node.renderedHeight() / 2 + 8;
    const top = under + tip.offsetHeight < canvas.clientHeight ? under : y - node.renderedHeight() / 2 - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(8, Math.min(x - tip.offsetWidth / 2, space))}px`;
    tip.style.top = `${Math.max(8, top)}px`;
  };
  const hideTip = () => { tip.hidden = true; };

  const bringIn = (node) => {
    if (cy.zoom() < READABLE) cy.zoom(READABLE);
    const box = node.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height()) cy.center(node);
  };
  const focus = (node, quietly = false) => {
    cy.nodes(".focused").removeClass("focused");
    focused = node;
    if (!node) return;
    node.addClass("focused");
    bringIn(node);
    showTip(node);
    if (!quietly) onFocus(describe(node));
  };

  // a joint is lit where something lit lies beyond it; a line, where both of its ends are
  const lightJoints = (name, lit, beyond) => {
    for (let found = true; found;) {
      found = false;
      cy.nodes(".joint").forEach((joint) => {
        if (lit.has(joint.id()) || !beyond(joint).some((id) => lit.has(id))) return;
        lit.add(joint.id());
        found = true;
      });
    }
    lit.forEach((id) => {
      const node = cy.getElementById(id);
      if (!node.hasClass("chosen")) node.addClass(name);
    });
    cy.edges().filter((edge) => !edge.hasClass("hidden") && lit.has(edge.data("source")) && lit.has(edge.data("target"))).addClass(name);
  };
  const light = () => {
    cy.batch(() => {
      cy.elements().removeClass("needs unlocks chosen dim");
      if (chosen === null) return;
      const [needs, unlocks] = [catalogue.needs(chosen, relations()), catalogue.unlocks(chosen, relations())];
      const known = cy.nodes("[number]");
      known.forEach((node) => { if (node.data("number") === chosen) node.addClass("chosen"); });
      const ids = (numbers) => new Set(known.filter((node) => numbers.has(node.data("number")) || node.data("number") === chosen).map((node) => node.id()));
      const seen = (joint, near) => joint.connectedEdges().filter((edge) => !edge.hasClass("hidden"))
        .filter((edge) => edge.data(near === "target" ? "source" : "target") === joint.id()).map((edge) => edge.data(near));
      lightJoints("needs", ids(needs), (joint) => seen(joint, "target"));
      lightJoints("unlocks", ids(unlocks), (joint) => seen(joint, "source"));
      cy.elements().not(".needs, .unlocks, .chosen").addClass("dim");
    });
  };
  const choose = (number) => {
    chosen = number;
    light();
    onChoose(number);
  };

  const filter = () => {
    cy.batch(() => {
      cy.edges().forEach((edge) => { edge.toggleClass("hidden", !relations().has(edge.data("relation"))); });
      cy.nodes(".joint").forEach((joint) => {
        joint.toggleClass("hidden", joint.outgoers("edge").every((edge) => edge.hasClass("hidden")));
      });
    });
    light();
  };

  // the names of the columns stay at the upper edge, whatever is moved
  let columns = [];
  const placeTerms = () => {
    const [zoom, { x }] = [cy.zoom(), cy.pan()];
    columns.forEach(({ left, right, element }) => {
      element.style.width = `${(right - left) * zoom}px`;
      element.style.transform = `translateX(${left * zoom + x}px)`;
    });
  };
  const nameTerms = (page) => {
    columns = page.map.columns.map(([label, left, , right]) => ({ left, right, element: make("span", {}, label) }));
    fill(terms, ...columns.map(({ element }) => element));
    placeTerms();
  };

  // how far the page's boxes reach, by their places: to ask the library would have it look at every line
  let reach = { x1: 0, y1: 0, x2: 1, y2: 1 };
  const reachOf = (page) => {
    const [xs, ys] = [page.map.nodes.map((row) => row[1]), page.map.nodes.map((row) => row[2])];
    const [side, top] = [BOX.width / 2, BOX.height / 2];
    if (!xs.length) return reach;
    return { x1: Math.min(...xs) - side, y1: Math.min(...ys) - top, x2: Math.max(...xs) + side, y2: Math.max(...ys) + top };
  };
  const fit = () => {
    const [width, height] = [reach.x2 - reach.x1, reach.y2 - reach.y1];
    const zoom = Math.min((cy.width() - 2 * MARGIN) / width, (cy.height() - 2 * MARGIN) / height, LARGEST_FIT);
    const pan = { x: (cy.width() - (reach.x1 + reach.x2) * zoom) / 2, y: (cy.height() - (reach.y1 + reach.y2) * zoom) / 2 };
    cy.viewport({ zoom, pan });
  };
  // small maps whole; large ones from their top left, at a size at which they can be read
  const begin = () => {
    cy.resize();
    fit();
    if (cy.zoom() < SMALLEST) cy.viewport({ zoom: READABLE, pan: { x: 24 - reach.x1, y: MARGIN - reach.y1 } });
  };
  const show = (page) => {
    hideTip();
    [focused, chosen] = [null, null];
    cy.batch(() => {
      cy.elements().remove();
      cy.add(drawn(page, catalogue));
    });
    order = cy.nodes("[number]").sort((one, other) =>
      one.position("x") - other.position("x") || one.position("y") - other.position("y")).toArray();
    filter();
    nameTerms(page);
    reach = reachOf(page);
    begin();
    onChoose(null);
  };

  const beside = (node, onward) => {
    const { x, y } = node.position();
    const there = order.filter((other) => (onward ? other.position("x") > x : other.position("x") < x));
    if (!there.length) return node;
    const column = onward ? Math.min(...there.map((one) => one.position("x"))) : Math.max(...there.map((one) => one.position("x")));
    const distance = (one) => Math.abs(one.position("y") - y);
    return there.filter((one) => one.position("x") === column).reduce((best, one) => (distance(one) < distance(best) ? one : best));
  };
  const along = (step) => order[Math.min(order.length - 1, Math.max(0, order.indexOf(focused) + step))];
  const zoomBy = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  const keys = {
    ArrowDown: () => focus(along(1)),
    ArrowUp: () => focus(along(-1)),
    ArrowRight: () => focus(beside(focused, true)),
    ArrowLeft: () => focus(beside(focused, false)),
    Home: () => focus(order[0]),
    End: () => focus(order[order.length - 1]),
    Enter: () => choose(focused.data("number")),
    " ": () => choose(focused.data("number")),
    Escape: () => choose(null),
    "+": () => zoomBy(1.3),
    "-": () => zoomBy(1 / 1.3),
    0: fit,
  };
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || !focused) return;
    event.preventDefault();
    keys[event.key]();
  });
  canvas.addEventListener("focus", () => {
    cy.userZoomingEnabled(true); // elsewhere the wheel turns the page
    if (canvas.matches(":focus-visible") && order.length) focus(focused ?? nodeAt(chosen)[0] ?? order[0]);
    else focused ??= order[0] ?? null;
  });
  canvas.addEventListener("blur", () => {
    cy.userZoomingEnabled(false);
    hideTip();
    cy.nodes(".focused").removeClass("focused");
  });
  cy.on("mouseover", "node", (event) => showTip(event.target));
  cy.on("mouseout", "node", hideTip);
  cy.on("viewport resize", () => {
    hideTip();
    placeTerms();
  });
  cy.on("tap", (event) => {
    canvas.focus({ preventScroll: true });
    const number = event.target === cy ? null : event.target.data("number");
    if (event.target !== cy && number === undefined) return;
    focused = number === null ? focused : event.target;
    choose(number);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(looks(colours())));

  return {
    show, filter, fit, zoomBy, choose,
    // choose what stands on the page, and bring it into sight
    find: (number) => {
      const node = nodeAt(number)[0];
      if (!node) return false;
      choose(number);
      focus(node, true);
      cy.center(node);
      showTip(node);
      return true;
    },
    printed: () => {
      cy.style(looks(colours(LIGHT)));
      picture.src = cy.png({ full: true, maxWidth: 2400, maxHeight: 3200, bg: "#fff" });
    },
    unprinted: () => {
      cy.style(looks(colours()));
      picture.removeAttribute("src");
    },
  };
};
