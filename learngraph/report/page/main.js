// everything put together

const begin = () => {
  const catalogue = readCatalogue(JSON.parse(document.getElementById("data").textContent));
  const said = make("p", { class: "said", role: "status" });
  let page = null;
  let onPage = new Set();

  const boxes = catalogue.relations.filter(({ number }) => catalogue.used.has(number)).map(({ number, words }) => ({
    number, words, box: make("input", { type: "checkbox", checked: true, change: () => refilter() }),
  }));
  const relations = () => new Set(boxes.filter(({ box }) => box.checked).map(({ number }) => number));

  const canvas = make("div", {
    class: "canvas", tabindex: "0", role: "application", "aria-roledescription": "curriculum map", "aria-label": "Curriculum map",
    "aria-describedby": "map-help",
  });
  const terms = make("div", { class: "terms", "aria-hidden": "true" });
  const tip = make("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  const picture = make("img", { class: "printed", alt: "The map; the table below says the same in words" });
  const panel = make("aside", { class: "panel", tabindex: "0", "aria-label": "What is chosen" });
  let chosen = null;
  const details = makeDetails({
    catalogue, panel, relations, inside: (number) => onPage.has(number) || !catalogue.learning(number), go: (number) => go(number),
  });
  const pages = make("select", { id: "page", change: () => turnTo(catalogue.pages[Number(pages.value)]) });
  for (const [kind, words] of [["catalogue", "Catalogue"], ["program", "Programs"], ["subject", "Subjects"]]) {
    const options = catalogue.pages.map((one, number) => [one, number]).filter(([one]) => one.kind === kind)
      .map(([one, number]) => make("option", { value: String(number) }, `${one.title} (${formatted(one.inside.length)})`));
    if (options.length) pages.append(make("optgroup", { label: words }, ...options));
  }

  const link = (number) => [make("button", { type: "button", class: "link", click: () => goAndLook(number) }, bidi(catalogue.key[number]))];
  const hasWords = (number, wanted) => plain(catalogue.title(number)).includes(plain(wanted));
  const term = { heading: "term", number: true, value: (number) => catalogue.learning(number)?.term ?? null,
    cell: (number) => [catalogue.learning(number) ? String(catalogue.learning(number).term ?? "never") : ""] };
  const key = { heading: "course", value: (number) => catalogue.key[number], cell: link };
  const name = { heading: "name", class: "name", value: (number) => catalogue.name[number], cell: (number) => [bidi(catalogue.name[number])] };
  const told = (number) => boxes.map(({ number: relation, words }) => [words, catalogue.asks(number, relation)]).filter(([, asked]) => asked);
  const asking = {
    heading: "asks for", class: "words", value: (number) => told(number).flat().join(" "),
    cell: (number) => told(number).map(([words, asked]) => make("div", {}, make("span", { class: "quiet" }, `${words}: `), bidi(asked))),
  };
  const remarks = { heading: "remarks", value: (number) => remark(number), cell: (number) => [remark(number)] };
  const remark = (number) => {
    if (catalogue.kind[number] === "missing") return "not in the catalogue";
    if (!catalogue.learning(number)) return "an achievement";
    return onPage.has(number) ? "" : "outside of this page";
  };
  const onMap = makeTable({ columns: [key, name, term, asking, remarks], caption: "", region: "The map as a table", rowsFound: hasWords });
  const measured = catalogue.metrics.map((heading, at) => ({
    heading, number: true, value: (number) => catalogue.learning(number).numbers?.[at] ?? null,
    cell: (number) => [formatted(catalogue.learning(number).numbers?.[at])],
  }));
  const credits = { heading: "credits", number: true, value: (number) => catalogue.learning(number).duration,
    cell: (number) => [formatted(catalogue.learning(number).duration)] };
  const findings = { heading: "findings", number: true, value: (number) => catalogue.learning(number).findings,
    cell: (number) => [formatted(catalogue.learning(number).findings)] };
  const all = makeTable({
    columns: [key, name, credits, term, ...measured, findings], caption: "", region: "Courses and their metrics", rowsFound: hasWords,
  });

  document.getElementById("map-app").append(
    make("div", { class: "controls" },
      make("label", { for: "page" }, "Program or subject", pages),
      makeSearch({ catalogue, go: (number) => go(number) }),
      make("fieldset", {}, make("legend", {}, "Joined by"), ...boxes.map(({ box, words }) => make("label", {}, box, ` ${words}`)))),
    make("p", { id: "map-help", class: "quiet" },
      "Time runs from left to right. Choose a course to light up what it needs and what it unlocks. With the keyboard: arrows go from",
      " course to course, Enter chooses, Escape takes the light away, + and \u2212 zoom, 0 shows all."),
    make("div", { class: "stage" },
      make("div", { class: "sheet" }, canvas, terms, tip, picture, make("div", { class: "zoom" },
        make("button", { type: "button", "aria-label": "Zoom in", click: () => map.zoomBy(1.3) }, "+"),
        make("button", { type: "button", "aria-label": "Zoom out", click: () => map.zoomBy(1 / 1.3) }, "\u2212"),
        make("button", { type: "button", click: () => map.fit() }, "Show all"))),
      panel),
    said, makeLegend(), make("h3", {}, "The map as a table"), onMap.element);
  document.getElementById("courses-app").append(all.element);
  document.getElementById("map-app").hidden = false;

  const map = makeMap({
    catalogue, canvas, terms, tip, picture, relations,
    onFocus: (lines) => fill(said, lines.join(", ")),
    onChoose: (number) => {
      chosen = number;
      details.show(number);
      if (number !== null) {
        const counts = [catalogue.needs(number, relations()).size, catalogue.unlocks(number, relations()).size];
        fill(said, `${catalogue.title(number)} needs ${formatted(counts[0])} and unlocks ${formatted(counts[1])}`);
      }
    },
  });
  const refilter = () => {
    map.filter();
    details.show(chosen);
  };
  const turnTo = (next) => {
    page = next;
    onPage = new Set(next.inside);
    pages.value = String(catalogue.pages.indexOf(next));
    const drawnToo = next.map.nodes.map(([number]) => number).filter((number) => Number.isInteger(number) && !onPage.has(number));
    map.show(next);
    onMap.show([...next.inside, ...drawnToo], `${next.title}: ${counted(next.inside.length, "learning")}`);
  };
  // to a learning wherever it is: on this page, or on that of its subject; to what is none, where something needs it
  const go = (number) => {
    if (map.find(number)) return;
    const home = catalogue.pages.findLast((one) => one.inside.includes(number))
      ?? catalogue.pages.find((one) => one.map.nodes.some(([other]) => other === number));
    if (home) {
      turnTo(home);
      map.find(number);
    } else map.choose(number); // on no map, since nothing needs it
  };
  const goAndLook = (number) => {
    go(number);
    canvas.scrollIntoView({ block: "nearest" });
    canvas.focus({ preventScroll: true });
  };
  all.show([...Array(catalogue.count).keys()], `The whole catalogue: ${counted(catalogue.count, "learning")}`);
  if (catalogue.pages.length) turnTo(catalogue.pages[0]);
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((one) => { one.open = true; });
    map.printed();
    onMap.unfold();
    all.unfold();
  });
  addEventListener("afterprint", () => {
    closed.forEach((one) => { one.open = false; });
    map.unprinted();
    onMap.fold();
    all.fold();
  });
};
begin();
