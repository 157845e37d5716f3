import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../core/errors';
import { download, hashOf, type Downloading } from './download';

/** A folder that holds a model as transformers.js reads it, split the way the library asks for it. */
export interface ModelPlace {
  /** The folder above the model's. */
  parent: string;
  /** The model's folder name. */
  name: string;
}

interface PinnedFile {
  path: string;
  sha256?: string;
}

/** Models that may be fetched: one revision each, the files that matter by hash. Others are used from a folder only. */
const PINNED: Record<string, { revision: string; files: PinnedFile[] }> = {
  'Xenova/all-MiniLM-L6-v2': {
    revision: '751bff37182d3f1213fa05d7196b954e230abad9',
    files: [
      { path: 'config.json' },
      { path: 'tokenizer_config.json' },
      { path: 'tokenizer.json', sha256: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0' },
      {
        path: 'onnx/model_quantized.onnx',
        sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
      },
    ],
  },
};

/** The model used when none is named: small, quick, English that reads much Hinglish. */
export const DEFAULT_MODEL = 'Xenova/all-MiniLM-L6-v2';

function isModel(dir: string): boolean {
  return existsSync(join(dir, 'tokenizer.json')) && existsSync(join(dir, 'onnx', 'model_quantized.onnx'));
}

function placeOf(dir: string): ModelPlace {
  const full = resolve(dir);
  return { parent: `${dirname(full)}/`, name: basename(full) };
}

/** The model in a folder named by the shop: the folder itself or one of the model's name inside it. */
export function modelIn(dir: string, model: string): ModelPlace | undefined {
  const short = model.split('/').pop() ?? model;
  const found = [dir, join(dir, short), join(dir, model)].find(isModel);
  return found === undefined ? undefined : placeOf(found);
}

/** Where a fetched model is kept. */
export function fetchedDir(dataDir: string, model: string): string {
  return join(dataDir, 'models', model.split('/').pop() ?? model);
}

/** A model fetched before, if every file still has its pinned hash. */
export async function fetchedModel(dataDir: string, model: string): Promise<ModelPlace | undefined> {
  const dir = fetchedDir(dataDir, model);
  if (!isModel(dir)) return undefined;
  for (const { path, sha256 } of PINNED[model]?.files ?? []) {
    if (sha256 && (await hashOf(join(dir, path))) !== sha256) return undefined;
  }
  return placeOf(dir);
}

/** How a model is fetched; all but the first for tests and mirrors. */
export interface Fetching extends Omit<Downloading, 'progress'> {
  /** Told percent of each file. */
  progress: (file: string, percent: number) => void;
  /** Where models lie. */
  base?: string;
}

/**
 * Fetches a pinned model into the data folder. Files that lie there with their hash are not fetched again. Refuses models that are not
 * pinned, and files whose hash differs, of which nothing is kept.
 */
export async function fetchModel(dataDir: string, model: string, how: Fetching): Promise<ModelPlace> {
  const pinned = PINNED[model];
  if (!pinned)
    throw new AppError(
      'settings',
      `The model ${model} is not one this program may fetch; put it in NLU_MODEL_DIR`,
    );
  const dir = fetchedDir(dataDir, model);
  for (const { path, sha256 } of pinned.files) {
    const to = join(dir, path);
    if (sha256 && existsSync(to) && (await hashOf(to)) === sha256) continue;
    mkdirSync(dirname(to), { recursive: true });
    const url = `${how.base ?? 'https://huggingface.co'}/${model}/resolve/${pinned.revision}/${path}`;
    const progress = (percent: number): void => {
      how.progress(path, percent);
    };
    await download(url, `${to}.part`, { ...how, progress });
    if (sha256 && (await hashOf(`${to}.part`)) !== sha256) {
      rmSync(`${to}.part`, { force: true });
      throw new AppError(
        'settings',
        `${path} of ${model} has another hash than the pinned one; it was not kept`,
      );
    }
    renameSync(`${to}.part`, to);
  }
  return placeOf(dir);
}
