// the map: one page at a time, moved over and lit up by mouse and by keyboard

const LIGHT = {
  paper: "#fff", ink: "#1b1f24", quiet: "#525a64", line: "#c9d0d8", accent: "#0b57d0", error: "#b3261e", needs: "#0b57d0",
  unlocks: "#9a3f00", focus: "#6a1b9a", box: "#eef3f9", outside: "#fff", missing: "#fbeceb",
};

// the boxes in the order in which they are read, and where the arrow keys lead
const makeOrder = () => {
  let order = [];
  const [across, down] = [(node) => node.position("x"), (node) => node.position("y")];
  return {
    fill: (nodes) => { order = nodes.sort((one, other) => across(one) - across(other) || down(one) - down(other)).toArray(); },
    first: () => order[0] ?? null,
    last: () => order.at(-1) ?? null,
    along: (node, step) => order[Math.min(order.length - 1, Math.max(0, order.indexOf(node) + step))],
    beside: (node, onward) => {
      const there = order.filter((other) => (onward ? across(other) > across(node) : across(other) < across(node)));
      if (!there.length) return node;
      const column = across(onward ? there[0] : there.at(-1));
      const distance = (one) => Math.abs(down(one) - down(node));
      return there.filter((one) => across(one) === column).reduce((best, one) => (distance(one) < distance(best) ? one : best));
    },
  };
};

const makeMap = ({ catalogue, canvas, terms, tip: tipElement, picture, relations, onFocus, onChoose }) => {
  const cy = cytoscape({
    container: canvas, elements: [], style: looks(colours()), layout: { name: "preset" }, minZoom: 0.05, maxZoom: 3,
    autoungrabify: true, boxSelectionEnabled: false, userZoomingEnabled: false,
  });
  const view = makeView({ cy, terms });
  const lighting = makeLighting({ cy, catalogue, relations });
  const tip = makeTip({ catalogue, canvas, tip: tipElement });
  const order = makeOrder();
  let focused = null;
  let chosen = null;
  const nodeOfNumber = (number) => cy.nodes("[number]").filter((node) => node.data("number") === number)[0];

  const focus = (node) => {
    cy.nodes(".focused").removeClass("focused");
    focused = node;
    if (!node) return;
    node.addClass("focused");
    view.bringIn(node);
    tip.show(node);
  };
  const move = (node) => {
    focus(node);
    onFocus(tip.describe(node));
  };
  const choose = (number) => {
    chosen = number;
    lighting.light(number);
    onChoose(number);
  };
  const filter = () => {
    lighting.filter();
    lighting.light(chosen);
  };

  const keys = {
    ArrowDown: () => move(order.along(focused, 1)),
    ArrowUp: () => move(order.along(focused, -1)),
    ArrowRight: () => move(order.beside(focused, true)),
    ArrowLeft: () => move(order.beside(focused, false)),
    Home: () => move(order.first()),
    End: () => move(order.last()),
    Enter: () => choose(focused.data("number")),
    " ": () => choose(focused.data("number")),
    Escape: () => choose(null),
    "+": () => view.zoomBy(1.3),
    "-": () => view.zoomBy(1 / 1.3),
    0: view.fit,
  };
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || !focused) return;
    event.preventDefault();
    keys[event.key]();
  });
  canvas.addEventListener("focus", () => {
    cy.userZoomingEnabled(true); // elsewhere the wheel turns the page
    focused ??= nodeOfNumber(chosen) ?? order.first();
    if (focused && canvas.matches(":focus-visible")) move(focused);
  });
  canvas.addEventListener("blur", () => {
    cy.userZoomingEnabled(false);
    tip.hide();
    cy.nodes(".focused").removeClass("focused");
  });
  cy.on("mouseover", "node", (event) => tip.show(event.target));
  cy.on("mouseout", "node", tip.hide);
  cy.on("viewport resize", tip.hide);
  cy.on("tap", (event) => {
    canvas.focus({ preventScroll: true });
    const number = event.target === cy ? null : event.target.data("number");
    if (number === undefined) return; // a line or a joint
    focused = number === null ? focused : event.target;
    choose(number);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(looks(colours())));

  return {
    choose, filter, fit: view.fit, zoomBy: view.zoomBy,
    show: (page) => {
      tip.hide();
      focused = null;
      cy.batch(() => {
        cy.elements().remove();
        cy.add(drawn(page, catalogue));
      });
      order.fill(cy.nodes("[number]"));
      lighting.filter();
      view.begin(page.map);
      choose(null);
    },
    // choose what stands on the page, and bring it into sight
    find: (number) => {
      const node = nodeOfNumber(number);
      if (!node) return false;
      choose(number);
      focus(node);
      cy.center(node);
      tip.show(node);
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
