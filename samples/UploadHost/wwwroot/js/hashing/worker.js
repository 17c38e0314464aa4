// @ts-check
import { digest } from './digest.js';

// One worker hashes one file; its owner ends it, also in the middle.
self.onmessage = async ({ data }) => {
  try {
    const digests = await digest(data.file, (hashed) => self.postMessage({ hashed }));
    self.postMessage({ digests });
  } catch (failure) {
    // The file was changed or taken away since it was chosen.
    self.postMessage({ error: failure instanceof Error ? failure.message : String(failure) });
  }
};
