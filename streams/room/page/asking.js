// A document that a component asks the server for, and asks for anew when something has changed.

import { useEffect, useState } from "./ui.js";

const nothing = { page: null, problem: null };

/**
 * What `ask(key)` gave: `{page, problem}`, both null until it has. Whenever `marks` changes it is
 * asked for anew, and what was there stays until the answer comes; an answer that comes too late is
 * dropped.
 */
export const useDocument = (ask, key, marks) => {
  const [found, setFound] = useState({ key, ...nothing });
  useEffect(() => {
    const way = { isWanted: true };
    const take = (change) =>
      way.isWanted &&
      setFound((last) => ({ ...(last.key === key ? last : nothing), ...change, key }));
    ask(key).then(
      (page) => take({ page, problem: null }),
      (problem) => take({ problem }),
    );
    return () => {
      way.isWanted = false;
    };
  }, [key, marks]);
  return found.key === key ? found : nothing;
};
