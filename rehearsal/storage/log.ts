/** Where messages of the storage go: messages.log, by way of whoever opened the store. */

/** 0 information, 1 warning, 2 severe, 3 fatal; category as in `[Utility.Event]`. */
export type Log = (severity: 0 | 1 | 2 | 3, category: string, text: string) => void;
