// a table that sorts, filters by the words of its rows and turns pages; numbers sort as numbers, and what has none comes last

const ROWS = 50;
const MOST_PRINTED = 1000;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

const compared = (one, other) => {
  const [absent, lacking] = [one === null || one === "", other === null || other === ""];
  if (absent || lacking) return { sign: Number(absent) - Number(lacking), fixed: true };
  const sign = typeof one === "number" ? one - other : collator.compare(one, other);
  return { sign, fixed: false };
};

// a column: its heading, value(row) to sort by, cell(row) for what is shown, and text(row) to find it by where it is not its value
const makeTable = ({ columns, region }) => {
  let rows = [];
  let texts = null; // of the rows, made when they are first narrowed
  let shown = [];
  let page = 0;
  let order = { column: -1, down: false };
  let wanted = [];
  const body = make("tbody");
  const told = make("p", { role: "status" });
  const title = make("caption");
  const buttons = columns.map((column, number) =>
    make("button", { type: "button", click: () => sort(number) }, column.heading));
  // on paper a heading is a text: one with a button in it would not be repeated on each page
  const heads = columns.map((column, number) =>
    make("th", { scope: "col", class: column.number ? "number" : null },
      buttons[number], make("span", { class: "on-paper", "aria-hidden": "true" }, column.heading)));
  const table = make("table", {}, title, make("thead", {}, make("tr", {}, ...heads)), body);
  const named = (words) => ({ "aria-label": `${words}: ${region}` }); // there is more than one table
  const previous = make("button", { type: "button", ...named("Previous rows"), click: () => turn(-1) }, "Previous rows");
  const next = make("button", { type: "button", ...named("Next rows"), click: () => turn(1) }, "Next rows");
  const filter = make("input", { type: "search", autocomplete: "off", ...named("Only rows with"), input: () => narrow(filter.value) });

  const cellsOf = (row) => columns.map((column, number) =>
    make(number ? "td" : "th", { scope: number ? null : "row", class: column.class ?? (column.number ? "number" : null) },
      ...column.cell(row)));
  const draw = (from, to) => {
    fill(body, ...shown.slice(from, to).map((row) => make("tr", {}, ...cellsOf(row))));
  };
  const narrowed = () => (wanted.length ? ` with \u201c${filter.value.trim()}\u201d, of ${formatted(rows.length)} in all` : "");
  const drawPage = () => {
    const last = Math.min(shown.length, (page + 1) * ROWS);
    draw(page * ROWS, last);
    const range = shown.length ? `${formatted(page * ROWS + 1)} to ${formatted(last)} of ${formatted(shown.length)}` : "none";
    fill(told, `Rows: ${range}${narrowed()}`);
    previous.disabled = page === 0;
    next.disabled = last >= shown.length;
  };
  const textOf = (row) => plain(columns.map((column) => (column.text ?? column.value)(row)).filter((value) => typeof value === "string").join(" "));
  const arrange = () => {
    if (wanted.length) texts ??= new Map(rows.map((row) => [row, textOf(row)]));
    shown = wanted.length ? rows.filter((row) => hasAll(texts.get(row), wanted)) : [...rows];
    if (order.column >= 0) {
      const { value } = columns[order.column];
      const keyed = shown.map((row) => [value(row), row]);
      keyed.sort(([one], [other]) => {
        const { sign, fixed } = compared(one, other);
        return fixed || !order.down ? sign : -sign;
      });
      shown = keyed.map(([, row]) => row);
    }
    page = 0;
    drawPage();
  };
  const sort = (number) => {
    const first = Boolean(columns[number].number); // of numbers the largest are looked for
    order = { column: number, down: order.column === number ? !order.down : first };
    heads.forEach((head, place) => {
      if (place === number) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
      const sign = order.down ? " \u25be" : " \u25b4";
      fill(buttons[place], columns[place].heading, ...(place === number ? [make("span", { "aria-hidden": "true" }, sign)] : []));
    });
    arrange();
  };
  const narrow = (text) => {
    wanted = wordsOf(text);
    arrange();
  };
  const turn = (step) => {
    page += step;
    drawPage();
    if (document.activeElement?.disabled) (step > 0 ? previous : next).focus();
  };
  const element = make("div", {},
    make("div", { class: "controls" }, make("label", {}, "Only rows with", filter)),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": region }, table),
    make("div", { class: "pager" }, previous, next, told));
  return {
    element,
    show: (found, words) => {
      rows = found;
      texts = null;
      fill(title, words);
      arrange();
    },
    // paper has room for all rows, unless they are very many; what is left out is said
    unfold: () => {
      const last = Math.min(shown.length, MOST_PRINTED);
      draw(0, last);
      const left = last < shown.length ? `, the first ${formatted(last)}: the others are too many to print` : "";
      fill(told, `Rows: ${formatted(last)} of ${formatted(shown.length)}${narrowed()}${left}`);
    },
    fold: drawPage,
  };
};
