// Decides what a row of the conformance list may claim.
//
// A row without `status` claims to be done and needs passing tests. `partly` needs passing tests for the part
// that is there and a remark on the rest; `missing` needs a remark or the number of the issue that brings it.

/** A pattern is the full name of a test, in which `*` stands for any text. */
function matcher(pattern) {
  const source = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`);
}

/**
 * @param {{ tests?: string[], status?: 'partly' | 'missing', remark?: string, issue?: number }} row - The claim.
 * @param {import('./tests.mjs').TestResult[]} tests - All tests of the project.
 */
export function judgeRow(row, tests) {
  const { tests: patterns = [], status: claimed = 'done', remark, issue } = row;
  const problems = [];
  if (!['done', 'partly', 'missing'].includes(claimed)) problems.push(`there is no status '${claimed}'`);
  if (claimed === 'partly' && remark === undefined)
    problems.push('is done partly and does not say what is missing');
  if (claimed === 'missing' && remark === undefined && issue === undefined)
    problems.push('is missing without a reason');
  if (claimed === 'done' && issue !== undefined)
    problems.push('is done and names an issue that would bring it');
  if (claimed !== 'missing' && patterns.length === 0) problems.push(`claims to be ${claimed} without a test`);
  const proof = patterns.flatMap((pattern) => {
    const expression = matcher(pattern);
    const matched = tests.filter(({ name }) => expression.test(name));
    if (matched.length === 0) problems.push(`no test is called '${pattern}'`);
    return matched;
  });
  const failed = proof.filter(({ passed }) => !passed);
  problems.push(...failed.map(({ file, name }) => `the test '${name}' (${file}) did not pass`));
  const isProven = proof.length > 0 && problems.length === 0;
  return {
    status: isProven ? claimed : 'missing',
    proof: [...new Set(proof)].filter(({ passed }) => passed),
    problems,
  };
}
