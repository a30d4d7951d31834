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

const lineOf = (dashes) => picture(
  ["path", { d: "M2 9H42", "stroke-dasharray": dashes }], ["path", { d: "M42 5L50 9L42 13Z", fill: "currentColor" }]);
const boxOf = (dashes) => picture(["rect", { x: 4, y: 2, width: 44, height: 14, rx: 3, "stroke-dasharray": dashes }]);

const makeLegend = () => {
  const items = [
    [lineOf("none"), "prerequisite"],
    [lineOf("6 4"), "corequisite"],
    [lineOf("2 3"), "recommended"],
    [picture(["ellipse", { cx: 26, cy: 9, rx: 14, ry: 7 }]), "alternatives: any of, all of, so many of"],
    [boxOf("5 3"), "outside of this page"],
    [boxOf("2 2"), "not in the catalogue"],
    [picture(["rect", { x: 4, y: 2, width: 44, height: 14, rx: 3, "stroke-width": 3, stroke: "var(--needs)" }]), "needed"],
    [picture(["rect", { x: 4, y: 2, width: 44, height: 14, rx: 3, stroke: "var(--unlocks)" }],
      ["rect", { x: 7, y: 5, width: 38, height: 8, rx: 2, stroke: "var(--unlocks)" }]), "unlocked"],
  ];
  return make("ul", { class: "legend", "aria-label": "Legend" }, ...items.map(([svg, words]) => make("li", {}, svg, ` ${words}`)));
};
