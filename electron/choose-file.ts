/** The file dialog for imports. */
import { type BrowserWindow, dialog } from 'electron';

/** @returns the path, or undefined when it was cancelled */
export async function chooseFile(window: BrowserWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose a file of leads',
    properties: ['openFile'],
    filters: [
      { name: 'CSV and text files', extensions: ['csv', 'tsv', 'txt'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return canceled ? undefined : filePaths[0];
}
