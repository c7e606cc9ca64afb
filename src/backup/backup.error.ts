// What keeps a backup from being made or read, in words for the person at the terminal.
import type { Messages } from '../db/store-error.ts';

export type BackupErrorCode =
  | 'backup-file-exists'
  | 'backup-not-written'
  | 'backup-not-readable'
  | 'backup-cut'
  | 'backup-damaged'
  | 'backup-newer'
  | 'backup-key-missing'
  | 'backup-key-wrong'
  | 'store-empty'
  | 'store-not-empty'
  | 'restore-not-verified'
  | 'restore-not-finished';

/** `messages` are complete sentences; `message` is both, Vietnamese first. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: BackupErrorCode;
  readonly messages: Messages;

  constructor(code: BackupErrorCode, messages: Messages, options?: ErrorOptions) {
    super(`${messages.vi}\n${messages.en}`, options);
    this.code = code;
    this.messages = messages;
  }
}

export const damaged = (what: string, cause?: unknown): BackupError =>
  new BackupError(
    'backup-damaged',
    {
      vi: `Bản sao lưu bị hỏng: ${what}. Chưa khôi phục gì cả; hãy dùng một bản khác.`,
      en: `The backup is damaged: ${what}. Nothing was restored; use another one.`,
    },
    { cause },
  );

export const cut = (cause?: unknown): BackupError =>
  new BackupError(
    'backup-cut',
    {
      vi: 'Bản sao lưu bị cụt: tệp kết thúc giữa chừng. Chưa khôi phục gì cả; hãy dùng một bản khác hoặc chép lại tệp.',
      en: 'The backup is cut: the file ends in the middle. Nothing was restored; use another one or copy the file again.',
    },
    { cause },
  );
