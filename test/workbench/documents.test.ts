import { describe, expect, test } from 'vitest';
import { runInExtensionHost } from './harness/extension-host';
import { isSupported } from './harness/install';
import type { DocumentsReport } from './host/documents';

const files = {
  'short.txt': 'The mouse',
  'crlf.txt': 'The mouse\r\nate the cheese.',
  'long.txt': 'The cat saw it.\n'.repeat(300),
};

describe.skipIf(!isSupported)('documents', () => {
  test('of every kind have tokens, also after some have gone while they were read', async () => {
    const report = (await runInExtensionHost('test/workbench/host/documents.ts', { files })) as DocumentsReport;
    const kinds = ['untitled', 'with CRLF', 'read-only', 'in a diff', 'in a notebook'];
    expect(report.tokens).toEqual(Object.fromEntries(kinds.map((kind) => [kind, ' the'])));
    expect(report.after).toBe(' the');
  });
});
