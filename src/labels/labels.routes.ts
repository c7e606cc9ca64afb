// Label runs and their sheets: URL, signed in?, read input, call one service function, answer.
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import type { Api } from '../http/api.ts';

export function addLabelsApi(_api: Api, _deps: Deps): void {}

export function labelsPages(_deps: Deps): Router {
  return express.Router();
}
