// what people write to find something, whatever the case, the accents and the order of the words

const MOST_LETTERS = 150; // of a word; the page holds only the beginning of a very long key

// letters that Unicode does not take apart into a plain one and its mark
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ð: "d", đ: "d", ı: "i", ł: "l", ø: "o" };
const MARKED = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "gu");

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(MARKED, (letter) => PLAIN[letter]);
const wordsOf = (wanted) => plain(wanted).split(/\s+/).filter(Boolean).map((word) => word.slice(0, MOST_LETTERS));
const hasAll = (text, words) => words.every((word) => text.includes(word));
