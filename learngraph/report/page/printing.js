// on paper there is room for what a screen folds away: all rows, all findings, and the map as a picture

const whenPrinted = (map, tables) => {
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((one) => { one.open = true; });
    tables.forEach((table) => table.unfold());
    map.printed();
  });
  addEventListener("afterprint", () => {
    closed.forEach((one) => { one.open = false; });
    tables.forEach((table) => table.fold());
    map.unprinted();
  });
};
