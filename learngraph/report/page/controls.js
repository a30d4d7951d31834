// what is chosen beside the map: its page, and the relations that count

const PAGE_KINDS = [["program", "Programs"], ["catalogue", "Catalogue"], ["subject", "Subjects"]];

const makePageChoice = (pages, turnTo) => {
  const choice = make("select", { id: "page", change: () => turnTo(pages[Number(choice.value)]) });
  for (const [kind, words] of PAGE_KINDS) {
    const options = [...pages.entries()].filter(([, page]) => page.kind === kind).map(([number, page]) =>
      make("option", { value: String(number) }, `${page.title} (${formatted(page.inside.length)})`));
    if (options.length) choice.append(make("optgroup", { label: words }, ...options));
  }
  return choice;
};

const makeRelationChoice = (catalogue, changed) => {
  const boxes = catalogue.relations.filter(({ number }) => catalogue.used.has(number)).map(({ number, words }) => ({
    number, words, box: make("input", { type: "checkbox", checked: true, change: changed }),
  }));
  return {
    element: make("fieldset", {}, make("legend", {}, "Joined by"), ...boxes.map(({ box, words }) => make("label", {}, box, ` ${words}`))),
    chosen: () => new Set(boxes.filter(({ box }) => box.checked).map(({ number }) => number)),
  };
};

const makeZoom = (map) => make("div", { class: "zoom" },
  make("button", { type: "button", "aria-label": "Zoom in", click: () => map().zoomBy(1.3) }, "+"),
  make("button", { type: "button", "aria-label": "Zoom out", click: () => map().zoomBy(1 / 1.3) }, "\u2212"),
  make("button", { type: "button", click: () => map().fit() }, "Show all"));
