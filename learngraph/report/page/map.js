// the map: one page at a time, moved over and lit up by mouse and by keyboard

const LIGHT = {
  paper: "#fff", ink: "#1b1f24", quiet: "#525a64", line: "#c9d0d8", accent: "#0b57d0", error: "#b3261e", needs: "#0b57d0",
  unlocks: "#9a3f00", focus: "#fff", box: "#eef3f9", outside: "#fff", missing: "#fbeceb",
};

const DIM_ON_PAPER = 0.55;

// the boxes in the order in which they are read, and where the arrow keys lead
const makeOrder = () => {
  let all = [];
  const [across, down] = [(node) => node.position("x"), (node) => node.position("y")];
  const seen = () => all.filter((node) => !node.hasClass("hidden"));
  return {
    fill: (nodes) => { all = nodes.sort((one, other) => across(one) - across(other) || down(one) - down(other)).toArray(); },
    first: () => seen()[0] ?? null,
    last: () => seen().at(-1) ?? null,
    along: (node, step) => {
      const order = seen();
      return order[Math.min(order.length - 1, Math.max(0, order.indexOf(node) + step))] ?? node;
    },
    beside: (node, onward) => {
      const there = seen().filter((other) => (onward ? across(other) > across(node) : across(other) < across(node)));
      if (!there.length) return node;
      const column = across(onward ? there[0] : there.at(-1));
      const distance = (one) => Math.abs(down(one) - down(node));
      return there.filter((one) => across(one) === column).reduce((best, one) => (distance(one) < distance(best) ? one : best));
    },
  };
};

const makeMap = ({ catalogue, canvas, terms, tip: tipElement, paper: paperElement, relations, onFocus, onChoose }) => {
  const cy = cytoscape({
    container: canvas, elements: [], style: looks(colours()), layout: { name: "preset" }, minZoom: 0.05, maxZoom: 3,
    autoungrabify: true, boxSelectionEnabled: false,
  });
  const view = makeView({ cy, terms });
  const lighting = makeLighting({ cy, catalogue, relations });
  const tip = makeTip({ catalogue, canvas, tip: tipElement });
  const paper = makePaper({ cy, element: paperElement });
  const order = makeOrder();
  let focused = null;
  let chosen = null;
  let title = "";
  let tapped = false;
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
    if (focused?.hasClass("hidden")) {
      focus(null);
      tip.hide();
    }
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
    focused ??= nodeOfNumber(chosen) ?? order.first();
    if (focused && !tapped && canvas.matches(":focus-visible")) move(focused); // what is tapped is in sight
  });
  // the wheel zooms where the map has the focus, and else turns the page; a pinch on a trackpad comes as a wheel with Ctrl
  canvas.parentElement.addEventListener("wheel", (event) => {
    if (document.activeElement !== canvas && !event.ctrlKey) event.stopPropagation();
  }, { capture: true });
  canvas.addEventListener("blur", () => {
    tip.hide();
    cy.nodes(".focused").removeClass("focused");
  });
  cy.on("mouseover mousemove", "node", (event) => tip.show(event.target)); // without a mouseover where the mouse comes back
  cy.on("mouseout", tip.hide); // of a node, and of the map from wherever the mouse was
  cy.on("viewport", tip.hide);
  // the drawing library takes the focus away with every press
  const take = () => {
    tapped = true;
    canvas.focus({ preventScroll: true });
    tapped = false;
  };
  cy.on("dragpan", take);
  cy.on("tap", (event) => {
    take();
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
      title = page.title;
      focused = null;
      cy.batch(() => {
        cy.elements().remove();
        cy.add(drawn(page, catalogue));
        cy.nodes().panify(); // the map is moved from a box, too
      });
      order.fill(cy.nodes("[number]"));
      lighting.filter();
      view.begin(page.map);
      choose(null);
    },
    // choose what stands on the page, and bring it into sight
    find: (number) => {
      const node = nodeOfNumber(number);
      if (!node || node.hasClass("hidden")) return false;
      choose(number);
      focus(node);
      cy.center(node);
      tip.show(node);
      return true;
    },
    printed: () => {
      cy.style(looks(colours(LIGHT), DIM_ON_PAPER));
      paper.print(view.columns(), `${title}${cy.nodes(".chosen").empty() ? "" : `, lit for ${catalogue.title(chosen)}`}`);
    },
    unprinted: () => {
      cy.style(looks(colours()));
      paper.clear();
    },
  };
};
