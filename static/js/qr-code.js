// QR codes (ISO/IEC 18004): byte mode, error correction L or M, versions 1 to 25, which hold up to
// 1,273 bytes and still scan from a screen.

const QUIET = 4; // light modules around the code
const MAX_VERSION = 25;
// For each version from 1: error correction codewords of a block, and the number of blocks.
const LEVELS = {
  L: {
    bits: 1,
    codewords: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26],
    blocks: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12],
  },
  M: {
    bits: 0,
    codewords: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28],
    blocks: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21],
  },
};
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const sizeOf = (version) => 17 + 4 * version;
const range = (length) => [...Array(length).keys()];

// --- Data: bytes into codewords with error correction

// Returns the number of codewords of a version, data and error correction together.
function codewordsOf(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const lines = Math.floor(version / 7) + 2;
    modules -= (25 * lines - 10) * lines - 55;
    if (version >= 7) modules -= 36;
  }
  return Math.floor(modules / 8);
}

function dataCodewordsOf(version, level) {
  const { codewords, blocks } = LEVELS[level];
  return codewordsOf(version) - codewords[version - 1] * blocks[version - 1];
}

const countBits = (version) => (version < 10 ? 8 : 16);

// Returns how many bytes a version holds.
export function capacityOf(version, level) {
  return dataCodewordsOf(version, level) - Math.ceil((4 + countBits(version)) / 8);
}

export const MAX_BYTES = capacityOf(MAX_VERSION, "L");

// Returns the data codewords: mode, length, bytes, end, padding.
function dataOf(bytes, version, level) {
  const bits = [];
  const push = (value, length) => range(length).forEach((n) => bits.push((value >> (length - 1 - n)) & 1));
  push(0b0100, 4);
  push(bytes.length, countBits(version));
  bytes.forEach((byte) => push(byte, 8));
  const length = dataCodewordsOf(version, level);
  push(0, Math.min(4, 8 * length - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < 8 * length; pad ^= 0xec ^ 0x11) push(pad, 8);
  return range(length).map((n) => bits.slice(8 * n, 8 * n + 8).reduce((byte, bit) => (byte << 1) | bit, 0));
}

// The field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1.
const EXP = [1];
while (EXP.length < 255) EXP.push((EXP.at(-1) << 1) ^ (EXP.at(-1) & 0x80 ? 0x11d : 0));
const LOG = Object.fromEntries(EXP.map((value, power) => [value, power]));
const times = (one, other) => (one && other ? EXP[(LOG[one] + LOG[other]) % 255] : 0);

// Returns the coefficients of (x - 1)(x - 2)(x - 4)…, without the leading one.
function generator(degree) {
  let found = [1];
  for (const root of EXP.slice(0, degree)) {
    const shifted = [...found, 0];
    found.forEach((value, n) => (shifted[n + 1] ^= times(value, root)));
    found = shifted;
  }
  return found.slice(1);
}

function correctionOf(data, divisor) {
  const rest = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((value, n) => (rest[n] ^= times(value, factor)));
  }
  return rest;
}

const interleaved = (blocks) =>
  range(Math.max(...blocks.map((block) => block.length))).flatMap((n) =>
    blocks.filter((block) => n < block.length).map((block) => block[n]),
  );

// Returns all codewords in the order in which they are drawn. The first blocks may be one shorter.
function codewords(bytes, version, level) {
  const data = dataOf(bytes, version, level);
  const number = LEVELS[level].blocks[version - 1];
  const divisor = generator(LEVELS[level].codewords[version - 1]);
  const [short, longer] = [Math.floor(data.length / number), data.length % number];
  const blocks = range(number).map((n) => data.splice(0, n < number - longer ? short : short + 1));
  return [...interleaved(blocks), ...interleaved(blocks.map((block) => correctionOf(block, divisor)))];
}

// --- The matrix: rows of modules, 1 is dark, undefined is free for data

function emptyMatrix(version) {
  const size = sizeOf(version);
  const matrix = range(size).map(() => Array(size));
  range(size).forEach((n) => (matrix[6][n] = matrix[n][6] = 1 - (n % 2)));
  [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => drawSquare(matrix, x, y, 4, [1, 1, 0, 1, 0]));
  const places = alignmentPlaces(version);
  const last = places.at(-1);
  for (const x of places) {
    for (const y of places) {
      const isCorner = (x === 6 && (y === 6 || y === last)) || (x === last && y === 6);
      if (!isCorner) drawSquare(matrix, x, y, 2, [1, 0, 1]);
    }
  }
  return matrix;
}

// Draws rings around a centre; shades[0] is the centre. What is outside the matrix is left out.
function drawSquare(matrix, x, y, radius, shades) {
  for (let down = -radius; down <= radius; down += 1) {
    for (let right = -radius; right <= radius; right += 1) {
      const [row, column] = [y + down, x + right];
      if (matrix[row] && column >= 0 && column < matrix.length) {
        matrix[row][column] = shades[Math.max(Math.abs(down), Math.abs(right))];
      }
    }
  }
}

function alignmentPlaces(version) {
  if (version === 1) return [];
  const number = Math.floor(version / 7) + 2;
  const step = 2 * Math.ceil((4 * version + 4) / (2 * number - 2));
  return [6, ...range(number - 1).map((n) => 4 * version + 10 - n * step).reverse()];
}

