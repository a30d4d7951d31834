// the two tables of the report: what stands on the map, in words, and every course with its metrics

const termIn = (catalogue) => (number) => {
  const known = catalogue.learning(number);
  return known ? String(known.term ?? "never") : "";
};

const commonColumns = (catalogue, go) => ({
  key: {
    heading: "course",
    value: (number) => catalogue.key[number],
    cell: (number) => [make("button", { type: "button", class: "link", click: () => go(number) }, bidi(catalogue.key[number]))],
  },
  name: {
    heading: "name", class: "name",
    value: (number) => catalogue.name[number],
    cell: (number) => [bidi(catalogue.name[number])],
  },
  term: {
    heading: "term", number: true,
    value: (number) => catalogue.learning(number)?.term ?? null,
    cell: (number) => [termIn(catalogue)(number)],
    text: termIn(catalogue),
  },
});

const makeMapTable = ({ catalogue, inside, go }) => {
  const { key, name, term } = commonColumns(catalogue, go);
  const asked = (number) => catalogue.relations
    .map(({ number: relation, words }) => [words, catalogue.asks(number, relation)]).filter(([, words]) => words);
  const asks = {
    heading: "asks for and grants", class: "words",
    value: (number) => asked(number).flat().join(" "),
    cell: (number) => asked(number).map(([relation, words]) =>
      make("div", {}, make("span", { class: "quiet" }, `${relation}: `), bidi(words))),
  };
  const remark = (number) => {
    if (catalogue.kind[number] === "missing") return "not in the catalogue";
    if (!catalogue.learning(number)) return "an achievement";
    return inside(number) ? "" : "outside of this page";
  };
  const remarks = { heading: "remarks", class: "remark", value: remark, cell: (number) => [remark(number)] };
  return makeTable({ columns: [key, name, term, asks, remarks], region: "The map as a table" });
};

const makeCourseTable = ({ catalogue, go }) => {
  const { key, name, term } = commonColumns(catalogue, go);
  const numbers = (heading, value) => ({ heading, number: true, value, cell: (number) => [formatted(value(number))] });
  const columns = [
    key, name, numbers("credits", (number) => catalogue.learning(number).duration), term,
    ...catalogue.metrics.map((heading, at) => numbers(heading, (number) => catalogue.learning(number).numbers?.[at] ?? null)),
    numbers("findings", (number) => catalogue.learning(number).findings),
  ];
  return makeTable({ columns, region: "Table of courses" });
};
