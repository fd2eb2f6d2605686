/** Calls `action` once, after that many seconds, unless the returned function is called. It keeps
 *  no instance from ending: what is frozen ends with it. */
export function afterSeconds(seconds: number, action: () => void): () => void {
  const timer = setTimeout(action, seconds * 1000).unref();
  return () => {
    clearTimeout(timer);
  };
}
