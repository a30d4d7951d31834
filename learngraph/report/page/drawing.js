// a page's map in the words of the drawing library: nodes and edges at their places, and how they look

const JOINT = { width: 34, height: 24 };
const BOX = { width: 148, height: 50 };
const ROOM = BOX.width - 10; // for the letters in a box
const POINTED_ROOM = BOX.width - 36; // in one with points at its sides
const LETTERS = { size: 11, family: "system-ui, sans-serif" };
const RELATION_LINES = [
  { "line-style": "solid" }, { "line-style": "dashed" }, { "line-style": "dotted" },
  { "line-style": "dashed", "line-dash-pattern": [8, 3, 2, 3] },
];
const BULGE = { out: 16, down: 8 }; // of a line between two boxes of one column

// cuts a text to a width; letters of some scripts are three times as wide as those of others
const makeCut = () => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${LETTERS.size}px ${LETTERS.family}`;
  const width = (text) => pen.measureText(text).width;
  return (text, room) => {
    const whole = width(text);
    if (whole <= room) return text;
    const letters = [...text];
    letters.length = Math.min(letters.length, Math.ceil((letters.length * room) / whole) + 4);
    while (letters.length && width(`${letters.join("")}\u2026`) > room) letters.pop();
    return `${letters.join("")}\u2026`;
  };
};

const isJoint = ([what]) => typeof what === "string";
const isOutside = ([, , , more]) => more === 1;

const nodeOf = (row, at, catalogue, cut) => {
  const [what, x, y, more] = row;
  if (isJoint(row)) {
    return {
      data: { id: `n${at}`, label: what, conditions: more },
      classes: "joint",
      position: { x, y },
    };
  }
  const kind = catalogue.kind[what];
  const name = kind === "missing" ? "not in the catalogue" : catalogue.name[what];
  const room = kind === "achievement" ? POINTED_ROOM : ROOM;
  const second = name && name !== catalogue.key[what] ? `\n${cut(name, room)}` : "";
  return {
    data: { id: `n${at}`, number: what, label: cut(catalogue.key[what], room) + second },
    classes: `${kind}${isOutside(row) ? " outside" : ""}`,
    position: { x, y },
  };
};

// where an inner point lies: how far along the straight line between the ends, and how far off it
const offLine = (points) => {
  const [sx, sy] = points;
  const [tx, ty] = points.slice(-2);
  const length = Math.hypot(tx - sx, ty - sy) || 1;
  const along = [(tx - sx) / length, (ty - sy) / length];
  const weights = [];
  const distances = [];
  for (let at = 2; at < points.length - 2; at += 2) {
    const [dx, dy] = [points[at] - sx, points[at + 1] - sy];
    weights.push((dx * along[0] + dy * along[1]) / length);
    distances.push(-dx * along[1] + dy * along[0]);
  }
  return { weights, distances };
};

// a line from side to side in one column runs beside the boxes, not on their borders
const beside = ([x, from, , to], middle) => {
  const out = x + (x < middle ? -BULGE.out : BULGE.out);
  const down = Math.sign(to - from) * BULGE.down;
  return [x, from, out, from + down, out, to - down, x, to];
};

const edgeOf = (row, at, nodes) => {
  const [source, target, relation, words, straight] = row;
  const [sx, sy, tx, ty] = [...straight.slice(0, 2), ...straight.slice(-2)];
  const points = sx === tx && straight.length === 4 ? beside(straight, nodes[source][1]) : straight;
  const ends = {
    from: `${sx - nodes[source][1]}px ${sy - nodes[source][2]}px`,
    to: `${tx - nodes[target][1]}px ${ty - nodes[target][2]}px`,
  };
  const data = { id: `e${at}`, source: `n${source}`, target: `n${target}`, relation, words, ...ends };
  const { weights, distances } = offLine(points);
  const bent = distances.some((distance) => Math.abs(distance) > 0.5);
  if (bent) Object.assign(data, { weights, distances });
  const classes = [`relation${relation}`];
  if (bent) classes.push("bent");
  if (source === target) classes.push("loop");
  if (isJoint(nodes[target])) classes.push("inward");
  return { data, classes: classes.join(" ") };
};

const drawn = (page, catalogue) => {
  const { nodes, edges } = page.map;
  const cut = makeCut();
  return [
    ...nodes.map((row, at) => nodeOf(row, at, catalogue, cut)),
    ...edges.map((row, at) => edgeOf(row, at, nodes)),
  ];
};

const colours = (light) => {
  const found = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "quiet", "line", "accent", "error", "needs", "unlocks", "focus", "box", "outside", "missing"];
  return Object.fromEntries(names.map((name) => [name, light?.[name] ?? found.getPropertyValue(`--${name}`).trim()]));
};

const looks = (colour, dim = 0.3) => [
  { selector: "node", style: {
    shape: "round-rectangle", width: BOX.width, height: BOX.height, label: "data(label)", color: colour.ink,
    "background-color": colour.box, "border-width": 1.5, "border-color": colour.quiet, "font-size": LETTERS.size,
    "text-valign": "center", "text-halign": "center", "text-wrap": "wrap", "min-zoomed-font-size": 5,
    "font-family": LETTERS.family, "overlay-opacity": 0 } },
  { selector: "node.program", style: { shape: "cut-rectangle", "border-width": 2.5 } },
  { selector: "node.achievement", style: { shape: "hexagon" } },
  { selector: "node.outside", style: { "background-color": colour.outside, "border-style": "dashed", color: colour.quiet } },
  { selector: "node.missing", style: { "background-color": colour.missing, "border-style": "dotted", "border-color": colour.error, color: colour.error } },
  { selector: "node.joint", style: {
    shape: "ellipse", width: JOINT.width, height: JOINT.height, "font-size": 8.5, "background-color": colour.paper, color: colour.ink } },
  { selector: "edge", style: {
    width: 1.4, "line-color": colour.quiet, "target-arrow-color": colour.quiet, "target-arrow-shape": "triangle", "arrow-scale": 0.8,
    "curve-style": "straight", "source-endpoint": "data(from)", "target-endpoint": "data(to)", opacity: 0.75, "overlay-opacity": 0 } },
  { selector: "edge.bent", style: {
    "curve-style": "round-segments", "edge-distances": "endpoints", "segment-weights": "data(weights)",
    "segment-distances": "data(distances)", "segment-radii": 14 } },
  { selector: "edge.loop", style: {
    "curve-style": "bezier", "source-endpoint": "outside-to-node", "target-endpoint": "outside-to-node",
    "loop-direction": "0deg", "loop-sweep": "-70deg", "control-point-step-size": 55 } },
  { selector: "edge.inward", style: { "target-arrow-shape": "none" } },
  ...RELATION_LINES.map((line, relation) => ({ selector: `edge.relation${relation}`, style: line })),
  { selector: "edge.relation3", style: { "target-arrow-shape": "diamond" } },
  { selector: ".hidden", style: { display: "none" } },
  { selector: "node.dim", style: { opacity: dim } },
  { selector: "edge.dim", style: { opacity: 0.1 } },
  { selector: "node.needs", style: { "border-width": 3.5, "border-color": colour.needs, "border-style": "solid", opacity: 1 } },
  { selector: "node.unlocks", style: { "border-width": 5, "border-color": colour.unlocks, "border-style": "double", opacity: 1 } },
  { selector: "node.needs.unlocks", style: { "border-color": colour.needs } },
  { selector: "node.chosen", style: { "border-width": 4, "border-color": colour.ink, "border-style": "solid", "background-color": colour.accent, color: colour.paper, opacity: 1 } },
  { selector: "edge.needs", style: { width: 2.6, "line-color": colour.needs, "target-arrow-color": colour.needs, opacity: 1 } },
  { selector: "edge.unlocks", style: { width: 2.6, "line-color": colour.unlocks, "target-arrow-color": colour.unlocks, opacity: 1 } },
  { selector: "edge.needs.unlocks", style: { "line-color": colour.needs, "target-arrow-color": colour.needs } },
  { selector: "edge.needs, edge.unlocks", style: {
    label: "data(words)", "font-size": 9, color: colour.ink, "text-background-color": colour.paper, "text-background-opacity": 0.9,
    "text-background-padding": 1 } },
  { selector: "node.focused", style: { "outline-width": 4, "outline-color": colour.focus, "outline-offset": 3, opacity: 1 } },
];
