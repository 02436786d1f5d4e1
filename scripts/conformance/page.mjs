// Renders the conformance page.

const shownTests = 3;

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

function renderProof(proof) {
  const shown = proof.slice(0, shownTests).map(({ file, name }) => {
    const short = file.replace(/^packages\//, '').replace('/src/', '/');
    return `[${short}](../${file}): ${cell(name)}`;
  });
  if (proof.length > shownTests) shown.push('and others');
  return shown.join('<br>');
}

function renderRemark({ remark, issue }) {
  const parts = [];
  if (remark !== undefined) parts.push(cell(remark));
  if (issue !== undefined) parts.push('Planned.');
  return parts.join(' ');
}

function renderSection(rfc, { section, title, rows }) {
  const lines = rows.map(
    (row) =>
      `| ${cell(row.id)} | ${cell(row.requirement)} | ${row.status} | ${renderProof(row.proof)} | ${renderRemark(row)} |`,
  );
  return [
    `### RFC ${rfc} section ${section}: ${title}`,
    '',
    '| | Requirement | Status | Proved by | Remark |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ];
}

function count(document, status) {
  return document.sections.flatMap(({ rows }) => rows).filter((row) => row.status === status).length;
}

/** The whole page. It has no dates and no durations: the same tests give the same page. */
export function renderPage(documents) {
  return [
    '# Conformance',
    '',
    'Every procedure, timer and threshold of RFC 5352 (ASAP) and RFC 5353 (ENRP), and the rules of RFC 5354 for',
    'messages and parameters, each with the test that proves it. `npm run conformance` writes this page from',
    '[conformance.json](conformance.json) and the results of the tests; a row is never done without a test that passes.',
    '',
    '| | done | partly | missing |',
    '|---|---|---|---|',
    ...documents.map(
      (document) =>
        `| RFC ${document.rfc}: ${document.title} | ${['done', 'partly', 'missing'].map((status) => count(document, status)).join(' | ')} |`,
    ),
    '',
    ...documents.flatMap(({ rfc, title, sections }) => [
      `## RFC ${rfc}: ${title}`,
      '',
      ...sections.flatMap((section) => renderSection(rfc, section)),
    ]),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}
