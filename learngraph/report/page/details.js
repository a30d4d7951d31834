// the panel beside the map: one learning in words, what it needs and what it unlocks

const MOST_NAMED = 300;

const makeDetails = ({ catalogue, panel, relations, inside, go }) => {
  const named = (numbers) => {
    const sorted = [...numbers].sort((one, other) => collator.compare(catalogue.key[one], catalogue.key[other]));
    const items = sorted.slice(0, MOST_NAMED).map((number) => make("li", {},
      make("button", { type: "button", class: "link", click: () => go(number) }, bidi(catalogue.key[number])),
      ...(inside(number) || !catalogue.learning(number) ? [] : [make("span", { class: "quiet" }, " (outside)")])));
    const more = sorted.length > MOST_NAMED ? [make("p", {}, `and ${formatted(sorted.length - MOST_NAMED)} more`)] : [];
    return [make("ul", {}, ...items), ...more];
  };
  const numbers = (known) => {
    const rows = [["credits", formatted(known.duration) + (known.unit ? ` ${known.unit}` : "")], ["earliest term", known.term ?? "never"]];
    catalogue.metrics.forEach((name, at) => rows.push([name, known.numbers ? formatted(known.numbers[at]) : ""]));
    const told = rows.filter(([, value]) => value !== "");
    return make("dl", { class: "numbers" }, ...told.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, String(value))]));
  };
  const asked = (known) => known.asks.flatMap(([relation, words]) => [
    make("h4", {}, catalogue.relations[relation].words), make("p", {}, bidi(words)),
  ]);
  const put = (...parts) => {
    const held = panel.contains(document.activeElement);
    fill(panel, ...parts);
    panel.scrollTop = 0;
    if (held) panel.focus({ preventScroll: true }); // the name that was chosen is gone
  };
  const nothing = () => put(
    make("h3", {}, "Nothing is chosen"),
    make("p", {}, "Choose a course on the map, in the table or by searching: all that it needs and all that it unlocks lights up."));
  // show one learning, or that none is chosen, and give it in a sentence
  const show = (number) => {
    if (number === null) {
      nothing();
      return "";
    }
    const known = catalogue.learning(number);
    const [needs, unlocks] = [catalogue.needs(number, relations()), catalogue.unlocks(number, relations())];
    const name = catalogue.name[number];
    put(
      make("h3", {}, bidi(catalogue.key[number])),
      ...(name && name !== catalogue.key[number] ? [make("p", {}, bidi(name))] : []),
      ...(catalogue.kind[number] === "missing" ? [make("p", {}, "This is not in the catalogue: something refers to it.")] : []),
      ...(known ? [numbers(known), ...asked(known)] : []),
      make("div", { class: "needs" }, make("h4", {}, `Needs ${formatted(needs.size)}, sooner or later`), ...named(needs)),
      make("div", { class: "unlocks" }, make("h4", {}, `Unlocks ${formatted(unlocks.size)}, sooner or later`), ...named(unlocks)));
    return `${catalogue.title(number)} needs ${formatted(needs.size)} and unlocks ${formatted(unlocks.size)}`;
  };
  nothing();
  return { show };
};
