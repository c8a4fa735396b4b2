import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** What we call of HarfBuzz's subsetter; pointers are numbers. */
interface Subsetter {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly malloc: (bytes: number) => number;
  readonly free: (pointer: number) => void;
  readonly hb_blob_create: (data: number, length: number, mode: number, user: number, destroy: number) => number;
  readonly hb_blob_destroy: (blob: number) => void;
  readonly hb_blob_get_data: (blob: number, length: number) => number;
  readonly hb_blob_get_length: (blob: number) => number;
  readonly hb_face_create: (blob: number, index: number) => number;
  readonly hb_face_destroy: (face: number) => void;
  readonly hb_face_reference_blob: (face: number) => number;
  readonly hb_set_add: (set: number, value: number) => void;
  readonly hb_set_clear: (set: number) => void;
  readonly hb_set_invert: (set: number) => void;
  readonly hb_subset_input_create_or_fail: () => number;
  readonly hb_subset_input_destroy: (input: number) => void;
  readonly hb_subset_input_set: (input: number, kind: number) => number;
  readonly hb_subset_input_set_flags: (input: number, flags: number) => void;
  readonly hb_subset_input_unicode_set: (input: number) => number;
  readonly hb_subset_or_fail: (face: number, input: number) => number;
}

// hb-subset.h and hb-blob.h
const WRITABLE = 2;
const LAYOUT_FEATURES = 6;
const NO_HINTING = 1;

let loading: Promise<Subsetter> | undefined;

/**
 * What of a TrueType font some text needs, with all that shapes it, as a TrueType font.
 *
 * @param allFeatures keeps the features that a style sheet has to ask for, such as old-style figures; else those that are on by themselves
 * @throws {Error} for what is no font
 */
export async function subsetFont(font: Buffer, text: string, allFeatures: boolean): Promise<Buffer> {
  loading ??= load();
  return subset(await loading, font, text, allFeatures);
}

async function load(): Promise<Subsetter> {
  const path = createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(path));
  const harfbuzz = instance.exports as unknown as Subsetter;
  harfbuzz._initialize();
  return harfbuzz;
}

function subset(harfbuzz: Subsetter, font: Buffer, text: string, allFeatures: boolean): Buffer {
  const undo: (() => void)[] = [];
  const own = (pointer: number, destroy: (pointer: number) => void): number => {
    if (pointer === 0) throw new Error('HarfBuzz cannot cut the font: see whether its file is whole.');
    undo.push(() => destroy(pointer));
    return pointer;
  };
  // The memory may grow at any call, and views of it are void then.
  const memory = () => new Uint8Array(harfbuzz.memory.buffer);
  try {
    const data = own(harfbuzz.malloc(font.length), harfbuzz.free);
    memory().set(font, data);
    const blob = own(harfbuzz.hb_blob_create(data, font.length, WRITABLE, 0, 0), harfbuzz.hb_blob_destroy);
    const face = own(harfbuzz.hb_face_create(blob, 0), harfbuzz.hb_face_destroy);
    const input = own(harfbuzz.hb_subset_input_create_or_fail(), harfbuzz.hb_subset_input_destroy);
    harfbuzz.hb_subset_input_set_flags(input, NO_HINTING);
    if (allFeatures) {
      const features = harfbuzz.hb_subset_input_set(input, LAYOUT_FEATURES);
      harfbuzz.hb_set_clear(features);
      harfbuzz.hb_set_invert(features);
    }
    const characters = harfbuzz.hb_subset_input_unicode_set(input);
    for (const character of text) harfbuzz.hb_set_add(characters, character.codePointAt(0) ?? 0);
    const made = own(harfbuzz.hb_subset_or_fail(face, input), harfbuzz.hb_face_destroy);
    const result = own(harfbuzz.hb_face_reference_blob(made), harfbuzz.hb_blob_destroy);
    const from = harfbuzz.hb_blob_get_data(result, 0);
    const bytes = Buffer.from(memory().subarray(from, from + harfbuzz.hb_blob_get_length(result)));
    if (bytes.length === 0) throw new Error('HarfBuzz cuts the font to nothing: see whether its file is whole.');
    return bytes;
  } finally {
    for (const step of undo.reverse()) step();
  }
}
