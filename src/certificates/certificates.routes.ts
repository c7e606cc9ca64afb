// Certificates and the officer's decisions: URL, signed in?, read input, call one service function, answer.
import express from 'express';
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import type { Api } from '../http/api.ts';

export function addCertificatesApi(_api: Api, _deps: Deps): void {}

export function certificatesPages(_deps: Deps): Router {
  return express.Router();
}
