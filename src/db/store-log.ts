// What the store needs of a logger: pino's shape.

type Write = (fields: object, message: string) => void;

export type StoreLog = { info: Write; warn: Write; error: Write };
