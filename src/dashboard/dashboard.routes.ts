// The producer's home: URL, signed in?, read input, call one service function, answer.
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';

export function dashboardPages(_deps: Deps): Router {
  return express.Router();
}
