// Removes what an earlier build left, so that a deleted source does not live on in dist.
import { rmSync } from 'node:fs';
import path from 'node:path';

rmSync(path.resolve(import.meta.dirname, '../dist'), { recursive: true, force: true });