// Appends the remainder of a division by this polynomial over two elements.
function withRemainder(value, polynomial, length) {
  let rest = value << length;
  for (let bit = 31 - Math.clz32(rest); bit >= length; bit = 31 - Math.clz32(rest)) rest ^= polynomial << (bit - length);
  return (value << length) | rest;
}

function drawFormat(matrix, level, mask) {
  const bits = withRemainder((LEVELS[level].bits << 3) | mask, 0x537, 10) ^ 0x5412;
  const size = matrix.length;
  const around = [...range(6), 7, 8];
  range(15).forEach((n) => {
    const bit = (bits >> n) & 1;
    if (n < 8) matrix[around[n]][8] = matrix[8][size - 1 - n] = bit;
    else matrix[8][around[14 - n]] = matrix[size - 15 + n][8] = bit;
  });
  matrix[size - 8][8] = 1;
}

function drawVersion(matrix, version) {
  if (version < 7) return;
  const bits = withRemainder(version, 0x1f25, 12);
  const far = matrix.length - 11;
  range(18).forEach((n) => {
    matrix[far + (n % 3)][Math.floor(n / 3)] = matrix[Math.floor(n / 3)][far + (n % 3)] = (bits >> n) & 1;
  });
}

// Lists the free modules, two columns at a time, upwards and downwards in turn from the right.
function freeModules(matrix) {
  const size = matrix.length;
  const columns = range(size).reverse().filter((x) => x !== 6);
  const free = [];
  for (let n = 0; n < columns.length; n += 2) {
    const rows = n % 4 ? range(size) : range(size).reverse();
    rows.forEach((y) => columns.slice(n, n + 2).forEach((x) => matrix[y][x] === undefined && free.push([x, y])));
  }
  return free;
}

// --- The penalty of a masked matrix: what scanners dislike

const LIKE_FINDER = ["10111010000", "00001011101"];

function penaltyOf(matrix) {
  const lines = [...matrix, ...range(matrix.length).map((x) => matrix.map((row) => row[x]))].map((line) => line.join(""));
  const ofLines = lines.reduce((sum, line) => sum + penaltyOfLine(line), 0);
  const dark = matrix.flat().reduce((sum, module) => sum + module, 0) / matrix.length ** 2;
  return ofLines + 3 * blocksOfOneShade(matrix) + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
}

function penaltyOfLine(line) {
  const runs = line.match(/0{5,}|1{5,}/g) ?? [];
  const alike = LIKE_FINDER.flatMap((pattern) => range(line.length).filter((n) => line.startsWith(pattern, n)));
  return runs.reduce((sum, run) => sum + run.length - 2, 0) + 40 * alike.length;
}

function blocksOfOneShade(matrix) {
  const last = matrix.length - 1;
  const isOne = (x, y) => matrix[y][x] + matrix[y][x + 1] + matrix[y + 1][x] + matrix[y + 1][x + 1];
  return range(last).reduce((sum, y) => sum + range(last).filter((x) => isOne(x, y) % 4 === 0).length, 0);
}

// --- The code

// Returns the version and level for this many bytes: the smallest version, and in it the higher
// level if that fits too. Undefined if it is too much.
export function fitting(length) {
  const version = range(MAX_VERSION).map((n) => n + 1).find((one) => capacityOf(one, "L") >= length);
  return version && { version, level: capacityOf(version, "M") >= length ? "M" : "L" };
}

// Returns the code of a text as rows of 0 and 1. Throws RangeError if the text is too long.
export function encode(text, { version, level } = fitting(new TextEncoder().encode(text).length) ?? {}) {
  if (!version) throw new RangeError("too long for a QR code");
  const bytes = new TextEncoder().encode(text);
  const matrix = emptyMatrix(version);
  drawFormat(matrix, level, 0); // takes the modules; the right bits follow
  drawVersion(matrix, version);
  const bits = codewords(bytes, version, level).flatMap((byte) => range(8).map((n) => (byte >> (7 - n)) & 1));
  const free = freeModules(matrix);
  const masked = MASKS.map((isInverted, mask) => {
    const one = matrix.map((row) => [...row]);
    free.forEach(([x, y], n) => (one[y][x] = (bits[n] ?? 0) ^ isInverted(x, y)));
    drawFormat(one, level, mask);
    return one;
  });
  const penalties = masked.map(penaltyOf);
  return masked[penalties.indexOf(Math.min(...penalties))];
}

// Returns the code of a text as an SVG element, dark on light in every theme.
export function draw(text) {
  const rows = encode(text).map((row) => row.join(""));
  const runs = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map(({ index, 0: run }) => [index, y, run.length]));
  const path = runs.map(([x, y, length]) => `M${x + QUIET} ${y + QUIET}h${length}v1h-${length}z`).join("");
  const size = rows.length + 2 * QUIET;
  const make = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const svg = make("svg", { viewBox: `0 0 ${size} ${size}`, "shape-rendering": "crispEdges", role: "img" });
  svg.append(make("rect", { width: size, height: size, fill: "#fff" }), make("path", { d: path, fill: "#000" }));
  return svg;
}
