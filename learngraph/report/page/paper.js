// the map on paper: whole where it can be read so, else cut into sheets, by rows from left to right

const SHEET = { width: 670, height: 860 }; // pixels that A4 and letter paper both have for it
const LEAST_PRINTED = 0.75; // of the size on a screen: letters of six points
const MOST_SHEETS = 20;
const FINE = 2; // dots of the picture in a pixel of the sheet
const EDGE = 3; // around all, so that no border is cut
const OVERLAP = 24; // beside that of a box, so that each box is whole on one sheet

const put = (element, styles) => {
  Object.assign(element.style, styles);
  return element;
};

// where the parts of a length begin, each overlapping the next
const cuts = (start, end, part, overlap) => {
  const count = end - start <= part ? 1 : Math.ceil((end - start - overlap) / (part - overlap));
  return Array.from({ length: count }, (_, at) => start + (at * (end - start - part)) / Math.max(1, count - 1));
};

// the names of the terms above a sheet, as far as they reach into it
const headsOf = (columns, left, right, scale) => columns
  .map((column) => ({ label: column.label, from: Math.max(column.left, left), to: Math.min(column.right, right) }))
  .filter(({ from, to }) => from < to)
  .map(({ label, from, to }) => put(make("span", {}, label), { left: `${(from - left) * scale}px`, width: `${(to - from) * scale}px` }));

const makePaper = ({ cy, element }) => {
  // each sheet is what the map shows where it is as large as the sheet; afterwards all is as before
  const picturesOf = (places, { width, height }, scale) => {
    const before = { zoom: cy.zoom(), pan: { ...cy.pan() } };
    put(cy.container(), { width: `${width}px`, height: `${height}px` });
    cy.resize();
    const pictures = places.map(({ left, top }) => {
      cy.viewport({ zoom: scale, pan: { x: -left * scale, y: -top * scale } });
      return cy.png({ scale: FINE, bg: "#fff" });
    });
    put(cy.container(), { width: "", height: "" });
    cy.resize();
    cy.viewport(before);
    return pictures;
  };
  const print = (columns, title) => {
    fill(element);
    if (cy.elements().empty()) return;
    const bounds = cy.elements().boundingBox();
    const [x1, y1, x2, y2] = [bounds.x1 - EDGE, bounds.y1 - EDGE, bounds.x2 + EDGE, bounds.y2 + EDGE];
    const [w, h] = [x2 - x1, y2 - y1];
    const scale = Math.max(Math.min(SHEET.width / w, SHEET.height / h, 1), LEAST_PRINTED);
    const sheet = { width: Math.ceil(Math.min(SHEET.width, w * scale)), height: Math.ceil(Math.min(SHEET.height, h * scale)) };
    const [wide, high] = [sheet.width / scale, sheet.height / scale];
    const lefts = cuts(x1, x2, wide, BOX.width + OVERLAP);
    const places = cuts(y1, y2, high, BOX.height + OVERLAP).flatMap((top) => lefts.map((left) => ({ left, top })));
    if (places.length > MOST_SHEETS) {
      fill(element, make("p", {}, `This map would take ${formatted(places.length)} sheets of paper, which is too much: `
        + "the table below says the same in words. A smaller page can be printed, and learngraph draw makes one picture of it."));
      return;
    }
    const pictures = picturesOf(places, sheet, scale);
    fill(element, ...places.map(({ left }, at) => {
      const told = `Curriculum map: ${title}${places.length > 1 ? `, sheet ${at + 1} of ${places.length}` : ""}`;
      return make("figure", {},
        make("figcaption", {}, told),
        put(make("div", { class: "heads" }, ...headsOf(columns, left, left + wide, scale)), { width: `${sheet.width}px` }),
        put(make("img", { src: pictures[at], alt: `${told}; the table below says the same in words` }), { width: `${sheet.width}px` }));
    }));
  };
  return { print, clear: () => fill(element) };
};
