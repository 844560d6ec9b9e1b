import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileFault, TerminalError } from '../../errors/index.js';
import { folderRepository, isBareRepository, type StateReader, type StateWriter } from '../../git/index.js';
import { isRemote } from '../../pipeline/git-place.js';
import { type Inputs } from '../../pipeline/inputs.js';
import { type InputOptions } from '../../pipeline/input-options.js';
import { openState } from '../../pipeline/open-state-repository.js';
import { type Configuration } from '../../process/configuration.js';

interface Checked {
  readonly repository: StateReader & StateWriter;
  close(): Promise<void>;
}

/** Opens what is to be checked: beside what other commands take, a folder with files, such as a work tree. */
export async function openChecked(
  inputs: Inputs,
  options: InputOptions,
  configuration: Configuration,
): Promise<Checked> {
  const { state } = options;
  if (state !== undefined && !isRemote(state)) {
    const folder = resolve(state);
    if (!(await isBare(folder))) return { repository: await folderRepository(folder), close: () => Promise.resolve() };
  }
  return openState(inputs, options, { ...configuration, readOnly: true });
}

async function isBare(folder: string): Promise<boolean> {
  try {
    if ((await stat(folder)).isDirectory()) return await isBareRepository(folder);
  } catch (error) {
    throw nothingThere(`${folder}: ${fileFault(error)}`);
  }
  throw nothingThere(`${folder} is no folder`);
}

function nothingThere(message: string): TerminalError {
  const hint = 'Name a folder that the state repository was checked out to, a bare repository, or the address of one.';
  return new TerminalError('NoStateRepository', message, { hint });
}
