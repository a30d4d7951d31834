// what lines and boxes mean; none by its colour alone

const picture = (...shapes) => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 52 18");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, attributes] of shapes) {
    const shape = document.createElementNS(space, name);
    const all = { fill: "none", stroke: "currentColor", "stroke-width": "1.6", ...attributes };
    for (const [key, value] of Object.entries(all)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
};

const ARROW = "M42 5L50 9L42 13Z";
const DIAMOND = "M38 9L44 5L50 9L44 13Z";
const lineOf = (dashes, end = ARROW) => picture(
  ["path", { d: "M2 9H40", "stroke-dasharray": dashes }], ["path", { d: end, fill: "currentColor" }]);
const boxOf = (dashes) => picture(["rect", { x: 4, y: 2, width: 44, height: 14, rx: 3, "stroke-dasharray": dashes }]);
const outlineOf = (path, width) => picture(["path", { d: path, "stroke-width": width }]);

const RELATION_PICTURES = [
  [lineOf("none"), "prerequisite"],
  [lineOf("6 4"), "corequisite"],
  [lineOf("2 3"), "recommended"],
  [lineOf("8 3 2 3", DIAMOND), "grants"],
];

const makeLegend = ({ used, kinds, anywhere }) => {
  const items = [
    ...RELATION_PICTURES.filter((_, relation) => used.has(relation)),
    ...(anywhere(isJoint) ? [[picture(["ellipse", { cx: 26, cy: 9, rx: 14, ry: 7 }]), "alternatives: any of, all of, so many of"]] : []),
    ...(kinds.has("program") ? [[outlineOf("M8 2H44L48 5V13L44 16H8L4 13V5Z", 2.5), "program"]] : []),
    ...(kinds.has("achievement") ? [[outlineOf("M14 2H38L48 9L38 16H14L4 9Z", 1.6), "achievement"]] : []),
    ...(anywhere(isOutside) ? [[boxOf("5 3"), "outside of this page, its own needs not drawn"]] : []),
    ...(kinds.has("missing") ? [[boxOf("2 2"), "not in the catalogue"]] : []),
    [picture(["rect", { x: 4, y: 2, width: 44, height: 14, rx: 3, "stroke-width": 3, fill: "var(--accent)" }]), "chosen"],
    [picture(["rect", { x: 4, y: 2, width: 44, height: 14, rx: 3, "stroke-width": 3, stroke: "var(--needs)" }]), "needed"],
    [picture(["rect", { x: 4, y: 2, width: 44, height: 14, rx: 3, stroke: "var(--unlocks)" }],
      ["rect", { x: 7, y: 5, width: 38, height: 8, rx: 2, stroke: "var(--unlocks)" }]), "unlocked"],
    [picture(["rect", { x: 4, y: 2, width: 44, height: 14, rx: 3, stroke: "var(--needs)" }],
      ["rect", { x: 7, y: 5, width: 38, height: 8, rx: 2, stroke: "var(--needs)" }]), "both, in a circle"],
  ];
  return make("ul", { class: "legend", "aria-label": "Legend" }, ...items.map(([svg, words]) => make("li", {}, svg, ` ${words}`)));
};
