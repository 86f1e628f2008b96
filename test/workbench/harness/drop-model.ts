import type { Workbench } from './workbench';

/** Drops a file or folder on the Model view as the explorer does, which names what is dragged by its address. */
export async function dropOnModelView(workbench: Workbench, path: string): Promise<void> {
  const { page, server } = workbench;
  const address = JSON.stringify(`vscode-remote://${new URL(server.url).host}${path}`);
  const dropped = await page.evaluateHandle(
    `(() => {
      const transfer = new DataTransfer();
      transfer.setData('text/uri-list', ${address});
      return transfer;
    })()`,
  );
  const row = workbench.rows('Model').last();
  for (const event of ['dragenter', 'dragover', 'drop']) await row.dispatchEvent(event, { dataTransfer: dropped });
}
