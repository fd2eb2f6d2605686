/** Who hears Ctrl-C: whoever works in the foreground, one at a time. */

/** @typedef {(name: NodeJS.Signals) => void} Listener */

const heard = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** Numbers of the signals; a shell adds 128 to them. */
const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** @type {Listener[]} */
const listeners = [];

/**
 * Hands every signal to the listener until the returned function is called.
 * @param {Listener} listener
 * @returns {() => void}
 */
export function hearSignals(listener) {
  if (listeners.length === 0) {
    for (const name of heard) {
      process.on(name, () => {
        listeners.at(-1)?.(name);
      });
    }
  }
  listeners.push(listener);
  return () => {
    listeners.splice(listeners.indexOf(listener), 1);
  };
}

/**
 * The exit code of a process that a signal ended, as shells count.
 * @param {NodeJS.Signals | null} name
 */
export function exitCodeOf(name) {
  return 128 + (Object.entries(numbers).find(([known]) => known === name)?.[1] ?? 0);
}
