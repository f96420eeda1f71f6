// A table as a workbook: a zip of XML parts, none compressed.

const CRC = Uint32Array.from({length: 256}, (_, n) => {
  for (let k = 0; k < 8; k += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Little-endian numbers: [value, bytes], … */
function packed(...numbers) {
  return numbers.flatMap(([value, size]) =>
    Array.from({length: size}, (_, i) => Math.floor(value / 256 ** i) % 256)
  );
}

/** A zip of files, {name: text}. */
function zip(files) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, bytes] = [name, text].map((part) => new TextEncoder().encode(part));
    // version 2.0, names in UTF-8, stored, 1 January 1980
    const about = packed([20, 2], [0x800, 2], [0, 2], [0, 2], [0x21, 2], [crc32(bytes), 4],
      [bytes.length, 4], [bytes.length, 4], [path.length, 2], [0, 2]);
    const head = Uint8Array.from([...packed([0x04034b50, 4]), ...about]);
    local.push(head, path, bytes);
    central.push(Uint8Array.from([...packed([0x02014b50, 4], [20, 2]), ...about,
      ...packed([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4])]), path);
    offset += head.length + path.length + bytes.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const count = Object.keys(files).length;
  const end = packed([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]);
  return new Blob([...local, ...central, Uint8Array.from(end)], {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  });
}

const SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
const PREFIX = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function escaped(text) {
  const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
  return text.replace(unwritable, "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function columnName(number) {
  const letter = String.fromCharCode(65 + (number % 26));
  return number < 26 ? letter : columnName(Math.floor(number / 26) - 1) + letter;
}

/** How wide each column is: as its longest text, within reason; Han characters take two. */
function columnWidths(rows) {
  const width = (text) => [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0);
  const widths = [];
  for (const row of rows) {
    row.forEach((one, c) => {
      const own = one && one.columns === 1 ? width(one.text) : 0;
      widths[c] = Math.min(Math.max(widths[c] || 0, own, 8), 44);
    });
  }
  const col = (size, c) => `<col min="${c + 1}" max="${c + 1}" width="${size + 2}" customWidth="1"/>`;
  return widths.length ? `<cols>${widths.map(col).join("")}</cols>` : "";
}

/** One sheet, its rows of {text, number, columns, rows} or null where a merged cell reaches. */
function workbook(name, rows) {
  const merged = [];
  const cell = (one, r, c) => {
    if (!one) return "";
    const at = columnName(c) + (r + 1);
    if (one.columns > 1 || one.rows > 1) {
      merged.push(`<mergeCell ref="${at}:${columnName(c + one.columns - 1)}${r + one.rows}"/>`);
    }
    if (one.number) return `<c r="${at}" s="${one.decimals ? 1 : 0}"><v>${one.number}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(one.text)}</t></is></c>`;
  };
  const lines = rows.map((row, r) => `<row r="${r + 1}">${row.map((one, c) => cell(one, r, c)).join("")}</row>`);
  const merges = merged.length ? `<mergeCells count="${merged.length}">${merged.join("")}</mergeCells>` : "";
  return zip({
    "[Content_Types].xml": `${XML}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${PREFIX}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${PREFIX}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${PREFIX}.styles+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${SHEET}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" numFmtId="4" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    "xl/worksheets/sheet1.xml": `${XML}<worksheet xmlns="${SHEET}">${columnWidths(rows)}<sheetData>${lines.join("")}</sheetData>${merges}</worksheet>`,
  });
}
