// Recalls: URL, signed in?, read input, call one service function, answer.
import type { Deps } from '../deps.ts';
import type { Api } from '../http/api.ts';

export function addRecallsApi(_api: Api, _deps: Deps): void {}
