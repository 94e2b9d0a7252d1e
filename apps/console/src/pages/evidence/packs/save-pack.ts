/** Where a pack is saved. */
export interface PackTarget {
  /** Takes the pack as it comes; the file, to be read again. Nothing is left of a pack that breaks off. */
  readonly save: (pack: ReadableStream<Uint8Array>) => Promise<Blob>;
}

interface SaveFilePicker {
  readonly showSaveFilePicker?: (options: {
    readonly suggestedName: string;
  }) => Promise<FileSystemFileHandle>;
}

/**
 * Has the person choose a file where the browser can do that, so that a pack of any size goes to the disk as it comes; else it
 * is gathered first and then saved as a download. Call it while a click is handled. Undefined when the person thinks
 * better of it.
 */
export async function choosePackTarget(name: string): Promise<PackTarget | undefined> {
  // Only some browsers have it, so the compiler's browser has not.
  const { showSaveFilePicker } = window as SaveFilePicker;
  if (showSaveFilePicker === undefined) return { save: (pack) => download(pack, name) };
  try {
    const handle = await showSaveFilePicker({ suggestedName: name });
    return { save: (pack) => write(pack, handle) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

async function write(pack: ReadableStream<Uint8Array>, handle: FileSystemFileHandle): Promise<Blob> {
  // The file gets its content when the stream is closed, and none when it is aborted.
  await pack.pipeTo(await handle.createWritable());
  return handle.getFile();
}

async function download(pack: ReadableStream<Uint8Array>, name: string): Promise<Blob> {
  const blob = await new Response(pack).blob();
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return blob;
}
