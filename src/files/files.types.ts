// Pictures and documents, kept by content within one producer.

export type StoredFile = {
  id: string;
  producerId: string;
  kind: 'picture' | 'document';
  /** SHA-256 of the bytes as received, so that a resent original is recognised. */
  receivedSha256: string;
  /** SHA-256 of the bytes as stored (re-encoded, without metadata). */
  storedSha256: string;
  widthPx: number;
  heightPx: number;
  bytes: number;
  createdAt: Date;
};
