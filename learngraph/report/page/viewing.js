// which part of the map is seen, and how near; and the names of the terms along its upper edge

const SMALLEST = 0.6; // a map that would be smaller begins at a part of it
const READABLE = 1;
const LARGEST_FIT = 1.2;
const MARGIN = 40;

const makeView = ({ cy, terms }) => {
  // how far the boxes reach, by their places: to ask the library would have it look at every line
  let reach = { x1: 0, y1: 0, x2: 1, y2: 1 };
  let columns = [];
  const reachOf = (nodes) => {
    const [xs, ys] = [nodes.map((row) => row[1]), nodes.map((row) => row[2])];
    const [side, top] = [BOX.width / 2, BOX.height / 2];
    return { x1: Math.min(...xs) - side, y1: Math.min(...ys) - top, x2: Math.max(...xs) + side, y2: Math.max(...ys) + top };
  };
  const placeTerms = () => {
    const [zoom, { x }] = [cy.zoom(), cy.pan()];
    // a name stands in the middle of what is seen of its column
    columns.forEach(({ left, right, element }) => {
      const [from, to] = [Math.max(0, left * zoom + x), Math.min(cy.width(), right * zoom + x)];
      element.hidden = from >= to;
      element.style.width = `${Math.max(0, to - from)}px`;
      element.style.transform = `translateX(${from}px)`;
    });
  };
  const fit = () => {
    const [width, height] = [reach.x2 - reach.x1, reach.y2 - reach.y1];
    const zoom = Math.min((cy.width() - 2 * MARGIN) / width, (cy.height() - 2 * MARGIN) / height, LARGEST_FIT);
    const pan = { x: (cy.width() - (reach.x1 + reach.x2) * zoom) / 2, y: (cy.height() - (reach.y1 + reach.y2) * zoom) / 2 };
    cy.viewport({ zoom: Math.max(zoom, cy.minZoom()), pan });
  };
  cy.on("viewport resize", placeTerms);
  return {
    fit,
    columns: () => columns.map(({ label, left, right }) => ({ label, left, right })),
    // small maps whole; large ones from their top left, at a size at which they can be read
    begin: ({ nodes, columns: named }) => {
      columns = named.map(([label, left, , right]) => ({ label, left, right, element: make("span", {}, label) }));
      fill(terms, ...columns.map(({ element }) => element));
      if (nodes.length) reach = reachOf(nodes);
      cy.resize();
      fit();
      if (cy.zoom() < SMALLEST) cy.viewport({ zoom: READABLE, pan: { x: 24 - reach.x1, y: MARGIN - reach.y1 } });
      placeTerms();
    },
    bringIn: (node) => {
      if (cy.zoom() < READABLE) cy.zoom(READABLE);
      const box = node.renderedBoundingBox();
      if (box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height()) cy.center(node);
    },
    zoomBy: (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
  };
};
