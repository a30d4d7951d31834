// everything put together

const HELP = "Time runs from left to right. Choose a course to light up what it needs and what it unlocks. With the keyboard: "
  + "arrows go from course to course, Enter chooses, Escape takes the light away, + and \u2212 zoom, 0 shows all.";

const makeSheet = () => ({
  canvas: make("div", {
    class: "canvas", tabindex: "0", role: "application", "aria-roledescription": "curriculum map", "aria-label": "Curriculum map",
    "aria-describedby": "map-help",
  }),
  terms: make("div", { class: "terms", "aria-hidden": "true" }),
  tip: make("div", { class: "tip", hidden: true, "aria-hidden": "true" }),
  paper: make("div", { class: "paper" }),
});

const begin = () => {
  const catalogue = readCatalogue(JSON.parse(document.getElementById("data").textContent));
  let onPage = new Set();
  let chosen = null;
  const inside = (number) => onPage.has(number);

  const sheet = makeSheet();
  const said = make("p", { class: "said", role: "status" });
  const panel = make("aside", { class: "panel", tabindex: "0", "aria-label": "What is chosen" });
  const relations = makeRelationChoice(catalogue, () => {
    map.filter();
    search.forget();
    fill(said, details.show(chosen));
  });
  const details = makeDetails({ catalogue, panel, inside, relations: relations.chosen, go: (number) => go(number) });
  const turnTo = (page) => {
    onPage = new Set(page.inside);
    pages.value = String(catalogue.pages.indexOf(page));
    map.show(page);
    const beside = page.map.nodes.map(([number]) => number).filter((number) => Number.isInteger(number) && !inside(number));
    onMap.show([...page.inside, ...beside], `${page.title}: ${counted(page.inside.length, "learning")}`);
  };
  const joined = (number) => catalogue.joined(number, relations.chosen());
  // to a learning wherever it is: on this page, or on that of its subject; to what is none, where something names it
  const go = (number) => {
    if (map.find(number)) return true;
    const home = catalogue.pages.findLast((page) => page.inside.includes(number))
      ?? catalogue.pages.find((page) => joined(number) && page.map.nodes.some(([other]) => other === number));
    if (home) turnTo(home);
    if (home && map.find(number)) return true;
    map.choose(number);
    return false;
  };
  const look = () => sheet.canvas.scrollIntoView({ block: "nearest" });
  const goAndLook = (number) => {
    go(number);
    look();
    const told = said.textContent; // what was chosen says more than where the focus is
    sheet.canvas.focus({ preventScroll: true });
    fill(said, told);
  };

  const pages = makePageChoice(catalogue.pages, turnTo);
  const search = makeSearch({ catalogue, go, look });
  const onMap = makeMapTable({ catalogue, inside, go: goAndLook });
  const all = makeCourseTable({ catalogue, go: goAndLook });
  const app = document.getElementById("map-app");
  app.append(
    make("div", { class: "controls" },
      make("label", { for: "page" }, "Program or subject", pages), search.element, relations.element),
    make("p", { id: "map-help", class: "quiet" }, HELP),
    make("div", { class: "stage" },
      make("div", { class: "sheet" }, sheet.canvas, sheet.terms, sheet.tip, sheet.paper, makeZoom(() => map)), panel),
    said, makeLegend(catalogue), make("h3", {}, "The map as a table"), onMap.element);
  app.hidden = false; // what is drawn has to have a size
  const map = makeMap({
    catalogue, ...sheet, relations: relations.chosen,
    onFocus: (lines) => fill(said, lines.join(", ")),
    onChoose: (number) => {
      chosen = number;
      search.forget();
      fill(said, details.show(number));
    },
  });
  document.getElementById("courses-app").append(all.element);
  all.show([...Array(catalogue.count).keys()], `The whole catalogue: ${counted(catalogue.count, "learning")}`);
  turnTo(catalogue.pages[0]);
  whenPrinted(map, [onMap, all]);
};

begin();
