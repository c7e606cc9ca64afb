// Steps of the journal, their photos and confirmations: URL, signed in?, read input, call one service function, answer.
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import type { Api } from '../http/api.ts';

export function addStepsApi(_api: Api, _deps: Deps): void {}

export function stepsPages(_deps: Deps): Router {
  return express.Router();
}
