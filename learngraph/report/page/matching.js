// what people write to find something, whatever the case, the accents and the order of the words

const MOST_LETTERS = 150; // of a word; the page holds only the beginning of a very long key

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("\u0131", "i");
const wordsOf = (wanted) => plain(wanted).split(/\s+/).filter(Boolean).map((word) => word.slice(0, MOST_LETTERS));
const hasAll = (text, words) => words.every((word) => text.includes(word));
